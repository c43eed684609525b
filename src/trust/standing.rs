//! Who may sign, and what was taken back: all that evidence is judged by.

use super::authority::Authority;
use super::chain::Chain;
use super::registry::Registry;
use super::revocations::Revocations;
use super::targets::Targets;
use crate::finding::Finding;
use crate::ledger::Ledger;

/// Officers, enrolled keys and revocations.
#[derive(Debug)]
pub struct Standing {
    /// The roots.
    pub chain: Chain,
    /// The enrolled keys.
    pub registry: Registry,
    /// What was revoked.
    pub revocations: Revocations,
}

impl Standing {
    /// Judges the roots, keys, grants and revocations of a ledger.
    pub fn judge(ledger: &Ledger, found: &mut Vec<Finding>) -> Standing {
        let chain = Chain::judge(ledger, found);
        let registry = Registry::judge(ledger, &chain, found);
        Standing::with(ledger, chain, registry, found)
    }

    /// The same with roots and keys that were judged: by a change's base, its new revocations
    /// act at once.
    pub fn with(ledger: &Ledger, chain: Chain, mut registry: Registry, found: &mut Vec<Finding>) -> Standing {
        let targets = Targets::find(ledger);
        let revocations = Revocations::judge(ledger, &chain, &registry, &targets, found);
        registry.withdraw(ledger, &chain, &revocations, found);
        Standing { chain, registry, revocations }
    }

    /// Takes the roots and keys out, to be judged further.
    pub fn take(&mut self) -> (Chain, Registry) {
        (std::mem::take(&mut self.chain), std::mem::take(&mut self.registry))
    }

    /// Who may sign what.
    pub fn authority<'a>(&'a self, ledger: &'a Ledger) -> Authority<'a> {
        Authority { ledger, chain: &self.chain, registry: &self.registry, revocations: &self.revocations }
    }
}
