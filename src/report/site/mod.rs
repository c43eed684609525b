//! The site: pages of HTML that need no server, no network and no script.
//!
//! One file per kind of page. Each makes the context of its template from the model; the
//! templates hold the words and the markup. Paths are made from ids alone.

mod about;
mod attention;
mod changes;
mod chart;
mod controls;
mod duties;
mod findings;
mod onboarding;
pub(in crate::report) mod overview;
mod page;
mod past;
mod people;
mod person;
mod requirements;
mod rows;
mod teams;
mod text;
mod trail;
mod trend;
mod trust;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Mutex;

use rayon::prelude::*;

use super::model::{Model, Obligation, Who};
use super::table::{Cell, Page};
use super::template::Templates;
use super::{ReportError, badge, calendar, json};
use page::Renderer;

/// Takes the files of a site, in any order and from several threads.
pub type Sink<'s> = dyn Fn(String, Content<'_>) -> Result<(), ReportError> + Sync + 's;

/// What a file holds.
pub enum Content<'c> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What this writes: it is large, and need not be in memory at once.
    Written(WriteTo<'c>),
}

/// Writes something, as often as it is asked.
pub type WriteTo<'c> = &'c dyn Fn(&mut dyn io::Write) -> io::Result<()>;

impl Content<'_> {
    /// All of it.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Content::Bytes(bytes) => bytes,
            Content::Written(write) => {
                let mut bytes = Vec::new();
                // Nothing keeps bytes from being written to memory.
                let _ = write(&mut bytes);
                bytes
            }
        }
    }
}

/// Renders a site, handing every file to `sink` as soon as it is there.
///
/// # Errors
/// A template is wrong, or the sink fails.
pub fn render(model: &Model, templates: &Templates, sink: &Sink<'_>) -> Result<(), ReportError> {
    let renderer = Renderer::new(model, templates, sink)?;
    renderer.text("report.css", "report.css")?;
    renderer.text("report.js", "report.js")?;
    renderer.text("favicon.svg", "favicon.svg")?;
    let (top, many) = rayon::join(|| top(&renderer), || many(&renderer));
    top.and(many)
}

/// Renders a part of a site.
type Part = fn(&Renderer<'_>) -> Result<(), ReportError>;

/// What there is one of: the long ones first, so that no thread is left waiting for them.
fn top(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let parts: [Part; 12] = [
        beside,
        attention::render,
        people::render,
        overview::render,
        onboarding::render,
        findings::render,
        teams::render,
        requirements::render_list,
        controls::render,
        trust::render,
        trail::render,
        about::render,
    ];
    parts.into_par_iter().try_for_each(|part| part(renderer))
}

/// The pages of which there are as many as there are requirements or people.
fn many(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let model = renderer.model;
    (0..model.requirements.len()).into_par_iter().try_for_each(|at| requirements::render(renderer, at))?;
    (0..model.people.len()).into_par_iter().try_for_each(|at| {
        person::render(renderer, at)?;
        match model.people.get(at) {
            Some(person) if person.active => {
                renderer.put(format!("calendar/person/{}.ics", person.id), calendar::person(model, at))
            }
            _ => Ok(()),
        }
    })
}

/// The files beside the pages: data, badges, calendars.
fn beside(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let model = renderer.model;
    renderer.write("data/report.json".into(), &|out| json::write(model, out))?;
    renderer.put("badge.svg".into(), badge::svg(model))?;
    renderer.put("badge.json".into(), badge::endpoint(model))?;
    renderer.put("calendar.ics".into(), calendar::all(model))?;
    if !model.others.is_empty() {
        renderer.put("calendar/organization.ics".into(), calendar::organization(model))?;
    }
    model.teams.iter().enumerate().try_for_each(|(at, team)| {
        renderer.put(format!("calendar/team/{}.ics", team.id), calendar::team(model, at))
    })
}

/// Renders a site into memory: path to bytes.
///
/// # Errors
/// A template is wrong.
pub fn to_map(model: &Model, templates: &Templates) -> Result<BTreeMap<String, Vec<u8>>, ReportError> {
    let files = Mutex::new(BTreeMap::new());
    render(model, templates, &|path, content| {
        if let Ok(mut files) = files.lock() {
            files.insert(path, content.into_bytes());
        }
        Ok(())
    })?;
    Ok(files.into_inner().unwrap_or_default())
}

/// Who owes an obligation, as a cell.
fn who<'m>(model: &'m Model, obligation: &Obligation) -> Cell<'m> {
    subject(model, obligation.who)
}

/// The requirement of an obligation, as a cell.
fn requirement<'m>(model: &'m Model, obligation: &Obligation) -> Cell<'m> {
    let nothing = Cell::Requirement { id: "", title: "" };
    model.requirement(obligation).map_or(nothing, Cell::requirement)
}

/// How many people, and how many of the others, some obligations belong to, in words.
fn subjects<'o>(obligations: impl Iterator<Item = &'o Obligation>) -> String {
    let seen: BTreeSet<_> = obligations.map(requirements::position).collect();
    let people = seen.iter().filter(|(kind, _)| *kind == 0).count();
    let others = seen.len() - people;
    let one = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    match (people, others) {
        (_, 0) => one(people, "person", "people"),
        (0, _) => one(others, "control", "controls"),
        _ => format!("{}, {}", one(people, "person", "people"), one(others, "control", "controls")),
    }
}

/// Somebody or something that owes, as a cell.
fn subject(model: &Model, who: Who) -> Cell<'_> {
    let nobody = Cell::Person { id: "", name: None, page: Page::None };
    match who {
        Who::Person(at) => model.people.get(at as usize).map_or(nobody, Cell::person),
        Who::Other(at) => model.others.get(at as usize).map_or(nobody, Cell::other),
    }
}

/// What a finding is about, as a cell: a person where it is one of the model's.
fn about<'m>(model: &'m Model, subject: Option<&'m str>) -> Cell<'m> {
    let subject = subject.unwrap_or_default();
    let person = subject.strip_prefix("worker/").and_then(|id| {
        model.people.binary_search_by(|p| p.id.as_str().cmp(id)).ok().and_then(|at| model.people.get(at))
    });
    let other = || model.others.iter().find(|o| o.subject == subject);
    match person {
        Some(person) => Cell::person(person),
        None => Cell::Person {
            id: subject,
            name: None,
            page: other().map_or(Page::None, |o| Page::Control(&o.subject)),
        },
    }
}

#[cfg(test)]
mod tests;
