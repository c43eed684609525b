//! From obligations to the matrix, in one pass over them.

use std::collections::HashMap;

use super::{Cell, Matrix, Role};
use crate::duty::{Duties, Status};
use crate::ledger::Ledger;
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::policy::Applies;
use crate::record::roster::Worker;

/// The matrix of a day. Each worker is counted on the day that their obligations are of, which
/// near midnight may be the day before or after in another time zone.
pub fn build(ledger: &Ledger, duties: &Duties<'_>, as_of: Date) -> Matrix {
    let requirements: Vec<&Id> = ledger
        .requirements
        .iter()
        .filter(|r| matches!(r.applies_to, Applies::Workers(_)))
        .map(|r| &r.id.value)
        .collect();
    let mut rows = Rows::new(ledger, requirements.len());
    let columns: HashMap<&Id, usize> = requirements.iter().copied().zip(0..).collect();
    for worker in &ledger.workers {
        let obligations = duties.of(&worker.subject());
        let day = obligations.first().map_or(as_of, |o| o.as_of);
        let owed = obligations.iter().filter(|o| o.status != Status::NotApplicable);
        let owed: Vec<(usize, Status)> =
            owed.filter_map(|o| Some((*columns.get(&o.requirement.id.value)?, o.status))).collect();
        // Somebody whose first day is missing may be there: they owe something, if only unknown.
        if worker.employed_on(day) || !owed.is_empty() {
            rows.add(worker, day, &owed);
        }
    }
    rows.finish(as_of, requirements)
}

struct Rows<'l> {
    index: HashMap<&'l Id, usize>,
    roles: Vec<Role>,
    cells: Vec<Vec<Cell>>,
}

impl<'l> Rows<'l> {
    /// A row for each declared role, and the last for those who have none.
    fn new(ledger: &'l Ledger, columns: usize) -> Rows<'l> {
        let declared = ledger.organization.as_ref().map(|o| o.roles.as_slice()).unwrap_or_default();
        let ids = declared.iter().map(|d| Some(d.id.to_string())).chain([None]);
        let roles: Vec<Role> = ids.map(|id| Role { id, workers: 0 }).collect();
        Rows {
            index: declared.iter().map(|d| &d.id.value).zip(0..).collect(),
            cells: vec![vec![Cell::default(); columns]; roles.len()],
            roles,
        }
    }

    fn add(&mut self, worker: &Worker, day: Date, owed: &[(usize, Status)]) {
        let mut held: Vec<usize> =
            Worker::on(&worker.roles, day).filter_map(|id| self.index.get(id)).copied().collect();
        held.sort_unstable();
        held.dedup();
        if held.is_empty() {
            held.push(self.roles.len() - 1);
        }
        for row in held {
            if let (Some(role), Some(cells)) = (self.roles.get_mut(row), self.cells.get_mut(row)) {
                role.workers += 1;
                for (column, status) in owed {
                    let cell = cells.get_mut(*column);
                    cell.into_iter().for_each(|c| *c.statuses.entry(*status).or_default() += 1);
                }
            }
        }
    }

    fn finish(mut self, as_of: Date, requirements: Vec<&Id>) -> Matrix {
        if self.roles.last().is_some_and(|role| role.workers == 0) {
            self.roles.pop();
            self.cells.pop();
        }
        let requirements = requirements.iter().map(ToString::to_string).collect();
        Matrix { as_of, roles: self.roles, requirements, cells: self.cells }
    }
}
