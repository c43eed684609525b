//! In what capacity a key signs for a row, and whether that is enough.

use super::appeared::Seen;
use super::chain::Chain;
use super::crypto::point::CheckedKey;
use super::open::Door;
use super::registry::Registry;
use super::revocations::Revocations;
use super::signers::{Row, Signer};
use crate::ledger::Ledger;
use crate::record::attestation::Origin;
use crate::record::id::Holder;
use crate::record::policy::{Assurance, Capacity};
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
    /// When files appeared.
    pub seen: Seen<'a>,
}

/// What the signatures of a row are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// How strong the evidence is.
    pub assurance: Assurance,
    /// Whether an officer signed in the place of people who had all left.
    pub witness_left: bool,
}

impl<'a> Authority<'a> {
    /// What opens signed records.
    pub fn door(&self) -> Door<'a> {
        Door { ledger: self.ledger, chain: self.chain, seen: self.seen }
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

    /// Judges a row by its signers.
    ///
    /// # Errors
    /// Why the row is not accepted, for people.
    pub fn judge(&self, row: &Row<'_>, signers: &[Signer]) -> Result<Judged, String> {
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
        let fills = |signers: &[Signer]| row.requirement.signed_by.iter().any(|list| filled(list, signers));
        let in_their_place = !fills(signers);
        if in_their_place && !fills(&self.with_substitutes(row, signers)) {
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
        Ok(Judged { assurance, witness_left: in_their_place })
    }

    /// The signers, with officers in the place of those who had a capacity and all left before
    /// the officer signed.
    fn with_substitutes(&self, row: &Row<'_>, signers: &[Signer]) -> Vec<Signer> {
        let mut all = signers.to_vec();
        for signer in all.iter_mut().filter(|s| s.capacities.contains(&Capacity::Officer)) {
            let known = signer.as_officer.filter(|when| when.position.is_some());
            let left = known.map(|when| self.left_behind(row, when.day));
            signer.capacities.extend(left.unwrap_or_default());
        }
        all
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
            (true, _) => match (signer.left_by, signer.made_after) {
                (Some(day), _) => format!("{who}, who had left when the signature appeared on {day}"),
                (None, Some(made)) => format!("{who}, made supervisor of that day on {made}, after it"),
                (None, None) => {
                    let undated = self.undated_manager(row);
                    format!("{who}, who was neither manager nor issuer on {}{undated}", row.day)
                }
            },
        }
    }

    /// A word on managers without a first day: where one of them took over from another, nobody
    /// can tell who managed when.
    fn undated_manager(&self, row: &Row<'_>) -> &'static str {
        let worker = row.subject.worker().and_then(|id| self.ledger.worker(id));
        let undated =
            worker.is_some_and(|w| w.managers.iter().any(|m| m.from.is_none() && m.until.is_none()));
        match undated {
            true => {
                " (the roster gives the manager no first day: if there was another before, write \
                 `{manager: worker/ID, from: DATE}`, and keep the former one with `until`)"
            }
            false => "",
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
        Signer::new(Holder::parse(&format!("worker/{id}")).unwrap(), capacities.to_vec())
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
