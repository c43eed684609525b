//! What the time at which records appeared means for them.
//!
//! A record appears with the first commit of the protected branch that holds it. Neither its
//! own dates nor that commit's are proof; their order is.

use super::evidence::Court;
use crate::record::attestation::{Completion, Origin};
use crate::record::date::Date;
use crate::record::policy::Capacity;
use crate::record::public_key::Fingerprint;

use super::authority::Signer;

/// When a file appeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appeared {
    /// The day, where the organisation is.
    pub day: Date,
    /// The position of the commit on the protected branch; the largest number for what is in
    /// no commit yet.
    pub position: u32,
}

/// When files appeared, by their index; none where nobody can tell.
pub type Seen<'a> = Option<&'a (dyn Fn(u32) -> Option<Appeared> + Sync)>;

impl Court<'_> {
    /// When a file appeared.
    pub fn appeared(&self, file: u32) -> Option<Appeared> {
        self.seen?(file)
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

    /// Why a row that lies too far back needs an officer's word, if nobody gave it.
    pub fn backdated(
        &self,
        row: &Completion,
        origin: Origin,
        appeared: Appeared,
        signers: &[Signer],
    ) -> Option<String> {
        let limit = self.by.chain.current()?.max_backdate;
        let begins = self.by.ledger.organization.as_ref().and_then(|o| o.history_begins);
        let from_before = origin == Origin::Imported && begins.is_some_and(|b| row.completed_on < b);
        let vouched = signers.iter().any(|s| s.capacities.contains(&Capacity::Officer));
        if from_before || vouched || row.completed_on.after(limit) >= appeared.day {
            return None;
        }
        Some(format!(
            "its record appeared on {}, more than {limit} later, and no officer signed it too",
            appeared.day
        ))
    }
}
