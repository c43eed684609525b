//! Completions, and later signatures to them.

use crate::record::attestation::{Attestation, Completion, Origin};
use crate::record::countersignature::Countersignature;
use crate::record::id::Subject;
use crate::record::signed::Signed;

use super::super::texts::{count, short};
use super::super::{Event, What};

/// What an attestation tells: an event for each row, or one for the whole sheet where it has
/// more than [`EACH`](super::EACH) of them; [`rows`] gives the rows of one subject then.
pub fn attestation(signed: &Signed<Attestation>) -> Vec<Event> {
    let record = &signed.record;
    if record.completions.len() > super::EACH {
        return vec![Event::new(What::CompletionRecorded, sheet(record)).on(&record.requirement)];
    }
    record.completions.iter().map(|row| completion(record, row)).collect()
}

/// The rows of one subject, however large the sheet.
pub fn rows<'s>(signed: &'s Signed<Attestation>, subject: &'s Subject) -> impl Iterator<Item = Event> + 's {
    let own = signed.record.completions.iter().filter(move |row| row.subject == *subject);
    own.map(|row| completion(&signed.record, row))
}

fn completion(record: &Attestation, row: &Completion) -> Event {
    let Completion { subject, completed_on, outcome, expires_on, score: _, spot: _ } = row;
    let verb = if outcome.is_done() { "completed" } else { "took" };
    let good = expires_on.map_or_else(String::new, |day| format!(", good until {day}"));
    let words = format!("{verb} {} on {completed_on}, {outcome}{good}{}", what(record), source(record));
    Event::new(What::CompletionRecorded, words).about(subject.clone()).on(&record.requirement)
}

/// `hygiene (edition 2026)`.
fn what(record: &Attestation) -> String {
    match &record.edition {
        Some(edition) => format!("{} (edition {edition})", record.requirement),
        None => record.requirement.to_string(),
    }
}

fn source(record: &Attestation) -> String {
    let imported = if record.origin == Origin::Imported { ", imported" } else { "" };
    let corrects = record.supersedes.map(|old| format!(", corrects record {}", short(&old)));
    format!("{imported}{}", corrects.unwrap_or_default())
}

fn sheet(record: &Attestation) -> String {
    let days = record.completions.iter().map(|row| row.completed_on);
    let when = match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) if first == last => format!("on {first}"),
        (Some(first), Some(last)) => format!("from {first} to {last}"),
        _ => String::new(),
    };
    let done = record.completions.iter().filter(|row| row.outcome.is_done()).count();
    let rows = count(record.completions.len(), "row");
    format!("sheet of {rows}: {} {when}, {done} done{}", what(record), source(record))
}

/// What a later signature tells.
pub fn countersignature(signed: &Signed<Countersignature>) -> Vec<Event> {
    let Countersignature { audience: _, payload, key, signed_on, spot: _ } = &signed.record;
    let words = format!("record {} signed by key {key} too, on {signed_on}", short(payload));
    vec![Event::new(What::Countersigned, words)]
}
