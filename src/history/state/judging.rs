//! Judging what a change brings, by what was there before it.

use std::collections::HashSet;

use super::files::Read;
use super::{State, key};
use crate::finding::catalogue::{history, trust};
use crate::finding::{Finding, Severity};
use crate::history::guards::only_adds;
use crate::history::seen::{FirstSeen, KnownHistory};
use crate::ledger::{FileIndex, Ledger};
use crate::record::date::{Date, Instant};
use crate::record::digest::Sha256;
use crate::record::organization::Organization;
use crate::record::roster::Worker;
use crate::trust::appeared::{Appeared, Seen};
use crate::trust::approvals::Worth;
use crate::trust::chain::Chain;
use crate::trust::judged_evidence::JudgedEvidence;
use crate::trust::key_age;
use crate::trust::open::{Door, NO_COMMIT};
use crate::trust::standing::Standing;

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
    pub(super) fn revocations(&mut self, fresh: &HashSet<FileIndex>, day: Date, found: &mut Vec<Finding>) {
        if !self.ledger.revocations.iter().any(|r| fresh.contains(&r.file)) {
            return;
        }
        let (mut all, mut withdrawn) = (Vec::new(), Vec::new());
        let (chain, registry) = self.standing.take();
        let seen = coming(&self.ledger, self.history.as_deref(), fresh, day);
        let standing = Standing::with(&self.ledger, Some(&seen), chain, registry, &mut all, &mut withdrawn);
        self.standing = standing;
        self.approvals.withdraw(&self.standing.revocations);
        all.append(&mut withdrawn);
        found.extend(self.about(all, fresh));
    }

    /// The evidence by the state as it is, and what was found in what is new.
    pub fn evidence(&self, fresh: &HashSet<FileIndex>, now: Instant) -> JudgedEvidence {
        let day = self.day(now);
        let seen = coming(&self.ledger, self.history.as_deref(), fresh, day);
        let by = self.standing.authority(&self.ledger, Some(&seen));
        let mut judged = JudgedEvidence::of(by, now);
        let all = std::mem::take(&mut judged.findings);
        judged.findings = self.about(all, fresh);
        judged.findings.extend(key_age::signed_too_late(by, fresh, day));
        judged
    }

    /// New keys and grants by the officers of the base; then approvals; then new roots.
    pub(super) fn trust(&mut self, fresh: &HashSet<FileIndex>, day: Date, found: &mut Vec<Finding>) {
        let is_new = |file: FileIndex| fresh.contains(&file);
        if self.ledger.roots.iter().any(|r| is_new(r.file)) {
            self.ledger.reindex();
        }
        let mut all = Vec::new();
        let (chain, mut registry) = self.standing.take();
        let mut approvals = std::mem::take(&mut self.approvals);
        let seen = coming(&self.ledger, self.history.as_deref(), fresh, day);
        let seen: Seen<'_> = Some(&seen);
        let ledger = &self.ledger;
        registry.add(Door { ledger, chain: &chain, seen }, &is_new, &mut all);
        let mut standing = Standing::with(ledger, seen, chain, registry, &mut Vec::new(), &mut all);
        approvals.add(standing.authority(ledger, seen), &is_new, &mut all);
        if ledger.roots.iter().any(|r| is_new(r.file)) {
            let (_, registry) = standing.take();
            let chain = Chain::judge(ledger, &mut all);
            standing = Standing::with(ledger, seen, chain, registry, &mut Vec::new(), &mut Vec::new());
        }
        let door = Door { ledger, chain: &standing.chain, seen };
        all.extend(standing.chain.signed_by_revoked_keys(door, &standing.revocations));
        (self.standing, self.approvals) = (standing, approvals);
        found.extend(self.about(all, fresh));
    }

    /// New keys whose request is dated after a day.
    pub(super) fn requested_ahead(&self, fresh: &HashSet<FileIndex>, day: Date) -> Vec<Finding> {
        self.about(key_age::ahead(self.standing.authority(&self.ledger, None), day), fresh)
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
            let Some(file) = self.approval_of(finding, content) else { continue };
            let path = self.ledger.path(file);
            let (entry, what) = match self.approvals.worth(file, finding.subject.as_deref()) {
                Worth::Approved => (&history::APPROVED, "approved"),
                Worth::OwnApproval => (&trust::OWN_APPROVAL, "freed by own approval"),
                Worth::NotForThemself => {
                    let not = "does not hold for the officer who signed it alone: another officer must";
                    finding.message = format!("{} ({path} {not})", finding.message);
                    continue;
                }
            };
            finding.message = format!("{what} in {path}: {}", finding.message);
            (finding.entry, finding.severity) = (entry, Severity::Info);
        }
    }

    /// The approval of the file that a finding is about, with the content that it has.
    pub fn approval_of(
        &self,
        finding: &Finding,
        content: &dyn Fn(&str) -> Option<Sha256>,
    ) -> Option<FileIndex> {
        let place = finding.place.as_ref()?;
        self.approvals.of_file(&place.path, content(&place.path), finding.subject.as_deref())
    }
}

/// When files appeared, where these come on a day and are in no commit yet.
fn coming<'s>(
    ledger: &'s Ledger,
    history: Option<&'s FirstSeen>,
    fresh: &'s HashSet<FileIndex>,
    day: Date,
) -> KnownHistory<'s> {
    let now = Some(Appeared { day, position: NO_COMMIT });
    KnownHistory { ledger, seen: history, fresh: Some(fresh), now }
}
