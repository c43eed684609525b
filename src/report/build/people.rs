//! People, as they are on the day of the report.

use std::collections::HashMap;

use super::Builder;
use crate::record::id::Id;
use crate::record::roster::{Dated, Worker};
use crate::report::model::Person;

impl<'a> Builder<'a> {
    /// The people, by id.
    pub(super) fn people(&self) -> Vec<Person> {
        self.workers.iter().map(|w| self.person(w)).collect()
    }

    fn person(&self, worker: &Worker) -> Person {
        let day = self.as_of;
        let spell = worker.spell_on(day);
        Person {
            id: worker.id.to_string(),
            name: worker.name.clone(),
            email: worker.email.clone(),
            // Somebody without a start date may well be here: they are shown among those who
            // are, with their obligations unknown, until an end says otherwise.
            active: spell.is_some()
                || worker.employment.iter().any(|s| s.start.is_none() && s.end.is_none_or(|e| day <= e)),
            hired: worker.hired(),
            left: worker.left().filter(|last| *last < day),
            employment: spell.map(|s| s.kind.to_string()),
            location: worker.location_on(day).map(|l| self.location(l)),
            roles: held(&worker.roles, day, &self.roles),
            teams: held(&worker.departments, day, &self.teams),
            managers: held(&worker.managers, day, &self.people),
            place: self.ledger.worker_place(&worker.id.value).map(|p| format!("{}:{}", p.path, p.line)),
            records: Vec::new(),
        }
    }

    fn location(&self, id: &Id) -> String {
        let known = self.ledger.organization.as_ref();
        let found = known.and_then(|o| o.locations.iter().find(|l| l.id.value == *id));
        found.and_then(|l| l.title.clone()).unwrap_or_else(|| id.to_string())
    }
}

/// The positions of what holds on a day.
fn held(list: &[Dated<Id>], day: crate::record::date::Date, at: &HashMap<&Id, u32>) -> Vec<u32> {
    let mut found: Vec<u32> = Worker::on(list, day).filter_map(|id| at.get(id).copied()).collect();
    found.sort_unstable();
    found.dedup();
    found
}
