//! A repository as commands that write into it need it: loaded, with its trust judged.

use std::collections::HashSet;
use std::path::PathBuf;

use super::{Context, Failure, asking, files};
use crate::Examined;
use crate::clock;
use crate::finding::{Finding, Severity};
use crate::ledger::identities::Lookup;
use crate::ledger::{FileIndex, Ledger, layout};
use crate::record::date::{Date, Zone};
use crate::record::digest::Sha256;
use crate::record::public_key::Fingerprint;
use crate::record::revocation::Target;
use crate::source::git::{CommitTree, Git, ObjectId, refuse_ignored};
use crate::source::{Source, With, WorkTree};
use crate::trust::any::Any;
use crate::trust::appeared::Appeared;
use crate::trust::open::{NO_COMMIT, Opened, When};
use crate::trust::{Outside, Trust};

/// A repository and what is to be trusted of it.
pub struct Repository {
    /// Its folder.
    pub root: PathBuf,
    /// What it holds.
    pub ledger: Ledger,
    /// What is to be trusted of it.
    pub trust: Trust,
}

impl Repository {
    /// Opens the repository of a command.
    ///
    /// # Errors
    /// There is none.
    pub fn open(context: &Context) -> Result<Repository, Failure> {
        Repository::read(context, &WorkTree::new(context.root()?))
    }

    /// Judges files as those of the folder of a command.
    fn read(context: &Context, files: &dyn Source) -> Result<Repository, Failure> {
        let git = context.git()?;
        let tip = git.as_ref().map(Git::head).transpose()?.flatten();
        Repository::judged(context.root()?, files, git.as_ref().zip(tip))
    }

    /// Judges files as `duly check` does: with what the history says about when records appeared.
    fn judged(
        root: PathBuf,
        files: &dyn Source,
        history: Option<(&Git, ObjectId)>,
    ) -> Result<Repository, Failure> {
        let now = clock::now();
        let (seen, _) = asking::known(history.map(|(git, _)| git), history.map(|(_, tip)| tip), now);
        let outside = Outside { pin: None, now, must_be_pinned: false };
        let lookup = Lookup { root: &root, given: None };
        let Examined { ledger, trust, .. } = Examined::load_with_history(files, lookup, outside, seen);
        if ledger.is_empty() {
            return Err(Failure::Nothing(
                "Start a repository with `duly init`, or name its folder with `--repo`.".to_owned(),
            ));
        }
        Ok(Repository { root, ledger, trust })
    }

    /// The repository as a commit holds it, whatever lies in the folder.
    ///
    /// # Errors
    /// The commit holds none, or cannot be read.
    pub fn at(context: &Context, git: &Git, commit: ObjectId) -> Result<Repository, Failure> {
        let tree = git.commit(commit)?.tree;
        let files = CommitTree::read(git, tree, &layout::is_managed)?;
        Repository::judged(context.root()?, &files, Some((git, commit)))
    }

    /// The digest of root 1, which new records name as their audience.
    ///
    /// # Errors
    /// There is no root that holds.
    pub fn audience(&self) -> Result<Sha256, Failure> {
        self.trust.chain.audience().ok_or_else(|| {
            let broken: Vec<Finding> =
                self.trust.findings.iter().filter(|f| f.severity == Severity::Error).cloned().collect();
            Failure::Findings(broken)
        })
    }

    /// Today, in the time zone of the organisation.
    pub fn today(&self) -> Date {
        let zone = self.ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
        zone.date_at(clock::now())
    }

    /// Whether enough officers signed a record that is in no commit yet.
    ///
    /// # Errors
    /// How many of how many did, for people.
    pub fn enough_officers(&self, any: &Any) -> Result<(), String> {
        let Some(action) = any.kind().officers_action() else { return Ok(()) };
        let signers = any.signatures().iter().map(|s| s.key.clone()).collect();
        let when = When { position: Some(NO_COMMIT), day: self.today() };
        let record = Opened { file: FileIndex::MAX, payload: any.stated(), signers, when };
        let trust = &self.trust;
        let door = trust.authority(&self.ledger).door();
        door.officers(action, &record, &trust.revocations).map_err(|few| few.what)
    }

    /// Whether what a key signs now can count: it was not revoked, and its enrolment holds.
    ///
    /// # Errors
    /// It does not stand.
    pub fn stands(&self, key: &Fingerprint) -> Result<(), Failure> {
        self.not_revoked(key)?;
        let enrolled = self.trust.registry.get(key).filter(|_| self.trust.chain.officer_now(key).is_none());
        let Some(why) = enrolled.and_then(|e| e.void.as_ref()) else { return Ok(()) };
        let help = "Enrol another key with `duly key request`, and sign with that.";
        Err(Failure::new(format!("the enrolment of key {key} is void: {why}"), help))
    }

