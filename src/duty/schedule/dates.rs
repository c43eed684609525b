//! Rules 5, 6 and 7: due dates that are fixed beforehand, and which of them a completion
//! serves.

use super::Place;
use super::calendar::Periods;
use super::start::Anniversaries;
use crate::duty::status::Rule;
use crate::record::date::{Date, Days};

/// The due dates of one span with `anchor: start` or `calendar`: number 0 is the first due
/// date, number k ≥ 1 the k-th of those that follow it.
#[derive(Debug)]
pub(super) struct Dates {
    first_due: Date,
    /// S − `carry_in`: from when a completion serves the first due date.
    opens: Date,
    series: Series,
    early: Option<Days>,
    /// The due date that is the latest one open on the day reached.
    open: usize,
    /// The latest one that is served.
    served: Option<usize>,
}

/// What follows the first due date.
#[derive(Debug)]
pub(super) enum Series {
    Start(Anniversaries),
    Calendar(Periods),
}

impl Dates {
    pub(super) fn new(first_due: Date, opens: Date, series: Series, early: Option<Days>) -> Dates {
        Dates { first_due, opens, series, early, open: 0, served: None }
    }

    /// The due date of a number.
    pub(super) fn due(&self, number: usize) -> Date {
        match (number.checked_sub(1), &self.series) {
            (None, _) => self.first_due,
            (Some(k), Series::Start(dates)) => dates.nth(k),
            (Some(k), Series::Calendar(periods)) => periods.nth_last_day(k),
        }
    }

    /// The first day on which a completion serves the due date of a number: the latest of
    /// the day after the one before, its period's first day, and `early` before itself.
    pub(super) fn opens(&self, number: usize) -> Date {
        let Some(k) = number.checked_sub(1) else { return self.opens };
        let after = self.due(k).next();
        let early = self.early.map_or(after, |early| self.due(number).before(early));
        let period = match &self.series {
            Series::Start(_) => after,
            Series::Calendar(periods) => periods.nth_first_day(k),
        };
        after.max(early).max(period)
    }

    /// Where the k-th of those that follow the first comes from.
    pub(super) fn place(&self, k: usize) -> Option<Place> {
        Some(match &self.series {
            Series::Start(dates) => dates.place(k),
            Series::Calendar(periods) => periods.place(k),
        })
    }

    /// The number of the next due date: the one after the latest that was served.
    pub(super) fn next(&self) -> usize {
        self.served.map_or(0, |number| number + 1)
    }

    /// The rule that gives every due date but the first.
    pub(super) fn rule(&self) -> Rule {
        match self.series {
            Series::Start(_) => Rule::Start,
            Series::Calendar(_) => Rule::Calendar,
        }
    }

    /// Takes the day of the next completion, in order of days, and says which due date it
    /// serves; none where it is extra.
    pub(super) fn add(&mut self, day: Date) -> Option<usize> {
        while self.due(self.open) < Date::MAX && self.opens(self.open + 1) <= day {
            self.open += 1;
        }
        if self.served.is_some_and(|number| number >= self.open) {
            return None;
        }
        self.served = Some(self.open);
        self.served
    }
}
