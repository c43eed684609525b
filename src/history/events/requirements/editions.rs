//! The editions of a requirement.

use crate::record::id::Id;
use crate::record::policy::{Change as Depth, Edition, Material, Requirement};

use super::super::pairs::{Pair, pairs};
use super::super::parts::from_to;
use super::super::{Naming, What, selectors, texts, weaker};
use super::Change;

/// How the editions differ.
pub(super) fn changes(before: &Requirement, after: &Requirement, name: Naming<'_>) -> Vec<Change> {
    let (was, now): (Vec<&Edition>, Vec<&Edition>) =
        (before.editions.iter().collect(), after.editions.iter().collect());
    let mut found = Vec::new();
    for pair in pairs(&was, &now, |e| &e.id.value) {
        match pair {
            Pair::Gone(edition) => found.push(removed(before, edition)),
            Pair::New(edition) => found.push(added(edition, name)),
            Pair::Both(was, now) => found.extend(both((before, was), (after, now), name)),
        }
    }
    found.extend(reordered(before, after));
    found
}

fn removed(before: &Requirement, edition: &Edition) -> Change {
    let less = weaker::edition_removed(before);
    Change {
        what: What::EditionRemoved,
        words: format!("edition {} removed", edition.id.value),
        less,
        more: false,
    }
}

fn added(edition: &Edition, name: Naming<'_>) -> Change {
    let mut words = format!("new edition {}, {}", edition.id.value, edition.change);
    if let Some(within) = edition.within {
        words.push_str(&format!(", within {within}"));
    }
    if let Some(affects) = &edition.affects {
        words.push_str(&format!(", for {}", texts::shown(&selectors::condition(affects, name))));
    }
    Change { what: What::EditionAdded, words, less: None, more: edition.change == Depth::Material }
}

fn both(before: (&Requirement, &Edition), after: (&Requirement, &Edition), name: Naming<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    for ((word, was), (_, now)) in fields(before.1, name).into_iter().zip(fields(after.1, name)) {
        if was != now {
            found.push(Change {
                what: What::EditionChanged,
                words: format!("edition {}, {}", before.1.id.value, from_to(word, &was, &now)),
                less: weaker::edition(word, before, after),
                more: weaker::edition(word, after, before).is_some(),
            });
        }
    }
    found
}

/// What an edition says, by field.
fn fields(edition: &Edition, name: Naming<'_>) -> [(&'static str, String); 5] {
    let Edition { id: _, material: text, published, change, within, affects, spot: _ } = edition;
    [
        ("material", material(text)),
        ("published", published.to_string()),
        ("change", change.to_string()),
        ("within", texts::maybe(*within)),
        ("affects", affects.as_ref().map_or("everyone".to_owned(), |a| selectors::condition(a, name))),
    ]
}

fn material(material: &Material) -> String {
    match material {
        Material::Document { path, sha256 } => format!("{} {sha256}", texts::quoted(&path.value)),
        Material::Outline => "outline".to_owned(),
        Material::NotRetained => "not_retained".to_owned(),
        Material::None => "none".to_owned(),
    }
}

/// Of editions published on one day the last one listed is in use.
fn reordered(before: &Requirement, after: &Requirement) -> Option<Change> {
    let (was, now) = (order(before, after), order(after, before));
    let moved = was.iter().zip(&now).find(|(was, now)| was != now)?;
    let words = format!("order of editions: {} → {}", moved.0, moved.1);
    let less = weaker::edition_removed(before).map(|_| "another edition may be the last");
    Some(Change { what: What::EditionChanged, words, less, more: false })
}

/// The editions that both have, as `one` puts them in order.
fn order<'r>(one: &'r Requirement, other: &Requirement) -> Vec<&'r Id> {
    let there: std::collections::HashSet<&Id> = other.editions.iter().map(|e| &e.id.value).collect();
    let mut list: Vec<&Edition> = one.editions.iter().filter(|e| there.contains(&e.id.value)).collect();
    list.sort_by_key(|e| e.published);
    list.into_iter().map(|e| &e.id.value).collect()
}
