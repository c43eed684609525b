//! Later signatures: countersignatures, judged and sorted by what they join.

use std::collections::HashMap;

use rayon::prelude::*;

use super::authority::Authority;
use super::open::When;
use super::place;
use super::targets::{Target, Targets};
use crate::finding::catalogue::trust;
use crate::finding::{Entry, Finding};
use crate::ledger::InFile;
use crate::record::attestation::Attestation;
use crate::record::countersignature::Countersignature;
use crate::record::digest::Sha256;
use crate::record::id::Holder;
use crate::record::kind::Kind;
use crate::record::public_key::Fingerprint;
use crate::record::signed::{Record, Signed};

/// The later signatures of a repository, by the payload that they join.
#[derive(Debug, Default)]
pub struct Countersigned(HashMap<Sha256, Vec<Join>>);

/// A later signature that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// Its file.
    pub file: u32,
    /// sha256 of its own payload.
    pub payload: Sha256,
    /// The key that signed it.
    pub key: Fingerprint,
    /// When it appeared.
    pub when: When,
}

impl Countersigned {
    /// Judges the countersignatures of a ledger, each by itself and in parallel.
    pub fn judge(by: Authority<'_>, targets: &Targets<'_>, found: &mut Vec<Finding>) -> Countersigned {
        let files = &by.ledger.countersignatures;
        if files.is_empty() {
            return Countersigned::default();
        }
        let judged: Vec<_> = files
            .par_iter()
            .map(|file| {
                let mut beside = Vec::new();
                let result = Later { by, targets, file }.judge(&mut beside);
                (file.value.record.payload, result, beside)
            })
            .collect();
        let mut countersigned = Countersigned::default();
        for (payload, result, beside) in judged {
            found.extend(beside);
            match result {
                Ok(Some(join)) => countersigned.0.entry(payload).or_default().push(join),
                Ok(None) => {}
                Err(faults) => found.extend(faults),
            }
        }
        countersigned
    }

    /// What joins a payload.
    pub fn to(&self, payload: &Sha256) -> &[Join] {
        self.0.get(payload).map_or(&[], Vec::as_slice)
    }
}

/// A later signature while it is judged.
struct Later<'a> {
    by: Authority<'a>,
    targets: &'a Targets<'a>,
    file: &'a InFile<Signed<Countersignature>>,
}

impl Later<'_> {
    fn fault(&self, entry: &'static Entry, message: String, help: &str) -> Vec<Finding> {
        let place = self.by.ledger.place(self.file.file, self.file.value.record.spot);
        vec![Finding::new(entry, message, help).at(place)]
    }

    /// None where it was revoked.
    fn judge(&self, found: &mut Vec<Finding>) -> Result<Option<Join>, Vec<Finding>> {
        let path = self.by.ledger.path(self.file.file);
        let opened = self.by.door().open(self.file, &|key| self.by.known(key), found)?;
        self.by_its_key()?;
        let (target, attestation) = self.target()?;
        place::check(path, &attestation.home(), opened.payload)?;
        self.is_another(&target)?;
        if let Some(revoked) = self.by.revocations.of_whole(&opened.payload) {
            let why = self.by.ledger.path(revoked.file);
            let message = format!("{path} is void: it was revoked ({}) in {why}", revoked.reason);
            let help = "Whoever it stood for can countersign again.";
            found.push(Finding::new(&trust::VOID, message, help).in_file(path));
            return Ok(None);
        }
        let key = self.file.value.record.key.clone();
        Ok(Some(Join { file: self.file.file, payload: opened.payload, key, when: opened.when }))
    }

    fn by_its_key(&self) -> Result<(), Vec<Finding>> {
        let signed = &self.file.value;
        if let [one] = signed.signatures.as_slice()
            && one.key == signed.record.key
        {
            return Ok(());
        }
        let message = format!("the countersignature is not by the key {} alone", signed.record.key);
        Err(self.fault(
            &trust::COUNTERSIGNATURE,
            message,
            "Each signer makes a file with `duly countersign`.",
        ))
    }

    fn target(&self) -> Result<(Target<'_>, &Attestation), Vec<Finding>> {
        let payload = self.file.value.record.payload;
        let target = self.targets.get(&payload).filter(|t| t.kind == Kind::Attestation);
        let attestation = target.and_then(|t| self.by.ledger.attestations.get(t.position));
        target.cloned().zip(attestation.map(|a| &a.value.record)).ok_or_else(|| {
            let message = format!("no attestation here has the payload {payload} that is countersigned");
            self.fault(&trust::TARGET, message, "Restore the attestation from git.")
        })
    }

    /// Whether somebody signs who has not signed the attestation.
    fn is_another(&self, target: &Target<'_>) -> Result<(), Vec<Finding>> {
        let key = &self.file.value.record.key;
        let holder = self.by.holder_ever(key);
        let same = |other: &&&Fingerprint| **other == key || self.by.holder_ever(other) == holder;
        if target.keys.iter().find(same).is_none() {
            return Ok(());
        }
        let who = holder.map_or_else(String::new, |h: Holder| format!("{h} "));
        let message = format!("{who}countersigns with key {key} what they signed themself");
        Err(self.fault(&trust::COUNTERSIGNATURE, message, "Let another person countersign."))
    }
}
