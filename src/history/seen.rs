//! When each file appeared on the protected branch.

use std::collections::{HashMap, HashSet};

use super::managers::RosterVersions;
use super::rules::{Class, class};
use super::walk::Edge;
use crate::ledger::{FileIndex, Ledger};
use crate::record::date::{Date, Instant, Zone};
use crate::record::id::Id;
use crate::source::git::{Commit, Git, ObjectId};
use crate::trust::appeared::{Appeared, History};

/// A commit of the chain, as far as it matters for others.
#[derive(Debug, Clone)]
pub struct Step {
    /// The commit.
    pub commit: Commit,
    /// The moment that it is taken to have come at, in seconds since 1970: the latest that its
    /// committer or one before it gives, and not later than now.
    pub seconds: i64,
}

/// When files appeared.
#[derive(Debug, Default)]
pub struct FirstSeen {
    steps: Vec<Step>,
    first: HashMap<String, u32>,
    /// Append-only files in the order in which they appeared.
    order: Vec<String>,
    rosters: Option<RosterVersions>,
}

/// The history as trust asks about it, for the files of a ledger.
#[derive(Debug, Clone, Copy)]
pub struct KnownHistory<'k> {
    /// The ledger.
    pub ledger: &'k Ledger,
    /// The history.
    pub seen: Option<&'k FirstSeen>,
    /// What comes now and is in no commit yet; none where every file that is in no commit comes
    /// now.
    pub fresh: Option<&'k HashSet<FileIndex>>,
    /// When that appears.
    pub now: Option<Appeared>,
}

impl KnownHistory<'_> {
    fn zone(&self) -> Zone {
        self.ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone)
    }
}

impl History for KnownHistory<'_> {
    fn appeared(&self, file: u32) -> Option<Appeared> {
        if self.fresh.is_some_and(|fresh| fresh.contains(&file)) {
            return self.now;
        }
        let before = self.seen.and_then(|seen| seen.appeared(self.ledger.path(file), self.zone()));
        before.or(self.now.filter(|_| self.fresh.is_none()))
    }

    fn made_manager(&self, worker: &Id, manager: &Id, day: Date) -> Option<Date> {
        let position = self.seen?.rosters.as_ref()?.first_managed(worker, manager, day)?;
        self.seen?.day(position, self.zone())
    }
}

impl FirstSeen {
    /// Looks for the first commit of each file.
    pub fn of(edges: &[Edge], git: &Git, now: Instant) -> FirstSeen {
        let rosters = Some(RosterVersions::of(edges, git));
        let mut seen = FirstSeen { rosters, ..FirstSeen::default() };
        let mut latest = i64::MIN;
        for edge in edges {
            latest = latest.max(edge.commit.committer.seconds.min(now.unix()));
            seen.steps.push(Step { commit: edge.commit.clone(), seconds: latest });
            let mut added: Vec<&str> = edge
                .difference
                .changes
                .iter()
                .filter(|c| c.after.is_some() && class(&c.path) != Class::Other)
                .map(|c| c.path.as_str())
                .filter(|path| !seen.first.contains_key(*path))
                .collect();
            added.sort_unstable_by_key(|path| path.as_bytes());
            for path in added {
                seen.first.insert(path.to_owned(), edge.position);
                if matches!(class(path), Class::Evidence | Class::Trust) {
                    seen.order.push(path.to_owned());
                }
            }
        }
        seen
    }

    /// The commits of the chain, the first one first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The first commit that held a file.
    pub fn step(&self, path: &str) -> Option<&Step> {
        self.steps.get(*self.first.get(path)? as usize)
    }

    /// When a file appeared, for somebody in a time zone.
    pub fn appeared(&self, path: &str, zone: Zone) -> Option<Appeared> {
        let position = *self.first.get(path)?;
        let day = self.day(position, zone)?;
        Some(Appeared { day, position })
    }

    /// The day of a commit.
    pub fn day(&self, position: u32, zone: Zone) -> Option<Date> {
        let seconds = self.steps.get(position as usize)?.seconds;
        Some(zone.date_at(Instant::from_unix(seconds)?))
    }

    /// The append-only files in the order in which they appeared: those of one commit by the
    /// bytes of their paths.
    pub fn order(&self) -> &[String] {
        &self.order
    }

    /// Whether a commit lies on the chain.
    pub fn holds(&self, commit: ObjectId) -> bool {
        self.steps.iter().any(|s| s.commit.id == commit)
    }
}
