//! That each requirement and its editions fit together and with their texts.

use std::collections::HashSet;

use crate::finding::catalogue::references;
use crate::finding::{Entry, Finding};
use crate::ledger::{FileIndex, Ledger};
use crate::record::id::Subject;
use crate::record::node::Spot;
use crate::record::policy::{Applies, Edition, Material, Requirement};

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    let mut used = HashSet::new();
    for (requirement, file) in ledger.requirements.iter().zip(&ledger.requirement_files) {
        let mut check = Check { ledger, requirement, file: *file, found };
        check.owner();
        check.named();
        check.effect();
        check.editions(&mut used);
    }
    for path in ledger.documents.keys().filter(|p| !used.contains(p.as_str())) {
        let help = "Add it to an edition of a requirement, or move it out of `policies/documents`.";
        let message = format!("{path} belongs to no edition of a requirement");
        found.push(Finding::new(&references::DOCUMENT_UNUSED, message, help).in_file(path));
    }
}

struct Check<'c, 'f> {
    ledger: &'c Ledger,
    requirement: &'c Requirement,
    file: FileIndex,
    found: &'f mut Vec<Finding>,
}

impl<'c> Check<'c, '_> {
    fn report(&mut self, entry: &'static Entry, spot: Spot, what: &str, help: &str) {
        let id = &self.requirement.id.value;
        let finding = Finding::new(entry, format!("requirement {id} {what}"), help);
        self.found.push(finding.at(self.ledger.place(self.file, spot)).for_requirement(id.to_string()));
    }

    fn owner(&mut self) {
        let Some(owner) = &self.requirement.owner else { return };
        match &owner.value {
            Subject::Worker(id) if self.ledger.worker(id).is_none() => {
                let text = format!("has the owner {id}, who is not in the roster");
                let help = "Correct the id, or add the worker.";
                self.report(&references::UNKNOWN_WORKER, owner.spot, &text, help);
            }
            Subject::Worker(_) => {}
            other => self.known(other.clone(), owner.spot),
        }
    }

    /// Systems and vendors that the requirement names.
    fn named(&mut self) {
        match &self.requirement.applies_to {
            Applies::Systems(list) => {
                list.iter().for_each(|id| self.known(Subject::System(id.value.clone()), id.spot));
            }
            Applies::Vendors(list) => {
                list.iter().for_each(|id| self.known(Subject::Vendor(id.value.clone()), id.spot));
            }
            Applies::Workers(_) | Applies::Org => {}
        }
    }

    fn known(&mut self, subject: Subject, spot: Spot) {
        if !self.ledger.has(&subject) {
            let text = format!("names {subject}, which has no record");
            let help = "Correct the id, or add the record; what is no longer used keeps it, with an end.";
            self.report(&references::UNKNOWN_SUBJECT, spot, &text, help);
        }
    }

    fn effect(&mut self) {
        let (from, until) = (self.requirement.effective_from, self.requirement.effective_until);
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            let text = format!("is in effect until {until}, before it starts on {from}");
            self.report(
                &references::DATE_ORDER,
                self.requirement.spot,
                &text,
                "Correct one of the two dates.",
            );
        }
    }

    fn editions(&mut self, used: &mut HashSet<&'c str>) {
        let mut ids = HashSet::new();
        let requirement = self.requirement;
        for edition in &requirement.editions {
            if !ids.insert(edition.id.as_str()) {
                let text = format!("has two editions `{}`", edition.id.value);
                self.report(
                    &references::EDITION_ORDER,
                    edition.id.spot,
                    &text,
                    "Give one of them another id.",
                );
            }
            self.document(edition, used);
        }
        self.same_text();
    }

    /// A new edition with an old text: the new one was likely forgotten.
    fn same_text(&mut self) {
        let mut texts = std::collections::HashMap::new();
        for edition in &self.requirement.editions {
            let Material::Document { sha256, .. } = &edition.material else { continue };
            if let Some(first) = texts.insert(sha256, &edition.id.value) {
                let text = format!("has the same text in the editions `{first}` and `{}`", edition.id.value);
                let help = "Name the new text and its sha256 in the new edition.";
                self.report(&references::SAME_TEXT, edition.id.spot, &text, help);
            }
        }
    }

    fn document(&mut self, edition: &Edition, used: &mut HashSet<&'c str>) {
        let Material::Document { path, sha256 } = &edition.material else { return };
        let full = format!("policies/{}", path.value);
        let Some((key, digest)) = self.ledger.documents.get_key_value(&full) else {
            let text = format!("edition {}: its text {full} is not there", edition.id.value);
            let help = "Restore the file from git, or say `material: not_retained` instead.";
            self.report(&references::DOCUMENT_MISSING, path.spot, &text, help);
            return;
        };
        used.insert(key);
        if digest != sha256 {
            let text = format!(
                "edition {}: {full} has the digest {digest}, not the one given here",
                edition.id.value
            );
            let help = "Restore the text from git; a changed text is a new edition.";
            self.report(&references::DOCUMENT_CHANGED, path.spot, &text, help);
        }
    }
}
