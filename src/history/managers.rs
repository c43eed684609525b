//! When it first stood in a roster that somebody managed a worker on a day.
//!
//! Whoever edits the roster could name a manager for single days of the past, who then signs for
//! them. The versions of the rosters say when such an entry came.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::walk::Edge;
use crate::ledger::{self, layout};
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::kind::Kind;
use crate::record::roster::Worker;
use crate::source::git::{Git, ObjectId};

/// The versions of all rosters along the protected branch. They are read only where a question
/// needs them.
#[derive(Debug)]
pub struct RosterVersions {
    git: Git,
    /// The position of the commit and the content that it brought, the first one first.
    versions: Vec<(u32, ObjectId)>,
    read: Mutex<HashMap<ObjectId, Arc<Vec<Worker>>>>,
}

impl RosterVersions {
    /// Notes what each commit brought.
    pub fn of(edges: &[Edge], git: &Git) -> RosterVersions {
        let of = |edge: &Edge| {
            let changes = edge.difference.changes.iter().filter(|c| is_roster(&c.path));
            changes.filter_map(|c| Some((edge.position, c.after?.id))).collect::<Vec<_>>()
        };
        let versions = edges.iter().flat_map(of).collect();
        RosterVersions { git: git.clone(), versions, read: Mutex::default() }
    }

    /// The position of the first commit that names a manager of a worker on a day. None where no
    /// commit does, and where the worker came with that very commit: then there was nothing
    /// before it to compare with.
    pub fn first_managed(&self, worker: &Id, manager: &Id, day: Date) -> Option<u32> {
        let mut known_since = None;
        for (position, content) in &self.versions {
            let Some(found) = self.worker(*content, worker) else { continue };
            if found.managed_by(manager, day) {
                return known_since.filter(|since| since < position).map(|_| *position);
            }
            known_since = known_since.or(Some(*position));
        }
        None
    }

    /// A worker as one version of a roster has them.
    fn worker(&self, content: ObjectId, id: &Id) -> Option<Worker> {
        let known = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&content).cloned();
        let workers = match known {
            Some(workers) => workers,
            None => {
                let bytes = self.git.blob(content).ok()?;
                // Most versions of one-person files are of somebody else.
                String::from_utf8_lossy(&bytes).find(id.as_str())?;
                let workers = Arc::new(ledger::workers_of("roster/version.yaml", &bytes));
                self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(content, workers.clone());
                workers
            }
        };
        workers.iter().find(|w| w.id.value == *id).cloned()
    }
}

fn is_roster(path: &str) -> bool {
    matches!(layout::room(path), layout::Room::Record(kinds) if kinds.contains(&Kind::Roster))
}
