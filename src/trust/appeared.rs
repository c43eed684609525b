//! What the time at which records appeared means for them.
//!
//! A record appears with the first commit of the protected branch that holds it. Neither its
//! own dates nor that commit's are proof; their order is.

use super::evidence::JudgingContext;
use crate::record::attestation::Origin;
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::policy::Capacity;
use crate::record::public_key::Fingerprint;

use super::open::When;
use super::signers::{Row, Signer};

/// When a file appeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appeared {
    /// The day, where the organisation is.
    pub day: Date,
    /// The position of the commit on the protected branch; the largest number for what is in
    /// no commit yet.
    pub position: u32,
}

/// What the history of the repository says; none where it is not at hand.
pub type Seen<'a> = Option<&'a dyn History>;

/// What the history of the protected branch says of records and rosters.
pub trait History: Sync {
    /// When a file appeared, by its index; none where nobody can tell.
    fn appeared(&self, file: u32) -> Option<Appeared>;

    /// The day on which a roster first named a manager of a worker on a day. None where nobody
    /// can tell, and where the worker came to the roster with that.
    fn made_manager(&self, _worker: &Id, _manager: &Id, _day: Date) -> Option<Date> {
        None
    }
}

impl<F: Fn(u32) -> Option<Appeared> + Sync> History for F {
    fn appeared(&self, file: u32) -> Option<Appeared> {
        self(file)
    }
}

impl JudgingContext<'_> {
    /// When a file appeared.
    pub fn appeared(&self, file: u32) -> Option<Appeared> {
        self.by.door().appeared(file)
    }

    /// Why a key could not sign what appeared then: it was not enrolled yet, or revoked already.
    pub fn untimely(&self, key: &Fingerprint, file: u32) -> Option<String> {
        let at = self.appeared(file)?.position;
        let before = |other: u32| self.appeared(other).map(|a| a.position);
        let enrolled = self.by.registry.get(key).and_then(|e| before(e.file));
        if enrolled.is_some_and(|enrolled| enrolled > at) {
            return Some(format!("key {key} was enrolled only after this record appeared"));
        }
        let revoked = self.by.revocations.key(key)?;
        // A revocation of which nobody says when it came stands in the base of a change.
        let earlier = before(revoked.file).is_none_or(|revoked| revoked < at);
        earlier.then(|| format!("key {key} was revoked ({}) before this record appeared", revoked.reason))
    }

    /// Whether a row that lies too far back before the signature that makes it count appeared
    /// stands on its own subject's word as an officer.
    ///
    /// # Errors
    /// It needs an officer's word, and nobody gave it who may.
    pub fn backdated(&self, row: &Row<'_>, when: When, signers: &[Signer]) -> Result<bool, String> {
        let Some(limit) = self.by.door().max_backdate(when) else { return Ok(false) };
        let begins = self.by.ledger.organization.as_ref().and_then(|o| o.history_begins);
        let from_before = row.origin == Origin::Imported && begins.is_some_and(|b| row.day < b);
        let vouched = signers.iter().any(|s| s.capacities.contains(&Capacity::Officer));
        if from_before || vouched || row.day.after(limit) >= when.day {
            return Ok(false);
        }
        let why = format!("what makes it count appeared on {}, more than {limit} later", when.day);
        let own = signers.iter().find(|s| s.as_officer.is_some() && s.holder.is(row.subject));
        match (own, row.subject.worker()) {
            (Some(_), Some(id)) if !self.by.door().has_another_officer(id, when, self.by.revocations) => {
                Ok(true)
            }
            (Some(_), _) => {
                Err(format!("{why}, and no other officer signed it than {} for themself", row.subject))
            }
            _ => Err(format!("{why}, and no officer signed it too")),
        }
    }
}
