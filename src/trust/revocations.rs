//! What was revoked, and what of it stays.
//!
//! A revocation of a key always stands, whatever becomes of the keys that signed it: if it
//! could be undone by revoking them, there would be a way back. What a revocation says of
//! records stands too, with one exception: one that rests on a key that officers revoked
//! later, where they vouch for the record by name and not for the revocation. Otherwise the
//! thief of an issuer's key could void everything that the issuer ever signed.

use std::collections::{HashMap, HashSet};

use super::open::{Door, Opened, Shortage};
use super::registry::Registry;
use super::targets::{Target, Targets};
use crate::finding::catalogue::trust;
use crate::finding::{Entry, Finding};
use crate::ledger::{FileIndex, InFile, Ledger};
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::{Holder, Subject};
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
    /// ever enrolled, in the order in which they appeared: a key that was revoked before takes
    /// nothing back any more.
    pub fn judge(
        door: Door<'_>,
        registry: &Registry,
        targets: &Targets<'_>,
        found: &mut Vec<Finding>,
    ) -> Revocations {
        let mut revocations = Revocations::default();
        let mut files: Vec<&InFile<Signed<Revocation>>> = door.ledger.revocations.iter().collect();
        files.sort_by_key(|f| door.position(f.file).unwrap_or(0));
        for file in files {
            let known = |key: &Fingerprint| {
                registry.checked(key).or_else(|| door.chain.officer_key(key).map(|(_, k)| k))
            };
            let judged = door.open(file, &known, found).and_then(|opened| {
                let one = One { door, registry, targets, before: &revocations, file, opened };
                one.judge()
            });
            match judged {
                Ok(revoked) => revocations.add(revoked),
                Err(faults) => found.extend(faults),
            }
        }
        revocations.set_aside(door.ledger, found);
        revocations
    }

    fn add(&mut self, revoked: Revoked) {
        match revoked {
            Revoked::Key(key, revoked) => {
                let revoked = match self.keys.remove(&key) {
                    Some(before) => before.and(revoked),
                    None => revoked,
                };
                self.keys.insert(key, revoked);
            }
            Revoked::Record(payload, revoked) => self.records.entry(payload).or_default().push(revoked),
        }
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

    /// Whether a payload is named in the list of what stays.
    pub fn names(&self, payload: Sha256) -> bool {
        matches!(&self.kept, Kept::Listed(list) if list.contains(&payload))
    }

    /// Whether all that the key signed before stays.
    pub fn keeps_all(&self) -> bool {
        matches!(self.kept, Kept::Until(_))
    }

    /// Whether officers vouch for a payload by name.
    fn vouches(&self, payload: Sha256) -> bool {
        self.by_officers && self.names(payload)
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

/// What one revocation takes back.
enum Revoked {
    Key(Fingerprint, RevokedKey),
    Record(Sha256, RevokedRecord),
}

/// One revocation while it is judged.
struct One<'a> {
    door: Door<'a>,
    registry: &'a Registry,
    targets: &'a Targets<'a>,
    /// The revocations that appeared before it.
    before: &'a Revocations,
    file: &'a InFile<Signed<Revocation>>,
    opened: Opened,
}

impl One<'_> {
    fn judge(&self) -> Result<Revoked, Vec<Finding>> {
        Ok(match &self.record().target {
            What::Key { key, keep } => Revoked::Key(key.clone(), self.key(key, keep)?),
            What::Record(payload) => Revoked::Record(*payload, self.whole(*payload, None)?),
            What::Rows { payload, subjects } => {
                let subjects = subjects.iter().map(|s| s.value.clone()).collect();
                Revoked::Record(*payload, self.whole(*payload, Some(subjects))?)
            }
        })
    }

    fn record(&self) -> &Revocation {
        &self.file.value.record
    }

    fn fault(&self, entry: &'static Entry, spot: Spot, message: String, help: &str) -> Vec<Finding> {
        vec![Finding::new(entry, message, help).at(self.door.ledger.place(self.file.file, spot))]
    }

    /// A key, by officers or by itself. Its own signature is nobody else's word for it.
    fn key(&self, key: &Fingerprint, keep: &Keep) -> Result<RevokedKey, Vec<Finding>> {
        let spot = self.record().spot;
        if self.registry.get(key).is_none() && !self.door.chain.names(key) {
            let message = format!("key {key} is to be revoked, and nobody ever enrolled it");
            let help = "Compare the fingerprint with those that `duly key list` shows.";
            return Err(self.fault(&trust::TARGET, spot, message, help));
        }
        let signers = &self.opened.signers;
        let others = signers.iter().filter(|s| *s != key).cloned().collect();
        let by_officers = self.enough(others);
        if let Err(what) = &by_officers {
            if !signers.contains(key) {
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
            // Who left takes nothing back: a key that revokes itself then acts forward only.
            Keep::Nothing if by_officers.is_err() && self.has_left(key) => Kept::Until(revoked_on),
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

    fn has_left(&self, key: &Fingerprint) -> bool {
        self.holder(key).is_some_and(|holder| !self.door.belongs(&holder, self.opened.when.day))
    }

    /// Whether enough officers signed it with these keys. A key that is revoked later does not
    /// take back what it revoked: otherwise there would be a way back.
    fn enough(&self, signers: Vec<Fingerprint>) -> Result<(), String> {
        let record = Opened { signers, ..self.opened.clone() };
        match self.door.officers(Action::Revoke, &record, self.before) {
            Err(few) if few.how != Shortage::RevokedSince => Err(few.what),
            _ => Ok(()),
        }
    }

    /// A record or rows of it, by officers or by a signer of the record.
    fn whole(
        &self,
        payload: Sha256,
        subjects: Option<HashSet<Subject>>,
    ) -> Result<RevokedRecord, Vec<Finding>> {
        let spot = self.record().spot;
        let Some(target) = self.targets.get(&payload) else {
            let message = format!("no record here has the payload {payload} that is to be revoked");
            let help = "Restore the record from git, or correct the digest with a new revocation.";
            return Err(self.fault(&trust::TARGET, spot, message, help));
        };
        self.revocable(target)?;
        self.has_rows(target, subjects.as_ref())?;
        let by = match self.enough(self.opened.signers.clone()) {
            Ok(()) => None,
            Err(what) => Some(self.signers_of(target, &what)?),
        };
        let (reason, payload) = (self.record().reason, self.opened.payload);
        Ok(RevokedRecord { reason, file: self.file.file, subjects, payload, by })
    }

    fn revocable(&self, target: &Target<'_>) -> Result<(), Vec<Finding>> {
        let Some(help) = target.kind.instead_of_revoking() else { return Ok(()) };
        let message =
            format!("{} is a {} and cannot be revoked", self.door.ledger.path(target.file), target.kind);
        Err(self.fault(&trust::REVOCATION, self.record().spot, message, help))
    }

    fn has_rows(&self, target: &Target<'_>, subjects: Option<&HashSet<Subject>>) -> Result<(), Vec<Finding>> {
        let rows: HashSet<&Subject> = target.rows.iter().copied().collect();
        let missing = subjects.and_then(|all| all.iter().filter(|s| !rows.contains(s)).min());
        let Some(missing) = missing else { return Ok(()) };
        let message = format!("{} has no row of {missing}", self.door.ledger.path(target.file));
        let help = "Make a new revocation with the subjects that the record has.";
        Err(self.fault(&trust::TARGET, self.record().spot, message, help))
    }

    /// The keys of this revocation whose holders signed the record, and belonged here when they
    /// took it back.
    fn signers_of(&self, target: &Target<'_>, what: &str) -> Result<Vec<Fingerprint>, Vec<Finding>> {
        let people: Vec<Holder> = target.keys.iter().filter_map(|k| self.holder(k)).collect();
        let counts = |key: &Fingerprint, holder: &Holder| {
            let fallen = self.door.fallen(key, holder, &self.opened, self.before);
            fallen.is_none_or(|f| f.how == Shortage::RevokedSince)
        };
        let own =
            |key: &&Fingerprint| self.holder(key).is_some_and(|h| people.contains(&h) && counts(key, &h));
        let by: Vec<Fingerprint> = self.opened.signers.iter().filter(own).cloned().collect();
        if !by.is_empty() {
            return Ok(by);
        }
        let path = self.door.ledger.path(target.file);
        let message =
            format!("{path} is revoked by nobody who signed it and may still take it back, and {what}");
        let help = "Let an officer or a signer of the record revoke it.";
        Err(self.fault(&trust::REVOCATION, self.record().spot, message, help))
    }

    fn holder(&self, key: &Fingerprint) -> Option<Holder> {
        let enrolled = self.registry.get(key).map(|e| e.holder.clone());
        enrolled.or_else(|| self.door.chain.officer_key(key).map(|(id, _)| Holder::Worker(id.clone())))
    }
}
