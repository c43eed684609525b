//! Everything that somebody has to act on, and everything that falls due soon.

use serde::Serialize;

use super::overview::{acts, attention};
use super::page::{Place, Renderer};
use crate::report::ReportError;
use crate::report::model::{Model, Obligation, Status};
use crate::report::table::{Cell, Column, Kind, Table};

/// How far ahead the list of what is coming up looks.
const DAYS: i64 = 90;

/// How many fall due within some days.
#[derive(Serialize)]
pub(in crate::report) struct Soon {
    pub days: i64,
    pub n: usize,
    pub who: String,
}

#[derive(Serialize)]
struct Body<'m> {
    soon: Vec<Soon>,
    teams: Vec<Team<'m>>,
}

#[derive(Serialize)]
struct Team<'m> {
    id: &'m str,
    title: &'m str,
}

/// Renders both lists.
///
/// # Errors
/// A template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let model = renderer.model;
    let place = Place { path: "attention.html", title: "What needs attention", section: "attention" };
    renderer.list("attention.html", &place, (), &attention_table(model))?;
    let place = Place { path: "due.html", title: "Coming up", section: "due" };
    renderer.list("due.html", &place, body(model), &due_table(model))
}

fn body(model: &Model) -> Body<'_> {
    let teams = model.teams.iter().map(|t| Team { id: &t.id, title: &t.title }).collect();
    Body { soon: soon(model), teams }
}

/// How many fall due in the next 30, 60 and 90 days.
pub(in crate::report) fn soon(model: &Model) -> Vec<Soon> {
    let list = upcoming(model);
    let within = |days: i64| {
        let due: Vec<&Obligation> = list.iter().filter(|(d, _)| *d <= days).map(|(_, o)| *o).collect();
        Soon { days, n: due.len(), who: super::subjects(due.into_iter()) }
    };
    [30, 60, 90].map(within).into()
}

/// What falls due from the day of the report on, with the days until then, soonest first.
fn upcoming(model: &Model) -> Vec<(i64, &Obligation)> {
    let days = |o: &Obligation| o.due.map(|d| model.facts.as_of.days_to(d));
    let mut list: Vec<(i64, &Obligation)> = model
        .active()
        .filter(|o| o.status != Status::Proposed)
        .filter_map(|o| Some((days(o)?, o)))
        .filter(|(days, _)| (0..=DAYS).contains(days))
        .collect();
    list.sort_by_key(|(days, o)| (*days, super::requirements::position(o), o.requirement));
    list
}

fn attention_table(model: &Model) -> Table<'_> {
    let columns = vec![
        Column::new("person", "Who", Kind::Person),
        Column::new("status", "Status", Kind::Status),
        Column::new("requirement", "Requirement", Kind::Requirement),
        Column::minor("due", "Due", Kind::Date),
        Column::minor("late", "Days late", Kind::Number),
        Column::minor("acts", "Who acts", Kind::Words),
        Column::minor("team", "Team", Kind::Words),
        Column::minor("role", "Role", Kind::Words),
    ];
    let row = |o: &&Obligation| {
        let [team, role] = groups(model, o);
        vec![
            super::who(model, o),
            Cell::status_of(o),
            super::requirement(model, o),
            Cell::date(o.due),
            Cell::number(o.days_late),
            Cell::words([acts(model, o)]),
            team,
            role,
        ]
    };
    let rows = attention(model).iter().map(row).collect();
    Table { caption: "Everything that somebody has to act on, the most urgent first".into(), columns, rows }
}

fn due_table(model: &Model) -> Table<'_> {
    let columns = vec![
        Column::new("person", "Who", Kind::Person),
        Column::new("due", "Due", Kind::Date),
        Column::minor("days", "In days", Kind::Number),
        Column::new("requirement", "Requirement", Kind::Requirement),
        Column::minor("team", "Team", Kind::Words),
        Column::minor("role", "Role", Kind::Words),
    ];
    let row = |(days, o): (i64, &Obligation)| {
        let [team, role] = groups(model, o);
        let days = Cell::Number { n: Some(days) };
        vec![super::who(model, o), Cell::date(o.due), days, super::requirement(model, o), team, role]
    };
    let rows = upcoming(model).into_iter().map(row).collect();
    Table { caption: format!("What falls due in the next {DAYS} days, soonest first"), columns, rows }
}

/// The teams and roles of whoever owes.
fn groups<'m>(model: &'m Model, obligation: &Obligation) -> [Cell<'m>; 2] {
    let person = model.person(obligation);
    [
        super::people::words(&model.teams, person.map_or(&[], |p| &p.teams)),
        super::people::words(&model.roles, person.map_or(&[], |p| &p.roles)),
    ]
}
