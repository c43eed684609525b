//! Employment: hired, left, returned, or employed in another way.

use crate::record::roster::{Spell, Worker};

use super::super::held::{Held, Step, effects, extent, steps};
use super::super::negated::Negated;
use super::super::{Effect, Event, What};
use super::{always, end, roles_on};

/// How the employment of one worker differs.
pub(super) fn events(before: &Worker, after: &Worker, negated: &Negated<'_>) -> Vec<Event> {
    let same = |a: &Spell, b: &Spell| (a.start, a.end, &a.kind.value) == (b.start, b.end, &b.kind.value);
    let (was, now) = (&before.employment, &after.employment);
    if was.len() == now.len() && was.iter().zip(now).all(|(was, now)| same(was, now)) {
        return Vec::new();
    }
    let (was, now) = (held(before), held(after));
    let (whole, by_kind) = (extent(&was, &now), effects(&was, &now));
    let effect = |held: &Held<'_>| {
        let excluded = if negated.has(held.value) { Effect::Loosens } else { Effect::Neutral };
        whole.max(excluded).max(by_kind.get(held.value).copied().unwrap_or_default())
    };
    let told = |step: Step<'_>| {
        let (what, words) = told(&step, before, after);
        Event::new(what, words).with(step.worst(&effect))
    };
    steps(&was, &now).into_iter().map(told).collect()
}

fn held(worker: &Worker) -> Vec<Held<'_>> {
    fn one(s: &Spell) -> Held<'_> {
        let Spell { start, end, kind, spot: _ } = s;
        Held { value: kind.value.as_str(), from: *start, until: *end, needs_start: true }
    }
    worker.employment.iter().map(one).collect()
}

fn told(step: &Step<'_>, before: &Worker, after: &Worker) -> (What, String) {
    let back = before.employment.is_empty() || before.left().is_some();
    match step {
        Step::Added(now) if back => {
            let day = now.from.map_or_else(|| "without a start date".to_owned(), |day| format!("on {day}"));
            let verb = if before.employment.is_empty() { "hired" } else { "returned" };
            (What::WorkerReturned, format!("{verb} {day}{}", roles_on(after, now.from)))
        }
        Step::Redated(was, now) if was.from == now.from && was.until.is_none() && after.left().is_some() => {
            let day = now.until.map_or_else(String::new, |day| day.to_string());
            (What::WorkerLeft, format!("left on {day}"))
        }
        _ => (What::EmploymentChanged, changed(step)),
    }
}

fn changed(step: &Step<'_>) -> String {
    let words = match step {
        Step::Added(held) => format!("{} employment added {}", held.value, held.days()),
        Step::Removed(held) => format!("{} employment removed, which was {}", held.value, always(held)),
        Step::Redated(was, now) if was.from == now.from => {
            format!("{} employment {}", now.value, end(was, now))
        }
        Step::Redated(was, now) => format!("{} employment: {} → {}", now.value, start(was), start(now)),
        Step::Switched(was, now) => {
            let day = now.from.map_or_else(String::new, |day| format!(" from {day}"));
            format!("employment {} to {}{day}", was.value, now.value)
        }
    };
    words.trim_end().to_owned()
}

fn start(held: &Held<'_>) -> String {
    match held.from {
        Some(_) => held.days(),
        None => "no start date".to_owned(),
    }
}
