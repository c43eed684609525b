//! The audit trail: who changed what when, in words of the domain.
//!
//! It retells the history and judges nothing: what is wrong with a commit is for
//! [`replay`](super::replay) to say. Each commit is compared with its first parent alone, and
//! only the files that differ are opened.

use std::collections::{HashMap, HashSet};

use super::books::Books;
use super::events::{Event, Naming, people, signed};
use super::rules::{Class, class};
use super::walk::{self, Change, Edge};
use crate::ledger::{FileIndex, Ledger, layout};
use crate::record::id::{Id, Subject};
use crate::record::public_key::Fingerprint;
use crate::record::root::Root;
use crate::record::signed::Signed;
use crate::record::text::visible;
use crate::source::git::{Commit, Git, GitError, ObjectId};
use crate::trust::any::Any;

/// What one commit did.
#[derive(Debug)]
pub struct Entry {
    /// The commit.
    pub commit: Commit,
    /// Its position: 0 for the first commit of all.
    pub position: u32,
    /// What happened, in the order of settings, policies, people, records.
    pub lines: Vec<Line>,
}

/// One thing that a commit did.
#[derive(Debug)]
pub struct Line {
    /// What happened.
    pub event: Event,
    /// The file that says it, where it is one.
    pub path: Option<String>,
    /// The keys that signed it; none for what is not signed.
    pub signers: Vec<Fingerprint>,
}

/// Tells the history of a tip, the first commit first.
///
/// # Errors
/// An object is missing.
pub fn tell(git: &Git, tip: ObjectId, name: Naming<'_>) -> Result<Vec<Entry>, GitError> {
    let edges = walk::edges(git, walk::chain(git, tip)?)?;
    let mut teller = Teller { git, name, ledger: Ledger::default(), index: HashMap::new(), root: None };
    edges.iter().map(|edge| teller.entry(edge)).collect()
}

struct Teller<'t> {
    git: &'t Git,
    name: Naming<'t>,
    /// The books as they stand; no signed record is kept.
    ledger: Ledger,
    index: HashMap<String, FileIndex>,
    /// The root in force.
    root: Option<Signed<Root>>,
}

impl Teller<'_> {
    fn entry(&mut self, edge: &Edge) -> Result<Entry, GitError> {
        let changes = &edge.difference.changes;
        let mut lines = Vec::new();
        if changes.iter().any(|c| class(&c.path) == Class::Books) {
            let event = |event| Line { event, path: None, signers: Vec::new() };
            lines.extend(self.books(changes)?.into_iter().map(event));
        }
        for change in changes {
            lines.extend(of_file(self.git, change, &mut self.root, self.name)?);
        }
        Ok(Entry { commit: edge.commit.clone(), position: edge.position, lines })
    }

    /// What the books say other than before.
    fn books(&mut self, changes: &[Change]) -> Result<Vec<Event>, GitError> {
        let touched: Vec<&Change> = changes.iter().filter(|c| class(&c.path) == Class::Books).collect();
        let files = |index: &HashMap<String, FileIndex>| -> HashSet<FileIndex> {
            touched.iter().filter_map(|c| index.get(&c.path).copied()).collect()
        };
        let there = files(&self.index);
        let before = Books::of_files(&self.ledger, &|f| there.contains(&f));
        for change in &touched {
            match change.after {
                Some(after) if self.git.size(after.id)? <= layout::limit(layout::room(&change.path)) => {
                    let bytes = self.git.blob(after.id)?;
                    let at = self.index.get(&change.path).copied();
                    let (file, _) = self.ledger.put(at, &change.path, &bytes);
                    self.index.insert(change.path.clone(), file);
                }
                Some(_) => {}
                None => {
                    if let Some(file) = self.index.remove(&change.path) {
                        self.ledger.remove(file);
                    }
                }
            }
        }
        self.ledger.reindex();
        self.ledger.findings.clear();
        let now = files(&self.index);
        let after = Books::of_files(&self.ledger, &|f| now.contains(&f));
        Ok(people(&before.view(), &after.view(), self.name))
    }
}

