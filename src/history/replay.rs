//! Every commit of the protected branch, judged under the one before it.

use std::collections::HashMap;
use std::sync::Arc;

use super::seen::FirstSeen;
use super::side::{KeySearch, in_message};
use super::state::{Judgement, State};
use super::walk::{self, Change, Edge};
use super::{completeness, unreadable};
use crate::finding::catalogue::{files, history, trust};
use crate::finding::{Finding, Severity};
use crate::ledger::{FileIndex, Ledger, layout};
use crate::record::date::{Instant, Zone};
use crate::record::digest::Sha256;
use crate::source::git::{Commit, CommitTree, Git, GitError, ObjectId};
use crate::trust::judged_evidence::JudgedEvidence;
use crate::trust::standing::Standing;

/// What going through the history gave.
#[derive(Debug, Default)]
pub struct Replayed {
    /// How many commits were judged.
    pub judged: usize,
    /// The first of them.
    pub from: Option<ObjectId>,
    /// When files appeared.
    pub seen: Arc<FirstSeen>,
    /// What was found, in the order of the commits.
    pub findings: Vec<Finding>,
}

/// Goes through the history of a tip from the commit that added the first root, or from one
/// that is trusted.
pub fn replay(git: &Git, tip: ObjectId, from: Option<ObjectId>, now: Instant) -> Replayed {
    let mut replayed = Replayed::default();
    if let Err(error) = replayed.run(git, tip, from, now) {
        replayed.findings.push(unreadable(&error));
    }
    replayed
}

impl Replayed {
    fn run(
        &mut self,
        git: &Git,
        tip: ObjectId,
        from: Option<ObjectId>,
        now: Instant,
    ) -> Result<(), GitError> {
        self.findings = completeness(git)?;
        if self.findings.iter().any(|f| f.severity == Severity::Error) {
            return Ok(());
        }
        let edges = walk::edges(git, walk::chain(git, tip)?)?;
        self.seen = Arc::new(FirstSeen::of(&edges, git, now));
        let start = match from {
            Some(from) => edges.iter().position(|e| e.commit.id == from),
            None => edges.iter().position(adds_root),
        };
        let Some(start) = start else {
            self.findings.push(no_start(from));
            return Ok(());
        };
        let positions: HashMap<ObjectId, u32> = edges.iter().map(|e| (e.commit.id, e.position)).collect();
        let rest = edges.get(start..).unwrap_or_default();
        self.from = rest.first().map(|e| e.commit.id);
        self.judge(git, rest, &positions, from.is_some(), now)
    }

    fn judge(
        &mut self,
        git: &Git,
        edges: &[Edge],
        positions: &HashMap<ObjectId, u32>,
        trusted: bool,
        now: Instant,
    ) -> Result<(), GitError> {
        let Some((first, rest)) = edges.split_first() else { return Ok(()) };
        let mut faults: Vec<(Commit, Finding)> = Vec::new();
        let mut approved: Vec<(usize, FileIndex, Finding)> = Vec::new();
        let (mut state, found) = start(git, &first.commit, self.moment(first, now), self.seen.clone())?;
        // What a trusted commit holds is not judged again.
        if !trusted {
            faults.extend(found.into_iter().map(|f| (first.commit.clone(), f)));
        }
        let mut before = first.commit.committer.seconds;
        for edge in rest {
            let mut found = merge(git, edge, positions)?;
            found.extend(odd_date(edge, before, now));
            found.extend(in_message(&edge.commit));
            before = edge.commit.committer.seconds;
            let Judgement { findings, .. } = state.apply(&edge.difference, self.moment(edge, now))?;
            let roster = edge.difference.changes.iter().any(|c| c.path.starts_with("roster/"));
            found.extend(findings.into_iter().filter(|f| is_told(f) || (roster && by_roster(f))));
            let content = |path: &str| content(git, &edge.difference.changes, path);
            let before_approval = found.clone();
            if !found.is_empty() {
                state.approve(&mut found, &content);
            }
            for (finding, was) in found.into_iter().zip(before_approval) {
                if finding.entry != was.entry {
                    approved.extend(state.approval_of(&was, &content).map(|file| (faults.len(), file, was)));
                }
                faults.push((edge.commit.clone(), finding));
            }
        }
        // What officers took back is a fault again, and nothing that came after it is undone.
        for (at, file, mut was) in approved {
            if state.approvals.is_revoked(file, &state.standing.revocations)
                && let Some((_, finding)) = faults.get_mut(at)
            {
                was.message =
                    format!("{} (its approval {} was revoked)", was.message, state.ledger.path(file));
                *finding = was;
            }
        }
        self.judged = edges.len();
        faults.extend(sides(git, rest, positions)?);
        self.findings.extend(faults.into_iter().map(|(commit, f)| said(&state, &commit, f)));
        Ok(())
    }

    /// The moment that a commit is taken to have come at.
    fn moment(&self, edge: &Edge, now: Instant) -> Instant {
        let step = self.seen.steps().get(edge.position as usize);
        step.and_then(|s| Instant::from_unix(s.seconds)).unwrap_or(now)
    }
}

/// Whether a finding about a commit is told whatever came later: faults, and what was not searched.
fn is_told(finding: &Finding) -> bool {
    finding.severity == Severity::Error || *finding.entry == files::NOT_SEARCHED
}

/// Whether a finding says that a row did not count when it came. Where the same commit edits
/// the roster, that edit may make it count from then on, and only the history tells.
fn by_roster(finding: &Finding) -> bool {
    finding.entry == &trust::UNVERIFIED
}

