//! The one result: what was so on each day, and what became of each due date.

use super::applies::Run;
use super::shifts::Move;
use super::status::{Rule, Status};
use crate::record::date::Date;
use crate::trust::accepted::Accepted;

/// An obligation's whole history and what will come if nothing more is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline<'a> {
    /// Dated segments without a hole, from the first day of the first span on; the last one
    /// is open. Up to the day asked about each says what was known on its days, after it what
    /// follows from what is known.
    pub segments: Vec<Segment<'a>>,
    /// The due dates in order, with what became of each as of the day asked about.
    pub dues: Vec<DueDate<'a>>,
    /// The spans: first day, and the last, which is [`Date::MAX`] where it is open.
    pub spans: Vec<Run>,
}

/// Days that are all alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The first day.
    pub from: Date,
    /// The last day; none for the last segment, which goes on.
    pub until: Option<Date>,
    /// The status on these days.
    pub status: Status,
    /// What it would be, beneath `proposed`, `exempt` and `deferred`.
    pub underlying: Option<Status>,
    /// The due date as it stood on these days, after all moves.
    pub due: Option<Date>,
    /// The rule that gave the due date, or moved it last.
    pub rule: Option<Rule>,
    /// The completion that the due date rests on.
    pub completion: Option<&'a Accepted>,
}

/// One due date and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDate<'a> {
    /// Which of the timeline's spans it belongs to, from 0.
    pub span: usize,
    /// From when a completion serves it, or when it arose.
    pub opened: Date,
    /// The due date that rules 3 to 10 and 14 gave, before any move.
    pub due: Date,
    /// The rule that gave it.
    pub rule: Rule,
    /// The moves in order.
    pub moves: Vec<Move>,
    /// The completion that served it.
    pub served_by: Option<&'a Accepted>,
    /// The first day after it on which it was over: served, overtaken by a later one that
    /// was served, or beyond the span. None while it stands.
    pub closed_on: Option<Date>,
    /// Whether it passed unserved, even if it was served later.
    pub missed: bool,
    /// Whether it was served after the date, extensions left out of account.
    pub late: bool,
}

impl DueDate<'_> {
    /// The last good day after all moves; none where an open-ended leave leaves none.
    pub fn last_good_day(&self) -> Option<Date> {
        self.moves.last().map_or(Some(self.due), |m| m.to)
    }
}

impl Segment<'_> {
    /// Whether a day is one of these.
    pub fn has(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Days after the due date on one of these days; 0 where it has not passed or where
    /// nothing is late.
    pub fn days_late(&self, day: Date) -> u32 {
        let late = self.status.is_late() || self.underlying.is_some_and(Status::is_late);
        let days = self.due.filter(|_| late).map_or(0, |due| due.days_to(day));
        u32::try_from(days).unwrap_or(0)
    }

    fn like(&self, other: &Segment<'_>) -> bool {
        let same = |a: Option<&Accepted>, b: Option<&Accepted>| match (a, b) {
            (Some(a), Some(b)) => std::ptr::eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        (self.status, self.underlying, self.due, self.rule)
            == (other.status, other.underlying, other.due, other.rule)
            && same(self.completion, other.completion)
    }
}

impl<'a> Timeline<'a> {
    /// The segment of a day; none before the first span.
    pub fn on(&self, day: Date) -> Option<&Segment<'a>> {
        let after = self.segments.partition_point(|s| s.from <= day);
        self.segments.get(after.checked_sub(1)?)
    }

    /// The status on a day.
    pub fn status_on(&self, day: Date) -> Status {
        self.on(day).map_or(Status::NotApplicable, |s| s.status)
    }

    /// The due date as it stood on a day.
    pub fn due_on(&self, day: Date) -> Option<Date> {
        self.on(day).and_then(|s| s.due)
    }

    /// How many days late it was on a day; 0 where it was not.
    pub fn days_late_on(&self, day: Date) -> u32 {
        self.on(day).map_or(0, |s| s.days_late(day))
    }

    /// The first day of the run of the status that a day lies in, whatever else changed
    /// during it; none where that run has no beginning.
    pub fn since(&self, day: Date) -> Option<Date> {
        let after = self.segments.partition_point(|s| s.from <= day);
        let upto = self.segments.get(..after)?;
        let status = upto.last()?.status;
        let first = upto.iter().rev().take_while(|s| s.status == status).last()?;
        Some(first.from).filter(|from| *from > Date::MIN)
    }

    /// The gaps: runs of days up to a day on which it was overdue, `status` itself and not
    /// only beneath another.
    pub fn gaps(&self, upto: Date) -> Vec<Run> {
        let mut gaps: Vec<Run> = Vec::new();
        let late = self.segments.iter().filter(|s| s.status == Status::Overdue && s.from <= upto);
        for segment in late {
            let until = segment.until.map_or(upto, |until| until.min(upto));
            match gaps.last_mut() {
                Some(gap) if gap.until.next() == segment.from => gap.until = until,
                _ => gaps.push(Run { from: segment.from, until }),
            }
        }
        gaps
    }

    /// The days on which the status is as it was on each day before them, for a trend: the
    /// status on the last day of each of the `months` months before the month of a day, and
    /// on that day itself.
    pub fn trend(&self, day: Date, months: u32) -> Vec<(Date, Status)> {
        trend_days(day, months).into_iter().map(|d| (d, self.status_on(d))).collect()
    }

    /// Adds days at the end; a segment like the last one makes that one longer.
    pub(super) fn push(&mut self, segment: Segment<'a>) {
        if segment.until.is_some_and(|until| until < segment.from) {
            return;
        }
        match self.segments.last_mut() {
            Some(last) if last.like(&segment) => last.until = segment.until,
            _ => self.segments.push(segment),
        }
    }
}

/// The last days of the months before a day, `months` of them, and the day itself.
pub fn trend_days(day: Date, months: u32) -> Vec<Date> {
    let first = Date::ymd(day.year(), day.month(), 1).unwrap_or(day);
    let one = crate::record::date::Period::parse("1 month").ok();
    let ends = (0..months).rev().filter_map(|n| Some(first.times(one?, -i64::from(n)).previous()));
    ends.chain([day]).collect()
}
