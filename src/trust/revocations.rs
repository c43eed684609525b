//! What was revoked, and what of it stays.
//!
//! A revocation of a key always stands, whatever becomes of the keys that signed it: if it
//! could be undone by revoking them, there would be a way back. What a revocation says of
//! records stands too, with one exception: one that rests on a key that officers revoked
//! later, where they vouch for the record by name and not for the revocation. Otherwise the
//! thief of an issuer's key could void everything that the issuer ever signed.

use std::collections::{HashMap, HashSet};

use super::chain::Chain;
use super::registry::Registry;
use super::seal::{self, Seal};
use super::targets::{Target, Targets};
use crate::finding::catalogue::trust;
use crate::finding::{Entry, Finding};
use crate::ledger::{FileIndex, InFile, Ledger};
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::{Holder, Subject};
use crate::record::kind::Kind;
use crate::record::node::Spot;
use crate::record::public_key::Fingerprint;
use crate::record::revocation::{Keep, Reason, Revocation, Target as What};
use crate::record::root::Action;
use crate::record::signed::Signed;

/// What was revoked.
#[derive(Debug, Default)]
pub struct Revocations {
    keys: HashMap<Fingerprint, RevokedKey>,
    records: HashMap<Sha256, Vec<RevokedRecord>>,
}

/// A key that signs nothing new.
#[derive(Debug)]
pub struct RevokedKey {
    /// Why.
    pub reason: Reason,
    /// The day that the first revocation gives.
    pub revoked_on: Date,
    /// The file of the first revocation that decides.
    pub file: FileIndex,
    kept: Kept,
    by_officers: bool,
}

/// Which of the things that a revoked key signed stay.
#[derive(Debug)]
enum Kept {
    Nothing,
    /// All of them, but none that says it is of a later day.
    Until(Date),
    Listed(HashSet<Sha256>),
}

/// A record, or rows of one, that no longer count.
#[derive(Debug)]
pub struct RevokedRecord {
    /// Why.
    pub reason: Reason,
    /// The file of the revocation.
    pub file: FileIndex,
    /// Whose rows; none where the whole record is revoked.
    pub subjects: Option<HashSet<Subject>>,
    /// sha256 of the revocation's own payload.
    payload: Sha256,
    /// The signers of the record whose word this is; none where officers said it.
    by: Option<Vec<Fingerprint>>,
}

impl Revocations {
    /// Judges the revocations of a ledger, by the officers of the chain and the keys that were
    /// ever enrolled.
    pub fn judge(
        ledger: &Ledger,
        chain: &Chain,
        registry: &Registry,
        targets: &Targets<'_>,
        found: &mut Vec<Finding>,
    ) -> Revocations {
        let mut revocations = Revocations::default();
        for file in &ledger.revocations {
            let case = Case { ledger, chain, registry, targets, file };
            match case.seal(found).and_then(|seal| revocations.add(&case, &seal)) {
                Ok(()) => {}
                Err(faults) => found.extend(faults),
            }
        }
        revocations.set_aside(ledger, found);
        revocations
    }

    fn add(&mut self, case: &Case<'_>, seal: &Seal) -> Result<(), Vec<Finding>> {
        let record = case.record();
        match &record.target {
            What::Key { key, keep } => {
                let revoked = case.key(key, keep, seal)?;
                match self.keys.remove(key) {
                    Some(before) => self.keys.insert(key.clone(), before.and(revoked)),
                    None => self.keys.insert(key.clone(), revoked),
                };
            }
            What::Record(payload) => {
                let revoked = case.whole(*payload, None, seal)?;
                self.records.entry(*payload).or_default().push(revoked);
            }
            What::Rows { payload, subjects } => {
                let subjects = subjects.iter().map(|s| s.value.clone()).collect();
                let revoked = case.whole(*payload, Some(subjects), seal)?;
                self.records.entry(*payload).or_default().push(revoked);
            }
        }
        Ok(())
    }

    /// Drops revocations of records that rest on a key which officers revoked, where officers
    /// vouch for the record and not for its revocation.
    fn set_aside(&mut self, ledger: &Ledger, found: &mut Vec<Finding>) {
        let keys = &self.keys;
        for (target, list) in &mut self.records {
            list.retain(|revoked| {
                let overruled = |key: &Fingerprint| {
                    keys.get(key).is_some_and(|k| k.vouches(*target) && !k.vouches(revoked.payload))
                };
                let stands = revoked.by.as_ref().is_none_or(|by| !by.iter().all(overruled));
                if !stands {
                    let path = ledger.path(revoked.file);
                    let message =
                        format!("{path} is void: officers revoked its key and vouch for the record");
                    let help = "Nothing needs to be done; an officer can revoke the record if that is wrong.";
                    found.push(Finding::new(&trust::VOID, message, help).in_file(path));
                }
                stands
            });
        }
    }

