//! Workers: who came, who left, and what changed about who stayed.

mod employment;

use crate::record::id::Id;
use crate::record::roster::{Dated, Leave, Worker};

use super::held::{Held, Step, effects, relief, steps};
use super::negated::Negated;
use super::pairs::{Pair, pairs};
use super::texts::{days, listed};
use super::{Effect, Event, Naming, What};

/// How the workforce differs.
pub(super) fn events(
    before: &[&Worker],
    after: &[&Worker],
    negated: &Negated<'_>,
    name: Naming<'_>,
) -> Vec<Event> {
    let mut found = Vec::new();
    for pair in pairs(before, after, |w| &w.id.value) {
        match pair {
            Pair::Gone(was) => found.push(removed(was)),
            Pair::New(now) => found.push(added(now)),
            Pair::Both(was, now) => {
                found.extend(changed(was, now, negated, name).into_iter().map(|e| e.about(now.subject())));
            }
        }
    }
    found
}

fn removed(was: &Worker) -> Event {
    Event::new(What::WorkerRemoved, "removed from the roster").about(was.subject()).with(Effect::Loosens)
}

fn added(now: &Worker) -> Event {
    let mut words = match now.hired() {
        Some(day) => format!("hired on {day}{}", roles_on(now, Some(day))),
        None => format!("added without a start date{}", roles_on(now, None)),
    };
    if let Some(day) = now.left() {
        words.push_str(&format!(", left on {day}"));
    }
    Event::new(What::WorkerAdded, words).about(now.subject()).with(Effect::Tightens)
}

/// ` as nurse and biller`: the roles on a day, or any where there are none on it.
fn roles_on(worker: &Worker, day: Option<crate::record::date::Date>) -> String {
    let on = |r: &&Dated<Id>| day.is_none_or(|day| r.on(day));
    let mut roles: Vec<String> = worker.roles.iter().filter(on).map(|r| r.value.to_string()).collect();
    if roles.is_empty() {
        roles = worker.roles.iter().map(|r| r.value.to_string()).collect();
    }
    if roles.is_empty() {
        String::new()
    } else {
        format!(" as {}", super::texts::shown(&listed(roles, "and")))
    }
}

/// What changed about one worker, without the subject.
fn changed(was: &Worker, now: &Worker, negated: &Negated<'_>, name: Naming<'_>) -> Vec<Event> {
    let mut found = person(was, now);
    found.extend(employment::events(was, now, negated));
    let plain: Naming<'_> = &|id| id.to_string();
    for (word, what, was, now) in [
        ("role", What::RoleChanged, &was.roles, &now.roles),
        ("department", What::DepartmentChanged, &was.departments, &now.departments),
        ("location", What::LocationChanged, &was.locations, &now.locations),
        ("attribute", What::AttributeChanged, &was.attributes, &now.attributes),
    ] {
        found.extend(dated((word, what), was, now, plain, Some(negated)));
    }
    // Who manages decides who may sign, and not who owes.
    found.extend(dated(("manager", What::ManagerChanged), &was.managers, &now.managers, name, None));
    found.extend(leave(&was.leave, &now.leave));
    found
}

/// The name and address themselves stay out of every log.
fn person(was: &Worker, now: &Worker) -> Vec<Event> {
    let fields = [("name", was.name != now.name), ("e-mail address", was.email != now.email)];
    let changed = fields.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(field, _)| Event::new(What::WorkerChanged, format!("{field} changed"))).collect()
}

/// How a dated list differs; without `negated` it takes no duty away.
fn dated(
    (word, what): (&str, What),
    was: &[Dated<Id>],
    now: &[Dated<Id>],
    name: Naming<'_>,
    negated: Option<&Negated<'_>>,
) -> Vec<Event> {
    let same = |d: &Dated<Id>, other: &Dated<Id>| {
        (&d.value.value, d.from, d.until) == (&other.value.value, other.from, other.until)
    };
    if was.len() == now.len() && was.iter().zip(now).all(|(was, now)| same(was, now)) {
        return Vec::new();
    }
    let (was, now) = (Held::list(was), Held::list(now));
    let by_value = effects(&was, &now);
    let effect = |held: &Held<'_>| match (negated, by_value.get(held.value)) {
        (Some(negated), Some(effect)) if negated.has(held.value) => (*effect).max(Effect::Loosens),
        (Some(_), Some(effect)) => *effect,
        _ => Effect::Neutral,
    };
    let label = |value: &str| Id::parse(value).map_or_else(|| value.to_owned(), |id| name(&id));
    let event = |step: Step<'_>| Event::new(what, told(word, &step, &label)).with(step.worst(&effect));
    steps(&was, &now).into_iter().map(event).collect()
}

/// A step of a dated list, as in `role biller to nurse from 2026-03-01`.
pub(super) fn told(word: &str, step: &Step<'_>, label: &dyn Fn(&str) -> String) -> String {
    let words = match step {
        Step::Added(held) => format!("{word} {} added {}", label(held.value), held.days()),
        Step::Removed(held) if held.days().is_empty() => format!("{word} {} removed", label(held.value)),
        Step::Removed(held) => format!("{word} {} removed, which was {}", label(held.value), held.days()),
        Step::Switched(was, now) => {
            format!("{word} {} to {} {}", label(was.value), label(now.value), days(now.from, None))
        }
        Step::Redated(was, now) if was.from == now.from => {
            format!("{word} {} {}", label(now.value), end(was, now))
        }
        Step::Redated(was, now) => {
            format!("{word} {}: {} → {}", label(now.value), always(was), always(now))
        }
    };
    words.trim_end().to_owned()
}

fn end(was: &Held<'_>, now: &Held<'_>) -> String {
    match (was.until, now.until) {
        (Some(was), Some(now)) => format!("ends on {now} instead of {was}"),
        (Some(was), None) => format!("no longer ends on {was}"),
        (_, now) => now.map_or_else(String::new, |now| format!("ends on {now}")),
    }
}

fn always(held: &Held<'_>) -> String {
    let days = held.days();
    if days.is_empty() { "always".to_owned() } else { days }
}

fn leave(was: &[Leave], now: &[Leave]) -> Vec<Event> {
    let held = |l: &Leave| Held { value: "leave", from: Some(l.from), until: l.until, needs_start: true };
    let (was, now): (Vec<Held<'_>>, Vec<Held<'_>>) =
        (was.iter().map(held).collect(), now.iter().map(held).collect());
    let effect = relief(&was, &now);
    let event = |step: Step<'_>| Event::new(What::LeaveChanged, away(&step)).with(effect);
    steps(&was, &now).into_iter().map(event).collect()
}

/// A step of the leaves, as in `on leave from 2026-05-01, open-ended`.
fn away(step: &Step<'_>) -> String {
    let open = |held: &Held<'_>| if held.until.is_none() { ", open-ended" } else { "" };
    let spell = |held: &Held<'_>| format!("{}{}", held.days(), open(held));
    match step {
        Step::Added(held) => format!("on leave {}", spell(held)),
        Step::Removed(held) => format!("leave {} removed", spell(held)),
        Step::Redated(was, now) | Step::Switched(was, now) => {
            format!("leave: {} → {}", spell(was), spell(now))
        }
    }
}
