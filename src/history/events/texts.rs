//! How values are written in the words of an event.

use std::borrow::Cow;

use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::Subject;
use crate::record::text::visible;

use super::Naming;

/// The most characters of one value: an event is one line.
const LONGEST: usize = 160;

/// A text that somebody wrote, whole.
pub(super) fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// A value for the words of an event: without characters that act, without e-mail addresses,
/// and not endless. Values are compared before, whole.
pub(super) fn shown(text: &str) -> String {
    let plain: Vec<Cow<'_, str>> = text.split(' ').map(without_address).collect();
    let plain = plain.join(" ");
    let text = visible(&plain);
    if text.chars().nth(LONGEST).is_none() {
        return text.into_owned();
    }
    format!("{}…", text.chars().take(LONGEST).collect::<String>())
}

/// A word, or what stands for an e-mail address.
fn without_address(word: &str) -> Cow<'_, str> {
    let inner = word.trim_matches(['\u{201c}', '\u{201d}']);
    if word.contains('@') { word.replace(inner, "(address)").into() } else { word.into() }
}

/// `a, b and c`.
pub(super) fn listed(items: impl IntoIterator<Item = String>, word: &str) -> String {
    let items: Vec<String> = items.into_iter().collect();
    match items.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
    }
}

/// A value that may be missing.
pub(super) fn maybe(value: Option<impl std::fmt::Display>) -> String {
    value.map_or_else(|| "none".to_owned(), |v| v.to_string())
}

/// `from X`, `until Y`, `from X to Y`, or nothing.
pub(super) fn days(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (Some(from), Some(until)) => format!("from {from} to {until}"),
    }
}

/// Whom or what a record names.
pub(super) fn who(subject: &Subject, name: Naming<'_>) -> String {
    subject.worker().map_or_else(|| subject.to_string(), name)
}

/// Enough of a digest to find it by.
pub(super) fn short(digest: &Sha256) -> String {
    digest.to_string().chars().take(12).collect()
}

/// `1 record`, `2 records`.
pub(super) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