/// The state at a commit, judged in full, and what was wrong with it.
fn start<'g>(
    git: &'g Git,
    commit: &Commit,
    now: Instant,
    seen: Arc<FirstSeen>,
) -> Result<(State<'g>, Vec<Finding>), GitError> {
    let files = CommitTree::read(git, commit.tree, &layout::is_managed)?;
    let ledger = Ledger::read_only(&files);
    let mut found = ledger.findings.clone();
    found.extend(ledger.cross_check());
    let zone = ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
    let appeared = |file| seen.appeared(ledger.path(file), zone);
    let standing = Standing::judge(&ledger, Some(&appeared), &mut found);
    let judged = JudgedEvidence::of(standing.authority(&ledger, Some(&appeared)), now);
    found.extend(judged.findings);
    let state = State::new(git, ledger, &files, false, Some(seen), &mut Vec::new());
    found.retain(|f| f.severity == Severity::Error);
    Ok((state, found))
}

fn adds_root(edge: &Edge) -> bool {
    edge.difference.changes.iter().any(|c| c.path == "trust/root/0001.yaml" && c.after.is_some())
}

fn no_start(from: Option<ObjectId>) -> Finding {
    match from {
        Some(from) => {
            let message = format!("the trusted commit {} does not lie on the protected branch", from.short());
            let help = "History was rewritten, or a branch was merged the wrong way round: find out by whom.";
            Finding::new(&history::OFF_BRANCH, message, help)
        }
        None => {
            let help = "Commit the files that `duly init` wrote.";
            Finding::new(&trust::NO_ROOT, "no commit adds the first root", help)
        }
    }
}

/// The finding with the commit that it is about; known to officers where they said so.
fn said(state: &State<'_>, commit: &Commit, mut finding: Finding) -> Finding {
    let known = state.approvals.of_fault(&commit.id.to_string(), finding.entry.code);
    let known = known.filter(|_| finding.severity == Severity::Error);
    let short = commit.id.short();
    match known {
        Some(file) => {
            let path = state.ledger.path(file);
            finding.message =
                format!("commit {short}: known since {path} ({}): {}", finding.entry.code, finding.message);
            finding.entry = &history::KNOWN;
            finding.severity = Severity::Info;
        }
        None => finding.message = format!("commit {short}: {}", finding.message),
    }
    finding
}

/// sha256 of what a changed file holds after the change.
pub fn content(git: &Git, changes: &[Change], path: &str) -> Option<Sha256> {
    let after = changes.iter().find(|c| c.path == path)?.after?;
    Some(Sha256::of(&git.blob(after.id).ok()?))
}

/// Private keys in commits that merges brought in, which are off the chain.
fn sides(
    git: &Git,
    edges: &[Edge],
    positions: &HashMap<ObjectId, u32>,
) -> Result<Vec<(Commit, Finding)>, GitError> {
    let mut side = KeySearch::new(git, edges.iter().flat_map(|e| &e.difference.changes), false);
    let mut found = Vec::new();
    for tip in edges.iter().flat_map(|e| e.commit.parents.iter().skip(1)) {
        found.extend(side.private_keys(*tip, &|id| positions.contains_key(&id))?);
    }
    Ok(found)
}

/// What is wrong with how a merge joins its parents.
fn merge(git: &Git, edge: &Edge, positions: &HashMap<ObjectId, u32>) -> Result<Vec<Finding>, GitError> {
    let [first, second, rest @ ..] = edge.commit.parents.as_slice() else { return Ok(Vec::new()) };
    let odd = |message: &str| {
        let help =
            "Find out who pushed it. Officers can say that they know of it with `duly approve --commit`.";
        Finding::new(&history::ODD_MERGE, message, help)
    };
    let mut found = Vec::new();
    if !rest.is_empty() {
        found.push(odd("a merge has more than two parents"));
    }
    if git.unrelated(*first, *second)? {
        found.push(odd("a merge joins a history that has nothing in common with the branch"));
    } else if let Some(commit) = foxtrot(git, *second, edge.position, positions)? {
        let message = format!(
            "the merge has the branch on its wrong side: {} was merged there before, and is off the chain now",
            commit.short()
        );
        let help = "Push the branch as it was, and merge the other one into it.";
        found.push(Finding::new(&history::OFF_BRANCH, message, help));
    }
    Ok(found)
}

/// Looks along the first parents of a merged side for a merge of a pull request: such a side is
/// no pull request but the old branch. A merge that brings the branch itself into the side, to
/// bring it up to date, is none.
fn foxtrot(
    git: &Git,
    side: ObjectId,
    before: u32,
    positions: &HashMap<ObjectId, u32>,
) -> Result<Option<ObjectId>, GitError> {
    let on_chain = |id: &ObjectId| positions.get(id).is_some_and(|p| *p < before);
    let mut next = Some(side);
    while let Some(id) = next.filter(|id| !on_chain(id)) {
        let commit = git.commit(id)?;
        let others = commit.parents.get(1..).unwrap_or_default();
        if !others.is_empty() && !others.iter().all(on_chain) {
            return Ok(Some(id));
        }
        next = commit.parents.first().copied();
    }
    Ok(None)
}

/// A date that cannot be right. Nothing is decided by it.
fn odd_date(edge: &Edge, before: i64, now: Instant) -> Option<Finding> {
    /// Clocks differ by so much without anybody's fault, in seconds.
    const SLACK: i64 = 86_400;
    let seconds = edge.commit.committer.seconds;
    let what = match seconds {
        s if s > now.unix() + SLACK => "its date lies in the future",
        s if s < before - SLACK => "its date lies before that of the commit before it",
        _ => return None,
    };
    let help = "Nothing needs to be done: no decision rests on it.";
    Some(Finding::new(&history::ODD_DATE, what, help))
}
