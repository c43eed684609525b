//! The chain of roots: who the officers are.

use std::collections::{BTreeSet, HashMap};

use super::crypto::point::CheckedKey;
use super::crypto::statement::payload;
use super::open::{Door, Opened, Shortage};
use super::revocations::Revocations;
use crate::finding::catalogue::trust;
use crate::finding::{Entry, Finding};
use crate::ledger::{InFile, Ledger};
use crate::record::digest::Sha256;
use crate::record::id::Id;
use crate::record::public_key::{Fingerprint, PublicKey};
use crate::record::root::{Action, Root};
use crate::record::signed::Signed;

/// The roots of a repository, each judged under the one before.
#[derive(Debug, Default)]
pub struct Chain {
    links: Vec<Link>,
}

/// One root that holds.
#[derive(Debug)]
pub struct Link {
    /// The root.
    pub root: Root,
    /// sha256 of its payload.
    pub digest: Sha256,
    keys: HashMap<Fingerprint, (Person, CheckedKey)>,
    signed: Option<Opened>,
}

/// Who a key of a root belongs to, for counting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Person {
    Officer(Id),
    Recovery,
    Notary,
}

impl Chain {
    /// Judges the roots of a ledger. The chain ends before the first one that does not hold.
    pub fn judge(ledger: &Ledger, found: &mut Vec<Finding>) -> Chain {
        let mut chain = Chain::default();
        for (at, file) in ledger.roots.iter().enumerate() {
            match chain.follow(ledger, file, at + 1, found) {
                Ok(link) => chain.links.push(link),
                Err(faults) => {
                    found.extend(faults);
                    break;
                }
            }
        }
        if ledger.roots.is_empty() {
            let help = "Make it with `duly init`, or restore `trust/root/0001.yaml` from git.";
            let message = "there is no root of trust, so no signature means anything";
            found.push(Finding::new(&trust::NO_ROOT, message, help).in_file("trust/root/0001.yaml"));
        }
        chain
    }

    fn follow(
        &self,
        ledger: &Ledger,
        file: &InFile<Signed<Root>>,
        number: usize,
        found: &mut Vec<Finding>,
    ) -> Result<Link, Vec<Finding>> {
        let path = ledger.path(file.file);
        let root = &file.value.record;
        let wrong = |message: String| vec![fault(&trust::ROOT_CHAIN, path, message)];
        if root.version as usize != number || path != format!("trust/root/{number:04}.yaml") {
            return Err(wrong(format!(
                "{path} holds root {}, and root {number} is expected here",
                root.version
            )));
        }
        let before = self.links.last();
        let digest = Sha256::of(&payload(root));
        if root.previous != before.map(|l| l.digest) || root.id.is_some() != before.is_none() {
            return Err(wrong(format!("root {number} does not name the digest of the root before it")));
        }
        let keys = keys_of(root).map_err(wrong)?;
        let mut link = Link { root: root.clone(), digest, keys, signed: None };
        link.check_thresholds().map_err(wrong)?;
        let known =
            |key: &Fingerprint| link.keys.get(key).or_else(|| before?.keys.get(key)).map(|(_, key)| key);
        let opened = Door { ledger, chain: self, seen: None }.open(file, &known, found)?;
        for judge in [before, Some(&link)].into_iter().flatten() {
            judge
                .enough_for_a_root(&opened.signers)
                .map_err(|what| vec![fault(&trust::THRESHOLD, path, what)])?;
        }
        link.signed = Some(opened);
        Ok(link)
    }

    /// The roots that too few people signed whose keys had not been revoked before.
    pub fn signed_by_revoked_keys(&self, door: Door<'_>, revocations: &Revocations) -> Vec<Finding> {
        let mut found = Vec::new();
        for (n, link) in self.links.iter().enumerate() {
            let Some(file) = door.ledger.roots.get(n).map(|root| root.file) else { continue };
            let Some(opened) = &link.signed else { continue };
            let when = door.when(file, link.root.created_on);
            let stands = |key: &&Fingerprint| {
                let revoked = revocations.key(key).and_then(|r| door.revoked(r, link.digest, when));
                revoked != Some(Shortage::Never)
            };
            let standing: Vec<Fingerprint> = opened.signers.iter().filter(stands).cloned().collect();
            let before = n.checked_sub(1).and_then(|at| self.links.get(at));
            for judge in [before, Some(link)].into_iter().flatten() {
                if let Err(what) = judge.enough_for_a_root(&standing) {
                    let what = format!("{what} with a key that had not been revoked before");
                    found.push(fault(&trust::THRESHOLD, door.ledger.path(file), what));
                }
            }
        }
        found
    }

    /// The digests of the roots, root 1 first.
    pub fn digests(&self) -> Vec<Sha256> {
        self.links.iter().map(|l| l.digest).collect()
    }

    /// The root in force.
    pub fn current(&self) -> Option<&Root> {
        self.links.last().map(|l| &l.root)
    }

    /// The digest of root 1's payload, which every record names as its audience.
    pub fn audience(&self) -> Option<Sha256> {
        self.links.first().map(|l| l.digest)
    }

