//! Rules 5, 6 and 7: due dates that are fixed beforehand, and which of them a completion
//! serves.

use super::calendar::Periods;
use super::start::Anniversaries;
use super::{Again, Place};
use crate::duty::status::Rule;
use crate::record::date::{Date, Days};

/// The due dates of one span with `anchor: start` or `calendar`: number 0 is the first due
/// date, number k ≥ 1 the k-th of those that follow it.
#[derive(Debug)]
pub(super) struct Dates {
    first: First,
    series: Series,
    early: Option<Days>,
    /// The due date that is the latest one open on the day reached.
    open: usize,
    /// The latest one that is served.
    served: Option<usize>,
}

/// The first due date of a span.
#[derive(Debug, Clone, Copy)]
pub(super) struct First {
    pub(super) due: Date,
    /// S − `carry_in`.
    pub(super) opens: Date,
    /// S + `within`, which it is unless another one stands again.
    pub(super) usual: Date,
    /// The one that stands again.
    pub(super) again: Option<Again>,
}

/// What follows the first due date.
#[derive(Debug)]
pub(super) enum Series {
    Start(Anniversaries),
    Calendar(Periods),
}

impl Dates {
    pub(super) fn new(first: First, series: Series, early: Option<Days>) -> Dates {
        Dates { first, series, early, open: 0, served: None }
    }

    /// The due date of a number.
    pub(super) fn due(&self, number: usize) -> Date {
        match (number.checked_sub(1), &self.series) {
            (None, _) => self.first.due,
            (Some(k), Series::Start(dates)) => dates.nth(k),
            (Some(k), Series::Calendar(periods)) => periods.nth_last_day(k),
        }
    }

    /// The first day on which a completion serves the due date of a number: the latest of
    /// the day after the one before, its period's first day, and `early` before itself.
    pub(super) fn opens(&self, number: usize) -> Date {
        let left = self.first.again.map_or(Date::MIN, |again| again.left.next());
        let Some(k) = number.checked_sub(1) else { return self.first.opens.max(left) };
        let after = self.due(k).next();
        let early = self.early.map_or(after, |early| self.due(number).before(early));
        let period = match &self.series {
            Series::Start(_) => after,
            Series::Calendar(periods) => periods.nth_first_day(k),
        };
        after.max(early).max(period).max(left).max(self.not_before(self.due(number)))
    }

    /// Dates that would follow S + `within` open no sooner because another date stands again:
    /// else one more completion in the span before could bring a due date forward.
    fn not_before(&self, due: Date) -> Date {
        let held = self.first.again.is_some() && self.first.usual < due;
        if held { self.first.usual.next() } else { Date::MIN }
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