    /// A key that was revoked.
    pub fn key(&self, key: &Fingerprint) -> Option<&RevokedKey> {
        self.keys.get(key)
    }

    /// All keys that were revoked, in no order.
    pub fn keys(&self) -> impl Iterator<Item = (&Fingerprint, &RevokedKey)> {
        self.keys.iter()
    }

    /// The key's revocation, if it takes what the key signed out of account: a payload, of a
    /// day if it has one.
    pub fn voids(&self, key: &Fingerprint, payload: Sha256, day: Option<Date>) -> Option<&RevokedKey> {
        self.keys.get(key).filter(|revoked| !revoked.keeps(payload, day))
    }

    /// The revocations of a record or of rows of it.
    pub fn of_record(&self, payload: &Sha256) -> &[RevokedRecord] {
        self.records.get(payload).map_or(&[], Vec::as_slice)
    }

    /// The revocation of a whole record.
    pub fn of_whole(&self, payload: &Sha256) -> Option<&RevokedRecord> {
        self.of_record(payload).iter().find(|r| r.subjects.is_none())
    }
}

impl RevokedKey {
    /// Whether something that the key signed stays. What says that it is of a later day than
    /// the revocation is new, and a revoked key signs nothing new.
    pub fn keeps(&self, payload: Sha256, day: Option<Date>) -> bool {
        match &self.kept {
            Kept::Nothing => false,
            Kept::Until(last) => day.is_none_or(|day| day <= *last),
            Kept::Listed(list) => list.contains(&payload),
        }
    }

    /// Whether officers vouch for a payload by name.
    fn vouches(&self, payload: Sha256) -> bool {
        self.by_officers && matches!(&self.kept, Kept::Listed(list) if list.contains(&payload))
    }

    /// Two revocations of one key: officers decide over what the key says itself, and of two
    /// that weigh the same only that stays which both keep.
    fn and(self, other: RevokedKey) -> RevokedKey {
        match (self.by_officers, other.by_officers) {
            (true, false) => self,
            (false, true) => other,
            _ => {
                let revoked_on = self.revoked_on.min(other.revoked_on);
                RevokedKey { kept: self.kept.and(other.kept), revoked_on, ..self }
            }
        }
    }
}

impl Kept {
    fn and(self, other: Kept) -> Kept {
        match (self, other) {
            (Kept::Until(a), Kept::Until(b)) => Kept::Until(a.min(b)),
            (Kept::Listed(a), Kept::Listed(b)) => Kept::Listed(a.intersection(&b).copied().collect()),
            (Kept::Listed(list), Kept::Until(_)) | (Kept::Until(_), Kept::Listed(list)) => Kept::Listed(list),
            _ => Kept::Nothing,
        }
    }
}

/// One revocation while it is judged.
struct Case<'a> {
    ledger: &'a Ledger,
    chain: &'a Chain,
    registry: &'a Registry,
    targets: &'a Targets<'a>,
    file: &'a InFile<Signed<Revocation>>,
}

