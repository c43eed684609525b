//! Requirements and their editions.

mod editions;
mod facets;

use crate::record::policy::{Requirement, State};

pub(super) use facets::Facet;

use super::pairs::{Pair, pairs};
use super::parts::from_to;
use super::{Effect, Event, Naming, What, selectors, weaker};

/// One change of a requirement.
pub(super) struct Change {
    pub(super) what: What,
    pub(super) words: String,
    /// Why it asks for less, if it does.
    pub(super) less: Option<&'static str>,
    /// Whether it would ask for less the other way round.
    pub(super) more: bool,
}

/// How the requirements differ.
pub(super) fn events(before: &[&Requirement], after: &[&Requirement], name: Naming<'_>) -> Vec<Event> {
    let mut found = Vec::new();
    for pair in pairs(before, after, |r| &r.id.value) {
        match pair {
            Pair::Gone(was) => found.push(removed(was)),
            Pair::New(now) => found.push(added(now, name)),
            Pair::Both(was, now) => {
                found.extend(changes(was, now, name).into_iter().map(|c| c.event(now)));
            }
        }
    }
    found
}

/// Every change of one requirement: its facets in the order of the documentation, then its
/// editions.
pub(super) fn changes(before: &Requirement, after: &Requirement, name: Naming<'_>) -> Vec<Change> {
    let facets = Facet::ALL.iter().filter_map(|facet| changed(*facet, before, after, name));
    facets.chain(editions::changes(before, after, name)).collect()
}

fn changed(facet: Facet, before: &Requirement, after: &Requirement, name: Naming<'_>) -> Option<Change> {
    let (was, now) = (facet.text(before, name), facet.text(after, name));
    (was != now).then(|| Change {
        what: What::RequirementChanged,
        words: from_to(facet.word(), &was, &now),
        less: weaker::facet(facet, before, after),
        more: weaker::facet(facet, after, before).is_some(),
    })
}

impl Change {
    fn event(self, requirement: &Requirement) -> Event {
        let effect = match (self.less.is_some(), self.more) {
            (true, _) => Effect::Loosens,
            (false, true) => Effect::Tightens,
            _ => Effect::Neutral,
        };
        Event::new(self.what, self.words).on(&requirement.id).with(effect)
    }
}

fn removed(was: &Requirement) -> Event {
    let effect = if weaker::removal(was).is_some() { Effect::Loosens } else { Effect::Neutral };
    Event::new(What::RequirementRemoved, "requirement removed").on(&was.id).with(effect)
}

fn added(now: &Requirement, name: Naming<'_>) -> Event {
    let mut words = format!(
        "new requirement: {} for {}, within {}",
        now.kind,
        super::texts::shown(&selectors::applies(&now.applies_to, name)),
        now.due.within
    );
    if let Some(every) = now.due.every {
        words.push_str(&format!(", every {every}"));
    }
    if now.state == State::Proposed {
        words.push_str(", proposed");
    }
    let effect = if now.state == State::Proposed { Effect::Neutral } else { Effect::Tightens };
    Event::new(What::RequirementAdded, words).on(&now.id).with(effect)
}
