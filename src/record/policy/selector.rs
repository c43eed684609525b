//! `applies_to:` and `affects:` — who a requirement is for.

use crate::finding::catalogue::files;
use crate::record::id::Id;
use crate::record::node::{At, Node, Value};
use crate::record::reader::{Fields, FromNode, Reader};
use crate::record::scalar::text;

/// Who owes a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applies {
    /// The workers that a selector matches, day by day.
    Workers(Selector),
    /// The organisation itself.
    Org,
    /// These systems, or every system where the list is empty.
    Systems(Vec<At<Id>>),
    /// These vendors, or every vendor where the list is empty.
    Vendors(Vec<At<Id>>),
}

/// A condition on what a worker is on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Everybody employed.
    Everyone,
    /// At least one of these.
    Any(Vec<Selector>),
    /// Every one of these.
    All(Vec<Selector>),
    /// Not this.
    Not(Box<Selector>),
    /// Has the role.
    Role(At<Id>),
    /// Belongs to the department.
    Department(At<Id>),
    /// Works at the location.
    Location(At<Id>),
    /// Is employed in this way.
    Employment(At<Id>),
    /// Has the attribute.
    Attribute(At<Id>),
    /// Is this worker.
    Worker(At<Id>),
}

/// What a worker is on one day: what a [`Selector`] looks at.
pub trait Traits {
    /// Whether the worker has the role.
    fn has_role(&self, id: &Id) -> bool;
    /// Whether the worker belongs to the department.
    fn in_department(&self, id: &Id) -> bool;
    /// Whether the worker works at the location.
    fn at_location(&self, id: &Id) -> bool;
    /// Whether the worker is employed in this way.
    fn employed_as(&self, id: &Id) -> bool;
    /// Whether the worker has the attribute.
    fn has_attribute(&self, id: &Id) -> bool;
    /// Whether this is the worker.
    fn is_worker(&self, id: &Id) -> bool;
}

impl Selector {
    /// Whether the selector matches what a worker is on a day.
    pub fn matches(&self, who: &impl Traits) -> bool {
        match self {
            Selector::Everyone => true,
            Selector::Any(list) => list.iter().any(|s| s.matches(who)),
            Selector::All(list) => list.iter().all(|s| s.matches(who)),
            Selector::Not(inner) => !inner.matches(who),
            Selector::Role(id) => who.has_role(id),
            Selector::Department(id) => who.in_department(id),
            Selector::Location(id) => who.at_location(id),
            Selector::Employment(id) => who.employed_as(id),
            Selector::Attribute(id) => who.has_attribute(id),
            Selector::Worker(id) => who.is_worker(id),
        }
    }

    /// Calls a function on every condition that is not made of others.
    pub fn each_leaf<'s>(&'s self, found: &mut impl FnMut(&'s Selector)) {
        match self {
            Selector::Any(list) | Selector::All(list) => {
                for selector in list {
                    selector.each_leaf(found);
                }
            }
            Selector::Not(inner) => inner.each_leaf(found),
            leaf => found(leaf),
        }
    }
}

impl FromNode for Applies {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Applies> {
        match &node.value {
            Value::Text(word) => match word.as_ref() {
                "org" => return Some(Applies::Org),
                "systems" => return Some(Applies::Systems(Vec::new())),
                "vendors" => return Some(Applies::Vendors(Vec::new())),
                _ => {}
            },
            Value::Map(fields) if fields.len() == 1 => match fields[0].key.as_ref() {
                "system" => return one(&fields[0].node, reader).map(Applies::Systems),
                "vendor" => return one(&fields[0].node, reader).map(Applies::Vendors),
                _ => {}
            },
            _ => {}
        }
        Selector::from_node(node, reader).map(Applies::Workers)
    }
}

fn one(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Vec<At<Id>>> {
    At::from_node(node, reader).map(|id| vec![id])
}

const HELP: &str = "Write `everyone`, or one of `{role: …}`, `{department: …}`, `{location: …}`, `{employment: …}`, `{attribute: …}`, `{worker: …}`, `{any: […]}`, `{all: […]}`, `{not: …}`.";

impl FromNode for Selector {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Selector> {
        if let Value::Map(_) = node.value {
            return condition(node, reader);
        }
        match text(node, reader)? {
            "everyone" => Some(Selector::Everyone),
            _ => {
                reader.report(&files::BAD_VALUE, node.spot, "this says nothing about who is meant", HELP);
                None
            }
        }
    }
}

fn condition(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Selector> {
    let mut fields = Fields::of(node, "selector", reader)?;
    let list = |s: Vec<Selector>, reader: &mut Reader<'_>| {
        if s.is_empty() {
            reader.report(&files::BAD_VALUE, node.spot, "this list of conditions is empty", HELP);
        }
        s
    };
    let before = reader.findings.len();
    let mut found = Vec::new();
    found.extend(fields.get::<Vec<Selector>>("any", reader).map(|s| Selector::Any(list(s, reader))));
    found.extend(fields.get::<Vec<Selector>>("all", reader).map(|s| Selector::All(list(s, reader))));
    found.extend(fields.get::<Selector>("not", reader).map(|s| Selector::Not(Box::new(s))));
    found.extend(fields.get("role", reader).map(Selector::Role));
    found.extend(fields.get("department", reader).map(Selector::Department));
    found.extend(fields.get("location", reader).map(Selector::Location));
    found.extend(fields.get("employment", reader).map(Selector::Employment));
    found.extend(fields.get("attribute", reader).map(Selector::Attribute));
    found.extend(fields.get("worker", reader).map(Selector::Worker));
    fields.finish(reader);
    if found.len() > 1 {
        let help = "Put several conditions into a list: `{all: [{role: nurse}, {location: main}]}`.";
        reader.report(
            &files::BAD_VALUE,
            node.spot,
            "a selector holds one condition, and this one holds several",
            help,
        );
        return None;
    }
    if found.is_empty() && reader.findings.len() == before {
        reader.report(&files::BAD_VALUE, node.spot, "this says nothing about who is meant", HELP);
    }
    found.pop()
}
