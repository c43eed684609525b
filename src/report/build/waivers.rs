//! Exemptions and extensions as rows of the report.

use std::collections::HashMap;

use super::Builder;
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::record::public_key::Fingerprint;
use crate::record::signed::Signature;
use crate::report::model::Exemption;
use crate::trust::accepted::Origin;

/// What exemptions and extensions have in common.
struct Waiver<'w> {
    kind: &'static str,
    subject: &'w Subject,
    requirement: &'w Id,
    from: Date,
    until: Date,
    reason: String,
    origin: Origin,
}

impl Builder<'_> {
    /// Every accepted exemption and extension, in the order of files.
    pub(super) fn waivers(&self) -> Vec<Exemption> {
        let signed = self.signed();
        let exempted = self.input.exempted.iter().map(|e| Waiver {
            kind: "exemption",
            subject: e.subject(),
            requirement: e.requirement(),
            from: e.from(),
            until: e.until(),
            reason: e.reason().word().replace('_', " "),
            origin: e.origin(),
        });
        let extended = self.input.extended.iter().map(|e| Waiver {
            kind: "extension",
            subject: e.subject(),
            requirement: e.requirement(),
            from: e.given_on(),
            until: e.until(),
            reason: e.reason().word().replace('_', " "),
            origin: e.origin(),
        });
        exempted.chain(extended).filter_map(|w| self.waiver(&w, &signed)).collect()
    }

    /// The signatures of the files of exemptions and extensions.
    fn signed(&self) -> HashMap<u32, &[Signature]> {
        let exemptions = self.ledger.exemptions.iter().map(|e| (e.file, e.value.signatures.as_slice()));
        let extensions = self.ledger.extensions.iter().map(|e| (e.file, e.value.signatures.as_slice()));
        exemptions.chain(extensions).collect()
    }

    fn waiver(&self, waiver: &Waiver<'_>, signed: &HashMap<u32, &[Signature]>) -> Option<Exemption> {
        let signatures = signed.get(&waiver.origin.file).copied().unwrap_or_default();
        Some(Exemption {
            kind: waiver.kind.to_owned(),
            who: self.who(waiver.subject)?,
            requirement: self.requirements.get(waiver.requirement).copied()?,
            from: waiver.from,
            until: waiver.until,
            reason: waiver.reason.clone(),
            granted_by: self.granted_by(signatures),
            path: self.ledger.path(waiver.origin.file).to_owned(),
        })
    }

    /// The officers whose keys signed.
    fn granted_by(&self, signatures: &[Signature]) -> Vec<String> {
        let mut names: Vec<String> = signatures.iter().filter_map(|s| self.officer(&s.key)).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The name of the officer of any root whose key this is.
    fn officer(&self, key: &Fingerprint) -> Option<String> {
        let roots = self.ledger.roots.iter().rev().map(|r| &r.value.record);
        let mut officers = roots.flat_map(|r| &r.officers);
        let officer = officers.find(|o| o.keys.iter().any(|k| k.fingerprint() == key))?;
        Some(self.ledger.name_of(&officer.worker))
    }
}
