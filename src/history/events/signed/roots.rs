//! Roots: the officers, and how many of them each action needs.

use std::collections::BTreeSet;

use crate::record::root::{Action, Root};
use crate::record::signed::Signed;

use super::super::parts::Part;
use super::super::texts::maybe;
use super::super::{Event, Naming, What};

/// What a root tells: all of it for the first, and otherwise what differs from the one before.
pub fn root(signed: &Signed<Root>, previous: Option<&Signed<Root>>, name: Naming<'_>) -> Vec<Event> {
    let root = &signed.record;
    let said = match previous {
        Some(previous) => differences(&previous.record, root, name),
        None => whole(root, name),
    };
    let said = if said.is_empty() { vec!["signed anew".to_owned()] } else { said };
    let event = |words: String| Event::new(What::RootAdded, format!("root {}: {words}", root.version));
    said.into_iter().map(event).collect()
}

fn whole(root: &Root, name: Naming<'_>) -> Vec<String> {
    let mut said: Vec<String> = people(root, name).into_iter().map(|p| format!("{p} added")).collect();
    let need = |action: &Action| format!("{action} needs {}", root.thresholds.of(*action));
    said.push(Action::ALL.iter().map(need).collect::<Vec<_>>().join(", "));
    said.extend(root.expires_on.map(|day| format!("expires on {day}")));
    said
}

fn differences(was: &Root, now: &Root, name: Naming<'_>) -> Vec<String> {
    let (before, after) = (people(was, name), people(now, name));
    let added = after.difference(&before).map(|p| format!("{p} added"));
    let mut said: Vec<String> = added.collect();
    said.extend(before.difference(&after).map(|p| format!("{p} removed")));
    said.extend(numbers(was, now).into_iter().filter_map(Part::changed).map(|c| c.words));
    said
}

/// Everybody whom a root names, with their keys.
fn people(root: &Root, name: Naming<'_>) -> BTreeSet<String> {
    let officers = root.officers.iter().flat_map(|officer| {
        let who = name(&officer.worker);
        officer.keys.iter().map(move |key| format!("officer {who} with key {}", key.fingerprint()))
    });
    let recovery = root.recovery.iter().map(|key| format!("recovery key {}", key.fingerprint()));
    let notaries = root.notaries.iter();
    let notaries = notaries.map(|n| format!("notary {} with key {}", n.holder, n.key.fingerprint()));
    officers.chain(recovery).chain(notaries).collect()
}

fn numbers(was: &Root, now: &Root) -> Vec<Part> {
    let needed = |action: &Action| {
        let of = |root: &Root| root.thresholds.of(*action).to_string();
        Part::neutral(needs(*action), of(was), of(now))
    };
    let mut parts: Vec<Part> = Action::ALL.iter().map(needed).collect();
    parts.push(Part::neutral("expires_on", maybe(was.expires_on), maybe(now.expires_on)));
    parts.push(Part::neutral("max_backdate", was.max_backdate.to_string(), now.max_backdate.to_string()));
    parts.push(Part::neutral("max_grant", was.max_grant.to_string(), now.max_grant.to_string()));
    parts.push(Part::neutral("max_key_age", maybe(was.max_key_age), maybe(now.max_key_age)));
    parts
}

fn needs(action: Action) -> &'static str {
    match action {
        Action::Root => "officers for a root",
        Action::Key => "officers for a key",
        Action::Grant => "officers for a grant",
        Action::Revoke => "officers for a revocation",
        Action::Exempt => "officers for an exemption",
        Action::Extend => "officers for an extension",
        Action::Approve => "officers for an approval",
    }
}
