//! Rules 14, 11, 12 and 13, in this order: what moves a due date.

use super::case::Case;
use super::inputs::{Call, CallKind};
use super::status::Rule;
use crate::record::date::Date;
use crate::record::node::Spot;
use crate::trust::accepted::Origin;

/// One move of a due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The rule that moved it: 11 to 14.
    pub rule: Rule,
    /// The due date before; none where nothing was due.
    pub from: Option<Date>,
    /// The due date after; none where an open-ended leave leaves none.
    pub to: Option<Date>,
    /// What it was moved for.
    pub cause: Cause,
}

/// What moved a due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// An exemption, an extension, an incident or an assignment.
    Record(Origin),
    /// A leave, in the worker's file.
    Leave(Spot),
}

/// A due date after all moves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Moved {
    /// The due date; none where nothing is due.
    pub(super) due: Option<Date>,
    /// What it would be without rule 12: what is done after it is late.
    pub(super) strict: Option<Date>,
    pub(super) moves: Vec<Move>,
    /// The days on which a leave defers it.
    pub(super) deferred: Vec<(Date, Date)>,
}

/// What is known on a day, and the latest completion known by then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// Only what is dated up to this day counts.
    pub(super) day: Date,
    /// The latest completion that can serve a call.
    pub(super) latest: Option<Date>,
    /// Whether rule 14 is asked at all.
    pub(super) calls: bool,
}

/// The call that asks for the earliest date among those that are known and not served.
pub(super) fn open_call<'a>(case: &Case<'_, 'a>, known: Known) -> Option<&'a Call> {
    let calls = case.records.calls.iter().take_while(|c| known.calls && c.from <= known.day);
    let open = calls.filter(|c| known.latest.is_none_or(|latest| !c.kind.served(c.from, latest)));
    open.min_by_key(|c| c.by).copied()
}

impl Call {
    /// The rule that a due date of this call comes from.
    pub(super) fn rule(&self) -> Rule {
        match self.kind {
            CallKind::Retraining => Rule::Retraining,
            CallKind::Assignment => Rule::Assignment,
        }
    }
}

/// Moves a due date by everything that is known on a day.
pub(super) fn moved(case: &Case<'_, '_>, due: Option<Date>, known: Known) -> Moved {
    let mut out = moved_with(case, due, known, true);
    let extended = out.moves.iter().any(|m| m.rule == Rule::Extension);
    out.strict = if extended { moved_with(case, due, known, false).due } else { out.due };
    out
}

fn moved_with(case: &Case<'_, '_>, due: Option<Date>, known: Known, extensions: bool) -> Moved {
    let mut moved = Moved { due, ..Moved::default() };
    moved.call(case, known);
    moved.exempt(case, known);
    if extensions {
        moved.extend(case, known);
    }
    moved.leave(case, known);
    moved
}

impl Moved {
    fn to(&mut self, due: Option<Date>, rule: Rule, cause: Cause) {
        if due != self.due {
            self.moves.push(Move { rule, from: self.due, to: due, cause });
            self.due = due;
        }
    }

    /// Rule 14: no later than the day that an unserved call gives.
    fn call(&mut self, case: &Case<'_, '_>, known: Known) {
        let Some(call) = open_call(case, known) else { return };
        if self.due.is_none_or(|due| call.by < due) {
            self.to(Some(call.by), call.rule(), Cause::Record(call.origin));
        }
    }

    /// Rule 11: a due date on or after an exemption's first day becomes the later of itself
    /// and the last day + `within`.
    fn exempt(&mut self, case: &Case<'_, '_>, known: Known) {
        for exemption in case.records.exemptions.iter().take_while(|e| e.from <= known.day) {
            if exemption.until < exemption.from {
                continue;
            }
            let earliest = exemption.until.plus(case.rules.requirement.due.within, 1);
            if self.due.is_some_and(|due| exemption.from <= due && due < earliest) {
                self.to(Some(earliest), Rule::Exemption, Cause::Record(exemption.origin));
            }
        }
    }

    /// Rule 12: no due date before the last day of an extension.
    fn extend(&mut self, case: &Case<'_, '_>, known: Known) {
        let given = case.records.extensions.iter().take_while(|e| e.given_on <= known.day);
        if let Some(extension) = given.max_by_key(|e| e.until)
            && self.due.is_some_and(|due| due < extension.until)
        {
            self.to(Some(extension.until), Rule::Extension, Cause::Record(extension.origin));
        }
    }

    /// Rule 13: a due date inside a leave or soon after it waits until the subject is back.
    fn leave(&mut self, case: &Case<'_, '_>, known: Known) {
        for leave in case.life.leaves.iter().take_while(|l| l.from <= known.day) {
            let Some(due) = self.due.filter(|due| leave.from <= *due) else { return };
            if leave.until.is_some_and(|last| last < leave.from) {
                continue;
            }
            let Some(last) = leave.until else {
                self.deferred.push((due, Date::MAX));
                return self.to(None, Rule::Leave, Cause::Leave(leave.spot));
            };
            let back = last.next().after(case.rules.after_leave);
            if due < back {
                if due <= last {
                    self.deferred.push((due, last));
                }
                self.to(Some(back), Rule::Leave, Cause::Leave(leave.spot));
            }
        }
    }
}
