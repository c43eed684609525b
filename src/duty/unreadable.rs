//! Obligations that rest on a field that cannot be read: `unknown`, whatever else is recorded.

use std::collections::HashMap;

use super::applies::{Presence, Run};
use super::facts::Rules;
use super::obligation::Obligation;
use super::status::{Marks, Status};
use super::timeline::{Segment, Timeline};
use super::why::{Input, Source, Step};
use crate::ledger::Unreadable;
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::record::policy::Applies;
use crate::trust::accepted::Origin;

/// The fields that cannot be read, by what rests on them.
#[derive(Debug, Default)]
pub(super) struct UnreadableFields<'a> {
    everything: Option<&'a Unreadable>,
    of_subjects: HashMap<&'a Subject, &'a Unreadable>,
    of_requirements: HashMap<&'a Id, &'a Unreadable>,
}

impl<'a> UnreadableFields<'a> {
    pub(super) fn new(fields: &'a [Unreadable]) -> UnreadableFields<'a> {
        let mut all = UnreadableFields::default();
        for field in fields {
            match (&field.subject, &field.requirement) {
                (Some(subject), _) => all.of_subjects.entry(subject).or_insert(field),
                (None, Some(requirement)) => all.of_requirements.entry(requirement).or_insert(field),
                (None, None) => all.everything.get_or_insert(field),
            };
        }
        all
    }

    /// The field that an obligation rests on and that cannot be read.
    pub(super) fn find(&self, subject: &Subject, requirement: &Id) -> Option<&'a Unreadable> {
        let of_subject = || self.of_subjects.get(subject).copied();
        let of_requirement = || self.of_requirements.get(requirement).copied();
        self.everything.or_else(of_subject).or_else(of_requirement)
    }
}

/// The obligation of a subject that rests on a field that cannot be read; none where the
/// requirement is for another kind of subject, or has not begun to apply.
pub(super) fn unknown<'a>(
    presence: &Presence<'a>,
    rules: &Rules<'a>,
    field: &Unreadable,
    day: Date,
) -> Option<Obligation<'a>> {
    let requirement = rules.requirement;
    let spans = presence.spans(requirement, rules.rehire_gap);
    let mut runs: Vec<Run> = spans.into_iter().flat_map(|span| span.days).collect();
    // A subject's own field may be the one that says whether the requirement applies.
    if field.subject.is_some() && is_for(&requirement.applies_to, &presence.subject) {
        runs = vec![Run { from: Date::MIN, until: Date::MAX }];
    }
    let timeline = timeline(&runs);
    timeline.spans.first().filter(|run| run.from <= day)?;
    let status = timeline.status_on(day);
    Some(Obligation {
        subject: presence.subject.clone(),
        requirement,
        as_of: day,
        status,
        underlying: None,
        due: None,
        completion: None,
        last_counted: None,
        since: timeline.since(day),
        marks: Marks::default(),
        days_late: 0,
        timeline,
        unreadable: (status == Status::Unknown).then_some(origin(field)),
    })
}

fn origin(field: &Unreadable) -> Origin {
    Origin { file: field.file, spot: field.spot }
}

/// Tells if a requirement is for subjects of this kind.
fn is_for(applies: &Applies, subject: &Subject) -> bool {
    matches!(
        (applies, subject),
        (Applies::Workers(_), Subject::Worker(_))
            | (Applies::Org, Subject::Org)
            | (Applies::Systems(_), Subject::System(_))
            | (Applies::Vendors(_), Subject::Vendor(_))
    )
}

/// Days that are unknown, and `not_applicable` between and after them.
fn timeline<'a>(runs: &[Run]) -> Timeline<'a> {
    let mut timeline = Timeline { spans: runs.to_vec(), ..Timeline::default() };
    let next = runs.iter().skip(1).map(|run| Some(run.from.previous())).chain([None]);
    for (run, before_next) in runs.iter().zip(next) {
        let open = run.until == Date::MAX;
        timeline.push(segment(Status::Unknown, run.from, Some(run.until).filter(|_| !open)));
        if !open {
            timeline.push(segment(Status::NotApplicable, run.until.next(), before_next));
        }
    }
    timeline
}

fn segment<'a>(status: Status, from: Date, until: Option<Date>) -> Segment<'a> {
    Segment { from, until, status, underlying: None, due: None, rule: None, completion: None }
}

/// The whole derivation of an obligation that rests on a field that cannot be read.
pub(super) fn step<'a>(origin: Origin) -> Step<'a> {
    let input = Input {
        name: "cannot be read",
        value: "`duly check` says what is wrong with it".to_owned(),
        source: Source::Record(origin),
    };
    let text = "a field that this rests on cannot be read, so nobody can say by when it is due";
    Step { rule: "status", text: text.to_owned(), inputs: vec![input], citations: &[], date: None }
}
