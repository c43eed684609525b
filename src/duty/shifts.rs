//! Rules 11 to 13: what moves a due date. Each due date is moved on its own.

use super::away::Away;
use super::grants::Grant;
use super::status::Rule;
use crate::record::date::Date;
use crate::trust::accepted::Origin;

/// One move of a due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The rule that moved it: 11, 12 or 13.
    pub rule: Rule,
    /// The due date before.
    pub from: Date,
    /// The due date after; none where an open-ended leave leaves none.
    pub to: Option<Date>,
    /// What it was moved for.
    pub cause: Cause,
}

/// What moved a due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// An exemption or an extension.
    Record(Origin),
    /// A leave, a break, or some of both without a day between them.
    Away(Away),
}

/// A due date, moved by everything that is known up to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    /// The due date; none where nothing is due.
    pub(super) due: Option<Date>,
    /// What it would be without rule 12: what is done after it is late.
    pub(super) strict: Option<Date>,
    /// The rule that gave the date, or moved it last.
    pub(super) rule: Rule,
    pub(super) moves: Vec<Move>,
    /// The days on which a leave defers it.
    pub(super) deferred: Vec<(Date, Date)>,
    /// What began by this day moves nothing (rule 15).
    after: Option<Date>,
    /// What had ended before this day moves nothing (rule 14).
    since: Date,
    /// How many of the grants have been looked at.
    next: usize,
}

impl Moved {
    /// A due date that nothing has moved yet.
    pub(super) fn of(due: Option<Date>, rule: Rule, after: Option<Date>, since: Date) -> Moved {
        let (moves, deferred) = (Vec::new(), Vec::new());
        Moved { due, strict: due, rule, moves, deferred, after, since, next: 0 }
    }

    /// Takes every grant that has begun by a day. They are in order of first days, so each is
    /// taken once however often this is asked.
    pub(super) fn learn(&mut self, grants: &[Grant], known: Date) {
        while let Some(grant) = grants.get(self.next).filter(|grant| grant.from <= known) {
            self.next += 1;
            if self.after.is_none_or(|after| after < grant.from) && self.since <= grant.until {
                self.take(grant);
            }
        }
    }

    /// The same, from the beginning.
    pub(super) fn learned(mut self, grants: &[Grant], known: Date) -> Moved {
        self.learn(grants, known);
        self
    }

    fn take(&mut self, grant: &Grant) {
        if grant.rule != Rule::Extension
            && let Some(to) = self.strict.and_then(|due| grant.moves(due))
        {
            self.strict = to;
        }
        let Some(due) = self.due else { return };
        let Some(to) = grant.moves(due) else { return };
        if grant.rule == Rule::Leave && due <= grant.until {
            self.deferred.push((due, grant.until));
        }
        self.moves.push(Move { rule: grant.rule, from: due, to, cause: grant.cause });
        (self.due, self.rule) = (to, grant.rule);
    }
}
