//! Twelve months back: how many obligations were in a gap, on the last day of every month.

use serde::Serialize;

use super::chart::{as_i64, short_month};
use crate::record::date::{Date, Period};
use crate::report::model::{Model, Status};

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

/// Makes the trend from the timelines.
pub fn trend(model: &Model) -> Trend {
    let days = days(model.facts.as_of);
    let mut points: Vec<Point> = days.iter().enumerate().map(|(at, day)| point(model, at, *day)).collect();
    let most = points.iter().map(|p| p.unknown + p.overdue + p.grace).max().unwrap_or(0);
    for point in &mut points {
        draw(point, most);
    }
    Trend { points, most }
}

/// The last days of the twelve months before, and today.
fn days(today: Date) -> Vec<Date> {
    let first = Date::ymd(today.year(), today.month(), 1).unwrap_or(today);
    let month = Period::parse("1 month").unwrap_or(Period::days(30));
    let ends = (-11..=0).map(|n| first.times(month, n).previous());
    ends.chain([today]).collect()
}

fn point(model: &Model, at: usize, day: Date) -> Point {
    let (mut unknown, mut overdue, mut grace, mut total) = (0, 0, 0, 0);
    let in_force = |o: &&crate::report::model::Obligation| model.requirement(o).is_none_or(|r| r.in_force);
    for status in model.obligations.iter().filter(in_force).filter_map(|o| o.status_on(day)) {
        total += i64::from(!matches!(status, Status::NotApplicable | Status::Proposed));
        unknown += i64::from(status == Status::Unknown);
        overdue += i64::from(status == Status::Overdue);
        grace += i64::from(status == Status::Grace);
    }
    let at = as_i64(at);
    let x = |hundredths: i64| format!("{}.{:02}%", hundredths / 100, hundredths % 100);
    let (step, width) = (10_000 / 13, 500);
    Point {
        day: day.to_string(),
        label: short_month(day),
        unknown,
        overdue,
        grace,
        total,
        x: x(at * step + (step - width) / 2),
        middle: x(at * step + step / 2),
        bars: Vec::new(),
        top: 0,
    }
}

fn draw(point: &mut Point, most: i64) {
    let mut y = HEIGHT;
    for (word, n) in [("overdue", point.overdue), ("grace", point.grace), ("unknown", point.unknown)] {
        let height = if n > 0 { (n * HEIGHT / most.max(1)).max(2) } else { 0 };
        y -= height;
        if height > 0 {
            point.bars.push(Bar { word, y: y + 20, height });
        }
    }
    point.top = y + 14;
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
