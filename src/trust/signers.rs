//! Who signed a row, and in what capacities that counts.
//!
//! Authority is judged on two days. On the day of the completion the signer had the capacity;
//! on the day on which the signature appeared the signer still belonged to the organisation.

use super::authority::Authority;
use super::open::{Shortage, When};
use super::registry::Granted;
use crate::record::attestation::Origin;
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::{Holder, Id, Subject};
use crate::record::policy::{Capacity, Requirement};
use crate::record::public_key::Fingerprint;

/// A good signature: by which key, over which payload, and when it appeared. What joins a
/// record later is over a payload of its own.
#[derive(Debug, Clone, Copy)]
pub struct Credit<'a> {
    /// The key.
    pub key: &'a Fingerprint,
    /// sha256 of the payload that it signed.
    pub payload: Sha256,
    /// When it appeared.
    pub when: When,
}

/// Which signatures are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Those that count.
    Standing,
    /// All of them, as if nothing had been revoked: to tell what a revocation voided.
    AsSigned,
}

/// One row to be judged.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Who completed it.
    pub subject: &'a Subject,
    /// The requirement.
    pub requirement: &'a Requirement,
    /// When; capacities are judged on this day.
    pub day: Date,
    /// Where the statement comes from.
    pub origin: Origin,
}

/// A person who signed, and the capacities in which that counts for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The person or service: counted once, whatever the number of keys.
    pub holder: Holder,
    /// In what capacities; empty where the signature means nothing for the row.
    pub capacities: Vec<Capacity>,
    /// Capacities that do not count without an officer: the signature appeared after its signer
    /// had left.
    late: Vec<Capacity>,
    /// When the signature of somebody who had left appeared.
    pub left_by: Option<Date>,
    /// When somebody was made supervisor of the row's day, after that day was over.
    pub made_after: Option<Date>,
    /// When somebody signed as an officer: for others, or for their own completion.
    pub(super) as_officer: Option<When>,
}

impl Signer {
    /// A person who signed in these capacities.
    pub(super) fn new(holder: Holder, capacities: Vec<Capacity>) -> Signer {
        Signer { holder, capacities, late: Vec::new(), left_by: None, made_after: None, as_officer: None }
    }

    fn add(&mut self, other: Signer) {
        self.capacities.extend(other.capacities);
        self.late.extend(other.late);
        self.left_by = self.left_by.and(other.left_by);
        self.made_after = self.made_after.or(other.made_after);
        self.as_officer = self.as_officer.or(other.as_officer);
    }

    /// Counts what came after its signer had left: an officer signed too.
    fn vouched(&mut self) {
        self.capacities.append(&mut self.late);
        self.left_by = None;
    }

    fn settle(&mut self) {
        for list in [&mut self.capacities, &mut self.late] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

impl Authority<'_> {
    /// The people who signed a row, each once, with their capacities.
    pub fn signers(&self, row: &Row<'_>, credits: &[Credit<'_>], counting: Counting) -> Vec<Signer> {
        let mut signers: Vec<Signer> = Vec::with_capacity(credits.len());
        for credit in credits {
            let Some(signer) = self.signer(row, credit, counting) else { continue };
            match signers.iter_mut().find(|s| s.holder == signer.holder) {
                Some(known) => known.add(signer),
                None => signers.push(signer),
            }
        }
        if signers.iter().any(|s| s.capacities.contains(&Capacity::Officer)) {
            signers.iter_mut().for_each(Signer::vouched);
        }
        signers.iter_mut().for_each(Signer::settle);
        signers
    }

    fn signer(&self, row: &Row<'_>, credit: &Credit<'_>, counting: Counting) -> Option<Signer> {
        let holder = self.holder_ever(credit.key)?;
        let when = credit.when_for(row);
        if counting == Counting::Standing && self.revoked(credit.key, credit.payload, when).is_some() {
            return None;
        }
        let capacities = self.capacities(row, credit.key, &holder, when, counting);
        // Without a history nobody can tell when it appeared.
        let left = when.position.is_some() && !self.door().belongs(&holder, when.day);
        let officer = self.door().officer(credit.key, when).is_some() && !left;
        let mut signer = Signer::new(holder, capacities);
        signer.as_officer = officer.then_some(when);
        signer.made_after = self.made_after(row, &signer, when);
        if signer.made_after.is_some() {
            signer.capacities.retain(|c| *c != Capacity::Supervisor);
            signer.late.push(Capacity::Supervisor);
        }
        if left {
            signer.late.append(&mut signer.capacities);
            signer.left_by = Some(when.day);
        }
        Some(signer)
    }

