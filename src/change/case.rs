//! Judging a change: the state with it, its gaps by both policies, and what was approved.

use std::collections::HashMap;

use super::effects::{Effects, Gap};
use super::{Proposal, Question, key};
use crate::duty::{
    self, Duties, Exemption, Extension, ExternalDueDate, Inputs, NonWorkerSubject, Obligation, Status,
};
use crate::finding::catalogue::{history, references};
use crate::finding::{self, Finding, Severity};
use crate::history::books::Books;
use crate::history::events::people;
use crate::history::log::{self, Line};
use crate::history::replay::content;
use crate::history::rules::{Class, class};
use crate::history::state::{Judgement, State};
use crate::history::walk::{self, Difference};
use crate::judgement::parts;
use crate::ledger::Ledger;
use crate::record::id::{Id, Subject};
use crate::record::root::Root;
use crate::record::signed::Signed;
use crate::source::git::{Git, GitError};
use crate::trust::judged_evidence::JudgedEvidence;

/// Everything that duties are computed from, at one side of the change.
struct Side<'s> {
    books: &'s Books,
    others: &'s [NonWorkerSubject],
    calls: &'s [ExternalDueDate],
}

/// Evidence as the engine takes it.
struct Evidence {
    judged: JudgedEvidence,
    exemptions: Vec<Exemption>,
    extensions: Vec<Extension>,
}

impl Evidence {
    fn of(judged: JudgedEvidence) -> Evidence {
        let exemptions = judged.exemptions.iter().map(parts::exemption).collect();
        let extensions = judged.extensions.iter().map(parts::extension).collect();
        Evidence { judged, exemptions, extensions }
    }
}

pub(super) struct Case<'g> {
    pub git: &'g Git,
    pub question: Question,
    pub difference: Difference,
    /// The steps that are judged one by one; none where the change is one.
    pub steps: Vec<Difference>,
    pub merged: bool,
    pub found: Vec<Finding>,
}

impl Case<'_> {
    pub fn judge(mut self, mut state: State<'_>) -> Result<Proposal, GitError> {
        let now = self.question.outside.now;
        let (pinned, pin) = crate::trust::pinned(&state.standing.chain, self.question.outside);
        self.found.extend(pin);
        let before = Evidence::of(state.all_evidence(now));
        let (others, calls) = (parts::others(&state.ledger), parts::calls(&state.ledger));
        let first = Books::of(&state.ledger);
        let root = state.ledger.roots.last().map(|r| r.value.clone());
        let judgement = self.apply(&mut state)?;
        self.found.extend(judgement.findings);
        let (fresh, judged_again) = (judgement.fresh, judgement.edits_books);
        let evidence = Evidence::of(judgement.judged);
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
        self.found.extend(without_first_day(&first, &effects, &state.ledger));
        let mut edits = self.closed_by_edit(&effects, &state);
        self.found.append(&mut edits);
        self.approve(&state);
        self.found.extend(state.ledger.findings.iter().filter(|f| f.severity == Severity::Error).cloned());
        self.found.extend(self.gaps(&state.ledger, &at_base, &by_old_rules, &at_head));
        finding::sort(&mut self.found);
        self.found.dedup();
        let statuses = counted(&at_head);
        let rows = (evidence.judged.accepted.len(), evidence.judged.unverified.len());
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
            all.judged = one.judged;
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
            accepted: &evidence.judged.accepted,
            unverified: &evidence.judged.unverified,
            exemptions: &evidence.exemptions,
            extensions: &evidence.extensions,
            external: side.calls,
            unreadable: &side.books.unreadable,
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
        let all = self.books().all(|path| state.approvals.of_file(path, digest(path), None).is_some());
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

/// New requirements without a first day for which people are late at once.
fn without_first_day(before: &Books, effects: &Effects, ledger: &Ledger) -> Vec<Finding> {
    let known = |id: &Id| before.requirements.iter().any(|r| r.id.value == *id);
    let new = ledger.requirements.iter().filter(|r| r.effective_from.is_none() && !known(&r.id.value));
    new.filter_map(|requirement| {
        let id = &requirement.id.value;
        let late = effects.opened.iter().filter(|gap| gap.requirement == *id).count();
        let who = match late {
            0 => return None,
            1 => "somebody is".to_owned(),
            n => format!("{n} people or things are"),
        };
        let message = format!("the new requirement {id} has no first day, and {who} late for it at once");
        let help =
            "Write `effective_from: DATE`: without it, it applies since each person's first day of work.";
        let finding = Finding::new(&references::NO_FIRST_DAY, message, help).for_requirement(id.to_string());
        Some(match ledger.requirement_place(id) {
            Some(place) => finding.at(place),
            None => finding,
        })
    })
    .collect()
}

fn counted(duties: &Duties<'_>) -> Vec<(&'static str, usize)> {
    let count = |status: Status| duties.obligations.iter().filter(|o| o.status == status).count();
    Status::ALL.iter().map(|s| (s.word(), count(*s))).collect()
}
