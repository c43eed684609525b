//! What a change would do, beside what is wrong with it: `duly check --base`, `duly diff`.

mod human;
mod json;
mod markdown;

pub use human::print as human;
pub use json::print as json;
pub use markdown::print as markdown;

use crate::change::effects::Gap;
use crate::history::log::{Line, in_words};
use crate::record::text::visible;

/// How many gaps of a kind are shown to people.
const SHOWN: usize = 50;

/// The lists of gaps, with what to call them.
fn lists(proposal: &crate::change::Proposal) -> [(&'static str, &[Gap]); 3] {
    let effects = &proposal.effects;
    [
        ("Gaps that an edit closes, without evidence", effects.closed_by_edit.as_slice()),
        ("Gaps opened", effects.opened.as_slice()),
        ("Gaps closed by evidence", effects.closed_by_evidence.as_slice()),
    ]
}

/// A gap in words.
fn words(gap: &Gap) -> String {
    let who = match &gap.name {
        Some(name) => format!("{} ({})", visible(name), gap.subject),
        None => gap.subject.to_string(),
    };
    let after = gap.after.map_or("owed no longer".to_owned(), |s| s.word().replace('_', " "));
    format!("{who}: {}, {} → {after}", gap.requirement, gap.before.word().replace('_', " "))
}

/// An event in words, with the name of whom it is about.
fn event_words(proposal: &crate::change::Proposal, line: &Line) -> String {
    in_words(line, &|id| proposal.ledger.name_of(id))
}
