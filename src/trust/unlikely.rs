//! What was signed and is not likely: many completions of one person, or of many people by one
//! key, on one day; and keys of issuers that have been in use for long.

use std::collections::BTreeMap;

use super::accepted::Accepted;
use super::registry::Registry;
use crate::finding::Finding;
use crate::finding::catalogue::trust;
use crate::ledger::Ledger;
use crate::record::attestation::Origin;
use crate::record::date::{Date, Days};
use crate::record::id::Subject;
use crate::record::policy::Assurance;
use crate::record::public_key::Fingerprint;

/// So many completions of one person on one day are still likely.
const OF_ONE: usize = 15;

/// So many people whom one key says it saw on one day are still likely.
const BY_ONE: usize = 500;

/// How long an issuer's key is used without a word.
const OLD: Days = Days::new(2 * 366);

/// What is unlikely of the rows that count.
pub fn volume(ledger: &Ledger, accepted: &[Accepted]) -> Vec<Finding> {
    let mut found = of_one(ledger, accepted);
    found.extend(by_one(ledger));
    found
}

fn of_one(ledger: &Ledger, accepted: &[Accepted]) -> Vec<Finding> {
    let mut days: BTreeMap<(&Subject, Date), (usize, u32)> = BTreeMap::new();
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
    let mut days: BTreeMap<(&Fingerprint, Date), (usize, u32)> = BTreeMap::new();
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

/// Keys of issuers that have been in use for long.
pub fn old_keys(ledger: &Ledger, registry: &Registry, today: Date) -> Vec<Finding> {
    let issuing = registry
        .all()
        .into_iter()
        .filter(|(_, e)| e.void.is_none() && e.grants.iter().any(|g| g.void.is_none() && g.until >= today));
    let old = issuing.filter(|(_, e)| e.requested_on.after(OLD) < today);
    old.map(|(key, enrolled)| {
        let message = format!("key {key} of {} is in use since {}", enrolled.holder, enrolled.requested_on);
        let help =
            "Enrol a new key for it, and run `duly key revoke --reason replaced --keep-all` on this one.";
        Finding::new(&trust::OLD_ISSUER_KEY, message, help).in_file(ledger.path(enrolled.file))
    })
    .collect()
}
