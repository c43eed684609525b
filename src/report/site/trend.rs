//! Twelve months back: how many obligations were in a gap, on the last day of every month.

use serde::Serialize;

use super::chart::{as_i64, short_month};
use crate::record::date::{Date, Period};
use crate::report::model::{Model, Obligation, Status};

/// The trend, oldest month first, today last.
#[derive(Serialize)]
pub struct Trend {
    points: Vec<Point>,
    most: i64,
}

#[derive(Serialize)]
struct Point {
    day: String,
    label: String,
    unknown: i64,
    overdue: i64,
    grace: i64,
    total: i64,
    x: String,
    middle: String,
    bars: Vec<Bar>,
    top: i64,
}

/// A bar of the picture; heights in pixels of [`HEIGHT`].
#[derive(Serialize)]
struct Bar {
    word: &'static str,
    y: i64,
    height: i64,
}

/// How high the highest column is drawn.
const HEIGHT: i64 = 120;

/// How many obligations were where on one day.
#[derive(Clone, Copy, Default)]
struct Tally {
    unknown: i64,
    overdue: i64,
    grace: i64,
    total: i64,
}

impl Tally {
    fn add(&mut self, status: Status) {
        self.total += i64::from(!matches!(status, Status::NotApplicable | Status::Proposed));
        self.unknown += i64::from(status == Status::Unknown);
        self.overdue += i64::from(status == Status::Overdue);
        self.grace += i64::from(status == Status::Grace);
    }
}

/// Makes the trend from the timelines.
pub fn trend(model: &Model) -> Trend {
    let days = days(model.facts.as_of);
    let tallies = tallies(model, &days);
    let most = tallies.iter().map(|t| t.unknown + t.overdue + t.grace).max().unwrap_or(0);
    let points = days.iter().zip(tallies).enumerate().map(|(at, (day, tally))| point(at, *day, tally, most));
    Trend { points: points.collect(), most }
}

/// Counts every day in one pass over the obligations: they are many, the days are few.
fn tallies(model: &Model, days: &[Date]) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); days.len()];
    let in_force = |o: &&Obligation| model.requirement(o).is_none_or(|r| r.in_force);
    for obligation in model.obligations.iter().filter(in_force) {
        for (tally, day) in tallies.iter_mut().zip(days) {
            obligation.status_on(*day).into_iter().for_each(|status| tally.add(status));
        }
    }
    tallies
}

/// The last days of the twelve months before, and today.
fn days(today: Date) -> Vec<Date> {
    let first = Date::ymd(today.year(), today.month(), 1).unwrap_or(today);
    let month = Period::parse("1 month").unwrap_or(Period::days(30));
    let ends = (-11..=0).map(|n| first.times(month, n).previous());
    ends.chain([today]).collect()
}

fn point(at: usize, day: Date, tally: Tally, most: i64) -> Point {
    let at = as_i64(at);
    let x = |hundredths: i64| format!("{}.{:02}%", hundredths / 100, hundredths % 100);
    let (step, width) = (10_000 / 13, 500);
    let Tally { unknown, overdue, grace, total } = tally;
    let (bars, top) = bars(tally, most);
    Point {
        day: day.to_string(),
        label: short_month(day),
        unknown,
        overdue,
        grace,
        total,
        x: x(at * step + (step - width) / 2),
        middle: x(at * step + step / 2),
        bars,
        top,
    }
}

/// The bars of a day, from the ground up, and where what is above them is written.
fn bars(tally: Tally, most: i64) -> (Vec<Bar>, i64) {
    let (mut bars, mut y) = (Vec::new(), HEIGHT);
    for (word, n) in [("overdue", tally.overdue), ("grace", tally.grace), ("unknown", tally.unknown)] {
        let height = if n > 0 { (n * HEIGHT / most.max(1)).max(2) } else { 0 };
        y -= height;
        if height > 0 {
            bars.push(Bar { word, y: y + 20, height });
        }
    }
    (bars, y + 14)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_months_end_where_the_calendar_says() {
        let days: Vec<String> =
            days(Date::parse("2026-03-15").unwrap()).iter().map(ToString::to_string).collect();
        assert_eq!(days.len(), 13);
        assert_eq!(days.first().map(String::as_str), Some("2025-03-31"));
        assert_eq!(&days[10..], ["2026-01-31", "2026-02-28", "2026-03-15"]);
    }
}
