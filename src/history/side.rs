//! Commits off the chain: what came with a branch and was gone when the branch was merged.
//!
//! One thing in them is looked for: git keeps a private key wherever it stood, and whoever
//! clones the repository gets it.

use std::collections::HashSet;

use super::walk::{Change, Trees};
use crate::finding::Finding;
use crate::finding::catalogue::files;
use crate::ledger;
use crate::source::git::tree::SUBMODULE;
use crate::source::git::{Commit, Git, GitError, ObjectId};

/// Looks for private keys in what side commits brought.
pub struct KeySearch<'g> {
    git: &'g Git,
    trees: Trees<'g>,
    /// Contents that were looked into already, here or elsewhere.
    seen: HashSet<ObjectId>,
    visited: HashSet<ObjectId>,
    /// Whether a commit that is not here ends the search instead of failing it.
    lenient: bool,
}

impl<'g> KeySearch<'g> {
    /// Nothing looked at yet but what these changes brought.
    pub fn new<'c>(
        git: &'g Git,
        changes: impl IntoIterator<Item = &'c Change>,
        lenient: bool,
    ) -> KeySearch<'g> {
        let seen = changes.into_iter().filter_map(|c| Some(c.after?.id)).collect();
        KeySearch { git, trees: Trees::new(git), seen, visited: HashSet::new(), lenient }
    }

    /// Looks at a commit and all before it, up to those that are known.
    ///
    /// # Errors
    /// An object is missing.
    pub fn private_keys(
        &mut self,
        tip: ObjectId,
        known: &dyn Fn(ObjectId) -> bool,
    ) -> Result<Vec<(Commit, Finding)>, GitError> {
        let (mut found, mut next) = (Vec::new(), vec![tip]);
        while let Some(id) = next.pop() {
            if known(id) || !self.visited.insert(id) {
                continue;
            }
            match self.commit(id) {
                Ok((commit, keys)) => {
                    next.extend(&commit.parents);
                    found.extend(keys.into_iter().map(|f| (commit.clone(), f)));
                }
                Err(GitError::Missing(_)) if self.lenient => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    fn commit(&mut self, id: ObjectId) -> Result<(Commit, Vec<Finding>), GitError> {
        let commit = self.git.commit(id)?;
        let before = commit.parents.first().map(|p| self.git.commit(*p)).transpose()?;
        let difference = self.trees.difference(before.map(|c| c.tree), Some(commit.tree))?;
        let unsearched = |f: &Finding| *f.entry == files::NOT_SEARCHED;
        let mut found: Vec<Finding> = difference.findings.into_iter().filter(unsearched).collect();
        found.extend(in_message(&commit));
        for change in &difference.changes {
            found.extend(self.file(change)?);
        }
        Ok((commit, found))
    }

    fn file(&mut self, change: &Change) -> Result<Option<Finding>, GitError> {
        let Some(after) = change.after.filter(|a| a.mode != SUBMODULE) else { return Ok(None) };
        if !self.seen.insert(after.id) {
            return Ok(None);
        }
        if self.git.size(after.id)? > ledger::LOOKED_AT {
            return Ok(Some(ledger::unsought(&change.path, "is larger than what is read")));
        }
        Ok(ledger::private_key(&change.path, &self.git.blob(after.id)?))
    }
}

/// A private key in the message of a commit.
pub fn in_message(commit: &Commit) -> Option<Finding> {
    let mut finding = ledger::private_key("the message", &commit.message)?;
    finding.place = None;
    Some(finding)
}
