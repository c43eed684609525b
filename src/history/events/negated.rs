//! What a condition of a requirement excludes: who gets such a role may owe less.

use std::collections::HashSet;

use crate::record::policy::{Applies, Requirement, Selector};

/// The words that stand below a `not` somewhere.
#[derive(Debug, Default)]
pub(super) struct Negated<'a>(HashSet<&'a str>);

impl<'a> Negated<'a> {
    /// What some requirements exclude.
    pub(super) fn of(requirements: impl Iterator<Item = &'a Requirement>) -> Negated<'a> {
        let mut found = HashSet::new();
        for requirement in requirements {
            if let Applies::Workers(selector) = &requirement.applies_to {
                collect(selector, &mut found);
            }
            for affects in requirement.editions.iter().filter_map(|e| e.affects.as_ref()) {
                collect(affects, &mut found);
            }
        }
        Negated(found)
    }

    /// Whether a word is excluded somewhere. A role and a place of the same word are taken for
    /// one: that errs on the side of care.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

fn collect<'a>(selector: &'a Selector, found: &mut HashSet<&'a str>) {
    match selector {
        Selector::Any(list) | Selector::All(list) => list.iter().for_each(|s| collect(s, found)),
        Selector::Not(inner) => inner.each_leaf(&mut |leaf| found.extend(word(leaf))),
        _ => {}
    }
}

fn word(leaf: &Selector) -> Option<&str> {
    match leaf {
        Selector::Role(id)
        | Selector::Department(id)
        | Selector::Location(id)
        | Selector::Employment(id)
        | Selector::Attribute(id) => Some(id.as_str()),
        _ => None,
    }
}