    /// The same for a record: a key that was lost may still be revoked with itself.
    ///
    /// # Errors
    /// It does not stand.
    pub fn may_sign(&self, any: &Any, key: &Fingerprint) -> Result<(), Failure> {
        let itself = |target: &Target| matches!(target, Target::Key { key: revoked, .. } if revoked == key);
        match any {
            Any::Revocation(signed) if itself(&signed.record.target) => Ok(()),
            _ => self.stands(key),
        }
    }

    /// Writes a new signed file at its place, unless the repository with it would be worse
    /// off: what a command writes must pass the check that comes after it.
    ///
    /// # Errors
    /// The file is there already, cannot be written, or brings errors of its own.
    pub fn create_checked(&self, context: &Context, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let full = self.root.join(path);
        refuse_ignored(&self.root, path)?;
        if full.symlink_metadata().is_ok() {
            let help = "Nothing needs to be done: it is the very same record, and it counts once.";
            return Err(Failure::new(format!("{path} is there already"), help));
        }
        match self.with(context, path, bytes)?.errors_in(&[path.to_owned()]) {
            errors if errors.is_empty() => files::create(&full, bytes),
            errors => Err(Failure::Findings(errors)),
        }
    }

    /// The repository with one more file, which appears now, whatever day it gives itself.
    fn with(&self, context: &Context, path: &str, bytes: &[u8]) -> Result<Repository, Failure> {
        let tree = WorkTree::new(&self.root);
        let files = With { source: &tree, path, bytes };
        if context.git()?.is_some() {
            return Repository::read(context, &files);
        }
        let ledger = Ledger::load(&files);
        let now = Appeared { day: self.today(), position: NO_COMMIT };
        let seen = |file: FileIndex| (ledger.path(file) == path).then_some(now);
        let outside = Outside { pin: None, now: clock::now(), must_be_pinned: false };
        let trust = Trust::judge_with(&ledger, outside, Some(&seen));
        Ok(Repository { root: self.root.clone(), ledger, trust })
    }

    /// The errors that `duly check` would find in some files.
    fn errors_in(&self, paths: &[String]) -> Vec<Finding> {
        let paths: HashSet<&str> = paths.iter().map(String::as_str).collect();
        let inside = |f: &&Finding| f.place.as_ref().is_some_and(|p| paths.contains(p.path.as_str()));
        let all = self.ledger.findings.iter().chain(&self.trust.findings);
        all.filter(|f| f.severity == Severity::Error).filter(inside).cloned().collect()
    }

    /// Takes new files out again where `duly check` would find errors in them.
    ///
    /// # Errors
    /// There are such errors, or the files cannot be removed.
    pub fn sound(&self, new: &[String]) -> Result<(), Failure> {
        let errors = self.errors_in(new);
        if errors.is_empty() {
            return Ok(());
        }
        for path in new {
            let full = self.root.join(path);
            std::fs::remove_file(&full).map_err(|e| Failure::io(full.display(), &e))?;
        }
        Err(Failure::Findings(errors))
    }

    /// Which rows of some attestations count, and what the others lack, in the words that
    /// `duly check` has for it.
    pub fn what_counts(&self, paths: &[String]) -> String {
        /// How many rows that do not count are named.
        const NAMED: usize = 10;
        let paths: HashSet<&str> = paths.iter().map(String::as_str).collect();
        let here = |file: u32| paths.contains(self.ledger.path(file));
        let records = self.ledger.attestations.iter().filter(|a| here(a.file));
        let all: usize = records.map(|a| a.value.record.completions.len()).sum();
        let accepted = self.trust.accepted.iter().filter(|a| here(a.origin().file)).count();
        let lacking: Vec<_> = self.trust.unverified.iter().filter(|u| here(u.origin.file)).collect();
        let mut lines = vec![match all {
            1 => format!("{accepted} of 1 row counts."),
            _ => format!("{accepted} of {all} rows count."),
        }];
        for row in lacking.iter().take(NAMED) {
            lines.push(format!("{} does not count yet: {}", row.subject, row.reason));
        }
        if lacking.len() > NAMED {
            lines.push(format!("and {} more; `duly check` shows them all.", lacking.len() - NAMED));
        }
        lines.join("\n")
    }
}
