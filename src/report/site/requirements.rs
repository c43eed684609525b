//! The list of requirements, and the page of each: what it says, and who is where.

use minijinja::Value;
use serde::Serialize;

use super::chart::{Part, stack};
use super::page::{Place, Renderer, markup};
use crate::report::ReportError;
use crate::report::model::{Count, Edition, Model, Obligation, Requirement, Status, Who, count};
use crate::report::table::{Cell, Column, Kind, Table};

#[derive(Serialize)]
struct Body<'m> {
    id: &'m str,
    title: &'m str,
    kind: &'m str,
    in_force: bool,
    owner: Option<&'m str>,
    citations: &'m [String],
    applies_to: &'m str,
    rule: &'m str,
    signed_by: &'m str,
    declaration: Option<&'m str>,
    retain: Option<&'m str>,
    effective_from: Option<String>,
    effective_until: Option<String>,
    editions: Vec<EditionRow<'m>>,
    place: Option<&'m str>,
    total: usize,
    bar: Vec<Part>,
}

#[derive(Serialize)]
struct EditionRow<'m> {
    id: &'m str,
    published: String,
    change: &'m str,
    material: &'m str,
    weak: bool,
    path: Option<&'m str>,
    sha256: Option<&'m str>,
    text: Option<Value>,
}

/// One requirement in the list of all.
#[derive(Serialize)]
pub(super) struct Row<'m> {
    pub id: &'m str,
    pub title: &'m str,
    kind: &'m str,
    in_force: bool,
    citations: &'m [String],
    rule: &'m str,
    pub total: usize,
    pub open: usize,
    pub bar: Vec<Part>,
}

#[derive(Serialize)]
struct List<'m> {
    requirements: Vec<Row<'m>>,
}

/// Renders the list of requirements.
///
/// # Errors
/// The template is wrong, or the sink fails.
pub fn render_list(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let place = Place { path: "requirements.html", title: "Requirements", section: "requirements" };
    renderer.page("requirements.html", &place, List { requirements: rows(renderer.model) })
}

/// What lists show of every requirement.
pub(super) fn rows(model: &Model) -> Vec<Row<'_>> {
    model.requirements.iter().enumerate().map(|(at, r)| row(model, at, r)).collect()
}

fn row<'m>(model: &'m Model, at: usize, requirement: &'m Requirement) -> Row<'m> {
    let counts = counts(model, at);
    Row {
        id: &requirement.id,
        title: &requirement.title,
        kind: &requirement.kind,
        in_force: requirement.in_force,
        citations: &requirement.citations,
        rule: &requirement.rule,
        total: counts.iter().map(|c| c.n).sum(),
        open: counts.iter().filter(|c| c.status.needs_action()).map(|c| c.n).sum(),
        bar: stack(&counts),
    }
}

fn counts(model: &Model, at: usize) -> Vec<Count> {
    count(model.of_requirement(at).filter(|o| model.is_active(o)).map(Obligation::counts_as))
}

/// Renders the page of the requirement at a position.
///
/// # Errors
/// The template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>, at: usize) -> Result<(), ReportError> {
    let model = renderer.model;
    let Some(requirement) = model.requirements.get(at) else { return Ok(()) };
    let path = format!("requirement/{}/index.html", requirement.id);
    let place = Place { path: &path, title: &requirement.title, section: "requirements" };
    renderer.list("requirement.html", &place, body(model, at, requirement), &table(model, at))
}

fn body<'m>(model: &'m Model, at: usize, requirement: &'m Requirement) -> Body<'m> {
    let counts = counts(model, at);
    Body {
        id: &requirement.id,
        title: &requirement.title,
        kind: &requirement.kind,
        in_force: requirement.in_force,
        owner: requirement.owner.as_deref(),
        citations: &requirement.citations,
        applies_to: &requirement.applies_to,
        rule: &requirement.rule,
        signed_by: &requirement.signed_by,
        declaration: requirement.declaration.as_deref(),
        retain: requirement.retain.as_deref(),
        effective_from: requirement.effective_from.map(|d| d.to_string()),
        effective_until: requirement.effective_until.map(|d| d.to_string()),
        editions: requirement.editions.iter().map(edition).collect(),
        place: requirement.place.as_deref(),
        total: counts.iter().map(|c| c.n).sum(),
        bar: stack(&counts),
    }
}

fn edition(edition: &Edition) -> EditionRow<'_> {
    EditionRow {
        id: &edition.id,
        published: edition.published.to_string(),
        change: &edition.change,
        material: &edition.material,
        weak: edition.weak,
        path: edition.path.as_deref(),
        sha256: edition.sha256.as_deref(),
        text: edition.text.as_deref().map(|t| markup(super::text::to_html(t))),
    }
}

/// Who is where, the most urgent first; people who have left are with their own pages.
fn table(model: &Model, at: usize) -> Table<'_> {
    let columns = vec![
        Column::new("person", "Who", Kind::Person),
        Column::new("status", "Status", Kind::Status),
        Column::new("due", "Due", Kind::Date),
        Column::minor("late", "Days late", Kind::Number),
        Column::minor("done", "Completed", Kind::Date),
        Column::minor("evidence", "Evidence", Kind::Words),
        Column::minor("team", "Team", Kind::Words),
        Column::minor("role", "Role", Kind::Words),
    ];
    let mut list: Vec<&Obligation> = model.of_requirement(at).filter(|o| model.is_active(o)).collect();
    list.sort_by_key(|o| (o.urgency(), position(o)));
    let rows = list.into_iter().map(|o| table_row(model, o)).collect();
    Table { caption: "Who owes this, the most urgent first".into(), columns, rows }
}

pub(super) fn position(obligation: &Obligation) -> (u8, u32) {
    match obligation.who {
        Who::Person(i) => (0, i),
        Who::Other(i) => (1, i),
    }
}

fn table_row<'m>(model: &'m Model, obligation: &Obligation) -> Vec<Cell<'m>> {
    let person = model.person(obligation);
    let late = if obligation.status == Status::Current { 0 } else { obligation.days_late };
    vec![
        super::who(model, obligation),
        Cell::status_of(obligation),
        Cell::date(obligation.due),
        Cell::number(late),
        Cell::date(obligation.completed_on),
        Cell::words(obligation.assurance),
        super::people::words(&model.teams, person.map_or(&[], |p| &p.teams)),
        super::people::words(&model.roles, person.map_or(&[], |p| &p.roles)),
    ]
}
