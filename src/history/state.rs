//! Records, keys and people at one commit, carried to the next.
//!
//! A change is judged in this order: its files; its revocations, which act at once; its
//! evidence, by the keys, people and policies of the base; its keys and grants, by the officers
//! of the base; its roots; its approvals; and at last what its books no longer say. Nothing that
//! a change brings helps to judge the same change.

use std::collections::{HashMap, HashSet};

use super::books::Books;
use super::rules::{self, Class, class};
use super::walk::{Change, Difference};
use crate::finding::catalogue::{history, trust};
use crate::finding::{Finding, Severity};
use crate::ledger::{FileIndex, Fresh, LOOKED_AT, Ledger, layout, too_large};
use crate::record::date::{Date, Instant, Zone};
use crate::record::digest::Sha256;
use crate::record::revocation::Target;
use crate::record::roster::Worker;
use crate::source::Entry;
use crate::source::git::{CommitTree, Git, GitError, ObjectId, tree};
use crate::trust::appeared::Appeared;
use crate::trust::approvals::Approvals;
use crate::trust::chain::Chain;
use crate::trust::standing::Standing;
use crate::trust::weighed::Weighed;

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
    /// The messages of cross-checks that the state before gave already.
    known: HashSet<(String, String)>,
}

/// What judging one change gave.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// The evidence by the rules of the base: all where evidence is kept, else what is new.
    pub weighed: Weighed,
    /// The signed files that it adds.
    pub fresh: HashSet<FileIndex>,
    /// Whether it edits the books, by which evidence is judged from then on.
    pub edits_books: bool,
}

/// A file of a change, read.
struct Read {
    path: String,
    class: Class,
    id: ObjectId,
    bytes: Vec<u8>,
}

