//! The settings of the organisation, and the words that it declares.

use crate::record::date::{Date, Days};
use crate::record::organization::{Declared, Location, Organization, Settings};

use super::pairs::{Pair, pairs};
use super::parts::{Changed, Part, from_to, growing, yes};
use super::texts::{maybe, quoted, shown};
use super::{Effect, Event, What};

/// How the settings differ.
pub(super) fn events(before: Option<&Organization>, after: Option<&Organization>) -> Vec<Event> {
    let event = |changed: Changed| Event::new(What::SettingsChanged, changed.words).with(changed.effect);
    match (before, after) {
        (None, None) => Vec::new(),
        (None, Some(now)) => {
            let words = format!("settings of {} added", shown(&quoted(&now.name)));
            vec![Event::new(What::SettingsChanged, words)]
        }
        (Some(_), None) => {
            vec![Event::new(What::SettingsChanged, "settings removed").with(Effect::Loosens)]
        }
        (Some(was), Some(now)) => changes(was, now).into_iter().map(event).collect(),
    }
}

fn changes(was: &Organization, now: &Organization) -> Vec<Changed> {
    let mut found: Vec<Changed> = parts(was, now).into_iter().filter_map(Part::changed).collect();
    found.extend(settings(&was.settings, &now.settings).into_iter().filter_map(Part::changed));
    found.extend(locations(&was.locations, &now.locations));
    let lists = [
        ("role", &was.roles, &now.roles),
        ("department", &was.departments, &now.departments),
        ("employment type", &was.employment_types, &now.employment_types),
        ("attribute", &was.attributes, &now.attributes),
        ("service", &was.services, &now.services),
    ];
    found.extend(lists.into_iter().flat_map(|(word, was, now)| declared(word, was, now)));
    found
}

fn parts(was: &Organization, now: &Organization) -> Vec<Part> {
    let path = |o: &Organization| maybe(o.identities.as_ref().map(|i| quoted(&i.value)));
    vec![
        Part::neutral("name", quoted(&was.name), quoted(&now.name)),
        zone("timezone", was.timezone.name(), now.timezone.name()),
        Part::with(
            "history_begins",
            maybe(was.history_begins),
            maybe(now.history_begins),
            growing(&was.history_begins.unwrap_or(Date::MIN), &now.history_begins.unwrap_or(Date::MIN)),
        ),
        Part::neutral("identities", path(was), path(now)),
        Part::neutral("layout.shard", yes(was.shard), yes(now.shard)),
    ]
}

/// In another zone a day may begin later: what was late may be on time.
fn zone(word: &'static str, was: &str, now: &str) -> Part {
    Part::with(word, was.to_owned(), now.to_owned(), Effect::Loosens)
}

fn settings(was: &Settings, now: &Settings) -> Vec<Part> {
    let days =
        |word, was: Days, now: Days, effect| Part::with(word, was.to_string(), now.to_string(), effect);
    vec![
        days("stale_after", was.stale_after, now.stale_after, growing(&was.stale_after, &now.stale_after)),
        // A longer break keeps what was done; a shorter one begins anew, with new due dates.
        days("rehire_gap", was.rehire_gap, now.rehire_gap, Effect::Loosens),
        days("after_leave", was.after_leave, now.after_leave, growing(&was.after_leave, &now.after_leave)),
    ]
}

fn locations(was: &[Location], now: &[Location]) -> Vec<Changed> {
    let plain = |list: &[Location]| -> Vec<Declared> {
        list.iter().map(|l| Declared { id: l.id.clone(), title: l.title.clone() }).collect()
    };
    let mut found = declared("location", &plain(was), &plain(now));
    let (was, now): (Vec<&Location>, Vec<&Location>) = (was.iter().collect(), now.iter().collect());
    for pair in pairs(&was, &now, |l| &l.id.value) {
        let Pair::Both(was, now) = pair else { continue };
        let name = |l: &Location| maybe(l.timezone.map(|z| z.name()));
        let moved = zone("timezone", &name(was), &name(now)).changed();
        found
            .extend(moved.map(|c| Changed { words: format!("location {}, {}", now.id.value, c.words), ..c }));
    }
    found
}

/// How a list of declared words differs. Neutral: an undeclared word that is used is an error.
fn declared(word: &str, was: &[Declared], now: &[Declared]) -> Vec<Changed> {
    let (was, now): (Vec<&Declared>, Vec<&Declared>) = (was.iter().collect(), now.iter().collect());
    let mut found = Vec::new();
    for pair in pairs(&was, &now, |d| &d.id.value) {
        let words = match pair {
            Pair::Gone(was) => format!("{word} {} no longer declared", was.id.value),
            Pair::New(now) => format!("{word} {} declared", now.id.value),
            Pair::Both(was, now) if was.title != now.title => {
                let title = |d: &Declared| maybe(d.title.as_deref().map(quoted));
                from_to(&format!("{word} {}, title", now.id.value), &title(was), &title(now))
            }
            Pair::Both(..) => continue,
        };
        found.push(Changed { words, effect: Effect::Neutral });
    }
    found
}
