//! Rule 5, `anchor: start`: due dates counted from the span's first day, never from the one
//! before.

use super::{Place, whole_periods};
use crate::record::date::{Date, Period};

/// S + k × `every` for every k from the first that counts.
#[derive(Debug)]
pub(super) struct Anniversaries {
    start: Date,
    every: Period,
    /// The k of the first one after the first due date.
    skipped: i64,
}

impl Anniversaries {
    /// Those after the first due date and, with `min_active`, not before S + `min_active`.
    pub(super) fn new(
        start: Date,
        every: Period,
        first_due: Date,
        min_active: Option<Period>,
    ) -> Anniversaries {
        let earliest = min_active.map_or(start, |p| start.plus(p, 1)).max(first_due.next());
        let before = whole_periods(start, every, earliest.previous());
        Anniversaries { start, every, skipped: (before + 1).max(1) }
    }

    /// The k-th of them, from 0.
    pub(super) fn nth(&self, k: usize) -> Date {
        self.start.times(self.every, self.periods(k))
    }

    /// Where the k-th of them comes from.
    pub(super) fn place(&self, k: usize) -> Place {
        Place::Anniversary { start: self.start, k: self.periods(k), due: self.nth(k) }
    }

    fn periods(&self, k: usize) -> i64 {
        self.skipped.saturating_add(i64::try_from(k).unwrap_or(i64::MAX))
    }
}
