//! The page of one person: what they owe, its history as a picture, and every record.

use serde::Serialize;

use super::chart::{Part, Tick, Window};
use super::page::{Place, Renderer};
use crate::record::date::Date;
use crate::report::ReportError;
use crate::report::model::{Due, Model, Obligation, Person, Record, Step};
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
    worst: Option<Cell>,
    open: usize,
    timeline: Option<Timeline>,
    obligations: Vec<Row<'m>>,
    records: Vec<RecordRow<'m>>,
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
    today: String,
    ticks: Vec<Tick>,
}

#[derive(Serialize)]
pub(super) struct Row<'m> {
    requirement: &'m str,
    title: &'m str,
    in_force: bool,
    status: Cell,
    meaning: &'static str,
    underlying: Option<&'static str>,
    due: Option<String>,
    due_mark: Option<String>,
    completed_on: Option<String>,
    since: Option<String>,
    days_late: i64,
    assurance: Option<&'m str>,
    bar: Vec<Part>,
    spans: Vec<Span>,
    dues: Vec<DueRow<'m>>,
    why: Vec<StepRow<'m>>,
}

#[derive(Serialize)]
struct Span {
    from: String,
    until: Option<String>,
    status: &'static str,
    underlying: Option<&'static str>,
}

#[derive(Serialize)]
struct DueRow<'m> {
    opened: String,
    due: String,
    moved: Option<String>,
    why: Option<&'m str>,
    served_by: Option<String>,
    outcome: &'static str,
}

#[derive(Serialize)]
struct StepRow<'m> {
    text: &'m str,
    rule: &'m str,
    place: Option<&'m str>,
}

#[derive(Serialize)]
pub(super) struct RecordRow<'m> {
    requirement: &'m str,
    title: &'m str,
    edition: Option<&'m str>,
    completed_on: String,
    outcome: &'m str,
    score: Option<&'m str>,
    expires_on: Option<String>,
    accepted: bool,
    reason: Option<&'m str>,
    assurance: Option<&'m str>,
    signers: &'m [String],
    path: &'m str,
    line: u32,
    payload: Option<&'m str>,
    first_commit: Option<&'m str>,
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
        records: person.records.iter().map(|r| record(model, r)).collect(),
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
        assurance: obligation.assurance.as_deref(),
        bar: window.map(|w| w.segments(&obligation.segments, today)).unwrap_or_default(),
        spans: obligation.segments.iter().rev().map(span).collect(),
        dues: obligation.dues.iter().rev().map(|d| due(d, today)).collect(),
        why: obligation.why.iter().map(step).collect(),
    }
}

fn span(segment: &crate::report::model::Segment) -> Span {
    Span {
        from: segment.from.to_string(),
        until: text(segment.until),
        status: segment.status.label(),
        underlying: segment.underlying.map(crate::report::model::Status::label),
    }
}

fn due(due: &Due, today: Date) -> DueRow<'_> {
    let late = due.served_by.is_some_and(|day| day > due.last_day());
    let outcome = match (due.served_by, due.missed) {
        (Some(_), _) if late => "served late",
        (Some(_), _) => "served in time",
        (None, true) => "missed",
        (None, false) if due.last_day() < today => "not served",
        (None, false) => "open",
    };
    DueRow {
        opened: due.opened.to_string(),
        due: due.due.to_string(),
        moved: due.moved.as_ref().map(|m| m.0.to_string()),
        why: due.moved.as_ref().map(|m| m.1.as_str()),
        served_by: text(due.served_by),
        outcome,
    }
}

fn step(step: &Step) -> StepRow<'_> {
    StepRow { text: &step.text, rule: &step.rule, place: step.place.as_deref() }
}

/// What a page shows of one record.
pub(super) fn record<'m>(model: &'m Model, record: &'m Record) -> RecordRow<'m> {
    let requirement = model.requirements.get(record.requirement as usize);
    RecordRow {
        requirement: requirement.map_or("", |r| &r.id),
        title: requirement.map_or("", |r| &r.title),
        edition: record.edition.as_deref(),
        completed_on: record.completed_on.to_string(),
        outcome: &record.outcome,
        score: record.score.as_deref(),
        expires_on: text(record.expires_on),
        accepted: record.accepted,
        reason: record.reason.as_deref(),
        assurance: record.assurance.as_deref(),
        signers: &record.signers,
        path: &record.path,
        line: record.line,
        payload: record.payload.as_deref(),
        first_commit: record.first_commit.as_deref(),
    }
}
