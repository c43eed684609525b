//! How long issuers have signed with their keys.
//!
//! An issuer's key lies on a server and signs by itself. The root may say how long after its
//! request it may do so; where it does not, somebody is told after two years. A key that was
//! revoked is nobody's concern any more: what it signed in its time stays.

use std::collections::HashSet;

use super::authority::Authority;
use super::registry::Enrolled;
use crate::finding::catalogue::trust;
use crate::finding::{Finding, Severity};
use crate::ledger::FileIndex;
use crate::record::date::{Date, Days};
use crate::record::public_key::Fingerprint;

/// How long an issuer's key is used without a word, where the root sets no limit.
const OLD: Days = Days::new(2 * 366);

/// How many days before the root's limit is reached its officers are told.
const NOTICE: i64 = 30;

const HELP: &str =
    "Enrol a new key for it, and run `duly key revoke --reason replaced --keep-all` on this one.";

/// Keys of issuers that have been in use for long: longer than the root allows, or where it
/// says nothing, longer than is wise; and keys of which [`ahead`] tells.
pub fn check(by: Authority<'_>, today: Date) -> Vec<Finding> {
    let limit = by.chain.current().and_then(|root| root.max_key_age);
    let in_use = |key: &Fingerprint, e: &Enrolled| e.void.is_none() && by.revocations.key(key).is_none();
    let all = by.registry.all().into_iter().filter(|(key, e)| in_use(key, e));
    let mut found = ahead(by, today);
    found.extend(all.filter_map(|(key, e)| one(by.ledger.path(e.file), key, e, limit, today)));
    found
}

/// Keys whose request is dated after a day: they would never grow old.
pub fn ahead(by: Authority<'_>, today: Date) -> Vec<Finding> {
    let all = by.registry.all().into_iter().filter(|(_, e)| e.void.is_none() && e.requested_on > today);
    all.filter(|(key, _)| by.revocations.key(key).is_none())
        .map(|(key, e)| {
            let message = format!("the request for key {key} of {} is dated {}", e.holder, e.requested_on);
            let message = format!("{message}, which lies in the future; today is {today}");
            let help = "Revoke the key, and let its holder ask for a new one.";
            Finding::new(&trust::IMPOSSIBLE_DATE, message, help).in_file(by.ledger.path(e.file))
        })
        .collect()
}

fn one(path: &str, key: &Fingerprint, of: &Enrolled, limit: Option<Days>, today: Date) -> Option<Finding> {
    if !of.grants.iter().any(|grant| grant.void.is_none() && grant.until >= today) {
        return None;
    }
    let (code, end) = match limit {
        Some(limit) => (&trust::KEY_TOO_OLD, of.requested_on.after(limit)),
        None => (&trust::OLD_ISSUER_KEY, of.requested_on.after(OLD)),
    };
    let found = Finding::new(code, age(key, of, limit), HELP).in_file(path);
    let is_soon = limit.is_some() && end < today.plus_days(NOTICE);
    match end < today {
        true => Some(found),
        false => is_soon.then(|| found.with_severity(Severity::Warning)),
    }
}

fn age(key: &Fingerprint, of: &Enrolled, limit: Option<Days>) -> String {
    let age = format!("key {key} of {} is in use since {}", of.holder, of.requested_on);
    match limit {
        Some(limit) => {
            format!("{age}, and the root allows {limit}: until {}", of.requested_on.after(limit))
        }
        None => age,
    }
}

/// New evidence, later signatures among it, that an issuer signed with a key which was too old on the day it came.
pub fn signed_too_late(by: Authority<'_>, fresh: &HashSet<FileIndex>, day: Date) -> Vec<Finding> {
    let Some(limit) = by.chain.current().and_then(|root| root.max_key_age) else { return Vec::new() };
    let too_old = |key: &Fingerprint| {
        let enrolled = by.registry.get(key).filter(|e| !e.grants.is_empty())?;
        (enrolled.requested_on.after(limit) < day).then_some(enrolled)
    };
    let own = by.ledger.attestations.iter().map(|f| (f.file, &f.value.signatures));
    let joined = by.ledger.countersignatures.iter().map(|f| (f.file, &f.value.signatures));
    let new = own.chain(joined).filter(|(file, _)| fresh.contains(file));
    let signed = new.flat_map(|(file, signatures)| signatures.iter().map(move |s| (file, &s.key)));
    let late = signed.filter_map(|(file, key)| Some((file, key, too_old(key)?)));
    late.map(|(file, key, enrolled)| {
        Finding::new(&trust::KEY_TOO_OLD, age(key, enrolled, Some(limit)), HELP).in_file(by.ledger.path(file))
    })
    .collect()
}
