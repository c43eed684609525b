//! A record as parts that have a word and a text each.

use super::Effect;
use super::texts::shown;

/// How one part of a record changed.
#[derive(Debug)]
pub(super) struct Changed {
    /// What happened, as in `title “A” to “B”`.
    pub(super) words: String,
    /// Whether more or less is asked for.
    pub(super) effect: Effect,
}

/// A part of a record in both states.
pub(super) struct Part {
    word: &'static str,
    before: String,
    after: String,
    effect: Effect,
}

impl Part {
    /// A part that changes what is asked for in no way.
    pub(super) fn neutral(word: &'static str, before: String, after: String) -> Part {
        Part { word, before, after, effect: Effect::Neutral }
    }

    /// A part whose change has this effect.
    pub(super) fn with(word: &'static str, before: String, after: String, effect: Effect) -> Part {
        Part { word, before, after, effect }
    }

    /// A part that has changed, or none.
    pub(super) fn changed(self) -> Option<Changed> {
        let Part { word, before, after, effect } = self;
        (before != after).then(|| Changed { words: from_to(word, &before, &after), effect })
    }
}

/// `word A to B`, and for what is longer than two words `word: A → B`.
pub(super) fn from_to(word: &str, before: &str, after: &str) -> String {
    let (before, after) = (shown(before), shown(after));
    let plain = |text: &str| text.split(' ').count() <= 2;
    if before == after {
        format!("{word} changed")
    } else if plain(&before) && plain(&after) {
        format!("{word} {before} to {after}")
    } else {
        format!("{word}: {before} → {after}")
    }
}

/// The effect where a value that grows asks for less.
pub(super) fn growing<T: PartialOrd>(before: &T, after: &T) -> Effect {
    match after.partial_cmp(before) {
        Some(std::cmp::Ordering::Equal) => Effect::Neutral,
        Some(std::cmp::Ordering::Less) => Effect::Tightens,
        _ => Effect::Loosens,
    }
}

/// `yes` or `no`.
pub(super) fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}
