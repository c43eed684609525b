//! The flags of commands that ask about a day, and about a commit.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::arguments::{date, digest};
use super::{Context, Failure};
use crate::clock;
use crate::duty::AsOf;
use crate::finding::catalogue::history as codes;
use crate::finding::{Finding, Severity};
use crate::history::log::{Entry, tell};
use crate::history::seen::FirstSeen;
use crate::history::{self, unreadable, walk};
use crate::ledger::identities::Lookup;
use crate::ledger::layout;
use crate::record::date::{Date, Instant};
use crate::record::digest::Sha256;
use crate::record::id::Id;
use crate::source::Source;
use crate::source::git::{CommitTree, Git, ObjectId};
use crate::trust::Outside;
use crate::{Examined, Judgement};

/// About which day, and under which root.
#[derive(Debug, Clone, Args)]
pub struct Asking {
    /// The day to ask about; by default today, where each worker works
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// The commit to ask about: what the repository knew then; by default the files as they are
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// The digest of a root, noted outside the repository
    #[arg(long, value_name = "SHA256", env = "DULY_TRUST_ROOT", value_parser = digest)]
    trust_root: Option<Sha256>,
    /// A file or folder with the names of people, kept outside of the repository
    #[arg(long, value_name = "FILE|DIR")]
    identities: Option<PathBuf>,
}

/// A repository that was read and judged, and the day asked about.
pub struct Asked {
    /// What it holds, judged.
    pub examined: Examined,
    /// The day asked about.
    pub as_of: AsOf,
    /// Where its files come from.
    pub source: Box<dyn Source>,
    /// What is to be said of the history.
    pub history: Vec<Finding>,
    /// The git repository of the files.
    pub git: Option<Arc<Git>>,
    commit: Option<ObjectId>,
    named: bool,
}

impl Asked {
    /// The judgement as of the day asked about: the one value that every output is made of.
    pub fn judge(&self) -> Judgement<'_> {
        self.examined.judge(self.as_of, &self.history)
    }

    /// Says beside an answer what it cannot be relied on for: files with errors, and a root that
    /// nobody vouches for.
    pub fn caution(&self, context: &Context, judgement: &Judgement<'_>) {
        if let Some(words) = caution(judgement) {
            context.caution(&words);
        }
    }

    /// The commit that the files are of; none where they differ from the one that is checked
    /// out.
    pub fn commit(&self) -> Option<ObjectId> {
        let same = |id: &ObjectId| self.named || is_same(self.git.as_deref(), *id, &*self.source);
        self.commit.filter(same)
    }

    /// What each commit up to this one did; none where the history is not at hand.
    ///
    /// # Errors
    /// An object is missing.
    pub fn told(&self, commit: Option<ObjectId>) -> Result<Option<Vec<Entry>>, Failure> {
        let name = |id: &Id| self.examined.ledger.name_of(id);
        let whole = self.examined.seen.is_some();
        match (self.git.as_deref(), commit.filter(|_| whole)) {
            (Some(git), Some(commit)) => Ok(Some(tell(git, commit, &name)?)),
            _ => Ok(None),
        }
    }
}

impl Asking {
    /// The question about today and the files as they are, under a root that was noted outside.
    pub fn today(trust_root: Option<Sha256>) -> Asking {
        Asking { as_of: None, rev: None, trust_root, identities: None }
    }

    /// What is known from outside.
    pub fn outside(&self) -> Outside {
        Outside { pin: self.trust_root, now: clock::now(), must_be_pinned: in_ci() }
    }

    /// The day asked about.
    pub fn as_of(&self) -> AsOf {
        self.as_of.map_or(AsOf::Now(clock::now()), AsOf::Date)
    }

