//! What changed since some days ago, read off the timelines.

use serde::Serialize;

use crate::record::date::Date;
use crate::report::model::{Model, Obligation};
use crate::report::table::Cell;

/// What changed since a day.
#[derive(Serialize)]
pub struct Changes<'m> {
    /// How many days ago.
    days: i64,
    /// The day.
    since: String,
    /// Who started.
    joined: usize,
    /// Who left.
    left: usize,
    /// How many completions were accepted that lie since then.
    completed: usize,
    /// Gaps that are there now and were not.
    opened: usize,
    /// Gaps that were there and are not.
    closed: usize,
    /// The first of the new ones.
    new: Vec<New<'m>>,
}

#[derive(Serialize)]
struct New<'m> {
    who: Cell<'m>,
    requirement: Cell<'m>,
    since: Option<String>,
}

/// How many new gaps are named.
const SHOWN: usize = 6;

/// Compares the day of the report with an earlier one.
pub fn since(model: &Model, days: i64) -> Changes<'_> {
    let then = model.facts.as_of.plus_days(-days);
    let opened: Vec<&Obligation> = gaps(model).filter(|o| !was_gap(o, then)).collect();
    let closed = model.obligations.iter().filter(|o| was_gap(o, then) && !o.status.is_gap()).count();
    let after = |day: Option<Date>| day.is_some_and(|d| then < d && d <= model.facts.as_of);
    let records = model.people.iter().flat_map(|p| &p.records);
    Changes {
        days,
        since: then.to_string(),
        joined: model.people.iter().filter(|p| after(p.hired)).count(),
        left: model.people.iter().filter(|p| !p.active && after(p.left)).count(),
        completed: records.filter(|r| r.accepted && after(Some(r.completed_on))).count(),
        opened: opened.len(),
        closed,
        new: opened.iter().take(SHOWN).map(|o| new(model, o)).collect(),
    }
}

fn gaps(model: &Model) -> impl Iterator<Item = &Obligation> {
    model.active().filter(|o| o.status.is_gap())
}

fn was_gap(obligation: &Obligation, day: Date) -> bool {
    obligation.status_on(day).is_some_and(crate::report::model::Status::is_gap)
}

fn new<'m>(model: &'m Model, obligation: &Obligation) -> New<'m> {
    New {
        who: super::who(model, obligation),
        requirement: super::requirement(model, obligation),
        since: obligation.since.map(|d| d.to_string()),
    }
}