/// What a change of a signed or guarding file tells: what was added, or that one was edited or
/// removed.
///
/// # Errors
/// An object is missing.
pub fn of_file(
    git: &Git,
    change: &Change,
    root: &mut Option<Signed<Root>>,
    name: Naming<'_>,
) -> Result<Vec<Line>, GitError> {
    match class(&change.path) {
        Class::Evidence | Class::Trust => signed_file(git, change, root, name),
        Class::Guard => Ok(vec![guarded(change)]),
        Class::Books | Class::Other => Ok(Vec::new()),
    }
}

fn signed_file(
    git: &Git,
    change: &Change,
    root: &mut Option<Signed<Root>>,
    name: Naming<'_>,
) -> Result<Vec<Line>, GitError> {
    let path = Some(change.path.clone());
    let fault = |words: &str| {
        vec![Line { event: Event::of_file(words, &change.path), path: path.clone(), signers: Vec::new() }]
    };
    match (change.before, change.after) {
        (Some(_), None) => return Ok(fault("record removed")),
        (Some(_), Some(_)) => return Ok(fault("record edited")),
        _ => {}
    }
    let Some(after) = change.after else { return Ok(Vec::new()) };
    if git.size(after.id)? > layout::limit(layout::room(&change.path)) {
        return Ok(fault("record added that is too large to be read"));
    }
    let bytes = git.blob(after.id)?;
    let Ok(any) = Any::read(&change.path, &bytes) else {
        return Ok(fault("record added that cannot be read"));
    };
    let signers: Vec<Fingerprint> = any.signatures().iter().map(|s| s.key.clone()).collect();
    let line = |event| Line { event, path: path.clone(), signers: signers.clone() };
    let lines = told(&any, root.as_ref(), name).into_iter().map(line).collect();
    if let Any::Root(signed) = any {
        *root = Some(*signed);
    }
    Ok(lines)
}

/// What a signed record tells. A root is compared with the one before.
pub fn told(any: &Any, root: Option<&Signed<Root>>, name: Naming<'_>) -> Vec<Event> {
    match any {
        Any::Attestation(s) => signed::attestation(s),
        Any::Countersignature(s) => signed::countersignature(s),
        Any::Exemption(s) => signed::exemption(s),
        Any::Extension(s) => signed::extension(s),
        Any::Revocation(s) => signed::revocation(s),
        Any::Root(s) => signed::root(s, root, name),
        Any::Key(s) => signed::key(s),
        Any::Grant(s) => signed::grant(s),
        Any::Approval(s) => signed::approval(s),
    }
}

fn guarded(change: &Change) -> Line {
    let words = match (change.before, change.after) {
        (None, _) => "guard file added",
        (_, None) => "guard file removed",
        _ => "guard file edited",
    };
    let event = Event::of_file(words, &change.path);
    Line { event, path: Some(change.path.clone()), signers: Vec::new() }
}

/// What a reader of the trail asks for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Lines about this subject.
    pub subject: Option<Subject>,
    /// Lines about this requirement.
    pub requirement: Option<Id>,
    /// Lines that this file says, or one below this folder.
    pub path: Option<String>,
}

impl Wanted {
    /// Whether a line is one that was asked for.
    pub fn matches(&self, line: &Line) -> bool {
        let subject = self.subject.as_ref().is_none_or(|s| line.event.subject.as_ref() == Some(s));
        let requirement =
            self.requirement.as_ref().is_none_or(|r| line.event.requirement.as_ref() == Some(r));
        let below = |wanted: &String| {
            let path = line.path.as_deref().unwrap_or_default();
            path == wanted || path.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        subject && requirement && self.path.as_ref().is_none_or(below)
    }
}

/// A line for people: whom it is about, and what happened.
pub fn in_words(line: &Line, name: Naming<'_>) -> String {
    let who = match &line.event.subject {
        Some(Subject::Worker(id)) => format!("{}: ", visible(&name(id))),
        Some(other) => format!("{other}: "),
        None => String::new(),
    };
    let requirement = line.event.requirement.as_ref().filter(|id| !line.event.words.contains(id.as_str()));
    let what = requirement.map(|id| format!("{id}: ")).unwrap_or_default();
    format!("{who}{what}{}", line.event.words)
}
