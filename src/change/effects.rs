//! What a change does to obligations: gaps that it opens, gaps that evidence closes, and, apart
//! from them, gaps that only an edit closes.

use std::collections::HashMap;

use super::key;
use crate::duty::{Duties, Status};
use crate::history::log::Line;
use crate::record::id::{Id, Subject};

/// What a change does.
#[derive(Debug, Default)]
pub struct Effects {
    /// What it changes in the books and adds to the records, in words.
    pub events: Vec<Line>,
    /// Gaps that were not there before.
    pub opened: Vec<Gap>,
    /// Gaps that new evidence closes.
    pub closed_by_evidence: Vec<Gap>,
    /// Gaps that an edit closes and no evidence.
    pub closed_by_edit: Vec<Gap>,
    /// How many obligations are new.
    pub obligations_added: usize,
    /// How many are there no longer, or have ended.
    pub obligations_ended: usize,
}

/// A gap that opens or closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Who owes it.
    pub subject: Subject,
    /// Their name, where there is one.
    pub name: Option<String>,
    /// What.
    pub requirement: Id,
    /// The status before.
    pub before: Status,
    /// The status after; none where it is owed no longer.
    pub after: Option<Status>,
}

/// Whether a status is one that a report must show as missing.
fn is_gap(status: Status) -> bool {
    matches!(status, Status::Overdue | Status::Unknown)
}

type ByKey = HashMap<(Subject, Id), Status>;

impl Effects {
    /// Compares the obligations at the base, those with the base's books and the new evidence,
    /// and those after the change.
    pub fn of(
        base: &Duties<'_>,
        with_evidence: &Duties<'_>,
        after: &Duties<'_>,
        name: &dyn Fn(&Subject) -> Option<String>,
    ) -> Effects {
        let all = |d: &Duties<'_>| d.obligations.iter().map(|o| (key(o), o.status)).collect::<ByKey>();
        let (base, proven, after) = (all(base), all(with_evidence), all(after));
        let mut effects = Effects::default();
        for ((subject, requirement), status) in &base {
            let at = (subject.clone(), requirement.clone());
            let now = after.get(&at).copied();
            let lives = |s: Option<Status>| s.is_some_and(|s| s != Status::NotApplicable);
            effects.obligations_ended += usize::from(lives(Some(*status)) && !lives(now));
            if is_gap(*status) && !now.is_some_and(is_gap) {
                let gap = gap(&at, *status, now, name);
                match proven.get(&at) {
                    Some(s) if is_gap(*s) => effects.closed_by_edit.push(gap),
                    _ => effects.closed_by_evidence.push(gap),
                }
            }
        }
        for (at, now) in &after {
            let before = base.get(at).copied();
            effects.obligations_added += usize::from(before.is_none() && *now != Status::NotApplicable);
            if is_gap(*now) && !before.is_some_and(is_gap) {
                let before = before.unwrap_or(Status::NotApplicable);
                effects.opened.push(gap(at, before, Some(*now), name));
            }
        }
        for list in [&mut effects.opened, &mut effects.closed_by_evidence, &mut effects.closed_by_edit] {
            list.sort_by(|a, b| (&a.subject, &a.requirement).cmp(&(&b.subject, &b.requirement)));
        }
        effects
    }
}

fn gap(
    (subject, requirement): &(Subject, Id),
    before: Status,
    after: Option<Status>,
    name: &dyn Fn(&Subject) -> Option<String>,
) -> Gap {
    Gap { subject: subject.clone(), name: name(subject), requirement: requirement.clone(), before, after }
}
