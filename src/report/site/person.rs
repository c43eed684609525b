//! The page of one person: what they owe, its history as a picture, and every record.

use minijinja::Value;
use serde::Serialize;

use super::duties::{self, Timeline};
use super::page::{Place, Renderer};
use super::past;
use crate::record::date::Date;
use crate::report::ReportError;
use crate::report::model::{Model, Person, Profile};

#[derive(Serialize)]
struct Body<'m> {
    id: &'m str,
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
    open: usize,
    timeline: Option<Timeline>,
    obligations: Value,
    records: Value,
}

#[derive(Serialize)]
struct Link<'m> {
    id: &'m str,
    called: &'m str,
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
    let (timeline, obligations) = duties::list(model, &person.id, model.of_person(at).collect());
    Body {
        id: &person.id,
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
        open,
        timeline,
        obligations,
        records: past::records(model, &person.records, "../", model.facts.profile == Profile::Internal),
    }
}

fn manager(model: &Model, at: u32) -> Option<Link<'_>> {
    model.people.get(at as usize).map(|p| Link { id: &p.id, called: p.called() })
}

fn text(date: Option<Date>) -> Option<String> {
    date.map(|d| d.to_string())
}
