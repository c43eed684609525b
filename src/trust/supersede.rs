//! Which records count beside each other: not the same one twice, and not one that a later
//! one replaced.
//!
//! A record names the one that it replaces by the digest of its payload, which holds what
//! that one replaced in turn: so there can be no circle.

use std::collections::HashMap;

use super::accepted::Superseded;
use super::authority::Authority;
use super::evidence::Judged;
use super::open::Opened;
use super::revocations::Revocations;
use crate::finding::Finding;
use crate::finding::catalogue::trust;
use crate::ledger::Ledger;
use crate::record::digest::Sha256;
use crate::record::id::Holder;
use crate::record::public_key::Fingerprint;
use crate::record::root::Action;

/// What became of each attestation beside the others, by position.
#[derive(Debug)]
pub(super) struct Order {
    places: Vec<Place>,
    superseded: Vec<Superseded>,
}

/// What became of one attestation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It counts.
    Stands,
    /// It is a copy, or replaces what it may not.
    Refused,
    /// A later one took its place, and what was wrong with its rows is set right by that.
    Replaced,
}

impl Order {
    /// Compares all attestations of a ledger.
    pub fn of(by: Authority<'_>, judged: &[Judged], found: &mut Vec<Finding>) -> Order {
        let mut order = Order { places: vec![Place::Stands; judged.len()], superseded: Vec::new() };
        let mut first: HashMap<Sha256, usize> = HashMap::with_capacity(judged.len());
        for (at, one) in judged.iter().enumerate() {
            let Some(payload) = one.payload else { continue };
            if let Some(first) = first.get(&payload).and_then(|at| judged.get(*at)) {
                found.push(same_payload(by.ledger, one.file, first.file));
                order.put(at, Place::Refused);
            } else {
                first.insert(payload, at);
            }
        }
        for (at, one) in judged.iter().enumerate() {
            let (Some(target), Some(payload)) = (one.supersedes, one.payload) else { continue };
            let target = first.get(&target).copied();
            let replacement = Replacement { by, one, payload };
            match replacement.judge(target.and_then(|at| judged.get(at))) {
                Ok(true) => order.replace(target, judged, one, by.ledger, found),
                Ok(false) => {}
                Err(finding) => {
                    found.push(*finding);
                    order.put(at, Place::Refused);
                }
            }
        }
        order
    }

    /// What became of the attestation at a position.
    pub fn place(&self, at: usize) -> Place {
        self.places.get(at).copied().unwrap_or(Place::Refused)
    }

    /// What was replaced by what.
    pub fn superseded(&self) -> Vec<Superseded> {
        self.superseded.clone()
    }

    fn put(&mut self, at: usize, place: Place) {
        if let Some(old) = self.places.get_mut(at) {
            *old = place;
        }
    }

    fn replace(
        &mut self,
        target: Option<usize>,
        judged: &[Judged],
        one: &Judged,
        ledger: &Ledger,
        found: &mut Vec<Finding>,
    ) {
        let Some((at, old)) = target.and_then(|at| Some((at, judged.get(at)?))) else { return };
        self.put(at, Place::Replaced);
        self.superseded.push(Superseded { file: old.file, by: one.file });
        let path = ledger.path(old.file);
        let message = format!("{path} counts no longer: {} takes its place", ledger.path(one.file));
        let help = "Nothing needs to be done.";
        found.push(Finding::new(&trust::SUPERSEDED, message, help).in_file(path));
    }
}

/// A record that replaces another one.
struct Replacement<'a> {
    by: Authority<'a>,
    one: &'a Judged,
    payload: Sha256,
}

impl Replacement<'_> {
    /// Whether it does replace it: not where what allowed it was revoked since.
    fn judge(&self, old: Option<&Judged>) -> Result<bool, Box<Finding>> {
        let path = self.by.ledger.path(self.one.file);
        let Some(old) = old else {
            let message = format!("{path} supersedes a record that is not here");
            let help = "Restore that record from git, or sign the correction again.";
            return Err(Box::new(Finding::new(&trust::TARGET, message, help).in_file(path)));
        };
        let all: Vec<(&Fingerprint, Sha256)> = self.signatures().collect();
        if !self.may(&all, old, &Revocations::default()) {
            let message = format!("{path} supersedes {}, which others signed", self.by.ledger.path(old.file));
            let help = "Let somebody who signed that record sign the correction, or as many officers as a revocation needs.";
            return Err(Box::new(Finding::new(&trust::NOT_THEIRS, message, help).in_file(path)));
        }
        let stands = |(key, payload): &&(&Fingerprint, Sha256)| {
            self.by.revocations.voids(key, *payload, None).is_none()
        };
        let standing: Vec<_> = all.iter().filter(stands).copied().collect();
        Ok(self.may(&standing, old, self.by.revocations))
    }

    fn signatures(&self) -> impl Iterator<Item = (&Fingerprint, Sha256)> {
        let joined = self.one.joined.iter().map(|j| (&j.key, j.payload));
        self.one.signers.iter().map(|key| (key, self.payload)).chain(joined)
    }

    /// Whether these signatures allow it: one by a person who signed the old record, or those
    /// of enough officers.
    fn may(&self, signatures: &[(&Fingerprint, Sha256)], old: &Judged, revocations: &Revocations) -> bool {
        let people: Vec<Holder> = old.signers.iter().filter_map(|k| self.by.holder_ever(k)).collect();
        let same = |key: &Fingerprint| self.by.holder_ever(key).is_some_and(|h| people.contains(&h));
        let signers: Vec<Fingerprint> = signatures.iter().map(|(key, _)| (*key).clone()).collect();
        let Some(when) = self.one.when else { return false };
        let record = Opened { file: self.one.file, payload: self.payload, signers, when };
        record.signers.iter().any(same)
            || self.by.door().officers(Action::Revoke, &record, revocations).is_ok()
    }
}

fn same_payload(ledger: &Ledger, file: u32, first: u32) -> Finding {
    let message = format!("{} holds the same signed record as {}", ledger.path(file), ledger.path(first));
    Finding::new(&trust::SAME_PAYLOAD, message, "Remove one of the two files.").in_file(ledger.path(file))
}
