//! Judging approvals: edits that officers stand behind, and faults that they know of.

use std::collections::{BTreeMap, BTreeSet};

use super::authority::Authority;
use super::open::{Opened, Shortage};
use super::revocations::Revocations;
use crate::finding::Finding;
use crate::finding::catalogue::{history, trust};
use crate::ledger::{FileIndex, InFile};
use crate::record::approval::{About, Approval};
use crate::record::digest::Sha256;
use crate::record::id::Id;
use crate::record::root::Action;
use crate::record::signed::Signed;

/// What officers approved.
#[derive(Debug, Default, Clone)]
pub struct Approvals {
    /// Files and the content that was approved for them, with the approvals' files; none for
    /// what was to be removed.
    files: BTreeMap<(String, Option<Sha256>), Vec<FileIndex>>,
    /// Commits and the codes of their faults, with the approval's file.
    faults: BTreeMap<(String, String), FileIndex>,
    /// What each approval says of itself.
    given: BTreeMap<FileIndex, Given>,
}

/// An approval that holds.
#[derive(Debug, Clone)]
struct Given {
    payload: Sha256,
    /// The officer who approved alone, and whether another one could have.
    alone: Option<(Id, bool)>,
}

/// What an approval is worth for a finding about somebody, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// Officers stand behind it.
    Approved,
    /// It frees the only officer there is, who approved it.
    OwnApproval,
    /// It frees the officer who approved it alone, and another one could have: not enough.
    NotForThemself,
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
                Ok(given) => self.take(file, given),
                Err(faults) => found.extend(faults),
            }
        }
    }

    fn take(&mut self, file: &InFile<Signed<Approval>>, given: Given) {
        self.given.insert(file.file, given);
        match &file.value.record.about {
            About::Files(files) => {
                for one in files {
                    let key = (one.path.as_str().to_owned(), one.sha256);
                    self.files.entry(key).or_default().push(file.file);
                }
            }
            About::Commit { commit, codes } => self.faults.extend(
                codes.iter().map(|c| ((commit.as_str().to_owned(), c.as_str().to_owned()), file.file)),
            ),
        }
    }

    /// Takes out what was revoked since.
    pub fn withdraw(&mut self, revocations: &Revocations) {
        let given = &self.given;
        let stands = |file: &FileIndex| !is_revoked(given, *file, revocations);
        self.files.retain(|_, all| {
            all.retain(stands);
            !all.is_empty()
        });
        self.faults.retain(|_, file| stands(file));
    }

    /// Whether an approval that held was revoked since.
    pub fn is_revoked(&self, approval: FileIndex, revocations: &Revocations) -> bool {
        is_revoked(&self.given, approval, revocations)
    }

    /// What an approval is worth for a finding about a subject.
    pub fn worth(&self, approval: FileIndex, subject: Option<&str>) -> Worth {
        let alone = self.given.get(&approval).and_then(|given| given.alone.as_ref());
        match alone.filter(|(id, _)| subject == Some(format!("worker/{id}").as_str())) {
            None => Worth::Approved,
            Some((_, false)) => Worth::OwnApproval,
            Some((_, true)) => Worth::NotForThemself,
        }
    }

    /// The approval of a file with this content, or of its removal, that is worth the most for a
    /// finding about a subject.
    pub fn of_file(&self, path: &str, content: Option<Sha256>, subject: Option<&str>) -> Option<FileIndex> {
        let all = self.files.get(&(path.to_owned(), content))?;
        all.iter().copied().min_by_key(|file| self.worth(*file, subject))
    }

    /// The approval that knows of a fault of a commit.
    pub fn of_fault(&self, commit: &str, code: &str) -> Option<FileIndex> {
        self.faults.get(&(commit.to_owned(), code.to_owned())).copied()
    }
}

fn is_revoked(given: &BTreeMap<FileIndex, Given>, file: FileIndex, revocations: &Revocations) -> bool {
    given.get(&file).is_some_and(|given| revocations.of_whole(&given.payload).is_some())
}

fn given(by: Authority<'_>, opened: &Opened) -> Given {
    let door = by.door();
    let officers: BTreeSet<&Id> =
        opened.signers.iter().filter_map(|key| door.officer(key, opened.when)).collect();
    let alone = match officers.first() {
        Some(id) if officers.len() == 1 => {
            Some(((*id).clone(), door.has_another_officer(id, opened.when, by.revocations)))
        }
        _ => None,
    };
    Given { payload: opened.payload, alone }
}

fn judge(
    by: Authority<'_>,
    file: &InFile<Signed<Approval>>,
    found: &mut Vec<Finding>,
) -> Result<Given, Vec<Finding>> {
    let path = by.ledger.path(file.file);
    // Whoever signs it must be known; that they are officers is asked below.
    let opened = by.door().open(file, &|key| by.known(key), found)?;
    let void = |why: &str| {
        let help = "Approve again if it was right.";
        vec![Finding::new(&trust::VOID, format!("{path} is void: {why}"), help).in_file(path)]
    };
    if let Some(revoked) = by.revocations.of_whole(&opened.payload) {
        return Err(void(&format!("it was revoked ({})", revoked.reason)));
    }
    match by.door().officers(Action::Approve, &opened, by.revocations) {
        Ok(()) => Ok(given(by, &opened)),
        Err(few) => match few.how {
            Shortage::Never => {
                let help =
                    "Let as many officers sign it as the root asks for, with `duly approve` and `duly sign`.";
                let message = format!("{path} does not hold: {}", few.what);
                Err(vec![Finding::new(&history::APPROVAL, message, help).in_file(path)])
            }
            // It acted when it came, and a key that was lost later does not undo that.
            Shortage::RevokedSince if opened.when.position.is_some() => Ok(given(by, &opened)),
            _ => Err(void(&few.what)),
        },
    }
}