    /// Reads and judges the repository of a command.
    ///
    /// # Errors
    /// There is none, or the identities that were named are not there.
    pub fn examine(&self, context: &Context) -> Result<Asked, Failure> {
        let outside = self.outside();
        if let Some(path) = &self.identities {
            std::fs::metadata(path).map_err(|e| Failure::io(path.display(), &e))?;
        }
        let root = context.root()?;
        let (source, git, commit) = self.open(context)?;
        let (seen, history) = known(git.as_deref(), commit, outside.now);
        let lookup = Lookup { root: &root, given: self.identities.as_deref() };
        let examined = Examined::load_with_history(&*source, lookup, outside, seen);
        if examined.ledger.is_empty() {
            let help = "Start a repository with `duly init`, or name its folder with `--repo`.";
            return Err(Failure::Nothing(help.to_owned()));
        }
        let named = self.rev.is_some() || git.as_ref().is_some_and(|g| g.is_bare().unwrap_or(false));
        Ok(Asked { examined, as_of: self.as_of(), source, history, git, commit, named })
    }

    /// Where the files come from: a folder, or a commit; and the commit behind them.
    fn open(&self, context: &Context) -> Result<Opened, Failure> {
        let git = context.git()?.map(Arc::new);
        // A bare repository has no files but those of its commits.
        let bare = git.as_ref().map(|g| g.is_bare()).transpose()?.unwrap_or(false);
        let Some(revision) = self.rev.as_deref().or(bare.then_some("HEAD")) else {
            let commit = git.as_ref().map(|g| g.head()).transpose()?.flatten();
            return Ok((Box::new(context.source()?), git, commit));
        };
        let git = match git {
            Some(git) => git,
            None => Arc::new(context.needs_git()?),
        };
        let commit = git.resolve(revision)?;
        let tree = git.commit(commit)?.tree;
        let files = CommitTree::read(git.clone(), tree, &layout::is_managed)?;
        Ok((Box::new(files), Some(git), Some(commit)))
    }
}

/// Whether files are those of a commit.
fn is_same(git: Option<&Git>, commit: ObjectId, files: &dyn Source) -> bool {
    let tree = git.and_then(|git| Some((git, git.commit(commit).ok()?.tree)));
    let there = tree.and_then(|(git, tree)| CommitTree::read(git, tree, &layout::is_managed).ok());
    there.is_some_and(|there| there.is_same(files, &layout::is_managed))
}

/// A source, the git repository behind it, and the commit.
type Opened = (Box<dyn Source>, Option<Arc<Git>>, Option<ObjectId>);

/// What the history says about when files appeared, and what is to be said of the history.
pub(super) fn known(
    git: Option<&Git>,
    tip: Option<ObjectId>,
    now: Instant,
) -> (Option<FirstSeen>, Vec<Finding>) {
    let (Some(git), Some(tip)) = (git, tip) else { return (None, vec![no_history()]) };
    let faults = history::completeness(git).unwrap_or_else(|e| vec![unreadable(&e)]);
    if faults.iter().any(|f| f.severity == Severity::Error) {
        return (None, faults);
    }
    match walk::chain(git, tip).and_then(|commits| walk::edges(git, commits)) {
        Ok(edges) => (Some(FirstSeen::of(&edges, git, now)), faults),
        Err(error) => (None, vec![unreadable(&error)]),
    }
}

fn no_history() -> Finding {
    let message = "there is no history here: when records appeared and whether any was removed is not known";
    let help = "Keep the folder as the top of a git repository, with at least one commit.";
    Finding::new(&codes::NO_HISTORY, message, help)
}

/// What an answer cannot be relied on for, in a sentence or two.
fn caution(judgement: &Judgement<'_>) -> Option<String> {
    let errors = match judgement.unreliable() {
        0 => None,
        1 => Some(
            "The files have 1 error, so this answer cannot be relied on: `duly check` shows it.".to_owned(),
        ),
        n => Some(format!(
            "The files have {n} errors, so this answer cannot be relied on: `duly check` shows them."
        )),
    };
    let pinned = judgement.examined.trust.pinned.holds();
    let unpinned =
        (!pinned).then(|| "Unpinned: the root of trust comes from this repository itself.".to_owned());
    let lines: Vec<String> = errors.into_iter().chain(unpinned).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Whether this runs in CI, where nobody sees a note: a missing pin is then an error.
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|v| !v.is_empty() && v != "false")
}
