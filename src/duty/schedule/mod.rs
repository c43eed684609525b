//! Rules 3 to 10: the due date that the requirement itself gives.
//!
//! One file per anchor. A [`Schedule`] is fed with the counted completions of a span in
//! order of days and says, after each, what the due date is and which rule gave it.

mod calendar;
mod chains;
mod dates;
mod lifetime;
mod start;

use super::counts::{Candidate, Editions, Touched};
use super::status::Rule;
use crate::record::date::{Date, Period, Unit};
use crate::record::policy::{Anchor, Due};
use chains::Chains;
use dates::{Dates, Series};
use lifetime::Lifetime;

/// The due date before rules 11 to 14, and the rule that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Base {
    /// None where nothing is due any more.
    pub(super) due: Option<Date>,
    pub(super) rule: Rule,
    /// What began by this day does not move it (rule 15).
    pub(super) after: Option<Date>,
}

/// A due date that was missed when a span ended and stands again in the next one (rule 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Again {
    /// The due date as it stood.
    pub(super) due: Date,
    /// The last day of the span that ended: only what is done after it serves the date.
    pub(super) left: Date,
}

/// Where a fixed due date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// S + k × `every`.
    Anniversary { start: Date, k: i64, due: Date },
    /// The last day of a period of the calendar.
    Period { first: Date, last: Date, anchor: Date },
}

/// The running state of one span.
#[derive(Debug)]
pub(super) struct Schedule<'a> {
    first_due: Date,
    /// S − `carry_in`.
    pub(super) opens: Date,
    clock: Clock,
    lifetime: Lifetime<'a>,
    counted: bool,
    again: Option<Again>,
    /// Whether a completion was counted that can serve the first due date.
    served: bool,
}

#[derive(Debug)]
enum Clock {
    Once,
    Chains(Chains),
    Dates(Dates),
}

impl<'a> Schedule<'a> {
    /// The schedule of a span that starts on a day, perhaps with a date that stands again.
    pub(super) fn new(
        due: &Due,
        first_day: Date,
        editions: &Editions<'_>,
        again: Option<Again>,
    ) -> Schedule<'a> {
        let usual = first_day.plus(due.within, 1);
        let first_due = again.map_or(usual, |again| again.due);
        let opens = first_day.minus(due.carry_in_period());
        let first = dates::First { due: first_due, opens, usual, again };
        let (clock, lifetime) = (clock(due, first_day, first), Lifetime::new(editions));
        Schedule { first_due, opens, clock, lifetime, counted: false, again, served: false }
    }

    /// From when a completion serves the first due date.
    pub(super) fn first_opens(&self) -> Date {
        self.again.map_or(self.opens, |again| self.opens.max(again.left.next()))
    }

    /// The date that stands again, if the span begins with one.
    pub(super) fn again(&self) -> Option<Again> {
        self.again
    }

    /// Takes the next counted completion, and says which of the fixed due dates it serves.
    pub(super) fn add(&mut self, candidate: Candidate<'a>) -> Option<usize> {
        self.counted = true;
        let serves = self.first_opens() <= candidate.day();
        self.served |= serves;
        self.lifetime.add(candidate);
        match &mut self.clock {
            Clock::Once => None,
            Clock::Chains(chains) => {
                chains.add(candidate.day());
                None
            }
            Clock::Dates(dates) => serves.then(|| dates.add(candidate.day()))?,
        }
    }

    /// Whether any completion was counted.
    pub(super) fn has_counted(&self) -> bool {
        self.counted
    }

    /// Whether any completion was counted that can serve the first due date.
    pub(super) fn has_served(&self) -> bool {
        self.served
    }

    /// The due date of rules 3 to 10, with the editions published by a day.
    pub(super) fn base(&self, editions: &Editions<'_>, touched: &Touched, known: Date) -> Base {
        if !self.served {
            return self.first();
        }
        let anchor = self.anchor();
        let base = match self.lifetime.end(editions, touched, known) {
            Some(end) if end.day.is_some_and(|day| anchor.due.is_none_or(|due| day < due)) => {
                Base { due: end.day, rule: end.rule, after: None }
            }
            _ => anchor,
        };
        match base.due {
            Some(due) if due < self.first_due => self.first(),
            _ => base,
        }
    }

    /// The first due date.
    fn first(&self) -> Base {
        let rule = if self.again.is_some() { Rule::Again } else { Rule::First };
        Base { due: Some(self.first_due), rule, after: self.again.map(|again| again.left) }
    }

    /// The due date of the anchor alone.
    fn anchor(&self) -> Base {
        let (due, rule) = match &self.clock {
            Clock::Once => (None, Rule::Once),
            Clock::Chains(chains) => (chains.due(), Rule::Chain),
            Clock::Dates(dates) if dates.next() == 0 => return self.first(),
            Clock::Dates(dates) => (Some(dates.due(dates.next())), dates.rule()),
        };
        Base { due, rule, after: None }
    }

    /// The number of the fixed due date that is next; 0 where there are none such.
    pub(super) fn next_fixed(&self) -> usize {
        match &self.clock {
            Clock::Dates(dates) => dates.next(),
            _ => 0,
        }
    }

    /// The fixed due date of a number and the day on which it opens.
    pub(super) fn fixed(&self, number: usize) -> Option<(Date, Date, Rule)> {
        match &self.clock {
            Clock::Dates(dates) if number == 0 => Some((dates.opens(0), dates.due(0), self.first().rule)),
            Clock::Dates(dates) => Some((dates.opens(number), dates.due(number), dates.rule())),
            _ => None,
        }
    }

    /// Where the fixed due date of a number comes from; none for the first.
    pub(super) fn place(&self, number: usize) -> Option<Place> {
        match &self.clock {
            Clock::Dates(dates) => dates.place(number.checked_sub(1)?),
            _ => None,
        }
    }
}

fn clock(due: &Due, first_day: Date, first: dates::First) -> Clock {
    let Some(every) = due.every else { return Clock::Once };
    let dates = |series| Clock::Dates(Dates::new(first, series, due.early));
    match due.anchor {
        // The reader of policies refuses it; periods of no days never come to an end.
        _ if every.is_zero() => Clock::Chains(Chains::new(every, due.early)),
        Some(Anchor::Start) => {
            let series = start::Anniversaries::new(first_day, every, first.due, due.min_active);
            dates(Series::Start(series))
        }
        Some(Anchor::Calendar { period_start }) => {
            let series = calendar::Periods::new(period_start, every, first_day, first.due, due.min_active);
            dates(Series::Calendar(series))
        }
        // The reader of policies refuses `every` without an anchor; the strictest reading.
        Some(Anchor::Completion) | None => Clock::Chains(Chains::new(every, due.early)),
    }
}

/// The largest k for which a day plus k periods, clamped, is not after another.
fn whole_periods(from: Date, every: Period, to: Date) -> i64 {
    match every.in_units() {
        (days, Unit::Days) => from.days_to(to).div_euclid(days.max(1)),
        (months, Unit::Months) => from.months_to(to).div_euclid(months.max(1)),
    }
}
