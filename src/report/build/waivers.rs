//! Exemptions and extensions as rows of the report.

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
        let exempted = self.input.exempted.iter().map(|e| Waiver {
            kind: "exemption",
            subject: e.subject(),
            requirement: e.requirement(),
            from: e.from(),
            until: e.until(),
            reason: e.reason().to_string(),
            origin: e.origin(),
        });
        let extended = self.input.extended.iter().map(|e| Waiver {
            kind: "extension",
            subject: e.subject(),
            requirement: e.requirement(),
            from: e.given_on(),
            until: e.until(),
            reason: e.reason().to_string(),
            origin: e.origin(),
        });
        exempted.chain(extended).filter_map(|w| self.waiver(&w)).collect()
    }

    fn waiver(&self, waiver: &Waiver<'_>) -> Option<Exemption> {
        Some(Exemption {
            kind: waiver.kind.to_owned(),
            who: self.who(waiver.subject)?,
            requirement: self.requirements.get(waiver.requirement).copied()?,
            from: waiver.from,
            until: waiver.until,
            reason: waiver.reason.clone(),
            granted_by: self.granted_by(waiver.origin.file),
            path: self.ledger.path(waiver.origin.file).to_owned(),
        })
    }

    /// The officers whose keys signed a file.
    fn granted_by(&self, file: u32) -> Vec<String> {
        let exemption = self.ledger.exemptions.iter().find(|e| e.file == file).map(|e| &e.value.signatures);
        let extension = self.ledger.extensions.iter().find(|e| e.file == file).map(|e| &e.value.signatures);
        let signatures: &[Signature] = exemption.or(extension).map_or(&[], Vec::as_slice);
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
