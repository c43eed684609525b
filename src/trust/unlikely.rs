//! What was signed and is not likely: many completions of one person, or of many people by one
//! key, on one day; and keys of issuers that have been in use for long.

use std::collections::HashMap;

use super::accepted::Accepted;
use super::chain::Chain;
use super::registry::{Enrolled, Registry};
use crate::finding::catalogue::trust;
use crate::finding::{self, Finding, Severity};
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

/// How long an issuer's key is used without a word, where the root sets no limit.
const OLD: Days = Days::new(2 * 366);

/// How many days before the root's limit is reached its officers are told.
const NOTICE: i64 = 30;

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

/// Keys of issuers that have been in use for long: longer than the root allows, or where it
/// says nothing, longer than is wise.
pub fn old_keys(ledger: &Ledger, by: (&Chain, &Registry), today: Date) -> Vec<Finding> {
    let (chain, registry) = by;
    let limit = chain.current().and_then(|root| root.max_key_age);
    let issues =
        |e: &Enrolled| e.void.is_none() && e.grants.iter().any(|g| g.void.is_none() && g.until >= today);
    let issuing = registry.all().into_iter().filter(|(_, e)| issues(e));
    issuing
        .filter_map(|(key, enrolled)| old(ledger.path(enrolled.file), key, enrolled, limit, today))
        .collect()
}

fn old(path: &str, key: &Fingerprint, of: &Enrolled, limit: Option<Days>, today: Date) -> Option<Finding> {
    let (code, end) = match limit {
        Some(limit) => (&trust::KEY_TOO_OLD, of.requested_on.after(limit)),
        None => (&trust::OLD_ISSUER_KEY, of.requested_on.after(OLD)),
    };
    let soon = limit.is_some() && end < today.plus_days(NOTICE);
    if end >= today && !soon {
        return None;
    }
    let mut message = format!("key {key} of {} is in use since {}", of.holder, of.requested_on);
    if let Some(limit) = limit {
        message += &format!(", and the root allows {limit}: until {end}");
    }
    let help = "Enrol a new key for it, and run `duly key revoke --reason replaced --keep-all` on this one.";
    let found = Finding::new(code, message, help).in_file(path);
    Some(if end < today { found } else { found.with_severity(Severity::Warning) })
}
