//! Events in expected words, and what holds for all of them.

mod every_field;
mod people;
mod properties;
mod requirements;
mod signed;
mod subjects;
mod weaker;

use super::{Effect, Event, View, people};
use crate::record::assignment::Assignment;
use crate::record::incident::Incident;
use crate::record::node::Node;
use crate::record::organization::Organization;
use crate::record::policy::{Policy, Requirement};
use crate::record::reader::{FromNode, Reader};
use crate::record::roster::Roster;
use crate::record::system::System;
use crate::record::vendor::Vendor;

/// The record in a text without its first two lines, if there is nothing wrong with it.
fn from_node<R: FromNode>(node: &Node<'_>) -> Option<R> {
    let mut reader = Reader::new("x.yaml");
    R::from_node(node, &mut reader).filter(|_| reader.findings.is_empty())
}

fn read<R: FromNode>(text: &str) -> R {
    let node =
        crate::yaml::people::read("x.yaml", text.as_bytes()).unwrap_or_else(|f| panic!("{f:?}\n{text}"));
    let mut reader = Reader::new("x.yaml");
    let record = R::from_node(&node, &mut reader);
    assert_eq!(reader.findings, [], "{text}");
    record.unwrap()
}

/// A requirement from the lines that differ from a plain one.
fn requirement(lines: &str) -> Requirement {
    let usual = [
        ("title", "Hygiene"),
        ("type", "training"),
        ("applies_to", "everyone"),
        ("due", "{within: 30 days}"),
        ("signed_by", "[[issuer]]"),
    ];
    let missing = usual.iter().filter(|(key, _)| !lines.lines().any(|l| l.starts_with(&format!("{key}:"))));
    let usual: String = missing.map(|(key, value)| format!("    {key}: {value}\n")).collect();
    let lines: String = lines.lines().map(|l| format!("    {l}\n")).collect();
    let policy: Policy = read(&format!("requirements:\n  - id: hygiene\n{usual}{lines}"));
    policy.requirements.into_iter().next().unwrap()
}

/// Each event as `word | subject | requirement | words | effect`, what is missing left out.
fn lines(events: &[Event]) -> Vec<String> {
    let line = |e: &Event| {
        let about = e.subject.as_ref().map(|s| format!("{s} | ")).unwrap_or_default();
        let on = e.requirement.as_ref().map(|r| format!("{r} | ")).unwrap_or_default();
        let effect = if e.effect == Effect::Neutral { String::new() } else { format!(" | {}", e.effect) };
        format!("{} | {about}{on}{}{effect}", e.what, e.words)
    };
    events.iter().map(line).collect()
}

fn between(before: &View<'_>, after: &View<'_>) -> Vec<String> {
    lines(&people(before, after, &|id| format!("<{id}>")))
}

/// What each reader makes of a file, as the part of a view that it fills.
enum Kept {
    Organization(Organization),
    Roster(Roster),
    Policy(Policy),
    System(System),
    Vendor(Vendor),
    Incident(Incident),
    Assignment(Assignment),
}

impl Kept {
    fn view(&self) -> View<'_> {
        let mut view = View::default();
        match self {
            Kept::Organization(o) => view.organization = Some(o),
            Kept::Roster(r) => {
                view.workers = r.workers.iter().collect();
                view.confirmed = vec![("roster/x.yaml", r.confirmed_on)];
            }
            Kept::Policy(p) => view.requirements = p.requirements.iter().collect(),
            Kept::System(s) => view.systems = vec![s],
            Kept::Vendor(v) => view.vendors = vec![v],
            Kept::Incident(i) => view.incidents = vec![i],
            Kept::Assignment(a) => view.assignments = vec![a],
        }
        view
    }
}
