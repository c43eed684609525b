//! A pull request, judged under its base: what is wrong with it, and what it would do.
//!
//! Trust, authority and policies are the base's. Gaps are computed by the base's requirements
//! and by those of the change, and the worse decides; so nobody closes a gap by an edit in the
//! same change. What the base holds was judged when it came in and by the check of the protected
//! branch; it is not verified again.

mod case;
pub mod effects;

use std::sync::Arc;

use case::Case;
use effects::Effects;

use crate::duty::{AsOf, Obligation};
use crate::finding::{Finding, Severity};
use crate::history::completeness;
use crate::history::guards::may_guard;
use crate::history::rules;
use crate::history::seen::FirstSeen;
use crate::history::side::KeySearch;
use crate::history::state::State;
use crate::history::walk::{self, Difference};
use crate::ledger::{Ledger, layout};
use crate::record::date::Instant;
use crate::record::id::{Id, Subject};
use crate::source::git::{CommitTree, Fault, Git, GitError, Merged, ObjectId};
use crate::trust::Outside;

/// What is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// The protected branch's commit, which is trusted.
    pub base: ObjectId,
    /// The proposed commit.
    pub head: ObjectId,
    /// The day for obligations.
    pub as_of: AsOf,
    /// The pin, the moment, and whether to insist on the pin.
    pub outside: Outside,
    /// Only what the change makes worse, of gaps.
    pub new_only: bool,
    /// Whether each commit on the way is a change of its own, as in a merge queue.
    pub queue: bool,
    /// Whether the head is to be merged first, or is taken as it is.
    pub merge: bool,
}

/// A change that was judged.
#[derive(Debug)]
pub struct Proposal {
    /// The commit whose rules were applied.
    pub base: ObjectId,
    /// The commit that was judged.
    pub head: ObjectId,
    /// Whether the head was merged into the base for it.
    pub merged: bool,
    /// Whether the root of the base is the pinned one.
    pub pinned: bool,
    /// The state after the change.
    pub ledger: Ledger,
    /// What was found, worst first.
    pub findings: Vec<Finding>,
    /// What the change does.
    pub effects: Effects,
    /// How many rows of evidence count after it, and how many are recorded and do not.
    pub rows: (usize, usize),
    /// How many obligations have each status after it.
    pub statuses: Vec<(&'static str, usize)>,
}

/// Judges a change.
///
/// # Errors
/// Objects are missing, or the two cannot be merged.
pub fn judge(git: &Git, question: Question) -> Result<Proposal, GitError> {
    let odd = oddities(git, &question)?;
    let (tree, before, own) = after(git, &question, !odd.is_empty())?;
    let git = own.as_ref().unwrap_or(git);
    let files = CommitTree::read(git, before, &layout::is_managed)?;
    let difference = walk::difference(git, Some(before), tree)?;
    let mut found = odd;
    found.extend(private_keys(git, &question, &difference)?);
    let seen = seen(git, question.base, question.outside.now)?;
    let state = State::new(git, Ledger::read_only(&files), &files, true, seen, &mut found);
    drop(files);
    let steps = steps(git, &question)?;
    Case { git, question, difference, steps, merged: own.is_some(), found }.judge(state)
}

/// When the files of the base appeared, where its history is at hand.
fn seen(git: &Git, base: ObjectId, now: Instant) -> Result<Option<Arc<FirstSeen>>, GitError> {
    if completeness(git)?.iter().any(|f| f.severity == Severity::Error) {
        return Ok(None);
    }
    let edges = walk::edges(git, walk::chain(git, base)?)?;
    Ok(Some(Arc::new(FirstSeen::of(&edges, git, now))))
}

/// What each commit from the base to the head changed, where each is a change of its own, as a
/// merge queue makes them.
fn steps(git: &Git, question: &Question) -> Result<Vec<Difference>, GitError> {
    if !question.queue {
        return Ok(Vec::new());
    }
    let chain = walk::chain(git, question.head)?;
    let Some(at) = chain.iter().position(|c| c.id == question.base) else {
        let what = "the base does not lie on the first parents of the head, so there is no queue between";
        return Err(GitError::Unmergeable(what.to_owned()));
    };
    let later = chain.get(at..).unwrap_or_default();
    let pairs = later.iter().zip(later.iter().skip(1));
    pairs.map(|(before, after)| walk::difference(git, Some(before.tree), after.tree)).collect()
}

/// What is odd about the files of the head itself. A merge made here would put names in order
/// and modes right, and so hide what another program's merge brings in.
fn oddities(git: &Git, question: &Question) -> Result<Vec<Finding>, GitError> {
    if !question.merge || git.is_ancestor(question.base, question.head)? {
        return Ok(Vec::new());
    }
    let before = git.merge_base(question.base, question.head)?.map(|id| git.commit(id)).transpose()?;
    let head = git.commit(question.head)?;
    let own = walk::difference(git, before.map(|c| c.tree), head.tree)?;
    let shapes = rules::shapes(&own.changes);
    Ok(own.findings.into_iter().chain(shapes).collect())
}

/// Private keys that commits of the branch brought, also those that are gone at its tip.
fn private_keys(git: &Git, question: &Question, step: &Difference) -> Result<Vec<Finding>, GitError> {
    // Where the older commits are not here, only those that are can be looked at.
    let cut = git.faults()?.iter().any(|f| !matches!(f, Fault::Replaced(_)));
    let mut side = KeySearch::new(git, &step.changes, cut);
    let branch = git.between(question.base, question.head)?;
    let mut found = Vec::new();
    for tip in &branch {
        let known = |id| id != *tip;
        for (commit, mut finding) in side.private_keys(*tip, &known)? {
            finding.message = format!("commit {}: {}", commit.id.short(), finding.message);
            found.push(finding);
        }
    }
    Ok(found)
}

/// The tree after the change, the one before, and the handle that knows them where a merge was
/// made for it. A
/// tree that is odd and cannot be merged for it is judged as it is.
fn after(git: &Git, question: &Question, odd: bool) -> Result<(ObjectId, ObjectId, Option<Git>), GitError> {
    let (head, base) = (git.commit(question.head)?.tree, git.commit(question.base)?.tree);
    if !question.merge {
        return Ok((head, base, None));
    }
    let guarded = |path: &str| may_guard(path) || path.strip_suffix("/x").is_some_and(may_guard);
    let ours = |path: &str| layout::is_managed(path) || guarded(path);
    match git.merge(question.base, question.head, &ours) {
        Ok((Merged::Tree(tree, before), own)) => Ok((tree, before, own)),
        Ok((Merged::Contains, own)) => Ok((head, base, own)),
        Err(GitError::Other(_)) if odd => Ok((head, base, None)),
        Err(error) => Err(error),
    }
}

/// What tells obligations apart.
fn key(obligation: &Obligation<'_>) -> (Subject, Id) {
    (obligation.subject.clone(), obligation.requirement.id.value.clone())
}
