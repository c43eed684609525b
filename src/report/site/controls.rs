//! What the organisation, systems and vendors owe.

use minijinja::Value;
use serde::Serialize;

use super::duties::{self, Timeline};
use super::page::{Place, Renderer};
use super::past;
use crate::report::ReportError;
use crate::report::model::{Model, Obligation, Profile, Status};
use crate::report::table::{Cell, Page};

#[derive(Serialize)]
struct Body<'m> {
    subject: &'m str,
    timeline: Option<Timeline>,
    obligations: Value,
    records: Value,
}

#[derive(Serialize)]
struct List<'m> {
    controls: Vec<Control<'m>>,
}

#[derive(Serialize)]
struct Control<'m> {
    page: Option<String>,
    subject: &'m str,
    title: &'m str,
    worst: Cell<'m>,
    duties: Vec<(Cell<'m>, Cell<'m>, Option<String>)>,
}

/// Renders the list and the page of each.
///
/// # Errors
/// A template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let model = renderer.model;
    if model.others.is_empty() {
        return Ok(());
    }
    let controls = (0..model.others.len()).filter_map(|at| control(model, at)).collect();
    let place =
        Place { path: "controls.html", title: "Organisation, systems and vendors", section: "controls" };
    renderer.page("controls.html", &place, List { controls })?;
    (0..model.others.len()).try_for_each(|at| one(renderer, at))
}

fn control(model: &Model, at: usize) -> Option<Control<'_>> {
    let other = model.others.get(at)?;
    let worst = model.of_other(at).map(Obligation::counts_as).min().unwrap_or(Status::NotApplicable);
    let duty = |o| (super::requirement(model, o), Cell::status_of(o), o.due.map(|d| d.to_string()));
    Some(Control {
        page: Page::Control(&other.subject).path(),
        subject: &other.subject,
        title: &other.title,
        worst: Cell::status(worst),
        duties: model.of_other(at).map(duty).collect(),
    })
}

fn one(renderer: &Renderer<'_>, at: usize) -> Result<(), ReportError> {
    let model = renderer.model;
    let Some(other) = model.others.get(at) else { return Ok(()) };
    let (timeline, obligations) = duties::list(model, &other.subject, model.of_other(at).collect());
    let records = past::records(model, &other.records, "../", model.facts.profile == Profile::Internal);
    let body = Body { subject: &other.subject, timeline, obligations, records };
    let path = format!("{}.html", Page::Control(&other.subject).path().unwrap_or_default());
    renderer.page("control.html", &Place { path: &path, title: &other.title, section: "controls" }, body)
}
