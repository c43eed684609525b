//! A repository as commands that write into it need it: loaded, with its trust judged.

use std::path::PathBuf;

use super::{Context, Failure, files};
use crate::clock;
use crate::finding::{Finding, Severity};
use crate::ledger::{Ledger, layout};
use crate::record::date::{Date, Zone};
use crate::record::digest::Sha256;
use crate::source::git::{CommitTree, Git, ObjectId, refuse_ignored};
use crate::source::{With, WorkTree};
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

    /// Writes a new signed file at its place, unless the repository with it would be worse
    /// off: what a command writes must pass the check that comes after it.
    ///
    /// # Errors
    /// The file is there already, cannot be written, or brings errors of its own.
    pub fn create_checked(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let full = self.root.join(path);
        refuse_ignored(&self.root, path)?;
        if full.symlink_metadata().is_ok() {
            return Err(Failure::io(full.display(), &std::io::ErrorKind::AlreadyExists.into()));
        }
        let tree = WorkTree::new(&self.root);
        let ledger = Ledger::load(&With { source: &tree, path, bytes });
        let trust = Trust::judge(&ledger, Outside { pin: None, now: clock::now(), must_be_pinned: false });
        let mut new: Vec<Finding> = ledger.findings.into_iter().chain(trust.findings).collect();
        new.retain(|f| f.severity == Severity::Error && f.place.as_ref().is_some_and(|p| p.path == path));
        if new.is_empty() { files::create(&full, bytes) } else { Err(Failure::Findings(new)) }
    }
}
