//! Judging what a change brings, by what was there before it.

use std::collections::HashSet;

use super::files::Read;
use super::{State, key};
use crate::finding::catalogue::history;
use crate::finding::{Finding, Severity};
use crate::history::guards::only_adds;
use crate::ledger::FileIndex;
use crate::record::date::{Date, Instant};
use crate::record::digest::Sha256;
use crate::record::organization::Organization;
use crate::record::roster::Worker;
use crate::trust::appeared::Appeared;
use crate::trust::chain::Chain;
use crate::trust::key_age;
use crate::trust::standing::Standing;
use crate::trust::weighed::Weighed;

impl State<'_> {
    /// Lets new workers be known while the evidence for them is judged: their ids, and not
    /// their managers, whom the same change names.
    pub(super) fn lend_new_workers(&mut self, books: &[Read]) -> usize {
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

    pub(super) fn take_back(&mut self, lent: usize) {
        if lent > 0 {
            let left = self.ledger.workers.len() - lent;
            self.ledger.workers.truncate(left);
            self.ledger.worker_files.truncate(left);
            self.ledger.reindex();
        }
    }

    /// What the change revokes acts at once.
    pub(super) fn revocations(&mut self, fresh: &HashSet<FileIndex>, found: &mut Vec<Finding>) {
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
        weighed.findings.extend(key_age::signed_too_late(by, fresh, day));
        weighed
    }

    /// New keys and grants by the officers of the base; then new roots; then approvals.
    pub(super) fn trust(&mut self, fresh: &HashSet<FileIndex>, found: &mut Vec<Finding>) {
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

    /// New keys whose request is dated after a day.
    pub(super) fn requested_ahead(&self, fresh: &HashSet<FileIndex>, day: Date) -> Vec<Finding> {
        self.about(key_age::ahead(self.standing.authority(&self.ledger), day), fresh)
    }

    /// Those findings that are about new files, or about no file.
    pub(super) fn about(&self, all: Vec<Finding>, fresh: &HashSet<FileIndex>) -> Vec<Finding> {
        let new: HashSet<&str> = fresh.iter().map(|f| self.ledger.path(*f)).collect();
        let is = |f: &Finding| f.place.as_ref().is_none_or(|p| new.contains(p.path.as_str()));
        all.into_iter().filter(is).collect()
    }

    /// Drops the finding about settings that only got more words: new roles, places and titles
    /// give nobody a way round anything.
    pub(super) fn let_words_in(&self, before: Option<&Organization>, found: &mut Vec<Finding>) {
        let free = before.zip(self.ledger.organization.as_ref()).is_some_and(|(b, a)| only_adds(b, a));
        let settings = |f: &Finding| f.place.as_ref().is_some_and(|p| p.path == "duly.yaml");
        found.retain(|f| !(free && *f.entry == history::PROTECTED && settings(f)));
    }

    /// What holding the records against each other gives now and did not before.
    pub(super) fn cross_check(&mut self) -> Vec<Finding> {
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