    /// The key of an officer of any root.
    pub fn officer_key(&self, key: &Fingerprint) -> Option<(&Id, &CheckedKey)> {
        self.links.iter().rev().find_map(|link| match link.keys.get(key) {
            Some((Person::Officer(id), checked)) => Some((id, checked)),
            _ => None,
        })
    }

    /// The officer of the root in force whose key this is.
    pub fn officer_now(&self, key: &Fingerprint) -> Option<&Id> {
        self.links.last()?.officer(key)
    }

    /// Whether any root names a key, for whatever purpose.
    pub fn names(&self, key: &Fingerprint) -> bool {
        self.links.iter().any(|l| l.keys.contains_key(key))
    }

    /// The keys of officers that an earlier root names and the one in force does not.
    pub fn former_keys(&self) -> Vec<(&Id, &Fingerprint)> {
        let Some((current, earlier)) = self.links.split_last() else { return Vec::new() };
        let named = earlier.iter().flat_map(|l| &l.root.officers);
        let keys = named.flat_map(|o| o.keys.iter().map(|k| (&o.worker, k.fingerprint())));
        keys.filter(|(_, key)| !current.keys.contains_key(key)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The officers of the root in force who enrol keys alone.
    pub fn lone_officers(&self) -> Vec<Id> {
        let alone = self.current().filter(|root| root.thresholds.of(Action::Key) <= 1);
        alone.map(|root| root.officers.iter().map(|o| o.worker.clone()).collect()).unwrap_or_default()
    }

    /// The links, root 1 first.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Whether a key is for checkpoints or recovery alone, in any root.
    pub fn is_reserved(&self, key: &Fingerprint) -> bool {
        self.links.iter().any(|l| matches!(l.keys.get(key), Some((Person::Notary | Person::Recovery, _))))
    }
}

impl Link {
    /// A key that this root names, whatever for.
    pub fn key(&self, key: &Fingerprint) -> Option<&CheckedKey> {
        self.keys.get(key).map(|(_, checked)| checked)
    }

    /// The officer of this root whose key this is.
    pub fn officer(&self, key: &Fingerprint) -> Option<&Id> {
        match self.keys.get(key) {
            Some((Person::Officer(id), _)) => Some(id),
            _ => None,
        }
    }

    /// Whether enough people of this root signed a root: its officers, and whoever keeps its
    /// recovery keys. They are asked for whether they belong to the organisation still or not.
    fn enough_for_a_root(&self, signers: &[Fingerprint]) -> Result<(), String> {
        let people: BTreeSet<&Person> =
            signers.iter().filter_map(|s| self.keys.get(s)).map(|(p, _)| p).collect();
        let (have, need) = (
            people.into_iter().filter(|person| **person != Person::Notary).count(),
            self.root.thresholds.of(Action::Root) as usize,
        );
        if have >= need {
            return Ok(());
        }
        Err(format!("{have} of the {need} officers needed for the action `root` signed"))
    }

    /// A threshold that nobody can reach would lock the repository.
    fn check_thresholds(&self) -> Result<(), String> {
        let officers = self.root.officers.len();
        let with_recovery = officers + usize::from(!self.root.recovery.is_empty());
        for action in Action::ALL {
            let people = if *action == Action::Root { with_recovery } else { officers };
            let need = self.root.thresholds.of(*action) as usize;
            if need == 0 || need > people {
                return Err(format!(
                    "the action `{action}` needs {need} officers, and the root names {people}"
                ));
            }
        }
        Ok(())
    }
}

/// The keys of a root, each for one person and one purpose.
fn keys_of(root: &Root) -> Result<HashMap<Fingerprint, (Person, CheckedKey)>, String> {
    let mut keys = HashMap::new();
    let officers =
        root.officers.iter().flat_map(|o| o.keys.iter().map(|k| (Person::Officer(o.worker.clone()), k)));
    let recovery = root.recovery.iter().map(|k| (Person::Recovery, k));
    let notaries = root.notaries.iter().map(|n| (Person::Notary, &n.key));
    for (person, key) in officers.chain(recovery).chain(notaries) {
        let checked = checked(key)?;
        if keys.insert(key.fingerprint().clone(), (person, checked)).is_some() {
            return Err(format!("key {} stands in the root twice", key.fingerprint()));
        }
    }
    let mut people = BTreeSet::new();
    if let Some(twice) = root.officers.iter().find(|o| !people.insert(&o.worker)) {
        return Err(format!("officer {} stands in the root twice", twice.worker));
    }
    Ok(keys)
}

fn checked(key: &PublicKey) -> Result<CheckedKey, String> {
    CheckedKey::new(key).map_err(|error| format!("key {} is not safe to use: {error}", key.fingerprint()))
}

fn fault(entry: &'static Entry, path: &str, message: String) -> Finding {
    let help = "Restore the folder `trust/root` from git. Roots are made by `duly init` and changed by `duly trust`.";
    Finding::new(entry, message, help).in_file(path)
}
