//! The page of one person: what they owe, its history as a picture, and every record.

use minijinja::Value;
use serde::Serialize;

use super::chart::{Percent, Tick, Window};
use super::page::{Place, Renderer};
use super::past;
use crate::record::date::Date;
use crate::report::ReportError;
use crate::report::model::{Model, Obligation, Person, Profile};
use crate::report::table::Cell;

#[derive(Serialize)]
struct Body<'m> {
    id: &'m str,
    subject: &'m str,
    name: Option<&'m str>,
    email: Option<&'m str>,
    active: bool,
    hired: Option<String>,
    left: Option<String>,
    employment: Option<&'m str>,
    location: Option<&'m str>,
    roles: Vec<&'m str>,
    teams: Vec<&'m str>,
    managers: Vec<Link<'m>>,
    place: Option<&'m str>,
    worst: Option<Cell<'m>>,
    open: usize,
    timeline: Option<Timeline>,
    obligations: Vec<Row<'m>>,
    records: Value,
}

#[derive(Serialize)]
struct Link<'m> {
    id: &'m str,
    called: &'m str,
}

/// What every bar of the picture shares.
#[derive(Serialize)]
pub(super) struct Timeline {
    from: String,
    until: String,
    today: Percent,
    ticks: Vec<Tick>,
}

#[derive(Serialize)]
pub(super) struct Row<'m> {
    requirement: &'m str,
    title: &'m str,
    in_force: bool,
    status: Cell<'m>,
    meaning: &'static str,
    underlying: Option<&'static str>,
    due: Option<String>,
    due_mark: Option<Percent>,
    completed_on: Option<String>,
    since: Option<String>,
    days_late: i64,
    assurance: Option<&'m str>,
    bar: Value,
    history: Value,
    dues: Value,
    why: Value,
}

/// Renders the page of the person at a position.
///
/// # Errors
/// The template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>, at: usize) -> Result<(), ReportError> {
    let model = renderer.model;
    let Some(person) = model.people.get(at) else { return Ok(()) };
    let path = format!("person/{}.html", person.id);
    let place = Place { path: &path, title: person.called(), section: "people" };
    renderer.page("person.html", &place, body(model, at, person))
}

fn body<'m>(model: &'m Model, at: usize, person: &'m Person) -> Body<'m> {
    let titles = |list: &'m [crate::report::model::Word], at: &[u32]| {
        at.iter().filter_map(|i| list.get(*i as usize)).map(|w| w.title.as_str()).collect()
    };
    let open = model.of_person(at).filter(|o| o.needs_action()).count();
    let (timeline, obligations) = duties(model, model.of_person(at).collect());
    Body {
        id: &person.id,
        subject: &person.id,
        name: person.name.as_deref(),
        email: person.email.as_deref(),
        active: person.active,
        hired: text(person.hired),
        left: text(person.left),
        employment: person.employment.as_deref(),
        location: person.location.as_deref(),
        roles: titles(&model.roles, &person.roles),
        teams: titles(&model.teams, &person.teams),
        managers: person.managers.iter().filter_map(|m| manager(model, *m)).collect(),
        place: person.place.as_deref(),
        worst: model.worst_of(at).map(Cell::status),
        open,
        timeline,
        obligations,
        records: past::records(model, &person.records, "../", model.facts.profile == Profile::Internal),
    }
}

/// Obligations as a page shows them, the most urgent first, and what their pictures share.
pub(super) fn duties<'m>(
    model: &'m Model,
    mut obligations: Vec<&'m Obligation>,
) -> (Option<Timeline>, Vec<Row<'m>>) {
    obligations.sort_by_key(|o| (o.urgency(), o.requirement));
    let window = window(&obligations, model.facts.as_of);
    let rows = obligations.iter().map(|o| row(model, o, window)).collect();
    (window.map(|w| timeline(w, model.facts.as_of)), rows)
}

fn manager(model: &Model, at: u32) -> Option<Link<'_>> {
    model.people.get(at as usize).map(|p| Link { id: &p.id, called: p.called() })
}

fn text(date: Option<Date>) -> Option<String> {
    date.map(|d| d.to_string())
}

/// From the first day of any history, at most five years back, to the last due date, at most
/// a year ahead.
fn window(obligations: &[&Obligation], today: Date) -> Option<Window> {
    let first = obligations.iter().filter_map(|o| o.segments.first()).map(|s| s.from).min()?;
    let last = obligations.iter().filter_map(|o| o.due).max().unwrap_or(today);
    Some(Window {
        from: first.max(today.plus_days(-5 * 366)).min(today),
        until: last.min(today.plus_days(366)).max(today.plus_days(30)),
    })
}

fn timeline(window: Window, today: Date) -> Timeline {
    Timeline {
        from: window.from.to_string(),
        until: window.until.to_string(),
        today: window.x(today),
        ticks: window.ticks(),
    }
}

/// What a page shows of one obligation.
fn row<'m>(model: &'m Model, obligation: &'m Obligation, window: Option<Window>) -> Row<'m> {
    let requirement = model.requirement(obligation);
    let today = model.facts.as_of;
    Row {
        requirement: requirement.map_or("", |r| &r.id),
        title: requirement.map_or("", |r| &r.title),
        in_force: requirement.is_none_or(|r| r.in_force),
        status: Cell::status_of(obligation),
        meaning: obligation.status.meaning(),
        underlying: obligation.underlying.map(crate::report::model::Status::label),
        due: text(obligation.due),
        due_mark: window.zip(obligation.due).filter(|(w, d)| w.shows(*d)).map(|(w, d)| w.x(d)),
        completed_on: text(obligation.completed_on),
        since: text(obligation.since),
        days_late: obligation.days_late,
        assurance: obligation.assurance,
        bar: past::bar(&window.map(|w| w.segments(&obligation.segments, today)).unwrap_or_default()),
        history: past::history(&obligation.segments),
        dues: past::dues(&obligation.dues, today),
        why: past::why(&obligation.why),
    }
}
