//! Which record of one state is which of the other.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// A record that one state has, or both.
pub(super) enum Pair<T> {
    /// Only the state before has it.
    Gone(T),
    /// Both have it.
    Both(T, T),
    /// Only the state after has it.
    New(T),
}

/// Records by their keys: those of the state before in its order, then the new ones in theirs.
/// Of two with one key the first counts.
pub(super) fn pairs<T: Copy, K: Hash + Eq>(before: &[T], after: &[T], key: impl Fn(T) -> K) -> Vec<Pair<T>> {
    let mut later: HashMap<K, T> = HashMap::with_capacity(after.len());
    for item in after {
        later.entry(key(*item)).or_insert(*item);
    }
    let mut seen: HashSet<K> = HashSet::with_capacity(before.len());
    let mut found = Vec::new();
    for item in before.iter().filter(|item| seen.insert(key(**item))) {
        found.push(match later.remove(&key(*item)) {
            Some(now) => Pair::Both(*item, now),
            None => Pair::Gone(*item),
        });
    }
    found.extend(
        after.iter().filter(|item| later.remove(&key(**item)).is_some()).map(|item| Pair::New(*item)),
    );
    found
}

/// What only the one list holds, and what only the other, each once.
pub(super) fn only<T: Copy + Hash + Eq>(before: &[T], after: &[T]) -> (Vec<T>, Vec<T>) {
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    for pair in pairs(before, after, |item| item) {
        match pair {
            Pair::Gone(item) => gone.push(item),
            Pair::New(item) => new.push(item),
            Pair::Both(..) => {}
        }
    }
    (gone, new)
}
