//! In what capacity a key signs for a row, and whether that is enough.

use super::chain::Chain;
use super::crypto::point::CheckedKey;
use super::registry::{Granted, Registry};
use super::revocations::Revocations;
use crate::ledger::Ledger;
use crate::record::attestation::Origin;
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::{Holder, Id, Subject};
use crate::record::policy::{Assurance, Capacity, Requirement};
use crate::record::public_key::Fingerprint;

/// Who is asked: the ledger's people, the officers and the enrolled keys.
#[derive(Clone, Copy)]
pub struct Authority<'a> {
    /// The people and policies.
    pub ledger: &'a Ledger,
    /// The officers.
    pub chain: &'a Chain,
    /// The enrolled keys.
    pub registry: &'a Registry,
    /// What was revoked.
    pub revocations: &'a Revocations,
}

/// A good signature: by which key, over which payload. What joins a record later is over a
/// payload of its own.
#[derive(Debug, Clone, Copy)]
pub struct Credit<'a> {
    /// The key.
    pub key: &'a Fingerprint,
    /// sha256 of the payload that it signed.
    pub payload: Sha256,
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
    /// When; authority is judged on this day.
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
}

impl<'a> Authority<'a> {
    /// The people who signed a row, each once, with their capacities.
    pub fn signers(&self, row: &Row<'_>, credits: &[Credit<'_>], counting: Counting) -> Vec<Signer> {
        let mut signers: Vec<Signer> = Vec::with_capacity(credits.len());
        for Credit { key, payload } in credits {
            let Some(holder) = self.holder(key) else { continue };
            if counting == Counting::Standing
                && self.revocations.voids(key, *payload, Some(row.day)).is_some()
            {
                continue;
            }
            let capacities = self.capacities(row, key, &holder, counting);
            match signers.iter_mut().find(|s| s.holder == holder) {
                Some(known) => known.capacities.extend(capacities),
                None => signers.push(Signer { holder, capacities }),
            }
        }
        for signer in &mut signers {
            signer.capacities.sort_unstable();
            signer.capacities.dedup();
        }
        signers
    }

    /// Who holds a key: as enrolled, or as an officer of the root in force.
    pub fn holder(&self, key: &Fingerprint) -> Option<Holder> {
        let enrolled = self.registry.get(key).map(|e| e.holder.clone());
        enrolled.or_else(|| self.chain.officer_now(key).map(|id| Holder::Worker(id.clone())))
    }

    /// Who holds a key or held it: as enrolled, or as an officer of any root.
    pub fn holder_ever(&self, key: &Fingerprint) -> Option<Holder> {
        let enrolled = self.registry.get(key).map(|e| e.holder.clone());
        enrolled.or_else(|| self.chain.officer_key(key).map(|(id, _)| Holder::Worker(id.clone())))
    }

    /// The key to verify a signature with: enrolled, or an officer's of any root.
    pub fn known(&self, key: &Fingerprint) -> Option<&'a CheckedKey> {
        self.registry.checked(key).or_else(|| self.chain.officer_key(key).map(|(_, k)| k))
    }

    /// The keys whose signatures under a payload count: those that no revocation voids. The
    /// day is that on which the record says it was made.
    pub fn standing(&self, keys: &[Fingerprint], payload: Sha256, day: Date) -> Vec<Fingerprint> {
        let stands = |key: &&Fingerprint| self.revocations.voids(key, payload, Some(day)).is_none();
        keys.iter().filter(stands).cloned().collect()
    }

    /// The capacities of one key for a row. For their own completion a person signs as
    /// `self` and as nothing else, whatever other rights the key has.
    fn capacities(
        &self,
        row: &Row<'_>,
        key: &Fingerprint,
        holder: &Holder,
        counting: Counting,
    ) -> Vec<Capacity> {
        let all = counting == Counting::AsSigned;
        let enrolled = self.registry.get(key).filter(|e| all || e.void.is_none());
        if holder.is(row.subject) {
            return enrolled.map(|_| Capacity::Own).into_iter().collect();
        }
        let issuer = enrolled.is_some_and(|e| {
            let granted = |g: &&Granted| row.day <= g.until && g.scope.contains(&row.requirement.id.value);
            e.grants.iter().filter(granted).any(|g| all || g.void.is_none())
        });
        let supervisor = enrolled.is_some() && self.supervises(holder, row);
        let officer = self.chain.officer_now(key).is_some();
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

    /// Judges a row by its signers.
    ///
    /// # Errors
    /// Why the row is not accepted, for people.
    pub fn judge(&self, row: &Row<'_>, signers: &[Signer]) -> Result<Assurance, String> {
        let has = |capacity| signers.iter().any(|s| s.capacities.contains(&capacity));
        if row.origin == Origin::Imported && !has(Capacity::Issuer) {
            return Err("only an issuer may sign what was imported, and none did".to_owned());
        }
        if row.origin == Origin::Own && !has(Capacity::Own) {
            return Err(format!(
                "the record says it is {}'s own word, and they did not sign it",
                row.subject
            ));
        }
        if !row.requirement.signed_by.iter().any(|list| filled(list, signers)) {
            return Err(self.why_not(row, signers));
        }
        let assurance = assurance(row.origin, signers);
        let wanted = &row.requirement.evidence.assurance;
        if !wanted.is_empty() && !wanted.contains(&assurance) {
            let wanted: Vec<&str> = wanted.iter().map(|a| a.word()).collect();
            return Err(format!(
                "its assurance is {assurance}, and the requirement asks for {}",
                wanted.join(" or ")
            ));
        }
        Ok(assurance)
    }

    fn why_not(&self, row: &Row<'_>, signers: &[Signer]) -> String {
        let signed: Vec<String> = signers.iter().map(|s| self.describe(row, s)).collect();
        let wanted: Vec<String> = row.requirement.signed_by.iter().map(|l| words(l, " and ")).collect();
        format!("it needs {}; signed by {}", wanted.join(", or "), signed.join(" and "))
    }

    fn describe(&self, row: &Row<'_>, signer: &Signer) -> String {
        let who = match &signer.holder {
            Holder::Worker(id) => self.ledger.name_of(id),
            Holder::Service(_) => signer.holder.to_string(),
        };
        match (signer.capacities.is_empty(), signer.holder.is(row.subject)) {
            (false, _) => format!("{who} as {}", words(&signer.capacities, "/")),
            (true, _) if matches!(signer.holder, Holder::Service(_)) => {
                format!("{who}, without a grant for this requirement and day")
            }
            (true, _) => format!("{who}, who was neither manager nor issuer on {}", row.day),
        }
    }
}