impl Case<'_> {
    fn record(&self) -> &Revocation {
        &self.file.value.record
    }

    fn fault(&self, entry: &'static Entry, spot: Spot, message: String, help: &str) -> Vec<Finding> {
        vec![Finding::new(entry, message, help).at(self.ledger.place(self.file.file, spot))]
    }

    fn seal(&self, found: &mut Vec<Finding>) -> Result<Seal, Vec<Finding>> {
        let path = self.ledger.path(self.file.file);
        let known = |key: &Fingerprint| {
            self.registry.checked(key).or_else(|| self.chain.officer_key(key).map(|(_, k)| k))
        };
        let by = seal::Judge {
            path,
            audience: self.chain.audience(),
            keys: &known,
            judged: self.ledger.is_judged(self.file.file),
        };
        let seal = seal::judge(&self.file.value, &by, found)?;
        let expected = format!("revocations/{}", seal::file_name(seal.payload));
        if path == expected { Ok(seal) } else { Err(vec![seal::wrong_name(path, &expected)]) }
    }

    /// A key, by officers or by itself. Its own signature is nobody else's word for it.
    fn key(&self, key: &Fingerprint, keep: &Keep, seal: &Seal) -> Result<RevokedKey, Vec<Finding>> {
        let spot = self.record().spot;
        if self.registry.get(key).is_none() && !self.chain.names(key) {
            let message = format!("key {key} is to be revoked, and nobody ever enrolled it");
            let help = "Compare the fingerprint with those that `duly key list` shows.";
            return Err(self.fault(&trust::TARGET, spot, message, help));
        }
        let others: Vec<Fingerprint> = seal.signers.iter().filter(|s| *s != key).cloned().collect();
        let by_officers = self.enough(&others);
        if let Err(what) = &by_officers {
            if !seal.signers.contains(key) {
                let message = format!("the revocation of key {key} does not count: {what}");
                let help = "Let officers sign it, or the key itself.";
                return Err(self.fault(&trust::THRESHOLD, spot, message, help));
            }
            if matches!(keep, Keep::Listed(_)) {
                let message = format!("key {key} says itself which of its signatures stay: {what}");
                let help = "Let other keys of officers sign the list, or revoke the key without one.";
                return Err(self.fault(&trust::REVOCATION, spot, message, help));
            }
        }
        let revoked_on = self.record().revoked_on;
        let kept = match keep {
            Keep::Nothing => Kept::Nothing,
            Keep::All => Kept::Until(revoked_on),
            Keep::Listed(list) => Kept::Listed(list.iter().copied().collect()),
        };
        Ok(RevokedKey {
            reason: self.record().reason,
            revoked_on,
            file: self.file.file,
            kept,
            by_officers: by_officers.is_ok(),
        })
    }

    fn enough(&self, signers: &[Fingerprint]) -> Result<(), String> {
        let new = self.ledger.is_new(self.file.file);
        self.chain.enough_for(new, Action::Revoke, signers, self.record().revoked_on)
    }

    /// A record or rows of it, by officers or by a signer of the record.
    fn whole(
        &self,
        payload: Sha256,
        subjects: Option<HashSet<Subject>>,
        seal: &Seal,
    ) -> Result<RevokedRecord, Vec<Finding>> {
        let spot = self.record().spot;
        let Some(target) = self.targets.get(&payload) else {
            let message = format!("no record here has the payload {payload} that is to be revoked");
            let help = "Restore the record from git, or correct the digest with a new revocation.";
            return Err(self.fault(&trust::TARGET, spot, message, help));
        };
        self.revocable(target)?;
        self.has_rows(target, subjects.as_ref())?;
        let by = match self.enough(&seal.signers) {
            Ok(()) => None,
            Err(what) => Some(self.signers_of(target, seal, &what)?),
        };
        let reason = self.record().reason;
        Ok(RevokedRecord { reason, file: self.file.file, subjects, payload: seal.payload, by })
    }

    fn revocable(&self, target: &Target<'_>) -> Result<(), Vec<Finding>> {
        let help = match target.kind {
            Kind::Revocation => "There is no way back: let whoever is concerned sign a new record.",
            Kind::Root => "A root is replaced by the next one: `duly trust propose`.",
            _ => return Ok(()),
        };
        let message = format!("{} is a {} and cannot be revoked", self.ledger.path(target.file), target.kind);
        Err(self.fault(&trust::REVOCATION, self.record().spot, message, help))
    }

    fn has_rows(&self, target: &Target<'_>, subjects: Option<&HashSet<Subject>>) -> Result<(), Vec<Finding>> {
        let rows: HashSet<&Subject> = target.subjects(self.ledger).into_iter().collect();
        let missing = subjects.and_then(|all| all.iter().filter(|s| !rows.contains(s)).min());
        let Some(missing) = missing else { return Ok(()) };
        let message = format!("{} has no row of {missing}", self.ledger.path(target.file));
        let help = "Make a new revocation with the subjects that the record has.";
        Err(self.fault(&trust::TARGET, self.record().spot, message, help))
    }

    /// The keys of this revocation whose holders signed the record.
    fn signers_of(
        &self,
        target: &Target<'_>,
        seal: &Seal,
        what: &str,
    ) -> Result<Vec<Fingerprint>, Vec<Finding>> {
        let people: Vec<Holder> = target.keys.iter().filter_map(|k| self.holder(k)).collect();
        let own = |key: &&Fingerprint| self.holder(key).is_some_and(|h| people.contains(&h));
        let by: Vec<Fingerprint> = seal.signers.iter().filter(own).cloned().collect();
        if !by.is_empty() {
            return Ok(by);
        }
        let path = self.ledger.path(target.file);
        let message = format!("{path} is revoked by somebody who did not sign it, and {what}");
        let help = "Let an officer or a signer of the record revoke it.";
        Err(self.fault(&trust::REVOCATION, self.record().spot, message, help))
    }

    fn holder(&self, key: &Fingerprint) -> Option<Holder> {
        let enrolled = self.registry.get(key).map(|e| e.holder.clone());
        enrolled.or_else(|| self.chain.officer_key(key).map(|(id, _)| Holder::Worker(id.clone())))
    }
}
