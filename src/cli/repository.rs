//! A repository as commands that write into it need it: loaded, with its trust judged.

use std::path::PathBuf;

use super::{Context, Failure, files};
use crate::clock;
use crate::finding::{Finding, Severity};
use crate::ledger::{FileIndex, Ledger, layout};
use crate::record::date::{Date, Zone};
use crate::record::digest::Sha256;
use crate::record::public_key::Fingerprint;
use crate::record::revocation::Target;
use crate::source::WorkTree;
use crate::source::git::{CommitTree, Git, ObjectId};
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
        let root = context.root()?;
        let ledger = Ledger::load(&WorkTree::new(&root));
        Repository::judged(root, ledger)
    }

    fn judged(root: PathBuf, ledger: Ledger) -> Result<Repository, Failure> {
        if ledger.is_empty() {
            return Err(Failure::Nothing(
                "Start a repository with `duly init`, or name its folder with `--repo`.".to_owned(),
            ));
        }
        let trust = Trust::judge(&ledger, Outside { pin: None, now: clock::now(), must_be_pinned: false });
        Ok(Repository { root, ledger, trust })
    }

    /// The repository as a commit holds it, whatever lies in the folder.
    ///
    /// # Errors
    /// The commit holds none, or cannot be read.
    pub fn at(context: &Context, git: &Git, commit: ObjectId) -> Result<Repository, Failure> {
        let tree = git.commit(commit)?.tree;
        let ledger = Ledger::load(&CommitTree::read(git, tree, &layout::is_managed)?);
        Repository::judged(context.root()?, ledger)
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
    pub fn create_checked(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let full = self.root.join(path);
        files::create(&full, bytes)?;
        let ledger = Ledger::load(&WorkTree::new(&self.root));
        let outside = Outside { pin: None, now: clock::now(), must_be_pinned: false };
        // It appears now, whatever day it gives itself.
        let now = Appeared { day: self.today(), position: NO_COMMIT };
        let seen = |file: FileIndex| (ledger.path(file) == path).then_some(now);
        let trust = Trust::judge_with(&ledger, outside, Some(&seen));
        let mut new: Vec<Finding> = ledger.findings.into_iter().chain(trust.findings).collect();
        new.retain(|f| f.severity == Severity::Error && f.place.as_ref().is_some_and(|p| p.path == path));
        if new.is_empty() {
            return Ok(());
        }
        std::fs::remove_file(&full).map_err(|e| Failure::io(full.display(), &e))?;
        Err(Failure::Findings(new))
    }
}
