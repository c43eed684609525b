//! The lists of people: those who are active, and those who have left.

use serde::Serialize;

use super::page::{Place, Renderer};
use crate::report::ReportError;
use crate::report::model::{Model, Person, Status};
use crate::report::table::{Cell, Column, Kind, Table};

#[derive(Serialize)]
struct Body {
    active: usize,
    left: usize,
    shows_left: bool,
}

/// Renders both lists.
///
/// # Errors
/// The template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let model = renderer.model;
    let active = model.people.iter().filter(|p| p.active).count();
    let body = |shows_left| Body { active, left: model.people.len() - active, shows_left };
    let place = Place { path: "people.html", title: "People", section: "people" };
    renderer.list("people.html", &place, body(false), &active_table(model))?;
    let place = Place { path: "left.html", title: "People who have left", section: "people" };
    renderer.list("people.html", &place, body(true), &left_table(model))
}

fn active_table(model: &Model) -> Table<'_> {
    let columns = vec![
        Column::new("person", "Person", Kind::Person),
        Column::new("status", "Worst status", Kind::Status),
        Column::minor("open", "To act on", Kind::Number),
        Column::new("due", "Next due", Kind::Date),
        Column::minor("team", "Team", Kind::Words),
        Column::minor("role", "Role", Kind::Words),
        Column::minor("hired", "Hired", Kind::Date),
    ];
    let mut rows: Vec<_> = model.people.iter().enumerate().filter(|(_, p)| p.active).collect();
    rows.sort_by_cached_key(|(at, person)| (urgency(model, *at), sort_name(person), *at));
    let rows = rows.into_iter().map(|(at, person)| active_row(model, at, person)).collect();
    Table {
        caption: "People who are employed on the day of this report, worst status first".into(),
        columns,
        rows,
    }
}

/// The most urgent of a person's obligations.
fn urgency(model: &Model, person: usize) -> (u8, i64) {
    model.of_person(person).map(|o| (o.urgency().0, o.urgency().1)).min().unwrap_or((u8::MAX, 0))
}

fn active_row<'m>(model: &'m Model, at: usize, person: &'m Person) -> Vec<Cell<'m>> {
    let open = model.of_person(at).filter(|o| o.needs_action()).count();
    let next = model.of_person(at).filter_map(|o| o.due).min();
    vec![
        Cell::person(person),
        worst(model, at),
        Cell::number(super::chart::as_i64(open)),
        Cell::date(next),
        words(&model.teams, &person.teams),
        words(&model.roles, &person.roles),
        Cell::date(person.hired),
    ]
}

/// The worst status of a person.
fn worst(model: &Model, person: usize) -> Cell<'static> {
    Cell::status(model.worst_of(person).unwrap_or(Status::NotApplicable))
}

fn left_table(model: &Model) -> Table<'_> {
    let columns = vec![
        Column::new("person", "Person", Kind::Person),
        Column::new("left", "Last day", Kind::Date),
        Column::new("hired", "Hired", Kind::Date),
        Column::minor("records", "Records", Kind::Number),
    ];
    let mut people: Vec<&Person> = model.people.iter().filter(|p| !p.active).collect();
    people.sort_by_cached_key(|p| (std::cmp::Reverse(p.left), sort_name(p)));
    let rows = people.into_iter().map(left_row).collect();
    Table {
        caption: "People who are not employed on the day of this report, last to leave first".into(),
        columns,
        rows,
    }
}

fn left_row(person: &Person) -> Vec<Cell<'_>> {
    let records = super::chart::as_i64(person.records.len());
    vec![Cell::person(person), Cell::date(person.left), Cell::date(person.hired), Cell::number(records)]
}

/// The words at some positions, as a cell.
pub fn words<'m>(list: &'m [crate::report::model::Word], at: &[u32]) -> Cell<'m> {
    Cell::words(at.iter().filter_map(|i| list.get(*i as usize)).map(|w| w.title.as_str()))
}

/// By what lists put names in order: small letters, then the id.
fn sort_name(person: &Person) -> (String, String) {
    (person.called().to_lowercase(), person.id.clone())
}