    /// The day on which a supervisor was entered for a day that lay too far back, or for days
    /// that were all over by then. An entry that stood when the signature appeared needs no
    /// look into the past: it came before.
    fn made_after(&self, row: &Row<'_>, signer: &Signer, when: When) -> Option<Date> {
        let (Holder::Worker(boss), Subject::Worker(id)) = (&signer.holder, row.subject) else { return None };
        if !signer.capacities.contains(&Capacity::Supervisor) || when.position.is_none() {
            return None;
        }
        let managers = &self.ledger.worker(id)?.managers;
        let ends = managers.iter().filter(|m| m.value.value == *boss && m.on(row.day)).map(|m| m.until);
        let last = ends.collect::<Option<Vec<Date>>>()?.into_iter().max().filter(|last| *last < when.day)?;
        let made = self.seen?.made_manager(id, boss, row.day)?;
        let limit = self.door().max_backdate(when)?;
        (made > last || row.day.after(limit) < made).then_some(made)
    }

    /// What the revocation of a key makes of what it signed; none where that stays.
    pub(super) fn revoked(&self, key: &Fingerprint, payload: Sha256, when: When) -> Option<Shortage> {
        let revoked = self.revocations.key(key)?;
        self.door().revoked(revoked, payload, when)
    }

    /// The capacities of one key for a row. For their own completion a person signs as
    /// `self` and as nothing else, whatever other rights the key has.
    fn capacities(
        &self,
        row: &Row<'_>,
        key: &Fingerprint,
        holder: &Holder,
        when: When,
        counting: Counting,
    ) -> Vec<Capacity> {
        let all = counting == Counting::AsSigned;
        let enrolled = self.registry.get(key).filter(|e| all || e.void.is_none());
        if holder.is(row.subject) {
            return enrolled.map(|_| Capacity::Own).into_iter().collect();
        }
        // The export of a grant's last days comes after them.
        let after = self.door().max_backdate(when);
        let in_force = |g: &Granted| {
            when.position.is_none() || after.is_some_and(|days| when.day <= g.until.after(days))
        };
        let issuer = enrolled.is_some_and(|e| {
            let granted = |g: &&Granted| g.covers(row) && in_force(g);
            e.grants.iter().filter(granted).any(|g| all || g.void.is_none())
        });
        let supervisor = enrolled.is_some() && self.supervises(holder, row);
        let officer = self.door().officer(key, when).is_some();
        [(issuer, Capacity::Issuer), (supervisor, Capacity::Supervisor), (officer, Capacity::Officer)]
            .into_iter()
            .filter_map(|(holds, capacity)| holds.then_some(capacity))
            .collect()
    }

    /// Whether a person managed the subject on the day, and was employed on it.
    fn supervises(&self, holder: &Holder, row: &Row<'_>) -> bool {
        let (Holder::Worker(boss), Subject::Worker(worker)) = (holder, row.subject) else { return false };
        let managed = self.ledger.worker(worker).is_some_and(|w| w.managed_by(boss, row.day));
        managed && self.employed(boss, row.day)
    }

    fn employed(&self, id: &Id, day: Date) -> bool {
        self.ledger.worker(id).is_some_and(|w| w.employed_on(day))
    }

    /// The capacities that somebody had for a row, and that nobody has any more who could sign
    /// on a day: all of them left.
    pub(super) fn left_behind(&self, row: &Row<'_>, day: Date) -> Vec<Capacity> {
        let mut found = Vec::new();
        let worker = row.subject.worker().and_then(|id| self.ledger.worker(id));
        let mut bosses = worker.into_iter().flat_map(|w| w.managers_on(row.day)).peekable();
        if bosses.peek().is_some() && bosses.all(|boss| !self.employed(boss, day)) {
            found.push(Capacity::Supervisor);
        }
        let had = |g: &&Granted| g.covers(row);
        let all = self.registry.all();
        let mut issuers = all.into_iter().filter(|(_, e)| e.grants.iter().any(|g| had(&g))).peekable();
        let can = |(key, e): (&Fingerprint, &super::registry::Enrolled)| {
            let valid = |g: &Granted| g.void.is_none() && g.until >= day;
            let granted = e.grants.iter().filter(had).any(valid);
            granted && self.revocations.key(key).is_none() && self.door().belongs(&e.holder, day)
        };
        if issuers.peek().is_some() && !issuers.any(can) {
            found.push(Capacity::Issuer);
        }
        found
    }
}

impl Credit<'_> {
    /// When it appeared; without a history, the day of the row that it is asked about.
    pub(super) fn when_for(&self, row: &Row<'_>) -> When {
        match self.when.position {
            Some(_) => self.when,
            None => When { day: row.day, ..self.when },
        }
    }
}

impl Granted {
    fn covers(&self, row: &Row<'_>) -> bool {
        row.day <= self.until && self.scope.contains(&row.requirement.id.value)
    }
}
