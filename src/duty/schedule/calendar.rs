//! Rule 6, `anchor: calendar`: periods of the calendar, each due on its last day.

use super::{Place, whole_periods};
use crate::record::date::{Date, Period};

/// The periods [P + k × `every`, P + (k + 1) × `every`) from the first that the first due
/// date does not serve.
#[derive(Debug)]
pub(super) struct Periods {
    anchor: Date,
    every: Period,
    /// The k of the first one that follows.
    first: i64,
}

impl Periods {
    /// Those after the period of `start`, whose last day lies after the first due date and,
    /// with `min_active`, not before S + `min_active`.
    pub(super) fn new(
        anchor: Date,
        every: Period,
        start: Date,
        first_due: Date,
        min_active: Option<Period>,
    ) -> Periods {
        let earliest = min_active.map_or(start, |p| start.plus(p, 1)).max(first_due.next());
        let of = |day: Date| whole_periods(anchor, every, day);
        Periods { anchor, every, first: of(earliest).max(of(start).saturating_add(1)) }
    }

    /// The first day of the k-th of them, from 0.
    pub(super) fn nth_first_day(&self, k: usize) -> Date {
        self.bound(k, 0)
    }

    /// The last day of the k-th of them, from 0: its due date.
    pub(super) fn nth_last_day(&self, k: usize) -> Date {
        match self.bound(k, 1) {
            Date::MAX => Date::MAX,
            next => next.previous(),
        }
    }

    /// Where the k-th due date comes from.
    pub(super) fn place(&self, k: usize) -> Place {
        Place::Period { first: self.nth_first_day(k), last: self.nth_last_day(k), anchor: self.anchor }
    }

    fn bound(&self, k: usize, more: i64) -> Date {
        let k = i64::try_from(k).unwrap_or(i64::MAX);
        self.anchor.times(self.every, self.first.saturating_add(k).saturating_add(more))
    }
}
