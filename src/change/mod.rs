//! A pull request, judged under its base: what is wrong with it, and what it would do.
//!
//! Trust, authority and policies are the base's. Gaps are computed by the base's requirements
//! and by those of the change, and the worse decides; so nobody closes a gap by an edit in the
//! same change. What the base holds was judged when it came in and by the check of the protected
//! branch; it is not verified again.

pub mod effects;

use std::collections::HashMap;

use effects::{Effects, Gap};

use crate::duty::{self, AsOf, Call, Duties, Exemption, Extension, Inputs, Obligation, Other, Status};
use crate::examined::parts;
use crate::finding::catalogue::history;
use crate::finding::{self, Finding, Severity};
use crate::history::books::Books;
use crate::history::events::people;
use crate::history::log::{self, Line};
use crate::history::replay::content;
use crate::history::rules::{self, Class, class};
use crate::history::side::KeySearch;
use crate::history::state::{Judgement, State};
use crate::history::walk::{self, Difference};
use crate::ledger::{Ledger, layout};
use crate::record::id::{Id, Subject};
use crate::record::root::Root;
use crate::record::signed::Signed;
use crate::source::git::{CommitTree, Fault, Git, GitError, Merged, ObjectId};
use crate::trust::Outside;
use crate::trust::weighed::Weighed;

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
    let (tree, own) = after(git, &question, !odd.is_empty())?;
    let git = own.as_ref().unwrap_or(git);
    let base = git.commit(question.base)?;
    let files = CommitTree::read(git, base.tree, &layout::is_managed)?;
    let difference = walk::difference(git, Some(base.tree), tree)?;
    let mut found = odd;
    found.extend(private_keys(git, &question, &difference)?);
    let state = State::new(git, Ledger::read_only(&files), &files, true, &mut found);
    drop(files);
    let steps = steps(git, &question)?;
    Case { git, question, difference, steps, merged: own.is_some(), found }.judge(state)
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

/// The tree after the change, and the handle that knows it where a merge was made for it. A
/// tree that is odd and cannot be merged for it is judged as it is.
fn after(git: &Git, question: &Question, odd: bool) -> Result<(ObjectId, Option<Git>), GitError> {
    let head = git.commit(question.head)?;
    if !question.merge {
        return Ok((head.tree, None));
    }
    match git.merge(question.base, question.head) {
        Ok((Merged::Tree(tree), own)) => Ok((tree, own)),
        Ok((Merged::Contains, own)) => Ok((head.tree, own)),
        Err(GitError::Other(_)) if odd => Ok((head.tree, None)),
        Err(error) => Err(error),
    }
}

/// Everything that duties are computed from, at one side of the change.
struct Side<'s> {
    books: &'s Books,
    others: &'s [Other],
    calls: &'s [Call],
}

/// Evidence as the engine takes it.
struct Evidence {
    weighed: Weighed,
    exemptions: Vec<Exemption>,
    extensions: Vec<Extension>,
}

impl Evidence {
    fn of(weighed: Weighed) -> Evidence {
        let exemptions = weighed.exemptions.iter().map(parts::exemption).collect();
        let extensions = weighed.extensions.iter().map(parts::extension).collect();
        Evidence { weighed, exemptions, extensions }
    }
}

struct Case<'g> {
    git: &'g Git,
    question: Question,
    difference: Difference,
    /// The steps that are judged one by one; none where the change is one.
    steps: Vec<Difference>,
    merged: bool,
    found: Vec<Finding>,
}