impl<'g> State<'g> {
    /// The state at a commit whose files were read: its roots, keys and revocations are judged
    /// in full; its evidence only if it is said so later.
    pub fn new(
        git: &'g Git,
        mut ledger: Ledger,
        files: &CommitTree<&Git>,
        keep: bool,
        found: &mut Vec<Finding>,
    ) -> State<'g> {
        ledger.fresh = Fresh::All;
        let standing = Standing::judge(&ledger, found);
        let approvals = Approvals::judge(standing.authority(&ledger), &|_| true, found);
        ledger.fresh = Fresh::Only(HashSet::new());
        let index: HashMap<String, FileIndex> = ledger.paths.iter().cloned().zip(0..).collect();
        let named = |(path, file): (&String, &FileIndex)| Some((stem(path)?, (*file, files.blob(path)?)));
        let names = index.iter().filter_map(named).collect();
        let known = ledger.cross_check().iter().map(key).collect();
        let mut state = State { git, ledger, standing, approvals, index, names, keep, known };
        state.settle();
        state
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
            self.revocations(&fresh, &mut judgement.findings);
        }
        if self.keep || has_evidence {
            judgement.weighed = self.evidence(&fresh, now);
            judgement.findings.append(&mut judgement.weighed.findings);
        }
        self.take_back(lent);
        if touches_trust {
            self.trust(&fresh, &mut judgement.findings);
        }
        if edits_books {
            let touched = self.touched(&difference.changes);
            let before = Books::of_files(&self.ledger, &|file| touched.contains(&file));
            self.edit_books(&books, &difference.changes, &mut judgement.findings);
            judgement.findings.extend(before.judge(&self.ledger));
            judgement.findings.extend(self.cross_check());
        }
        self.ledger.fresh = Fresh::Only(HashSet::new());
        self.settle();
        (judgement.fresh, judgement.edits_books) = (fresh, edits_books);
        Ok(judgement)
    }

    /// Reads what a change adds or edits. What is too large is not opened.
    fn read(&self, changes: &[Change], found: &mut Vec<Finding>) -> Result<Vec<Read>, GitError> {
        let mut read = Vec::new();
        for change in changes {
            let (Some(after), class) = (change.after, class(&change.path)) else { continue };
            let managed = matches!(class, Class::Books | Class::Evidence | Class::Trust);
            let room = layout::room(&change.path);
            let record = managed && room != layout::Room::Unrecognised;
            // What a record is instead of a plain file is said elsewhere.
            if matches!(after.mode, tree::SUBMODULE | tree::LINK) || (record && after.mode != tree::PLAIN) {
                continue;
            }
            let size = self.git.size(after.id)?;
            let limit = if record { layout::limit(room) } else { LOOKED_AT };
            if size > limit {
                let entry = Entry { path: change.path.clone(), size };
                found.extend(record.then(|| too_large(&entry, limit)));
                continue;
            }
            let bytes = self.git.blob(after.id)?;
            if record {
                read.push(Read { path: change.path.clone(), class, id: after.id, bytes });
            } else {
                found.extend(crate::ledger::private_key(&change.path, &bytes));
            }
        }
        Ok(read)
    }

    /// Takes out what a change removes, signed or not; that it must not do so for signed files
    /// is said elsewhere.
    fn take_away(&mut self, changes: &[Change]) -> Result<(), GitError> {
        let mut trust = false;
        for change in changes.iter().filter(|c| c.after.is_none()) {
            if class(&change.path) == Class::Books {
                continue;
            }
            if let Some(file) = self.index.remove(&change.path) {
                // So that who restores it is not told that it is there twice.
                self.names.retain(|_, (known, _)| *known != file);
                trust |= class(&change.path) == Class::Trust;
                self.ledger.remove(file);
            }
        }
        if trust {
            // Whatever was taken away no longer acts: that is what makes it grave.
            self.ledger.fresh = Fresh::Only(HashSet::new());
            self.fetch_targets()?;
            self.standing = Standing::judge(&self.ledger, &mut Vec::new());
        }
        Ok(())
    }

    /// Puts signed files in, and gives the indexes of those that are new.
    fn put_signed(&mut self, read: &[Read], found: &mut Vec<Finding>) -> HashSet<FileIndex> {
        let mut fresh = HashSet::with_capacity(read.len());
        for one in read {
            let file = self.put(one, found);
            fresh.insert(file);
            let Some(stem) = stem(&one.path) else { continue };
            match self.names.get(&stem) {
                Some((other, _)) if *other != file && !self.keep => {
                    found.push(same_record(&one.path, self.ledger.path(*other)));
                }
                _ => {
                    self.names.insert(stem, (file, one.id));
                }
            }
        }
        fresh
    }

    fn put(&mut self, read: &Read, found: &mut Vec<Finding>) -> FileIndex {
        let at = self.index.get(&read.path).copied();
        let (file, more) = self.ledger.put(at, &read.path, &read.bytes);
        found.extend(more);
        self.index.insert(read.path.clone(), file);
        file
    }

    /// Brings back the records that new ones name, where evidence is not kept.
    fn fetch_targets(&mut self) -> Result<(), GitError> {
        if self.keep {
            return Ok(());
        }
        for payload in named(&self.ledger) {
            let stem: String = payload.to_string().chars().take(32).collect();
            let Some((file, id)) = self.names.get(&stem).copied() else { continue };
            let path = self.ledger.path(file).to_owned();
            if class(&path) == Class::Evidence && !self.ledger.has_evidence(file) {
                let bytes = self.git.blob(id)?;
                self.ledger.put(Some(file), &path, &bytes);
            }
        }
        Ok(())
    }

    /// Lets new workers be known while the evidence for them is judged: their ids, and not
    /// their managers, whom the same change names.
    fn lend_new_workers(&mut self, books: &[Read]) -> usize {
        let rosters = books.iter().filter(|r| r.path.starts_with("roster/"));
        let workers: Vec<Worker> =
            rosters.flat_map(|r| crate::ledger::workers_of(&r.path, &r.bytes)).collect();
        let mut lent = 0;
        for mut worker in workers {
            if self.ledger.worker(&worker.id.value).is_none() {
                worker.managers.clear();
                self.ledger.workers.push(worker);
                self.ledger.worker_files.push(FileIndex::MAX);
                lent += 1;
            }
        }
        if lent > 0 {
            self.ledger.reindex();
        }
        lent
    }

    fn take_back(&mut self, lent: usize) {
        if lent > 0 {
            let left = self.ledger.workers.len() - lent;
            self.ledger.workers.truncate(left);
            self.ledger.worker_files.truncate(left);
            self.ledger.reindex();
        }
    }

    /// What the change revokes acts at once.
    fn revocations(&mut self, fresh: &HashSet<FileIndex>, found: &mut Vec<Finding>) {
        let is_new = |file: FileIndex| fresh.contains(&file);
        if self.ledger.revocations.iter().any(|r| is_new(r.file)) {
            let mut all = Vec::new();
            let (chain, registry) = self.standing.take();
            self.standing = Standing::with(&self.ledger, chain, registry, &mut all);
            found.extend(self.about(all, fresh));
        }
    }

    /// The evidence by the state as it is, and what was found in what is new.
    pub fn evidence(&self, fresh: &HashSet<FileIndex>, now: Instant) -> Weighed {
        let day = self.day(now);
        let seen = |file: u32| fresh.contains(&file).then_some(Appeared { day, position: u32::MAX });
        let by = self.standing.authority(&self.ledger);
        let mut weighed = Weighed::of(by, now, Some(&seen));
        let all = std::mem::take(&mut weighed.findings);
        weighed.findings = self.about(all, fresh);
        weighed
    }

    /// New keys and grants by the officers of the base; then new roots; then approvals.
    fn trust(&mut self, fresh: &HashSet<FileIndex>, found: &mut Vec<Finding>) {
        let is_new = |file: FileIndex| fresh.contains(&file);
        let mut all = Vec::new();
        let (mut chain, mut registry) = self.standing.take();
        registry.add(&self.ledger, &chain, &is_new, &mut all);
        let by_base = Standing::with(&self.ledger, chain, registry, &mut Vec::new());
        self.standing = by_base;
        self.approvals.add(self.standing.authority(&self.ledger), &is_new, &mut all);
        if self.ledger.roots.iter().any(|r| is_new(r.file)) {
            (chain, registry) = self.standing.take();
            drop(chain);
            self.ledger.reindex();
            let chain = Chain::judge(&self.ledger, &mut all);
            self.standing = Standing::with(&self.ledger, chain, registry, &mut Vec::new());
        }
        found.extend(self.about(all, fresh));
    }

    /// Those findings that are about new files, or about no file.
    fn about(&self, all: Vec<Finding>, fresh: &HashSet<FileIndex>) -> Vec<Finding> {
        let new: HashSet<&str> = fresh.iter().map(|f| self.ledger.path(*f)).collect();
        let is = |f: &Finding| f.place.as_ref().is_none_or(|p| new.contains(p.path.as_str()));
        all.into_iter().filter(is).collect()
    }

    /// The books that a change edits or removes.
    fn touched(&self, changes: &[Change]) -> HashSet<FileIndex> {
        changes.iter().filter_map(|c| self.index.get(&c.path).copied()).collect()
    }

    /// Takes the edits of the books in.
    fn edit_books(&mut self, books: &[Read], changes: &[Change], found: &mut Vec<Finding>) {
        for change in changes.iter().filter(|c| c.after.is_none() && class(&c.path) == Class::Books) {
            if let Some(file) = self.index.remove(&change.path) {
                self.ledger.remove(file);
            }
        }
        for one in books {
            self.put(one, found);
        }
        self.ledger.reindex();
    }

    /// What holding the records against each other gives now and did not before.
    fn cross_check(&mut self) -> Vec<Finding> {
        let all = self.ledger.cross_check();
        let known: HashSet<(String, String)> = all.iter().map(key).collect();
        let before = std::mem::replace(&mut self.known, known);
        all.into_iter().filter(|f| f.severity == Severity::Error && !before.contains(&key(f))).collect()
    }

    /// Downgrades what officers approved: the finding stays, as something to know.
    pub fn approve(&self, findings: &mut [Finding], content: &dyn Fn(&str) -> Option<Sha256>) {
        let able = [
            &history::CLOSED_BY_EDIT,
            &history::LOOSENED,
            &history::REMOVED,
            &history::REUSED,
            &history::PROTECTED,
            &history::TEXT_CHANGED,
        ];
        for finding in findings.iter_mut().filter(|f| able.iter().any(|entry| **entry == *f.entry)) {
            let Some(place) = &finding.place else { continue };
            let approval = self.approvals.of_file(&place.path, content(&place.path));
            if let Some(file) = approval {
                let message = format!("approved in {}: {}", self.ledger.path(file), finding.message);
                finding.message = message;
                finding.entry = &history::APPROVED;
                finding.severity = Severity::Info;
            }
        }
    }
}

/// The payloads that revocations, countersignatures and corrections name.
fn named(ledger: &Ledger) -> HashSet<Sha256> {
    let revoked = ledger.revocations.iter().filter_map(|f| match &f.value.record.target {
        Target::Key { .. } => None,
        Target::Record(payload) | Target::Rows { payload, .. } => Some(*payload),
    });
    let joined = ledger.countersignatures.iter().map(|f| f.value.record.payload);
    let replaced = ledger.attestations.iter().filter_map(|f| f.value.record.supersedes);
    revoked.chain(joined).chain(replaced).collect()
}

/// The name of a signed file without its ending, if the path is one of evidence.
fn stem(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?.strip_suffix(".yaml")?;
    (class(path) == Class::Evidence).then(|| name.to_owned())
}

fn same_record(path: &str, other: &str) -> Finding {
    let message = format!("{path} holds the same signed record as {other}");
    Finding::new(&trust::SAME_PAYLOAD, message, "Remove one of the two files.").in_file(path)
}

/// What tells two findings of the books apart, wherever lines moved to.
fn key(finding: &Finding) -> (String, String) {
    (finding.entry.code.to_owned(), finding.message.clone())
}
