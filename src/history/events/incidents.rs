//! Incidents with their retraining, and one-off duties: what is owed because something
//! happened or somebody was told.

use crate::record::assignment::Assignment;
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::record::incident::{Incident, Retraining};
use crate::record::node::At;

use super::pairs::{Pair, only, pairs};
use super::parts::{Part, growing};
use super::texts::{count, quoted, who};
use super::{Effect, Event, Naming, What};

/// What one subject has to do by a day, and how often an earlier day asks for the same.
type Call<'a> = (&'a Subject, &'a Id, Date, usize);

/// How the incidents differ.
pub(super) fn events(before: &[&Incident], after: &[&Incident], name: Naming<'_>) -> Vec<Event> {
    let mut found = Vec::new();
    for pair in pairs(before, after, |i| &i.id.value) {
        match pair {
            Pair::Gone(was) => {
                let words = format!("incident {} removed", was.id.value);
                found.push(Event::new(What::IncidentRemoved, words).with(Effect::Loosens));
                found.extend(calls(&was.id.value, &called(was), &[]));
            }
            Pair::New(now) => {
                let touched = count(now.subjects.len(), "subject");
                let words = format!("incident {} of {}, {touched}", now.id.value, now.occurred_on);
                found.push(Event::new(What::IncidentAdded, words).with(Effect::Tightens));
                found.extend(calls(&now.id.value, &[], &called(now)));
            }
            Pair::Both(was, now) => {
                found.extend(incident(was, now, name));
                found.extend(calls(&now.id.value, &called(was), &called(now)));
            }
        }
    }
    found
}

fn incident(was: &Incident, now: &Incident, name: Naming<'_>) -> Vec<Event> {
    let Incident { id, title, occurred_on, discovered_on, subjects: _, retraining: _ } = now;
    let words = |words: &str| format!("incident {}, {words}", id.value);
    let parts = [
        Part::neutral("title", quoted(&was.title), quoted(title)),
        // What is done after that day serves: another day lets other completions count.
        Part::with("occurred_on", was.occurred_on.to_string(), occurred_on.to_string(), Effect::Loosens),
        Part::neutral("discovered_on", was.discovered_on.to_string(), discovered_on.to_string()),
    ];
    let parts = parts.into_iter().filter_map(Part::changed);
    let mut found: Vec<Event> =
        parts.map(|c| Event::new(What::IncidentChanged, words(&c.words)).with(c.effect)).collect();
    let (gone, new) = only(&plain(&was.subjects), &plain(&now.subjects));
    let event = |subject: &Subject, verb: &str, effect| {
        let words = words(&format!("{} {verb}", who(subject, name)));
        Event::new(What::IncidentChanged, words).about(subject.clone()).with(effect)
    };
    found.extend(gone.into_iter().map(|s| event(s, "not touched", Effect::Loosens)));
    found.extend(new.into_iter().map(|s| event(s, "touched", Effect::Tightens)));
    found
}

fn plain(subjects: &[At<Subject>]) -> Vec<&Subject> {
    subjects.iter().map(|s| &s.value).collect()
}

/// Whom an incident calls to do what again.
fn called(incident: &Incident) -> Vec<Call<'_>> {
    let mut found = Vec::new();
    for retraining in &incident.retraining {
        let Retraining { subjects: _, requirement, by, spot: _ } = retraining;
        let subjects = incident.called(retraining).iter();
        found.extend(subjects.map(|s| (&s.value, &requirement.value, *by, 0)));
    }
    found.sort();
    found.dedup();
    for at in 1..found.len() {
        if let [.., earlier, call] = found.get_mut(..=at).unwrap_or_default()
            && (earlier.0, earlier.1) == (call.0, call.1)
        {
            call.3 = earlier.3 + 1;
        }
    }
    found
}

fn calls(incident: &Id, was: &[Call<'_>], now: &[Call<'_>]) -> Vec<Event> {
    let event = |what, (subject, requirement, ..): Call<'_>, words: String, effect| {
        let words = format!("retraining after {incident} {words}");
        Event::new(what, words).about(subject.clone()).on(requirement).with(effect)
    };
    let mut found = Vec::new();
    for pair in pairs(was, now, |c| (c.0, c.1, c.3)) {
        found.push(match pair {
            Pair::Gone(was) => event(What::RetrainingRemoved, was, "removed".to_owned(), Effect::Loosens),
            Pair::New(now) => event(What::RetrainingAdded, now, format!("by {}", now.2), Effect::Tightens),
            Pair::Both(was, now) if was.2 != now.2 => {
                let words = format!("by {} instead of {}", now.2, was.2);
                event(What::RetrainingChanged, now, words, growing(&was.2, &now.2))
            }
            Pair::Both(..) => continue,
        });
    }
    found
}

/// How the one-off duties differ.
pub(super) fn assignments(before: &[&Assignment], after: &[&Assignment]) -> Vec<Event> {
    let mut found = Vec::new();
    for pair in pairs(before, after, |a| &a.id.value) {
        match pair {
            Pair::Gone(was) => found.extend(plain(&was.subjects).into_iter().map(|s| taken(was, s))),
            Pair::New(now) => found.extend(plain(&now.subjects).into_iter().map(|s| given(now, s))),
            Pair::Both(was, now) => found.extend(assignment(was, now)),
        }
    }
    found
}

fn given(now: &Assignment, subject: &Subject) -> Event {
    let words = format!("told on {} to do it by {} ({})", now.told_on, now.by, now.reason);
    let event = Event::new(What::AssignmentAdded, words).about(subject.clone());
    event.on(&now.requirement.value).with(Effect::Tightens)
}

fn taken(was: &Assignment, subject: &Subject) -> Event {
    let words = format!("assignment {} removed, which was due by {}", was.id.value, was.by);
    let event = Event::new(What::AssignmentRemoved, words).about(subject.clone());
    event.on(&was.requirement.value).with(Effect::Loosens)
}

fn assignment(was: &Assignment, now: &Assignment) -> Vec<Event> {
    let Assignment { id, subjects, requirement, told_on, by, reason, spot: _ } = now;
    let parts = [
        Part::with("requirement", was.requirement.to_string(), requirement.to_string(), Effect::Loosens),
        // What is done from that day on serves.
        Part::with("told_on", was.told_on.to_string(), told_on.to_string(), Effect::Loosens),
        Part::with("by", was.by.to_string(), by.to_string(), growing(&was.by, by)),
        Part::neutral("reason", was.reason.to_string(), reason.to_string()),
    ];
    let event =
        |words: String| Event::new(What::AssignmentChanged, format!("assignment {}, {words}", id.value));
    let parts = parts.into_iter().filter_map(Part::changed);
    let mut found: Vec<Event> = parts.map(|c| event(c.words).on(&requirement.value).with(c.effect)).collect();
    let (gone, new) = only(&plain(&was.subjects), &plain(subjects));
    found.extend(gone.into_iter().map(|s| taken(was, s)));
    found.extend(new.into_iter().map(|s| given(now, s)));
    found
}
