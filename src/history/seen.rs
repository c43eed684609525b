//! When each file appeared on the protected branch.

use std::collections::HashMap;

use super::rules::{Class, class};
use super::walk::Edge;
use crate::record::date::{Date, Instant, Zone};
use crate::source::git::{Commit, ObjectId};
use crate::trust::appeared::Appeared;

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
}

impl FirstSeen {
    /// Looks for the first commit of each file.
    pub fn of(edges: &[Edge], now: Instant) -> FirstSeen {
        let mut seen = FirstSeen::default();
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