impl Case<'_> {
    fn judge(mut self, mut state: State<'_>) -> Result<Proposal, GitError> {
        let now = self.question.outside.now;
        let (pinned, pin) = crate::trust::pinned(&state.standing.chain, self.question.outside);
        self.found.extend(pin);
        let by = state.standing.authority(&state.ledger);
        let before = Evidence::of(Weighed::of(by, now, None));
        let (others, calls) = (parts::others(&state.ledger), parts::calls(&state.ledger));
        let first = Books::of(&state.ledger);
        let root = state.ledger.roots.last().map(|r| r.value.clone());
        let judgement = self.apply(&mut state)?;
        self.found.extend(judgement.findings);
        let (fresh, judged_again) = (judgement.fresh, judgement.edits_books);
        let evidence = Evidence::of(judgement.weighed);
        let last = Books::of(&state.ledger);
        let (others_now, calls_now) = (parts::others(&state.ledger), parts::calls(&state.ledger));
        let old = Side { books: &first, others: &others, calls: &calls };
        let new = Side { books: &last, others: &others_now, calls: &calls_now };
        let by_old = last.with_requirements_of(&first);
        let mixed = Side { books: &by_old, ..new };
        let at_base = self.duties(&old, &before);
        let by_evidence = self.duties(&old, &evidence);
        let by_old_rules = self.duties(&mixed, &evidence);
        // Edited books can make old records count, or no longer: by them it is judged from then on.
        let again = judged_again.then(|| Evidence::of(state.evidence(&fresh, now)));
        let at_head = self.duties(&new, again.as_ref().unwrap_or(&evidence));
        let name = |subject: &Subject| state.ledger.title(subject).map(str::to_owned);
        let mut effects = Effects::of(&at_base, &by_evidence, &at_head, &name);
        effects.events = self.events(&first, &last, &state.ledger, root)?;
        let mut edits = self.closed_by_edit(&effects, &state);
        self.found.append(&mut edits);
        self.approve(&state);
        self.found.extend(state.ledger.findings.iter().filter(|f| f.severity == Severity::Error).cloned());
        self.found.extend(self.gaps(&state.ledger, &at_base, &by_old_rules, &at_head));
        finding::sort(&mut self.found);
        self.found.dedup();
        let statuses = counted(&at_head);
        let rows = (evidence.weighed.accepted.len(), evidence.weighed.unverified.len());
        drop((at_base, by_evidence, by_old_rules, at_head));
        Ok(Proposal {
            base: self.question.base,
            head: self.question.head,
            merged: self.merged,
            pinned,
            ledger: state.ledger,
            findings: self.found,
            effects,
            rows,
            statuses,
        })
    }

    /// Takes the change in, as one or step by step.
    fn apply(&self, state: &mut State<'_>) -> Result<Judgement, GitError> {
        let now = self.question.outside.now;
        if !self.question.queue {
            return state.apply(&self.difference, now);
        }
        let mut all = Judgement::default();
        for step in &self.steps {
            let one = state.apply(step, now)?;
            all.findings.extend(one.findings);
            all.weighed = one.weighed;
            all.fresh.extend(one.fresh);
            all.edits_books |= one.edits_books;
        }
        Ok(all)
    }

    fn duties<'s>(&self, side: &Side<'s>, evidence: &'s Evidence) -> Duties<'s> {
        let Some(organization) = &side.books.organization else { return Duties::default() };
        let inputs = Inputs {
            organization,
            workers: &side.books.workers,
            others: side.others,
            requirements: &side.books.requirements,
            accepted: &evidence.weighed.accepted,
            unverified: &evidence.weighed.unverified,
            exemptions: &evidence.exemptions,
            extensions: &evidence.extensions,
            calls: side.calls,
        };
        duty::compute(&inputs, self.question.as_of)
    }

    /// The findings about gaps: by the requirements of the base or of the change, whichever is
    /// worse.
    fn gaps(&self, ledger: &Ledger, base: &Duties<'_>, old: &Duties<'_>, new: &Duties<'_>) -> Vec<Finding> {
        let title = |o: &Obligation<'_>| ledger.title(&o.subject);
        let all = |duties: &Duties<'_>| -> HashMap<(Subject, Id), Finding> {
            let of = |o: &Obligation<'_>| Some((key(o), duty::finding(o, title(o))?));
            duties.obligations.iter().filter_map(of).collect()
        };
        let (base, mut worst) = (all(base), all(old));
        for (key, finding) in all(new) {
            match worst.get(&key) {
                Some(other) if other.severity >= finding.severity => {}
                _ => {
                    worst.insert(key, finding);
                }
            }
        }
        let worse = |key: &(Subject, Id), finding: &Finding| {
            !self.question.new_only || base.get(key).is_none_or(|b| b.severity < finding.severity)
        };
        let kept = worst.into_iter().filter(|(key, finding)| worse(key, finding));
        kept.map(|((subject, requirement), finding)| {
            let place = ledger.subject_place(&subject).or_else(|| ledger.requirement_place(&requirement));
            match place {
                Some(place) => finding.at(place),
                None => finding,
            }
        })
        .collect()
    }

    /// The findings about gaps that an edit closes.
    fn closed_by_edit(&self, effects: &Effects, state: &State<'_>) -> Vec<Finding> {
        effects.closed_by_edit.iter().map(|gap| self.one_closed(gap, state)).collect()
    }

    fn one_closed(&self, gap: &Gap, state: &State<'_>) -> Finding {
        let who = match &gap.name {
            Some(name) => format!("{} ({})", crate::record::text::visible(name), gap.subject),
            None => gap.subject.to_string(),
        };
        let now = gap.after.map_or("owes it no longer".to_owned(), |s| format!("is now {}", s.word()));
        let message =
            format!("{who}: {} was {} and {now}, by an edit alone", gap.requirement, gap.before.word());
        let help = "Let officers approve the edit with `duly approve`, or close the gap with evidence.";
        let finding = Finding::new(&history::CLOSED_BY_EDIT, message, help)
            .about(gap.subject.to_string())
            .for_requirement(gap.requirement.to_string());
        match self.edited(gap, &state.ledger) {
            Some(path) => finding.in_file(&path),
            None => finding,
        }
    }

    /// The edited file that a gap is most likely about.
    fn edited(&self, gap: &Gap, ledger: &Ledger) -> Option<String> {
        let edited = |path: &str| self.difference.changes.iter().any(|c| c.path == path);
        let roster = ledger.subject_place(&gap.subject).map(|p| p.path).filter(|p| edited(p));
        let policy = ledger.requirement_place(&gap.requirement).map(|p| p.path).filter(|p| edited(p));
        let any = || self.books().next().map(str::to_owned);
        roster.or(policy).or_else(any)
    }

    fn books(&self) -> impl Iterator<Item = &str> {
        let of = |c: &'_ &walk::Change| class(&c.path) == Class::Books;
        self.difference.changes.iter().filter(of).map(|c| c.path.as_str())
    }

    /// Takes what officers approved for what it is. A gap that an edit closes needs the approval
    /// of all edited books: any of them may have a part in it.
    fn approve(&mut self, state: &State<'_>) {
        let changes = &self.difference.changes;
        let digest = |path: &str| content(self.git, changes, path);
        let all = self.books().all(|path| state.approvals.of_file(path, digest(path)).is_some());
        let (mut edits, mut rest): (Vec<Finding>, Vec<Finding>) =
            self.found.drain(..).partition(|f| f.entry == &history::CLOSED_BY_EDIT);
        if all {
            state.approve(&mut edits, &digest);
        }
        state.approve(&mut rest, &digest);
        self.found = rest;
        self.found.append(&mut edits);
    }

    /// What the change says, in words: the books first, then the records.
    fn events(
        &self,
        before: &Books,
        after: &Books,
        ledger: &Ledger,
        mut root: Option<Signed<Root>>,
    ) -> Result<Vec<Line>, GitError> {
        let name = |id: &Id| ledger.name_of(id);
        let line = |event| Line { event, path: None, signers: Vec::new() };
        let mut lines: Vec<Line> =
            people(&before.view(), &after.view(), &name).into_iter().map(line).collect();
        for change in &self.difference.changes {
            lines.extend(log::of_file(self.git, change, &mut root, &name)?);
        }
        Ok(lines)
    }
}

/// What tells obligations apart.
fn key(obligation: &Obligation<'_>) -> (Subject, Id) {
    (obligation.subject.clone(), obligation.requirement.id.value.clone())
}

fn counted(duties: &Duties<'_>) -> Vec<(&'static str, usize)> {
    let count = |status: Status| duties.obligations.iter().filter(|o| o.status == status).count();
    Status::ALL.iter().map(|s| (s.word(), count(*s))).collect()
}
