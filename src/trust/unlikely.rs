//! What was signed and is not likely: many completions of one person, or of many people by one
//! key, on one day.

use std::collections::HashMap;

use super::accepted::Accepted;
use crate::finding::catalogue::trust;
use crate::finding::{self, Finding};
use crate::ledger::Ledger;
use crate::record::attestation::Origin;
use crate::record::date::Date;
use crate::record::id::Subject;
use crate::record::policy::Assurance;
use crate::record::public_key::Fingerprint;

/// So many completions of one person on one day are still likely.
const OF_ONE: usize = 15;

/// So many people whom one key says it saw on one day are still likely.
const BY_ONE: usize = 500;

/// What is unlikely of the rows that count.
pub fn volume(ledger: &Ledger, accepted: &[Accepted]) -> Vec<Finding> {
    let (mut found, more) = rayon::join(|| of_one(ledger, accepted), || by_one(ledger));
    found.extend(more);
    // They come from tables without an order.
    finding::sort(&mut found);
    found
}

fn of_one(ledger: &Ledger, accepted: &[Accepted]) -> Vec<Finding> {
    let mut days: HashMap<(&Subject, Date), (usize, u32)> = HashMap::with_capacity(accepted.len());
    for row in accepted.iter().filter(|r| r.assurance() != Assurance::Imported) {
        days.entry((row.subject(), row.completed_on())).or_insert((0, row.origin().file)).0 += 1;
    }
    let many = days.into_iter().filter(|(_, (count, _))| *count > OF_ONE);
    many.map(|((subject, day), (count, file))| {
        let who = subject.worker().map_or_else(|| subject.to_string(), |id| ledger.name_of(id));
        let message = format!("{who} completed {count} things on {day}");
        finding(message, ledger.path(file)).about(subject.to_string())
    })
    .collect()
}

fn by_one(ledger: &Ledger) -> Vec<Finding> {
    let mut days: HashMap<(&Fingerprint, Date), (usize, u32)> = HashMap::new();
    for sheet in ledger.attestations.iter().filter(|a| a.value.record.origin == Origin::Observed) {
        for key in sheet.value.signatures.iter().map(|s| &s.key) {
            for row in &sheet.value.record.completions {
                days.entry((key, row.completed_on)).or_insert((0, sheet.file)).0 += 1;
            }
        }
    }
    let many = days.into_iter().filter(|(_, (count, _))| *count > BY_ONE);
    many.map(|((key, day), (count, file))| {
        finding(format!("key {key} says that it saw {count} completions on {day}"), ledger.path(file))
    })
    .collect()
}

fn finding(message: String, path: &str) -> Finding {
    let help = "Ask who signed whether it is right. If it is not, revoke the record with `duly revoke`.";
    Finding::new(&trust::UNLIKELY, message, help).in_file(path)
}