fn words(capacities: &[Capacity], between: &str) -> String {
    capacities.iter().map(|c| c.word()).collect::<Vec<_>>().join(between)
}

/// Whether distinct people fill every capacity of a list. Lists are a few words long, so
/// trying every way is cheap: at most 16 signatures and as deep as the list.
fn filled(list: &[Capacity], signers: &[Signer]) -> bool {
    let mut used = vec![false; signers.len()];
    fill(list, signers, &mut used)
}

fn fill(list: &[Capacity], signers: &[Signer], used: &mut Vec<bool>) -> bool {
    let Some((wanted, rest)) = list.split_first() else { return true };
    // More slots than people can never be filled: ends hostile lists early.
    if list.len() > used.iter().filter(|u| !**u).count() {
        return false;
    }
    for (i, signer) in signers.iter().enumerate() {
        if used.get(i) == Some(&false) && signer.capacities.contains(wanted) {
            used[i] = true;
            if fill(rest, signers, used) {
                return true;
            }
            used[i] = false;
        }
    }
    false
}

/// How strong the evidence is: imported by its origin; else witnessed where two people signed
/// in some capacity or a supervisor did; else an issuer's or an officer's word; else the
/// worker's own.
fn assurance(origin: Origin, signers: &[Signer]) -> Assurance {
    let people = signers.iter().filter(|s| !s.capacities.is_empty()).count();
    let has = |capacity| signers.iter().any(|s| s.capacities.contains(&capacity));
    match origin {
        Origin::Imported => Assurance::Imported,
        _ if people >= 2 || has(Capacity::Supervisor) => Assurance::Witnessed,
        _ if has(Capacity::Issuer) || has(Capacity::Officer) => Assurance::Issuer,
        _ => Assurance::Own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(id: &str, capacities: &[Capacity]) -> Signer {
        Signer { holder: Holder::parse(&format!("worker/{id}")).unwrap(), capacities: capacities.to_vec() }
    }

    #[test]
    fn slots_are_filled_by_distinct_people() {
        use Capacity::{Issuer, Own, Supervisor};
        let boss = signer("a", &[Issuer, Supervisor]);
        let own = signer("b", &[Own]);
        assert!(filled(&[Issuer], std::slice::from_ref(&boss)));
        assert!(!filled(&[Issuer, Supervisor], std::slice::from_ref(&boss)));
        assert!(filled(&[Own, Supervisor], &[boss.clone(), own.clone()]));
        // The first choice must be given back where it blocks the second slot.
        let both = signer("c", &[Issuer, Supervisor]);
        let issuer = signer("d", &[Issuer]);
        assert!(filled(&[Issuer, Supervisor], &[both, issuer]));
        assert!(!filled(&[Own], &[signer("x", &[])]));
    }

    #[test]
    fn assurances_follow_the_signers() {
        use Capacity::{Issuer, Officer, Own, Supervisor};
        let of = |list: &[Signer]| assurance(Origin::Observed, list);
        assert_eq!(of(&[signer("a", &[Own])]), Assurance::Own);
        assert_eq!(of(&[signer("a", &[Issuer])]), Assurance::Issuer);
        assert_eq!(of(&[signer("a", &[Officer])]), Assurance::Issuer);
        assert_eq!(of(&[signer("a", &[Supervisor])]), Assurance::Witnessed);
        assert_eq!(of(&[signer("a", &[Own]), signer("b", &[Issuer])]), Assurance::Witnessed);
        assert_eq!(of(&[signer("a", &[Own]), signer("b", &[])]), Assurance::Own);
        assert_eq!(assurance(Origin::Imported, &[signer("a", &[Issuer])]), Assurance::Imported);
    }
}
