//! Geometry of the pictures: where a day lies on a line, how wide a share is.
//!
//! Positions are hundredths of a percent as text, made with whole numbers, so that they are
//! the same on every machine. Pictures are drawn in percent: they stretch with the page and
//! their letters do not.

use serde::{Serialize, Serializer};

use crate::record::date::{Date, Period};
use crate::report::model::{Count, Segment, Status};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as people read it: `21 November 2026`.
pub fn long_date(day: Date) -> String {
    format!("{} {} {}", day.day(), month_name(day), day.year())
}

/// The name of the month of a date.
pub fn month_name(day: Date) -> &'static str {
    (day.month() as usize).checked_sub(1).and_then(|m| MONTHS.get(m)).copied().unwrap_or_default()
}

/// The month of a date in short: `Nov 2026`.
pub fn short_month(day: Date) -> String {
    format!("{} {}", month_name(day).get(..3).unwrap_or_default(), day.year())
}

/// A share of a whole: hundredths of a percent, printed as `33.33%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent(i64);

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}{}%", self.0 / 100, self.0 / 10 % 10, self.0 % 10)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// `part` of `whole` in percent, with two decimals.
pub fn percent(part: i64, whole: i64) -> Percent {
    Percent(part.saturating_mul(10_000).checked_div(whole).unwrap_or(0).clamp(0, 10_000))
}

/// A coloured part of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Class of the colour and pattern: the word of a status.
    pub word: &'static str,
    /// The status for people.
    pub label: &'static str,
    /// How many, or how many days.
    pub n: i64,
    /// Where it starts.
    pub x: Percent,
    /// How wide it is.
    pub width: Percent,
}

/// The parts of a bar that shows shares of a whole, worst first.
pub fn stack(counts: &[Count]) -> Vec<Part> {
    let total: i64 = counts.iter().map(|c| as_i64(c.n)).sum();
    let mut before = 0;
    let part = |count: &Count| {
        let n = as_i64(count.n);
        let x = percent(before, total);
        before += n;
        Part { word: count.status.word(), label: count.status.label(), n, x, width: percent(n, total) }
    };
    counts.iter().map(part).collect()
}

/// A stretch of time that a picture shows, both ends inclusive.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// The first day shown.
    pub from: Date,
    /// The last day shown.
    pub until: Date,
}

/// A mark on the axis of a picture.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// Where it is.
    pub x: Percent,
    /// What it says.
    pub label: String,
}

impl Window {
    /// How many days are shown.
    pub fn days(&self) -> i64 {
        self.from.days_to(self.until) + 1
    }

    /// Where a day starts.
    pub fn x(&self, day: Date) -> Percent {
        percent(self.from.days_to(day), self.days())
    }

    /// Whether a day is shown.
    pub fn shows(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// The parts of a timeline that lie in the window.
    pub fn segments(&self, segments: &[Segment], today: Date) -> Vec<Part> {
        let part = |s: &Segment| {
            // What is not over yet is drawn up to today: the future is not a fact.
            let (from, until) = (s.from.max(self.from), s.until.unwrap_or(today).min(today));
            let days = from.days_to(until) + 1;
            (days > 0 && s.status != Status::NotApplicable).then(|| Part {
                word: s.status.word(),
                label: s.status.label(),
                n: days,
                x: self.x(from),
                width: percent(days, self.days()),
            })
        };
        segments.iter().filter_map(part).collect()
    }

    /// The first of January, or of every third month where the window is short.
    pub fn ticks(&self) -> Vec<Tick> {
        let step = if self.days() > 900 { 12 } else { 3 };
        let quarter = Period::parse("1 month").unwrap_or(Period::days(30));
        let first = Date::ymd(self.from.year(), 1, 1).unwrap_or(self.from);
        (0..)
            .map(|n: i64| first.times(quarter, n * step))
            .skip_while(|d| *d < self.from)
            .take_while(|d| *d <= self.until)
            .map(|d| Tick { x: self.x(d), label: tick_label(d, step) })
            .collect()
    }
}

fn tick_label(day: Date, step: i64) -> String {
    if step == 12 || day.month() == 1 {
        day.year().to_string()
    } else {
        month_name(day).get(..3).unwrap_or_default().to_owned()
    }
}

/// A count as a number that positions are made of.
pub fn as_i64(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn shares_of_a_whole() {
        assert_eq!(percent(1, 3).to_string(), "33.33%");
        assert_eq!(percent(2, 29).to_string(), "6.89%");
        assert_eq!(percent(5, 0).to_string(), "0.00%");
        let counts = [Count { status: Status::Overdue, n: 1 }, Count { status: Status::Current, n: 3 }];
        let parts: Vec<_> = stack(&counts).iter().map(|p| format!("{} {}", p.x, p.width)).collect();
        assert_eq!(parts, ["0.00% 25.00%", "25.00% 75.00%"]);
    }

    #[test]
    fn days_on_a_line() {
        let window = Window { from: day("2026-01-01"), until: day("2026-04-10") };
        assert_eq!(window.days(), 100);
        assert_eq!(window.x(day("2026-01-11")).to_string(), "10.00%");
        let labels: Vec<_> = window.ticks().into_iter().map(|t| t.label).collect();
        assert_eq!(labels, ["2026", "Apr"]);
    }

    #[test]
    fn the_future_is_not_drawn() {
        let window = Window { from: day("2026-01-01"), until: day("2026-04-10") };
        let segment =
            Segment { from: day("2025-06-01"), until: None, status: Status::Current, underlying: None };
        let parts = window.segments(&[segment], day("2026-01-20"));
        assert_eq!(format!("{} {}", parts[0].x, parts[0].width), "0.00% 20.00%");
    }
}
