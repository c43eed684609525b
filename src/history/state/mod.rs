//! Records, keys and people at one commit, carried to the next.
//!
//! A change is judged in this order: its files; its revocations, which act at once; its
//! evidence, by the keys, people and policies of the base; its keys and grants, by the officers
//! of the base; its roots; its approvals; and at last what its books no longer say. Nothing that
//! a change brings helps to judge the same change.

mod files;
mod judging;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::books::Books;
use super::rules::{self, Class, class};
use super::seen::{FirstSeen, KnownHistory};
use super::walk::Difference;
use crate::finding::Finding;
use crate::ledger::{FileIndex, Fresh, Ledger};
use crate::record::date::{Date, Instant, Zone};
use crate::source::git::{CommitTree, Git, GitError, ObjectId};
use crate::trust::appeared::Seen;
use crate::trust::approvals::Approvals;
use crate::trust::judged_evidence::JudgedEvidence;
use crate::trust::standing::Standing;
use files::{Read, stem};

/// Records, keys and people at one commit.
pub struct State<'g> {
    git: &'g Git,
    /// What the commit holds. Evidence that was judged is dropped where `keep` is not set.
    pub ledger: Ledger,
    /// Who may sign.
    pub standing: Standing,
    /// What officers approved so far.
    pub approvals: Approvals,
    index: HashMap<String, FileIndex>,
    /// Records by the names of their files, which their payloads give.
    names: HashMap<String, (FileIndex, ObjectId)>,
    keep: bool,
    /// When files appeared, where the history is at hand.
    history: Option<Arc<FirstSeen>>,
    /// The messages of cross-checks that the state before gave already.
    known: HashSet<(String, String)>,
}

/// What judging one change gave.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// The evidence by the rules of the base: all where evidence is kept, else what is new.
    pub judged: JudgedEvidence,
    /// The signed files that it adds.
    pub fresh: HashSet<FileIndex>,
    /// Whether it edits the books, by which evidence is judged from then on.
    pub edits_books: bool,
}

impl<'g> State<'g> {
    /// The state at a commit whose files were read: its roots, keys and revocations are judged
    /// in full; its evidence only if it is said so later.
    pub fn new(
        git: &'g Git,
        mut ledger: Ledger,
        files: &CommitTree<&Git>,
        keep: bool,
        history: Option<Arc<FirstSeen>>,
        found: &mut Vec<Finding>,
    ) -> State<'g> {
        ledger.fresh = Fresh::All;
        let (standing, approvals) = {
            let seen = appeared(&ledger, history.as_deref());
            let seen: Seen<'_> = history.as_ref().map(|_| &seen as _);
            let standing = Standing::judge(&ledger, seen, found);
            let approvals = Approvals::judge(standing.authority(&ledger, seen), &|_| true, found);
            (standing, approvals)
        };
        ledger.fresh = Fresh::Only(HashSet::new());
        let index: HashMap<String, FileIndex> = ledger.paths.iter().cloned().zip(0..).collect();
        let named = |(path, file): (&String, &FileIndex)| Some((stem(path)?, (*file, files.blob(path)?)));
        let names = index.iter().filter_map(named).collect();
        let known = ledger.cross_check().iter().map(key).collect();
        let mut state = State { git, ledger, standing, approvals, index, names, keep, history, known };
        state.settle();
        state
    }

    /// All evidence of the state as it is.
    pub fn all_evidence(&self, now: Instant) -> JudgedEvidence {
        let seen = appeared(&self.ledger, self.history.as_deref());
        let seen: Seen<'_> = self.history.as_ref().map(|_| &seen as _);
        JudgedEvidence::of(self.standing.authority(&self.ledger, seen), now)
    }

    /// Drops evidence that was judged, but for what revocations name.
    fn settle(&mut self) {
        if !self.keep {
            self.ledger.drop_evidence();
        }
    }

    /// Today, where the organisation is.
    fn day(&self, now: Instant) -> Date {
        self.ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone).date_at(now)
    }

    /// Judges a change and takes it in. `now` is the moment at which it comes.
    ///
    /// # Errors
    /// An object is missing.
    pub fn apply(&mut self, difference: &Difference, now: Instant) -> Result<Judgement, GitError> {
        let mut judgement = Judgement { findings: difference.findings.clone(), ..Judgement::default() };
        judgement.findings.extend(rules::judge(&difference.changes));
        let read = self.read(&difference.changes, &mut judgement.findings)?;
        self.take_away(&difference.changes)?;
        let (books, signed): (Vec<Read>, Vec<Read>) = read.into_iter().partition(|r| r.class == Class::Books);
        let edits_books = difference.changes.iter().any(|c| class(&c.path) == Class::Books);
        let has_evidence = signed.iter().any(|r| r.class == Class::Evidence);
        let fresh = self.put_signed(&signed, &mut judgement.findings);
        self.ledger.fresh = Fresh::Only(fresh.clone());
        self.fetch_targets()?;
        let lent = if has_evidence { self.lend_new_workers(&books) } else { 0 };
        let touches_trust = signed.iter().any(|r| r.class == Class::Trust);
        if touches_trust {
            self.revocations(&fresh, self.day(now), &mut judgement.findings);
        }
        if self.keep || has_evidence {
            judgement.judged = self.evidence(&fresh, now);
            judgement.findings.append(&mut judgement.judged.findings);
        }
        self.take_back(lent);
        if touches_trust {
            self.trust(&fresh, self.day(now), &mut judgement.findings);
            // In the past, the clock of a commit decides nothing.
            if self.keep {
                judgement.findings.extend(self.requested_ahead(&fresh, self.day(now)));
            }
        }
        if edits_books {
            let touched = self.touched(&difference.changes);
            let before = Books::of_files(&self.ledger, &|file| touched.contains(&file));
            let settings = self.ledger.organization.clone();
            self.edit_books(&books, &difference.changes, &mut judgement.findings);
            self.let_words_in(settings.as_ref(), &mut judgement.findings);
            judgement.findings.extend(before.judge(&self.ledger));
            judgement.findings.extend(self.cross_check());
        }
        self.ledger.fresh = Fresh::Only(HashSet::new());
        self.settle();
        (judgement.fresh, judgement.edits_books) = (fresh, edits_books);
        Ok(judgement)
    }
}

/// When the files of a ledger appeared.
fn appeared<'l>(ledger: &'l Ledger, seen: Option<&'l FirstSeen>) -> KnownHistory<'l> {
    KnownHistory { ledger, seen, fresh: None, now: None }
}

/// What tells two findings of the books apart, wherever lines moved to.
fn key(finding: &Finding) -> (String, String) {
    (finding.entry.code.to_owned(), finding.message.clone())
}
