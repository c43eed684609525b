//! Who may sign, and what was taken back: all that evidence is judged by.

use super::appeared::Seen;
use super::authority::Authority;
use super::chain::Chain;
use super::open::Door;
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
    /// Judges the roots, keys, grants and revocations of a ledger, with what history says about
    /// when they appeared.
    pub fn judge(ledger: &Ledger, seen: Seen<'_>, found: &mut Vec<Finding>) -> Standing {
        let chain = Chain::judge(ledger, found);
        let registry = Registry::judge(Door { ledger, chain: &chain, seen }, found);
        let mut withdrawn = Vec::new();
        let standing = Standing::with(ledger, seen, chain, registry, found, &mut withdrawn);
        found.append(&mut withdrawn);
        standing
    }

    /// The same with roots and keys that were judged: by a change's base, its new revocations
    /// act at once. What they make of keys and grants is told apart.
    pub fn with(
        ledger: &Ledger,
        seen: Seen<'_>,
        chain: Chain,
        mut registry: Registry,
        found: &mut Vec<Finding>,
        withdrawn: &mut Vec<Finding>,
    ) -> Standing {
        let door = Door { ledger, chain: &chain, seen };
        let revocations = Revocations::judge(door, &registry, &Targets::find(ledger), found);
        registry.withdraw(door, &revocations, withdrawn);
        Standing { chain, registry, revocations }
    }

    /// Takes the roots and keys out, to be judged further.
    pub fn take(&mut self) -> (Chain, Registry) {
        (std::mem::take(&mut self.chain), std::mem::take(&mut self.registry))
    }

    /// Who may sign what, with what history says about when records appeared.
    pub fn authority<'a>(&'a self, ledger: &'a Ledger, seen: Seen<'a>) -> Authority<'a> {
        let Standing { chain, registry, revocations } = self;
        Authority { ledger, chain, registry, revocations, seen }
    }
}
