//! What the history of a repository proves: when each record appeared, that nothing was taken
//! away, and that every change was one that its base allowed.
//!
//! ```text
//! walk      the chain of first parents, and what each commit changed
//! rules     what a change may do to files, whatever stands in them
//! guards    the files that decide who reviews a change and what runs on it
//! books     what an edit of the roster, policies and settings takes away
//! state     records, keys and people at one commit; carried to the next
//! replay    every commit judged under the one before it
//! side      what branches brought that was gone when they were merged
//! seen      when each file appeared
//! events    how one state of the records differs from another, in words
//! log       the audit trail
//! checkpoint  a small signed file that others keep, to tell later that history was rewritten
//! ```

pub mod books;
pub mod checkpoint;
pub mod events;
pub mod guards;
pub mod log;
pub mod managers;
pub mod replay;
pub mod rules;
pub mod seen;
pub mod side;
pub mod state;
pub mod texts;
pub mod walk;

use rayon::prelude::*;

use crate::finding::Finding;
use crate::finding::catalogue::{files, history};
use crate::ledger::layout;
use crate::record::date::Instant;
use crate::record::digest::Sha256;
use crate::record::text::visible;
use crate::source::git::{CommitTree, Fault, Git, GitError, ObjectId};

use seen::FirstSeen;

/// Whether a path is one that duly answers for.
pub fn is_guarded(path: &str) -> bool {
    layout::is_managed(path)
}

fn collision(path: &str) -> Finding {
    let message = format!("{} is one file with another on some systems", visible(path));
    Finding::new(&files::COLLISION, message, "Rename one of them.").in_file(path)
}

/// What keeps the history from being a proof.
///
/// # Errors
/// Nobody can tell.
pub fn completeness(git: &Git) -> Result<Vec<Finding>, GitError> {
    Ok(git.faults()?.iter().map(fault).collect())
}

fn fault(fault: &Fault) -> Finding {
    let incomplete = |message: &str, help: &str| Finding::new(&history::INCOMPLETE, message, help);
    match fault {
        Fault::Shallow => incomplete(
            "the clone is shallow: older commits are not here",
            "Run `git fetch --unshallow`; in CI, set the depth of the checkout to 0.",
        ),
        Fault::Partial => incomplete(
            "the clone is partial: some objects stay with its origin",
            "Clone the repository without a filter.",
        ),
        Fault::Grafted => incomplete(
            "the file info/grafts gives commits other parents than they name",
            "Remove the file from the repository's git folder.",
        ),
        Fault::Replaced(names) => {
            let message = format!("git shows other objects in the place of {}", names.len());
            let list = visible(&names.join(", ")).to_string();
            Finding::new(&history::REPLACED, message, format!("Delete these names: {list}."))
        }
    }
}

/// The append-only files of a commit with the digests of their content, in the order in which
/// they appeared on its chain of first parents: what a checkpoint covers.
///
/// # Errors
/// An object is missing.
pub fn covered(git: &Git, tip: ObjectId, now: Instant) -> Result<Vec<(String, Sha256)>, GitError> {
    let commits = walk::chain(git, tip)?;
    let tree = commits.last().map(|c| c.tree).ok_or(GitError::Missing(tip))?;
    let seen = FirstSeen::of(&walk::edges(git, commits)?, git, now);
    let files = CommitTree::read(git, tree, &is_guarded)?;
    let there = seen.order().par_iter().filter_map(|path| Some((path, files.blob(path)?)));
    there.map(|(path, id)| Ok((path.clone(), Sha256::of(&git.blob(id)?)))).collect()
}

/// The finding about an object that cannot be read.
pub fn unreadable(error: &GitError) -> Finding {
    if let GitError::Repeats(_) = error {
        let help = "Find out who committed them, and take them out of the branch.";
        return Finding::new(&files::REPEATS, error.to_string(), help);
    }
    let help = match error {
        GitError::Missing(_) => "Clone the whole repository again: an object of its history is not here.",
        _ => "Run `git fsck`, and clone the repository again if it complains.",
    };
    Finding::new(&history::INCOMPLETE, format!("the history cannot be read: {error}"), help)
}
