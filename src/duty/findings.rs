//! D5: what to tell people about an obligation.

use super::obligation::Obligation;
use super::status::Status;
use crate::finding::catalogue::{Entry, gaps};
use crate::finding::{Finding, Severity};
use crate::record::id::Subject;

/// The finding about an obligation, if there is one. `name` is the person's or thing's name,
/// where one is known. The texts are not escaped: whoever prints them does that.
pub fn finding(obligation: &Obligation<'_>, name: Option<&str>) -> Option<Finding> {
    let (entry, what) = match (obligation.status, obligation.underlying) {
        (Status::Overdue, _) => (&gaps::OVERDUE, late(obligation)),
        (Status::Grace, _) => (&gaps::IN_GRACE, format!("{}, within the days of grace", late(obligation))),
        (Status::DueSoon, _) => (&gaps::DUE_SOON, soon(obligation)),
        (Status::Unknown, _) => (&gaps::UNKNOWN, unknown(obligation)),
        (Status::Proposed, Some(Status::Overdue | Status::Grace)) => {
            (&gaps::PROPOSED, format!("{}, if the proposed requirement were in force", would_be(obligation)))
        }
        _ => return None,
    };
    Some(make(obligation, entry, format!("{} {what}", who(&obligation.subject, name))))
}

fn make(obligation: &Obligation<'_>, entry: &'static Entry, message: String) -> Finding {
    let proposed = obligation.requirement.state == crate::record::policy::State::Proposed;
    let finding = Finding::new(entry, message, help(obligation))
        .about(obligation.subject.to_string())
        .for_requirement(obligation.requirement.id.as_str());
    // What is only proposed never fails a check, not even where a fact is missing.
    if proposed && finding.severity > Severity::Warning {
        return finding.with_severity(Severity::Warning);
    }
    finding
}

/// `Ana Ruiz (w-0042)`, `w-0042`, `system/ehr`, `The organisation`.
fn who(subject: &Subject, name: Option<&str>) -> String {
    let id = short(subject);
    match (name, subject) {
        (Some(name), Subject::Org) => name.to_owned(),
        (None, Subject::Org) => "The organisation".to_owned(),
        (Some(name), _) => format!("{name} ({id})"),
        (None, _) => id,
    }
}

/// The subject as people type it: a worker's id alone.
fn short(subject: &Subject) -> String {
    subject.worker().map_or_else(|| subject.to_string(), ToString::to_string)
}

fn days(count: u32) -> String {
    format!("{count} day{}", if count == 1 { "" } else { "s" })
}

fn due(obligation: &Obligation<'_>) -> String {
    obligation.due.map_or_else(String::new, |due| format!(" (due {due})"))
}

fn late(obligation: &Obligation<'_>) -> String {
    let title = &obligation.requirement.title;
    format!("is {} late for {title}{}", days(obligation.days_late), due(obligation))
}

fn would_be(obligation: &Obligation<'_>) -> String {
    let title = &obligation.requirement.title;
    format!("would be {} late for {title}{}", days(obligation.days_late), due(obligation))
}

fn soon(obligation: &Obligation<'_>) -> String {
    let left = obligation.due.map_or(0, |due| obligation.as_of.days_to(due));
    let title = &obligation.requirement.title;
    match u32::try_from(left) {
        Ok(0) | Err(_) => format!("must complete {title} today{}", due(obligation)),
        Ok(left) => format!("must complete {title} within {}{}", days(left), due(obligation)),
    }
}

fn unknown(obligation: &Obligation<'_>) -> String {
    let title = &obligation.requirement.title;
    if obligation.unreadable.is_some() {
        return format!("has no answer for {title}: a field that it rests on cannot be read");
    }
    let what = match obligation.subject {
        Subject::Worker(_) => "no start date",
        _ => "no first day",
    };
    format!("has {what}: nobody can say by when {title} is due")
}

fn help(obligation: &Obligation<'_>) -> String {
    let (subject, id) = (short(&obligation.subject), &obligation.requirement.id.value);
    let why = format!("`duly why {subject} {id}` shows how the date came about.");
    match (obligation.status, &obligation.subject) {
        (Status::Unknown, _) if obligation.unreadable.is_some() => {
            "Mend what cannot be read: the findings of files say where it is.".to_owned()
        }
        (Status::Unknown, Subject::Worker(_)) => "Add `start:` to the employment in the roster.".to_owned(),
        (Status::Unknown, Subject::Org) => "Add `effective_from:` to the requirement.".to_owned(),
        (Status::Unknown, _) => "Add the first day to its record.".to_owned(),
        (Status::Proposed, _) => why,
        _ if obligation.marks.unverified => {
            format!("There is a record that is not accepted: `duly check` says why. {why}")
        }
        _ => format!(
            "When it is done, record it with `duly attest {id} --subject {subject} --completed-on DATE --key KEY`. {why}"
        ),
    }
}
