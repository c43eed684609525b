//! Who a requirement is for: in words, and whether one condition surely takes in another.

use crate::record::id::Id;
use crate::record::node::At;
use crate::record::policy::{Applies, Selector};

use super::{Naming, texts};

/// How many comparisons are made before "surely" is given up: conditions may be nested, and a
/// hostile pair of them must not cost more than a blink.
const STEPS: u32 = 20_000;

/// Who owes a requirement, in words.
pub(super) fn applies(applies: &Applies, name: Naming<'_>) -> String {
    match applies {
        Applies::Workers(selector) => condition(selector, name),
        Applies::Org => "the organisation".to_owned(),
        Applies::Systems(list) => others("system", list),
        Applies::Vendors(list) => others("vendor", list),
    }
}

fn others(word: &str, list: &[At<Id>]) -> String {
    if list.is_empty() {
        return format!("every {word}");
    }
    format!("{word} {}", texts::listed(list.iter().map(|id| id.to_string()), "and"))
}

/// A condition in words, as in `role nurse or (location main and not role volunteer)`.
pub(super) fn condition(selector: &Selector, name: Naming<'_>) -> String {
    match selector {
        Selector::Everyone => "everyone".to_owned(),
        Selector::Any(list) => joined(list, " or ", name),
        Selector::All(list) => joined(list, " and ", name),
        Selector::Not(inner) => format!("not {}", nested(inner, name)),
        Selector::Role(id) => format!("role {}", id.value),
        Selector::Department(id) => format!("department {}", id.value),
        Selector::Location(id) => format!("location {}", id.value),
        Selector::Employment(id) => format!("employment {}", id.value),
        Selector::Attribute(id) => format!("attribute {}", id.value),
        Selector::Worker(id) => format!("worker {}", name(&id.value)),
    }
}

fn joined(list: &[Selector], word: &str, name: Naming<'_>) -> String {
    list.iter().map(|s| nested(s, name)).collect::<Vec<_>>().join(word)
}

fn nested(selector: &Selector, name: Naming<'_>) -> String {
    match selector {
        Selector::Any(list) | Selector::All(list) if list.len() != 1 => {
            format!("({})", condition(selector, name))
        }
        _ => condition(selector, name),
    }
}

/// Whether everybody who owed a requirement surely still does.
pub(super) fn applies_as_wide(before: &Applies, after: &Applies) -> bool {
    match (before, after) {
        (Applies::Workers(before), Applies::Workers(after)) => as_wide(before, after),
        (Applies::Org, Applies::Org) => true,
        (Applies::Systems(before), Applies::Systems(after))
        | (Applies::Vendors(before), Applies::Vendors(after)) => {
            let there = |id: &At<Id>| after.iter().any(|other| other.value == id.value);
            after.is_empty() || (!before.is_empty() && before.iter().all(there))
        }
        _ => false,
    }
}

/// Whether everybody whom `before` matches is surely matched by `after`.
pub(super) fn as_wide(before: &Selector, after: &Selector) -> bool {
    implies(before, after, &mut STEPS.clone())
}

/// By structure alone: true is a proof, false is "who knows".
fn implies(b: &Selector, a: &Selector, steps: &mut u32) -> bool {
    let Some(left) = steps.checked_sub(1) else { return false };
    *steps = left;
    match (b, a) {
        (_, Selector::Everyone) => true,
        (Selector::Any(list), _) => list.iter().all(|s| implies(s, a, steps)),
        (_, Selector::All(list)) => list.iter().all(|s| implies(b, s, steps)),
        (Selector::Not(b), Selector::Not(a)) => implies(a, b, steps), // The other way round.
        _ => {
            same_leaf(b, a)
                || matches!(a, Selector::Any(list) if list.iter().any(|s| implies(b, s, steps)))
                || matches!(b, Selector::All(list) if list.iter().any(|s| implies(s, a, steps)))
        }
    }
}

/// Whether two conditions that are not made of others ask for the same.
fn same_leaf(b: &Selector, a: &Selector) -> bool {
    match (b, a) {
        (Selector::Role(b), Selector::Role(a))
        | (Selector::Department(b), Selector::Department(a))
        | (Selector::Location(b), Selector::Location(a))
        | (Selector::Employment(b), Selector::Employment(a))
        | (Selector::Attribute(b), Selector::Attribute(a))
        | (Selector::Worker(b), Selector::Worker(a)) => b.value == a.value,
        _ => false,
    }
}
