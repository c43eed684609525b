//! Systems, and who gets into them.

use crate::record::system::{Access, System};

use super::held::{Held, Step, effects, extent, steps};
use super::pairs::{Pair, pairs};
use super::parts::{Changed, Part, from_to, yes};
use super::texts::{maybe, quoted, shown};
use super::workers::told;
use super::{Effect, Event, Naming, What};
use crate::record::id::Id;

/// How the systems differ.
pub(super) fn events(before: &[&System], after: &[&System], name: Naming<'_>) -> Vec<Event> {
    let mut found = Vec::new();
    for pair in pairs(before, after, |s| &s.id.value) {
        match pair {
            Pair::Gone(was) => {
                let event = Event::new(What::SystemRemoved, "system removed").about(was.subject());
                found.push(event.with(Effect::Loosens));
            }
            Pair::New(now) => found.push(added(now)),
            Pair::Both(was, now) => {
                found.extend(changed(was, now).into_iter().map(|e| e.about(now.subject())));
                found.extend(access(was, now, name).into_iter().map(|e| e.about(now.subject())));
            }
        }
    }
    found
}

fn added(now: &System) -> Event {
    let holds = if now.holds_ephi { ", holds ePHI" } else { "" };
    let words =
        format!("new system {}, in use from {}{holds}", shown(&quoted(&now.title)), maybe(now.in_use_from));
    Event::new(What::SystemAdded, words).about(now.subject()).with(Effect::Tightens)
}

fn changed(was: &System, now: &System) -> Vec<Event> {
    let flag = if now.holds_ephi { Effect::Tightens } else { Effect::Loosens };
    let parts = [
        Part::neutral("title", quoted(&was.title), quoted(&now.title)),
        Part::with("holds_ephi", yes(was.holds_ephi), yes(now.holds_ephi), flag),
    ];
    let changed = parts.into_iter().filter_map(Part::changed).chain(in_use(was, now));
    changed.map(|c| Event::new(What::SystemChanged, c.words).with(c.effect)).collect()
}

fn in_use(was: &System, now: &System) -> Vec<Changed> {
    let held =
        |s: &System| [Held { value: "use", from: s.in_use_from, until: s.in_use_until, needs_start: true }];
    let effect = extent(&held(was), &held(now));
    let part = |word, was: Option<crate::record::date::Date>, now| {
        (was != now).then(|| Changed { words: from_to(word, &maybe(was), &maybe(now)), effect })
    };
    let from = part("in_use_from", was.in_use_from, now.in_use_from);
    from.into_iter().chain(part("in_use_until", was.in_use_until, now.in_use_until)).collect()
}

/// Who gets in must be trained: who does no more owes that no more.
fn access(was: &System, now: &System, name: Naming<'_>) -> Vec<Event> {
    let (was, now) = (held(&was.access), held(&now.access));
    let by_worker = effects(&was, &now);
    let effect = |held: &Held<'_>| by_worker.get(held.value).copied().unwrap_or_default();
    let label = |value: &str| Id::parse(value).map_or_else(|| value.to_owned(), |id| name(&id));
    let event = |step: Step<'_>| {
        Event::new(What::AccessChanged, told("access of", &step, &label)).with(step.worst(&effect))
    };
    steps(&was, &now).into_iter().map(event).collect()
}

fn held(list: &[Access]) -> Vec<Held<'_>> {
    fn one(a: &Access) -> Held<'_> {
        let Access { worker, from, until, spot: _ } = a;
        Held { value: worker.value.as_str(), from: *from, until: *until, needs_start: true }
    }
    list.iter().map(one).collect()
}
