//! Everybody hired in the last twelve months, and whether anyone slipped through: what became
//! of the first due date of everything they owe.

use serde::Serialize;

use super::chart::as_i64;
use super::page::{Place, Renderer};
use crate::record::date::Date;
use crate::report::ReportError;
use crate::report::model::{Mark, Model, Obligation, Person, Status};
use crate::report::table::{Cell, Column, Kind, Table};

/// How far back the page looks.
const DAYS: i64 = 365;

/// How the start of a new member went, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Start {
    Unknown,
    Slipped,
    Unverified,
    Open,
    Done,
}

#[derive(Serialize)]
struct Body {
    hired: usize,
    unknown: usize,
    slipped: usize,
    unverified: usize,
    open: usize,
    since: String,
}

/// One new member.
struct New<'m> {
    person: &'m Person,
    start: Start,
    slipped: Vec<&'m str>,
    open: usize,
    done: usize,
}

/// Renders the page.
///
/// # Errors
/// The template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let model = renderer.model;
    let list = everyone(model);
    let count = |start: Start| list.iter().filter(|n| n.start == start).count();
    let body = Body {
        hired: list.len(),
        unknown: count(Start::Unknown),
        slipped: count(Start::Slipped),
        unverified: count(Start::Unverified),
        open: count(Start::Open),
        since: model.facts.as_of.plus_days(-DAYS).to_string(),
    };
    let place = Place { path: "onboarding.html", title: "Onboarding", section: "onboarding" };
    renderer.list("onboarding.html", &place, body, &table(model, &list))
}

/// Who was hired in the last twelve months, or may have been, the worst start first.
fn everyone(model: &Model) -> Vec<New<'_>> {
    let since = model.facts.as_of.plus_days(-DAYS);
    let is_new = |p: &Person| match p.hired {
        Some(day) => since < day && day <= model.facts.as_of,
        None => p.active,
    };
    let people = model.people.iter().enumerate().filter(|(_, p)| is_new(p));
    let mut list: Vec<New<'_>> = people.map(|(at, person)| new(model, at, person)).collect();
    list.sort_by_key(|n| (n.start, std::cmp::Reverse(n.person.hired), &n.person.id));
    list
}

fn new<'m>(model: &'m Model, at: usize, person: &'m Person) -> New<'m> {
    let mut new = New { person, start: Start::Done, slipped: Vec::new(), open: 0, done: 0 };
    if person.hired.is_none() {
        new.start = Start::Unknown;
    }
    for obligation in model.of_person(at).filter(|o| model.requirement(o).is_some_and(|r| r.in_force)) {
        let start = start(obligation, person.left.unwrap_or(model.facts.as_of));
        new.start = new.start.min(start);
        new.open += usize::from(start == Start::Open);
        new.done += usize::from(start == Start::Done);
        if start == Start::Slipped {
            new.slipped.extend(model.requirement(obligation).map(|r| r.title.as_str()));
        }
    }
    new
}

/// What became of the first due date.
fn start(obligation: &Obligation, until: Date) -> Start {
    if obligation.status == Status::Unknown {
        return Start::Unknown;
    }
    let Some(first) = obligation.dues.first() else { return Start::Done };
    match first.served_by {
        Some(day) if day > first.last_day() => Start::Slipped,
        Some(_) => Start::Done,
        None if first.missed || first.last_day() < until => Start::Slipped,
        None if obligation.has(Mark::Unverified) => Start::Unverified,
        None => Start::Open,
    }
}

fn table<'m>(model: &'m Model, list: &[New<'m>]) -> Table<'m> {
    let columns = vec![
        Column::new("person", "Person", Kind::Person),
        Column::new("start", "Start", Kind::Words),
        Column::new("hired", "Hired", Kind::Date),
        Column::minor("slipped", "Missed or late at first", Kind::Text),
        Column::minor("done", "In time", Kind::Number),
        Column::minor("open", "Still open", Kind::Number),
        Column::minor("team", "Team", Kind::Words),
    ];
    let rows = list.iter().map(|n| row(model, n)).collect();
    Table {
        caption: "Everybody hired in the last twelve months, the worst start first".into(),
        columns,
        rows,
    }
}

fn row<'m>(model: &'m Model, new: &New<'m>) -> Vec<Cell<'m>> {
    vec![
        Cell::person(new.person),
        Cell::words([new.start.label()]),
        Cell::date(new.person.hired),
        Cell::text(new.slipped.join(", ")),
        Cell::number(as_i64(new.done)),
        Cell::number(as_i64(new.open)),
        super::people::words(&model.teams, &new.person.teams),
    ]
}

impl Start {
    fn label(self) -> &'static str {
        match self {
            Start::Unknown => "Cannot be told",
            Start::Slipped => "Slipped through",
            Start::Unverified => "Unverified",
            Start::Open => "Still open",
            Start::Done => "In time",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{Due, Who};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn obligation(due: &str, served_by: Option<&str>) -> Obligation {
        let due = Due {
            opened: day("2026-01-01"),
            due: day(due),
            moved: None,
            served_by: served_by.map(day),
            missed: false,
        };
        let sample = crate::report::sample::clinic();
        Obligation {
            who: Who::Person(0),
            marks: Vec::new(),
            status: Status::Current,
            dues: vec![due],
            ..sample.obligations[0].clone()
        }
    }

    #[test]
    fn late_at_first_is_slipped_even_if_it_was_done_since() {
        let today = day("2026-06-01");
        assert_eq!(start(&obligation("2026-02-01", Some("2026-02-01")), today), Start::Done);
        assert_eq!(start(&obligation("2026-02-01", Some("2026-02-02")), today), Start::Slipped);
        assert_eq!(start(&obligation("2026-02-01", None), today), Start::Slipped);
        assert_eq!(start(&obligation("2026-06-01", None), today), Start::Open, "the due date is a good day");
        assert_eq!(start(&obligation("2026-07-01", None), day("2026-06-20")), Start::Open);
        let unknown = Obligation { status: Status::Unknown, ..obligation("2026-02-01", Some("2026-01-05")) };
        assert_eq!(start(&unknown, today), Start::Unknown);
    }
}
