//! Finding the signed records that others name by their payload's digest.

use std::collections::{HashMap, HashSet};

use crate::ledger::{FileIndex, InFile, Ledger};
use crate::record::digest::Sha256;
use crate::record::id::Subject;
use crate::record::kind::Kind;
use crate::record::public_key::Fingerprint;
use crate::record::revocation::Target as Revoked;
use crate::record::signed::{Record, Signed};

/// The records that others name. Nothing in them is proven here: what a file states as its
/// digest and as its keys holds only if its seal does, and is judged there.
#[derive(Debug, Default)]
pub struct Targets<'a> {
    found: HashMap<Sha256, Target<'a>>,
}

/// A record that another one names.
#[derive(Debug, Clone)]
pub struct Target<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its file.
    pub file: FileIndex,
    /// Its position in the ledger's list of its kind.
    pub position: usize,
    /// The keys that are said to have signed it.
    pub keys: Vec<&'a Fingerprint>,
}

impl<'a> Targets<'a> {
    /// Finds what the revocations and countersignatures of a ledger name. One pass over the
    /// signed files, and none where nothing is named.
    pub fn find(ledger: &'a Ledger) -> Targets<'a> {
        let revoked = ledger.revocations.iter().filter_map(|f| match &f.value.record.target {
            Revoked::Key { .. } => None,
            Revoked::Record(payload) | Revoked::Rows { payload, .. } => Some(*payload),
        });
        let joined = ledger.countersignatures.iter().map(|f| f.value.record.payload);
        let wanted: HashSet<Sha256> = revoked.chain(joined).collect();
        let mut targets = Targets::default();
        if !wanted.is_empty() {
            targets.look(&wanted, &ledger.attestations);
            targets.look(&wanted, &ledger.countersignatures);
            targets.look(&wanted, &ledger.exemptions);
            targets.look(&wanted, &ledger.extensions);
            targets.look(&wanted, &ledger.revocations);
            targets.look(&wanted, &ledger.keys);
            targets.look(&wanted, &ledger.grants);
            targets.look(&wanted, &ledger.roots);
        }
        targets
    }

    fn look<R: Record>(&mut self, wanted: &HashSet<Sha256>, files: &'a [InFile<Signed<R>>]) {
        for (position, file) in files.iter().enumerate() {
            let payload = file.value.payload_sha256;
            if wanted.contains(&payload) {
                let keys = file.value.signatures.iter().map(|s| &s.key).collect();
                self.found.entry(payload).or_insert(Target {
                    kind: R::KIND,
                    file: file.file,
                    position,
                    keys,
                });
            }
        }
    }

    /// The record whose file states this digest.
    pub fn get(&self, payload: &Sha256) -> Option<&Target<'a>> {
        self.found.get(payload)
    }
}

impl Target<'_> {
    /// Whose rows the record has, if it has rows.
    pub fn subjects<'l>(&self, ledger: &'l Ledger) -> Vec<&'l Subject> {
        match self.kind {
            Kind::Attestation => ledger
                .attestations
                .get(self.position)
                .map(|f| f.value.record.completions.iter().map(|c| &c.subject).collect()),
            Kind::Exemption => ledger
                .exemptions
                .get(self.position)
                .map(|f| f.value.record.subjects.iter().map(|s| &s.value).collect()),
            Kind::Extension => ledger
                .extensions
                .get(self.position)
                .map(|f| f.value.record.subjects.iter().map(|s| &s.value).collect()),
            _ => None,
        }
        .unwrap_or_default()
    }
}
