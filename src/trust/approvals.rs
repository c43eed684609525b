//! Judging approvals: edits that officers stand behind, and faults that they know of.

use std::collections::BTreeMap;

use super::authority::Authority;
use super::seal;
use crate::finding::Finding;
use crate::finding::catalogue::{history, trust};
use crate::ledger::{FileIndex, InFile};
use crate::record::approval::{About, Approval};
use crate::record::digest::Sha256;
use crate::record::public_key::Fingerprint;
use crate::record::root::Action;
use crate::record::signed::Signed;

/// What officers approved.
#[derive(Debug, Default, Clone)]
pub struct Approvals {
    /// Files and the content that was approved for them, with the approval's file; none for
    /// what was to be removed.
    files: BTreeMap<(String, Option<Sha256>), FileIndex>,
    /// Commits and the codes of their faults, with the approval's file.
    faults: BTreeMap<(String, String), FileIndex>,
}

impl Approvals {
    /// Judges those approvals of a ledger for which `which` holds.
    pub fn judge(
        by: Authority<'_>,
        which: &dyn Fn(FileIndex) -> bool,
        found: &mut Vec<Finding>,
    ) -> Approvals {
        let mut approvals = Approvals::default();
        approvals.add(by, which, found);
        approvals
    }

    /// Judges more approvals of a ledger.
    pub fn add(&mut self, by: Authority<'_>, which: &dyn Fn(FileIndex) -> bool, found: &mut Vec<Finding>) {
        for file in by.ledger.approvals.iter().filter(|f| which(f.file)) {
            match judge(by, file, found) {
                Ok(()) => self.take(file),
                Err(faults) => found.extend(faults),
            }
        }
    }

    fn take(&mut self, file: &InFile<Signed<Approval>>) {
        match &file.value.record.about {
            About::Files(files) => {
                self.files.extend(files.iter().map(|f| ((f.path.as_str().to_owned(), f.sha256), file.file)))
            }
            About::Commit { commit, codes } => self.faults.extend(
                codes.iter().map(|c| ((commit.as_str().to_owned(), c.as_str().to_owned()), file.file)),
            ),
        }
    }

    /// The approval of a file with this content, or of its removal.
    pub fn of_file(&self, path: &str, content: Option<Sha256>) -> Option<FileIndex> {
        self.files.get(&(path.to_owned(), content)).copied()
    }

    /// The approval that knows of a fault of a commit.
    pub fn of_fault(&self, commit: &str, code: &str) -> Option<FileIndex> {
        self.faults.get(&(commit.to_owned(), code.to_owned())).copied()
    }
}

fn judge(
    by: Authority<'_>,
    file: &InFile<Signed<Approval>>,
    found: &mut Vec<Finding>,
) -> Result<(), Vec<Finding>> {
    let path = by.ledger.path(file.file);
    // Whoever signs it must be known; that they are officers is asked below.
    let known = |key: &Fingerprint| by.known(key);
    let judged = by.ledger.is_judged(file.file);
    let sealed = seal::Judge { path, audience: by.chain.audience(), keys: &known, judged };
    let seal = seal::judge(&file.value, &sealed, found)?;
    let expected = format!("trust/approvals/{}", seal::file_name(seal.payload));
    if path != expected {
        return Err(vec![seal::wrong_name(path, &expected)]);
    }
    if by.revocations.of_whole(&seal.payload).is_some() {
        let message = format!("{path} is void: it was revoked");
        return Err(vec![
            Finding::new(&trust::VOID, message, "Approve again if it was right.").in_file(path),
        ]);
    }
    let day = file.value.record.approved_on;
    let standing = by.standing(&seal.signers, seal.payload, day);
    by.chain.enough_for(by.ledger.is_new(file.file), Action::Approve, &standing, day).map_err(|what| {
        let help = "Let as many officers sign it as the root asks for, with `duly approve` and `duly sign`.";
        vec![Finding::new(&history::APPROVAL, format!("{path} does not hold: {what}"), help).in_file(path)]
    })
}
