//! Vendors and their agreements.

use crate::record::vendor::{Agreement, Engagement, Vendor};

use super::held::{Held, Step, extent, steps};
use super::pairs::{Pair, only, pairs};
use super::parts::{Changed, Part, yes};
use super::texts::{maybe, quoted, shown};
use super::workers::told;
use super::{Effect, Event, What};

/// How the vendors differ.
pub(super) fn events(before: &[&Vendor], after: &[&Vendor]) -> Vec<Event> {
    let mut found = Vec::new();
    for pair in pairs(before, after, |v| &v.id.value) {
        match pair {
            Pair::Gone(was) => {
                let event = Event::new(What::VendorRemoved, "vendor removed").about(was.subject());
                found.push(event.with(Effect::Loosens));
            }
            Pair::New(now) => found.push(added(now)),
            Pair::Both(was, now) => found.extend(
                changed(was, now)
                    .into_iter()
                    .map(|c| Event::new(What::VendorChanged, c.words).about(now.subject()).with(c.effect)),
            ),
        }
    }
    found
}

fn added(now: &Vendor) -> Event {
    let handles = if now.handles_phi { ", handles PHI" } else { "" };
    let words = format!("new vendor {}{handles}", shown(&quoted(&now.title)));
    Event::new(What::VendorAdded, words).about(now.subject()).with(Effect::Tightens)
}

fn changed(was: &Vendor, now: &Vendor) -> Vec<Changed> {
    let flag = if now.handles_phi { Effect::Tightens } else { Effect::Loosens };
    let parts = [
        Part::neutral("title", quoted(&was.title), quoted(&now.title)),
        Part::with("handles_phi", yes(was.handles_phi), yes(now.handles_phi), flag),
    ];
    let mut found: Vec<Changed> = parts.into_iter().filter_map(Part::changed).collect();
    found.extend(list("service", &was.services, &now.services));
    found.extend(terms(&was.terms, &now.terms));
    found.extend(agreement(was.agreement.as_ref(), now.agreement.as_ref()));
    found.extend(list("subcontractor", &was.subcontractors, &now.subcontractors));
    found
}

fn list(word: &str, was: &[String], now: &[String]) -> Vec<Changed> {
    let (was, now): (Vec<&str>, Vec<&str>) =
        (was.iter().map(String::as_str).collect(), now.iter().map(String::as_str).collect());
    let (gone, new) = only(&was, &now);
    let change = |verb: &str, text: &str| Changed {
        words: format!("{word} {} {verb}", shown(&quoted(text))),
        effect: Effect::Neutral,
    };
    let gone = gone.into_iter().map(|text| change("removed", text));
    gone.chain(new.into_iter().map(|text| change("added", text))).collect()
}

fn terms(was: &[Engagement], now: &[Engagement]) -> Vec<Changed> {
    let held = |e: &Engagement| {
        let Engagement { start, end, spot: _ } = *e;
        Held { value: "term", from: start, until: end, needs_start: true }
    };
    let (was, now): (Vec<Held<'_>>, Vec<Held<'_>>) =
        (was.iter().map(held).collect(), now.iter().map(held).collect());
    let effect = extent(&was, &now);
    let words = |step: &Step<'_>| told("term", step, &|_| "of work".to_owned());
    steps(&was, &now).iter().map(|step| Changed { words: words(step), effect }).collect()
}

fn agreement(was: Option<&Agreement>, now: Option<&Agreement>) -> Vec<Changed> {
    match (was, now) {
        (None, None) => Vec::new(),
        (None, Some(now)) => {
            let until = now.expires_on.map_or_else(String::new, |day| format!(", good until {day}"));
            vec![Changed {
                words: format!("agreement of {} added{until}", now.signed_on),
                effect: Effect::Neutral,
            }]
        }
        (Some(was), None) => {
            vec![Changed {
                words: format!("agreement of {} removed", was.signed_on),
                effect: Effect::Neutral,
            }]
        }
        (Some(was), Some(now)) => fields(was, now).into_iter().filter_map(Part::changed).collect(),
    }
}

/// A new agreement is a fact; the same one that lasts longer is an edit.
fn fields(was: &Agreement, now: &Agreement) -> [Part; 4] {
    let Agreement { signed_on, expires_on, document, contact, spot: _ } = now;
    let renewed = was.signed_on < *signed_on;
    let contact_of = |a: &Agreement| maybe(a.contact.as_ref().map(|c| &c.value));
    let lasts = |day: Option<crate::record::date::Date>| day.unwrap_or(crate::record::date::Date::MAX);
    let longer = if !renewed && lasts(*expires_on) > lasts(was.expires_on) {
        Effect::Loosens
    } else {
        Effect::Neutral
    };
    [
        Part::neutral("agreement signed_on", was.signed_on.to_string(), signed_on.to_string()),
        Part::with("agreement expires_on", maybe(was.expires_on), maybe(*expires_on), longer),
        Part::neutral("agreement document", maybe(was.document), maybe(*document)),
        Part::neutral("agreement contact", contact_of(was), maybe(contact.as_ref().map(|c| &c.value))),
    ]
}
