//! What was found, by code: an overview, and a page per code with every finding.

use rayon::prelude::*;
use serde::Serialize;

use super::page::{Place, Renderer};
use crate::report::ReportError;
use crate::report::model::{FoundGroup, FoundItem, Model};
use crate::report::table::{Cell, Column, Kind, Table};

#[derive(Serialize)]
struct Body<'m> {
    groups: Vec<Group<'m>>,
}

/// One code in the list of all.
#[derive(Serialize)]
pub(super) struct Group<'m> {
    pub code: &'static str,
    name: &'static str,
    title: &'static str,
    pub severity: &'static str,
    why: &'static str,
    bad: &'static str,
    good: &'static str,
    pub n: usize,
    worst: Vec<Item<'m>>,
}

#[derive(Serialize)]
struct Item<'m> {
    message: Option<&'m str>,
    help: Option<&'m str>,
    place: Option<&'m str>,
    more: Option<String>,
    follows: Vec<Follows<'m>>,
}

/// What only follows from another finding.
#[derive(Serialize)]
struct Follows<'m> {
    code: &'static str,
    message: Option<&'m str>,
}

/// How many findings the overview shows of each code.
const SHOWN: usize = 5;

/// Renders the list of codes and the page of each.
///
/// # Errors
/// A template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let groups = groups(renderer.model);
    let place = Place { path: "findings.html", title: "Findings", section: "findings" };
    renderer.page("findings.html", &place, &Body { groups })?;
    renderer.model.findings.par_iter().try_for_each(|found| one(renderer, found))
}

/// What lists show of every code.
pub(super) fn groups(model: &Model) -> Vec<Group<'_>> {
    model.findings.iter().map(group).collect()
}

fn group(found: &FoundGroup) -> Group<'_> {
    Group {
        code: found.entry.code,
        name: found.entry.name,
        title: found.entry.title,
        severity: found.severity.word(),
        why: found.entry.why,
        bad: found.entry.bad,
        good: found.entry.good,
        n: found.items.len(),
        worst: found.items.iter().take(SHOWN).map(item).collect(),
    }
}

fn item(found: &FoundItem) -> Item<'_> {
    let named = found.follows.iter().take(SHOWN);
    Item {
        message: found.message.as_deref(),
        help: found.help.as_deref(),
        place: found.place.as_deref(),
        more: found.consequences(),
        follows: named.map(|f| Follows { code: f.code, message: f.message.as_deref() }).collect(),
    }
}

fn one(renderer: &Renderer<'_>, found: &FoundGroup) -> Result<(), ReportError> {
    let path = format!("finding/{}/index.html", found.entry.code);
    let title = format!("{} {}", found.entry.code, found.entry.title);
    let place = Place { path: &path, title: &title, section: "findings" };
    renderer.list("finding.html", &place, group(found), &table(renderer.model, found))
}

fn table<'m>(model: &'m Model, found: &'m FoundGroup) -> Table<'m> {
    let columns = vec![
        Column::new("finding", "Finding", Kind::Text),
        Column::minor("todo", "What to do", Kind::Text),
        Column::minor("place", "Where", Kind::Text),
        Column::new("subject", "About", Kind::Person),
        Column::minor("requirement", "Requirement", Kind::Words),
    ];
    let rows = found.items.iter().map(|i| row(model, i)).collect();
    Table { caption: format!("Every finding of {}", found.entry.code), columns, rows }
}

fn row<'m>(model: &'m Model, item: &'m FoundItem) -> Vec<Cell<'m>> {
    let text = |t: &'m Option<String>| Cell::text(t.as_deref().unwrap_or_default());
    vec![
        text(&item.message),
        text(&item.help),
        text(&item.place),
        super::about(model, item.subject.as_deref()),
        Cell::words(item.requirement.as_deref()),
    ]
}
