//! The chain of first parents, and what each of its commits changed.
//!
//! Trees are compared by the ids of their folders: what has the same id is not looked into.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::guards::may_guard;
use crate::finding::Finding;
use crate::source::git::tree::{FOLDER, Item, Items, folded, name_fault, order_fault};
use crate::source::git::{Allowance, Commit, DEEPEST, Git, GitError, ObjectId, join};

/// A file at one side of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blob {
    /// Its mode.
    pub mode: u32,
    /// Its content.
    pub id: ObjectId,
}

/// One path that differs between two trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path, with what is not UTF-8 replaced.
    pub path: String,
    /// The file before; none where it was not there.
    pub before: Option<Blob>,
    /// The file after; none where it is gone.
    pub after: Option<Blob>,
}

/// What differs between two trees.
#[derive(Debug, Default)]
pub struct Difference {
    /// The paths, in the order of the trees.
    pub changes: Vec<Change>,
    /// Names that no honest program writes, and what was not looked at.
    pub findings: Vec<Finding>,
}

/// One commit of the chain, and what it changed against its first parent.
#[derive(Debug)]
pub struct Edge {
    /// The commit.
    pub commit: Commit,
    /// Its position: 0 for the first commit of all.
    pub position: u32,
    /// What it changed.
    pub difference: Difference,
}

/// The commits from the first one to a tip, along first parents.
///
/// # Errors
/// A commit is missing or odd.
pub fn chain(git: &Git, tip: ObjectId) -> Result<Vec<Commit>, GitError> {
    let mut commits = Vec::new();
    let mut next = Some(tip);
    while let Some(id) = next {
        let commit = git.commit(id)?;
        next = commit.parents.first().copied();
        commits.push(commit);
    }
    commits.reverse();
    Ok(commits)
}

/// How many commits one thread takes at a time: neighbours share their trees.
const STRETCH: usize = 512;

/// What each commit of a chain changed. The chain begins with the first commit of all.
///
/// # Errors
/// A tree is missing or odd.
pub fn edges(git: &Git, commits: Vec<Commit>) -> Result<Vec<Edge>, GitError> {
    let trees: Vec<ObjectId> = commits.iter().map(|c| c.tree).collect();
    let stretches: Vec<Vec<Difference>> = (0..commits.len())
        .collect::<Vec<_>>()
        .par_chunks(STRETCH)
        .map(|positions| {
            let mut trees_of = Trees::new(git);
            positions
                .iter()
                .map(|at| {
                    let before = at.checked_sub(1).and_then(|b| trees.get(b)).copied();
                    trees_of.difference(before, trees.get(*at).copied())
                })
                .collect::<Result<Vec<_>, _>>()
        })
        .collect::<Result<_, _>>()?;
    let differences = stretches.into_iter().flatten();
    Ok(commits
        .into_iter()
        .zip(differences)
        .zip(0..)
        .map(|((commit, difference), position)| Edge { commit, position, difference })
        .collect())
}

/// What differs between two trees.
///
/// # Errors
/// A tree is missing or odd.
pub fn difference(git: &Git, before: Option<ObjectId>, after: ObjectId) -> Result<Difference, GitError> {
    Trees::new(git).difference(before, Some(after))
}

/// Trees that were read lately: the one after a commit is the one before the next.
pub(super) struct Trees<'g> {
    git: &'g Git,
    known: HashMap<ObjectId, Arc<[u8]>>,
    found: Difference,
    allowance: Allowance,
    /// The tree that is walked, for the question whether its folders repeat.
    root: Option<ObjectId>,
    /// What differs outside of duly's folders, over all the walks.
    outside: usize,
}

/// The most files outside of duly's folders that the walks of one stretch of commits take note of.
const OUTSIDE: usize = 200_000;

/// How many trees are kept.
const KEPT: usize = 256;

