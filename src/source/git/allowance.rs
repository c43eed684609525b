//! How much of a tree is walked: ten small objects can name each other so often that they stand
//! for more files than there are grains of sand.

use std::collections::HashMap;

use super::tree::Items;
use super::{Git, GitError, ObjectId};
use crate::finding::Finding;
use crate::finding::catalogue::files;
use crate::record::text::visible;

/// The most entries outside of the managed folders that one walk looks at.
const OUTSIDE: usize = 100_000;

/// After so many entries of managed folders it is asked whether folders repeat.
const ASKED_AT: usize = 20_000;

/// The most entries of managed folders that may be there only because folders repeat. Records
/// have names of their own, so honest folders hardly ever do.
const REPEATED: u64 = 100_000;

/// How many places are named that were not looked at.
const NAMED: usize = 5;

/// How deep folders may lie in each other.
pub const DEEPEST: usize = 32;

/// What one walk has looked at, and what it left out.
#[derive(Debug, Default)]
pub struct Allowance {
    managed: usize,
    outside: usize,
    skipped: Vec<String>,
    last: Option<String>,
    more: usize,
}

impl Allowance {
    /// Takes note of an entry of a managed folder.
    ///
    /// # Errors
    /// There are so many because folders repeat.
    pub fn managed(&mut self, git: &Git, root: Option<ObjectId>) -> Result<(), GitError> {
        self.managed += 1;
        match root.filter(|_| self.managed == ASKED_AT) {
            Some(root) if Repeats::new(git).of(root)? > REPEATED => Err(GitError::Repeats(root)),
            _ => Ok(()),
        }
    }

    /// Whether an entry elsewhere is still looked at.
    pub fn outside(&mut self) -> bool {
        self.outside += 1;
        self.outside <= OUTSIDE
    }

    /// Takes note of a place that is not looked at, by the folder or file at the top.
    pub fn skip(&mut self, at: &str) {
        let top = at.split('/').next().unwrap_or_default();
        // A walk goes from one to the next, so it is enough to remember the last.
        if self.last.as_deref() == Some(top) {
            return;
        }
        self.last = Some(top.to_owned());
        if self.skipped.len() < NAMED {
            self.skipped.push(top.to_owned());
        } else {
            self.more += 1;
        }
    }

    /// The warning about what was not looked at. The next walk begins anew.
    pub fn finding(&mut self) -> Option<Finding> {
        let Allowance { skipped, more, .. } = std::mem::take(self);
        let first = skipped.first()?.clone();
        let places: Vec<String> = skipped.iter().map(|s| visible(s).to_string()).collect();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let message = format!("not all was searched for private keys in {}{more}", places.join(", "));
        let help = "Too much lies outside of duly's folders. Keep it in a repository of its own, or search it for private keys yourself.";
        Some(Finding::new(&files::NOT_SEARCHED, message, help).in_file(&first))
    }
}

/// Counts the entries that a tree has only because folders in it repeat, without walking them
/// twice.
pub struct Repeats<'g> {
    git: &'g Git,
    /// How many entries a folder stands for, with all below it.
    known: HashMap<ObjectId, u64>,
    own: u64,
}

impl<'g> Repeats<'g> {
    /// Nothing counted yet.
    pub fn new(git: &'g Git) -> Repeats<'g> {
        Repeats { git, known: HashMap::new(), own: 0 }
    }

    /// How many more entries a tree stands for than its objects hold.
    ///
    /// # Errors
    /// An object is missing, or folders lie too deep in each other.
    pub fn of(&mut self, tree: ObjectId) -> Result<u64, GitError> {
        self.own = 0;
        self.known.clear();
        let all = self.count(tree, 0)?;
        Ok(all.saturating_sub(self.own))
    }

    fn count(&mut self, tree: ObjectId, depth: usize) -> Result<u64, GitError> {
        if let Some(known) = self.known.get(&tree) {
            return Ok(*known);
        }
        if depth > DEEPEST {
            return Err(GitError::Odd { id: tree, what: "folders lie too deep in each other" });
        }
        let bytes = self.git.tree(tree)?;
        let mut all = 0u64;
        for item in Items::of(tree, &bytes) {
            let item = item?;
            self.own += 1;
            let below = if item.is_folder() { self.count(item.id, depth + 1)? } else { 0 };
            all = all.saturating_add(1).saturating_add(below);
        }
        self.known.insert(tree, all);
        Ok(all)
    }

    /// Whether a tree is one that nothing may walk whole.
    ///
    /// # Errors
    /// As for [`Repeats::of`].
    pub fn is_bomb(&mut self, tree: ObjectId) -> Result<bool, GitError> {
        Ok(self.of(tree)? > REPEATED)
    }
}
