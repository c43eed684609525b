//! Finding the managers that rows name.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::row::{Facts, ManagerName};
use crate::record::id::Id;
use crate::record::roster::Worker;

/// Everybody who can be a manager: those of the roster and those of the rows.
pub(super) struct Managers {
    ids: HashSet<Id>,
    names: HashMap<String, Vec<Id>>,
    emails: HashMap<String, Vec<Id>>,
}

/// Why a row's manager is left out, and how often.
pub(super) type Unresolved = BTreeMap<&'static str, usize>;

impl Managers {
    pub fn of<'f>(workers: &[Worker], facts: impl Iterator<Item = &'f Facts> + Clone) -> Managers {
        let mut all = Managers { ids: HashSet::new(), names: HashMap::new(), emails: HashMap::new() };
        let rows: HashSet<&Id> = facts.clone().map(|f| &f.id).collect();
        for f in facts {
            all.add(&f.id, f.name.as_deref(), f.email.as_deref());
        }
        for worker in workers.iter().filter(|w| !rows.contains(&w.id.value)) {
            all.add(&worker.id.value, worker.name.as_deref(), worker.email.as_deref());
        }
        all
    }

    fn add(&mut self, id: &Id, name: Option<&str>, email: Option<&str>) {
        self.ids.insert(id.clone());
        if let Some(name) = name {
            self.names.entry(name.to_lowercase()).or_default().push(id.clone());
        }
        if let Some(email) = email {
            self.emails.entry(email.to_lowercase()).or_default().push(id.clone());
        }
    }

    /// The row's manager as a list of none or one. One who cannot be found is left out and
    /// counted: without a manager nobody can sign as one, which is the safe side.
    pub fn resolve(&self, facts: &Facts, unresolved: &mut Unresolved) -> Option<Vec<Id>> {
        let found = match facts.manager.as_ref()? {
            ManagerName::Nobody => return Some(Vec::new()),
            ManagerName::Id(id) if self.ids.contains(id) => Ok(id),
            ManagerName::Id(_) => Err("is not in the roster"),
            ManagerName::Name(name) => one(self.names.get(name)),
            ManagerName::Email(email) => one(self.emails.get(email)),
        };
        match found {
            Ok(id) if *id != facts.id => Some(vec![id.clone()]),
            Ok(_) => Some(self.left_out("is the worker themselves", unresolved)),
            Err(why) => Some(self.left_out(why, unresolved)),
        }
    }

    fn left_out(&self, why: &'static str, unresolved: &mut Unresolved) -> Vec<Id> {
        *unresolved.entry(why).or_default() += 1;
        Vec::new()
    }
}

fn one(ids: Option<&Vec<Id>>) -> Result<&Id, &'static str> {
    match ids.map_or(&[][..], Vec::as_slice) {
        [id] => Ok(id),
        [] => Err("is not in the roster"),
        _ => Err("could be several people"),
    }
}
