//! The findings that others follow from, by what they are about.

use std::collections::HashMap;

use super::can_follow;
use crate::finding::catalogue::{gaps, references, trust};
use crate::finding::{Entry, Finding, Place, Severity};
use crate::ledger::Ledger;
use crate::record::id::Id;

/// Positions of causes in a list of findings.
#[derive(Debug, Default)]
pub(super) struct Causes<'f> {
    /// A fault of the settings or of what may concern anybody.
    everything: Option<usize>,
    /// A fault of the roots: without them no signature means anything.
    root: Option<usize>,
    subjects: HashMap<String, usize>,
    requirements: HashMap<String, usize>,
    /// Requirements whose text is not the one of its edition.
    texts: HashMap<&'f str, usize>,
    /// Files of a folder that cannot be read as a whole.
    folders: HashMap<&'f str, usize>,
    /// Keys whose enrolment does not hold, by fingerprint.
    keys: HashMap<&'f str, usize>,
}

impl<'f> Causes<'f> {
    pub(super) fn find(ledger: &Ledger, findings: &'f [Finding]) -> Causes<'f> {
        let mut causes = Causes::default();
        let errors = || findings.iter().enumerate().filter(|(_, f)| f.severity == Severity::Error);
        let mut at: HashMap<&Place, usize> = HashMap::new();
        for (position, place) in errors().filter_map(|(n, f)| Some((n, f.place.as_ref()?))) {
            at.entry(place).or_insert(position);
        }
        for field in &ledger.unreadable {
            let Some(cause) = at.get(&ledger.place(field.file, field.spot)).copied() else { continue };
            match (&field.subject, &field.requirement) {
                (Some(subject), _) => {
                    causes.subjects.entry(subject.to_string()).or_insert(cause);
                }
                (None, Some(id)) => {
                    causes.requirements.entry(id.to_string()).or_insert(cause);
                }
                (None, None) => causes.everything = causes.everything.or(Some(cause)),
            }
        }
        errors().for_each(|(position, finding)| causes.note(ledger, position, finding));
        causes
    }

    /// Notes what a finding is the cause of by its code and file.
    fn note(&mut self, ledger: &Ledger, position: usize, finding: &'f Finding) {
        let path = finding.place.as_ref().map_or("", |p| p.path.as_str());
        let of_text = [&references::DOCUMENT_CHANGED, &references::DOCUMENT_MISSING];
        if of_text.contains(&finding.entry)
            && let Some(id) = &finding.requirement
        {
            self.texts.entry(id).or_insert(position);
        }
        if [&references::NO_START, &references::NO_EMPLOYMENT].contains(&finding.entry)
            && let Some(subject) = &finding.subject
        {
            self.subjects.entry(subject.clone()).or_insert(position);
        }
        if finding.entry == &references::UNKNOWN_REQUIREMENT
            && let Some(id) = finding.requirement.as_deref().and_then(Id::parse)
            && ledger.requirement(&id).is_none()
        {
            self.requirements.entry(id.to_string()).or_insert(position);
        }
        if path.starts_with("trust/root/") && finding.entry != &trust::ROOT_EXPIRED {
            self.root = self.root.or(Some(position));
        }
        if path.starts_with("trust/keys/")
            && let Some(key) = fingerprint(&finding.message)
        {
            self.keys.entry(key).or_insert(position);
        }
        if finding.entry.code.starts_with("D1")
            && let Some(folder) = path.split('/').next()
        {
            self.folders.entry(folder).or_insert(position);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let Causes { everything, root, subjects, requirements, texts, folders, keys } = self;
        everything.is_none()
            && root.is_none()
            && [subjects.len(), requirements.len(), texts.len(), folders.len(), keys.len()] == [0; 5]
    }

    /// The cause of the finding at a position, if it only follows from another.
    pub(super) fn of(&self, at: usize, finding: &Finding) -> Option<usize> {
        if !can_follow(finding) {
            return None;
        }
        let of_subject = || self.subjects.get(finding.subject.as_deref()?).copied();
        let of_requirement = || self.requirements.get(finding.requirement.as_deref()?).copied();
        let known = of_subject().or_else(of_requirement);
        let other = |cause: &usize| *cause != at;
        known
            .filter(other)
            .or_else(|| self.everything.filter(|_| finding.entry == &gaps::UNKNOWN))
            .or_else(|| self.root.filter(|_| is_of_signature(finding.entry)))
            .or_else(|| self.of_key(finding))
            .or_else(|| self.of_text(finding))
            .or_else(|| self.of_folder(finding.entry))
            .filter(other)
    }

    fn of_key(&self, finding: &Finding) -> Option<usize> {
        let unknown = finding.entry == &trust::UNKNOWN_KEY || finding.entry == &trust::GRANT;
        self.keys.get(fingerprint(&finding.message).filter(|_| unknown)?).copied()
    }

    fn of_text(&self, finding: &Finding) -> Option<usize> {
        let other = finding.entry == &trust::OTHER_DOCUMENT;
        self.texts.get(finding.requirement.as_deref().filter(|_| other)?).copied()
    }

    /// What is not known because the file that should say it cannot be read.
    fn of_folder(&self, entry: &'static Entry) -> Option<usize> {
        let folders: &[&str] = match entry {
            e if e == &references::UNDECLARED => &["duly.yaml"],
            e if e == &references::UNKNOWN_WORKER || e == &references::EMPTY_ROSTER => &["roster"],
            e if e == &references::MATCHES_NOBODY || e == &references::NO_EFFECT => &["roster", "policies"],
            e if e == &references::UNKNOWN_REQUIREMENT
                || e == &references::NO_REQUIREMENTS
                || e == &references::DOCUMENT_UNUSED =>
            {
                &["policies"]
            }
            e if e == &references::UNKNOWN_SUBJECT => &["systems", "vendors"],
            e if e == &trust::TARGET => &["attestations", "exemptions", "revocations", "trust"],
            e if e == &trust::UNKNOWN_KEY => &["trust"],
            _ => &[],
        };
        folders.iter().find_map(|folder| self.folders.get(folder)).copied()
    }
}

/// Tells if a code says that a signature means nothing, as all do without a root.
fn is_of_signature(entry: &'static Entry) -> bool {
    [
        &trust::UNKNOWN_KEY,
        &trust::AUDIENCE,
        &trust::THRESHOLD,
        &trust::GRANT,
        &trust::NO_POSSESSION,
        &trust::UNVERIFIED,
    ]
    .contains(&entry)
}

/// The fingerprint of a key that a message names.
fn fingerprint(message: &str) -> Option<&str> {
    /// `SHA256:` and 43 characters of base64.
    const LENGTH: usize = 50;
    let start = message.find("SHA256:")?;
    message.get(start..start + LENGTH)
}
