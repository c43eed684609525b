//! What somebody or something held from one day to another, and how that changed.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::Effect;
use super::texts;
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::roster::Dated;

/// A value and its days, both inclusive and open where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Held<'a> {
    pub(super) value: &'a str,
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
    /// Whether a missing first day means that it covers none, rather than all before.
    pub(super) needs_start: bool,
}

/// One step from the state before to the state after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Was not there.
    Added(Held<'a>),
    /// Is not there any more.
    Removed(Held<'a>),
    /// The same value on other days.
    Redated(Held<'a>, Held<'a>),
    /// One value takes the place of another.
    Switched(Held<'a>, Held<'a>),
}

/// A run of days, both inclusive.
type Run = (Date, Date);

impl<'a> Held<'a> {
    /// What a dated list holds.
    pub(super) fn list(list: &'a [Dated<Id>]) -> Vec<Held<'a>> {
        let held = |d: &'a Dated<Id>| Held {
            value: d.value.as_str(),
            from: d.from,
            until: d.until,
            needs_start: false,
        };
        list.iter().map(held).collect()
    }

    /// Its days, as words.
    pub(super) fn days(&self) -> String {
        texts::days(self.from, self.until)
    }

    fn run(&self) -> Option<Run> {
        let from = if self.needs_start { self.from? } else { self.from.unwrap_or(Date::MIN) };
        let until = self.until.unwrap_or(Date::MAX);
        (from <= until).then_some((from, until))
    }
}

/// The steps from one list to another, in whatever order either is written.
pub(super) fn steps<'a>(before: &[Held<'a>], after: &[Held<'a>]) -> Vec<Step<'a>> {
    let (gone, new) = difference(before, after);
    let (redated, gone, new) = same_value(gone, new);
    switched(redated, gone, new)
}

/// What only one of two lists holds, each sorted. A value held twice counts twice.
fn difference<'a>(before: &[Held<'a>], after: &[Held<'a>]) -> (Vec<Held<'a>>, Vec<Held<'a>>) {
    let mut counts: BTreeMap<Held<'a>, i64> = BTreeMap::new();
    before.iter().for_each(|held| *counts.entry(*held).or_default() -= 1);
    after.iter().for_each(|held| *counts.entry(*held).or_default() += 1);
    let some = |sign: i64| {
        let times = move |n: i64| usize::try_from(n * sign).unwrap_or(0);
        counts.iter().flat_map(move |(held, n)| std::iter::repeat_n(*held, times(*n))).collect()
    };
    (some(-1), some(1))
}

type Pairs<'a> = Vec<(Held<'a>, Held<'a>)>;

/// Pairs what is gone with what is new of the same value, in the order of days.
fn same_value<'a>(gone: Vec<Held<'a>>, new: Vec<Held<'a>>) -> (Pairs<'a>, Vec<Held<'a>>, Vec<Held<'a>>) {
    let mut waiting: HashMap<&str, VecDeque<Held<'a>>> = HashMap::new();
    new.iter().for_each(|held| waiting.entry(held.value).or_default().push_back(*held));
    let (mut pairs, mut left) = (Vec::new(), Vec::new());
    for held in gone {
        match waiting.get_mut(held.value).and_then(VecDeque::pop_front) {
            Some(now) => pairs.push((held, now)),
            None => left.push(held),
        }
    }
    let mut rest: Vec<Held<'a>> = waiting.into_values().flatten().collect();
    rest.sort();
    (pairs, left, rest)
}

/// Joins an end with the beginning on the next day, and the one value that is gone with the
/// one that took its place.
fn switched<'a>(redated: Pairs<'a>, gone: Vec<Held<'a>>, new: Vec<Held<'a>>) -> Vec<Step<'a>> {
    let mut begins: HashMap<Date, Held<'a>> =
        new.iter().rev().filter_map(|held| Some((held.from?, *held))).collect();
    let (mut found, mut taken) = (Vec::new(), HashSet::new());
    for (was, now) in redated {
        let ended = now.until.filter(|_| was.until.is_none() && was.from == now.from);
        match ended.and_then(|last| begins.remove(&last.next())) {
            Some(next) => {
                taken.insert(next);
                found.push(Step::Switched(was, next));
            }
            None => found.push(Step::Redated(was, now)),
        }
    }
    let new: Vec<Held<'a>> = new.into_iter().filter(|held| !taken.contains(held)).collect();
    match (gone.as_slice(), new.as_slice()) {
        ([was], [now]) if replaces(was, now) => found.push(Step::Switched(*was, *now)),
        _ => {
            found.extend(gone.into_iter().map(Step::Removed));
            found.extend(new.into_iter().map(Step::Added));
        }
    }
    found
}

fn replaces(was: &Held<'_>, now: &Held<'_>) -> bool {
    was.until == now.until && (was.from == now.from || was.from.is_none_or(|from| now.from > Some(from)))
}

/// The effect of a change on what is owed, by value: who holds it on fewer days owes less.
pub(super) fn effects<'a>(before: &[Held<'a>], after: &[Held<'a>]) -> HashMap<&'a str, Effect> {
    let mut by_value: HashMap<&'a str, (Vec<Held<'a>>, Vec<Held<'a>>)> = HashMap::new();
    before.iter().for_each(|held| by_value.entry(held.value).or_default().0.push(*held));
    after.iter().for_each(|held| by_value.entry(held.value).or_default().1.push(*held));
    by_value.into_iter().map(|(value, (before, after))| (value, extent(&before, &after))).collect()
}

/// The effect of a change of days. Only days added behind the others surely ask for more: an
/// earlier first day lets older completions count.
pub(super) fn extent(before: &[Held<'_>], after: &[Held<'_>]) -> Effect {
    let (before, after) = (runs(before), runs(after));
    if before == after {
        return Effect::Neutral;
    }
    let Some(((from, until), earlier)) = before.split_last() else { return Effect::Tightens };
    let kept = after.starts_with(earlier);
    let longer = after.get(earlier.len()).is_some_and(|run| run.0 == *from && run.1 >= *until);
    if kept && longer { Effect::Tightens } else { Effect::Loosens }
}

/// The effect of a change of days on which nothing falls due: a day more asks for less.
pub(super) fn relief(before: &[Held<'_>], after: &[Held<'_>]) -> Effect {
    let (before, after) = (runs(before), runs(after));
    let covered = |run: &Run| {
        let at = before.partition_point(|outer| outer.0 <= run.0);
        at.checked_sub(1).and_then(|at| before.get(at)).is_some_and(|outer| run.1 <= outer.1)
    };
    match (before == after, after.iter().all(covered)) {
        (true, _) => Effect::Neutral,
        (_, true) => Effect::Tightens,
        _ => Effect::Loosens,
    }
}

/// The days that a list covers, as runs that neither overlap nor touch.
fn runs(list: &[Held<'_>]) -> Vec<Run> {
    let mut sorted: Vec<Run> = list.iter().filter_map(Held::run).collect();
    sorted.sort();
    let mut merged: Vec<Run> = Vec::with_capacity(sorted.len());
    for run in sorted {
        match merged.last_mut() {
            Some(last) if run.0 <= last.1.next() => last.1 = last.1.max(run.1),
            _ => merged.push(run),
        }
    }
    merged
}

impl<'a> Step<'a> {
    /// The weightiest effect of what takes part in the step.
    pub(super) fn worst(&self, effect: &dyn Fn(&Held<'a>) -> Effect) -> Effect {
        match self {
            Step::Added(held) | Step::Removed(held) => effect(held),
            Step::Redated(was, now) | Step::Switched(was, now) => effect(was).max(effect(now)),
        }
    }
}