impl<'g> Trees<'g> {
    pub(super) fn new(git: &'g Git) -> Trees<'g> {
        Trees {
            git,
            known: HashMap::new(),
            found: Difference::default(),
            allowance: Allowance::default(),
            root: None,
            outside: 0,
        }
    }

    pub(super) fn difference(
        &mut self,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
    ) -> Result<Difference, GitError> {
        self.root = after.or(before);
        self.folder(before, after, "", 0)?;
        self.found.findings.extend(self.allowance.finding());
        Ok(std::mem::take(&mut self.found))
    }

    /// Whether an entry is looked at: all that duly answers for, and elsewhere as much as anybody
    /// could look through.
    fn is_looked_at(&mut self, path: &str) -> Result<bool, GitError> {
        let slashed = path.replace('\\', "/");
        if super::is_guarded(&slashed) || super::is_guarded(&format!("{slashed}/x")) || may_guard(path) {
            self.allowance.managed(self.git, self.root)?;
            return Ok(true);
        }
        self.outside += 1;
        let looked_at = self.outside <= OUTSIDE && self.allowance.outside();
        if !looked_at {
            self.allowance.skip(path);
        }
        Ok(looked_at)
    }

    fn bytes(&mut self, id: Option<ObjectId>) -> Result<Arc<[u8]>, GitError> {
        let Some(id) = id else { return Ok(Arc::from(&[][..])) };
        if let Some(bytes) = self.known.get(&id) {
            return Ok(bytes.clone());
        }
        let bytes: Arc<[u8]> = self.git.tree(id)?.into();
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.insert(id, bytes.clone());
        Ok(bytes)
    }

    fn folder(
        &mut self,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
        at: &str,
        depth: usize,
    ) -> Result<(), GitError> {
        if before == after {
            return Ok(());
        }
        if let Some(id) = after.filter(|_| depth > DEEPEST) {
            return Err(GitError::Odd { id, what: "folders lie too deep in each other" });
        }
        let (old_bytes, new_bytes) = (self.bytes(before)?, self.bytes(after)?);
        let (mut old, mut new) = (items(before, &old_bytes)?, items(after, &new_bytes)?);
        if self.sorted(&new, at) {
            old.sort_by(Item::order);
            new.sort_by(Item::order);
        }
        let (mut left, mut right) = (old.iter().peekable(), new.iter().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(l), Some(r)) => l.order(r),
            };
            match order {
                std::cmp::Ordering::Less => self.entry(left.next(), None, at, depth)?,
                std::cmp::Ordering::Greater => {
                    let item = right.next();
                    self.added(item, &new, at);
                    self.entry(None, item, at, depth)?;
                }
                std::cmp::Ordering::Equal => {
                    let (l, r) = (left.next(), right.next());
                    if l != r {
                        self.entry(l, r, at, depth)?;
                    }
                }
            }
        }
    }

    /// Looks for entries out of order; says whether there are any.
    fn sorted(&mut self, items: &[Item<'_>], at: &str) -> bool {
        let mut odd = false;
        for (before, item) in items.iter().zip(items.iter().skip(1)) {
            if let Some((code, what)) = order_fault(before, item) {
                odd = true;
                self.found.findings.push(crate::source::git::fault_of(code, &join(at, item.name), what));
            }
        }
        odd
    }

    /// Looks at the name of an entry that is new in its folder.
    fn added(&mut self, item: Option<&Item<'_>>, all: &[Item<'_>], at: &str) {
        let Some(item) = item else { return };
        let path = join(at, item.name);
        // On some systems a backslash is a slash.
        let managed = super::is_guarded(&path.replace('\\', "/"));
        if let Some((code, what)) = name_fault(item.name, managed) {
            self.found.findings.push(crate::source::git::fault_of(code, &path, what));
        }
        let twin = |other: &&Item<'_>| other.name != item.name && same_folded(other.name, item.name);
        let clash = managed && all.iter().any(|other| twin(&other));
        let known = folded(item.name);
        let poses =
            at.is_empty() && known.as_bytes() != item.name && super::is_guarded(&format!("{known}/x"));
        if clash || poses {
            self.found.findings.push(super::collision(&path));
        }
    }

    /// Goes into what differs: a folder, a file, or one in the place of the other.
    fn entry(
        &mut self,
        before: Option<&Item<'_>>,
        after: Option<&Item<'_>>,
        at: &str,
        depth: usize,
    ) -> Result<(), GitError> {
        let Some(name) = before.or(after).map(|i| i.name) else { return Ok(()) };
        let path = join(at, name);
        if !self.is_looked_at(&path)? {
            return Ok(());
        }
        let folder = |item: Option<&Item<'_>>| item.filter(|i| i.mode == FOLDER).map(|i| i.id);
        let file = |item: Option<&Item<'_>>| {
            item.filter(|i| i.mode != FOLDER).map(|i| Blob { mode: i.mode, id: i.id })
        };
        if folder(before).is_some() || folder(after).is_some() {
            self.folder(folder(before), folder(after), &path, depth + 1)?;
        }
        if file(before).is_some() || file(after).is_some() {
            self.found.changes.push(Change { path, before: file(before), after: file(after) });
        }
        Ok(())
    }
}

fn items(tree: Option<ObjectId>, bytes: &[u8]) -> Result<Vec<Item<'_>>, GitError> {
    match tree {
        Some(tree) => Items::of(tree, bytes).collect(),
        None => Ok(Vec::new()),
    }
}

fn same_folded(a: &[u8], b: &[u8]) -> bool {
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { folded(a) == folded(b) }
}
