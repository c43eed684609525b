//! What a learning system's export adds to the evidence: a pure function, nothing is signed
//! or written here.

mod recorded;
mod row;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::cells::Cells;
use super::csv::Table;
use super::map::{CompletionsMap, Map};
use super::rejects::{self, Reason, Reject};
use crate::ledger::Ledger;
use crate::record::attestation::{Attestation, Completion, Origin, Outcome, ROWS_MAX};
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::Id;
use crate::record::policy::{Material, Requirement};

use recorded::Recorded;
use row::{Fact, Not};

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'i> {
    /// The export.
    pub table: &'i Table<'i>,
    /// What its columns mean.
    pub map: &'i CompletionsMap,
    /// The repository.
    pub ledger: &'i Ledger,
    /// sha256 of root 1's payload: which repository the records are for.
    pub audience: Sha256,
    /// No completion may be dated after this day.
    pub today: Date,
}

/// What an import would add.
#[derive(Debug)]
pub struct Plan {
    /// The records to sign, by requirement, edition, month and method.
    pub attestations: Vec<Attestation>,
    /// How many rows they hold.
    pub imported: usize,
    /// How many of these rows have which outcome.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// Rows that the repository holds already.
    pub unchanged: usize,
    /// Rows that say again what an earlier row of the file says.
    pub repeated: usize,
    /// Rows of courses that the map ignores.
    pub ignored: usize,
    /// Rows that cannot be taken over, in the order of the file.
    pub rejects: Vec<Reject>,
    /// Columns that were not taken over.
    pub dropped: Vec<String>,
    /// Imported rows dated after the worker's last day.
    pub after_exit: usize,
    /// Imported rows whose score the requirement does not ask for.
    pub scores_left_out: usize,
    /// Imported rows dated on or after the day on which the repository became the record:
    /// those that lie far back need an officer's signature too.
    pub since_history_begins: usize,
}

/// What one attestation is about: requirement, edition, year, month, method.
type Sheet = (Id, Option<Id>, i32, u32, Id);

/// Works out what an export would add. It always gives the same records for the same rows,
/// in whatever order the file has them.
pub fn plan(input: Input<'_>) -> Plan {
    let mut planner = Planner::new(input);
    for (at, row) in input.table.rows.iter().enumerate() {
        let read = match &row.cells {
            Ok(cells) => row::read(&input, Cells::new(input.table, cells)),
            Err(fault) => Err(Not::Rejected(vec![Reason::unreadable(*fault)])),
        };
        match read {
            Ok(fact) => planner.fact(at, fact),
            Err(Not::Ignored) => planner.plan.ignored += 1,
            Err(Not::Rejected(reasons)) => planner.plan.rejects.push(Reject::new(at, row, reasons)),
        }
    }
    planner.finish()
}

struct Planner<'i> {
    input: Input<'i>,
    recorded: Recorded,
    sheets: BTreeMap<Sheet, (&'i Requirement, Vec<Completion>)>,
    plan: Plan,
}

impl<'i> Planner<'i> {
    fn new(input: Input<'i>) -> Planner<'i> {
        let plan = Plan {
            attestations: Vec::new(),
            imported: 0,
            outcomes: BTreeMap::new(),
            unchanged: 0,
            repeated: 0,
            ignored: 0,
            rejects: Vec::new(),
            dropped: rejects::dropped(input.table, &input.map.columns()),
            after_exit: 0,
            scores_left_out: 0,
            since_history_begins: 0,
        };
        Planner { input, recorded: Recorded::of(input.ledger), sheets: BTreeMap::new(), plan }
    }

    fn fact(&mut self, at: usize, fact: Fact<'i>) {
        if self.recorded.holds(&fact) {
            self.plan.unchanged += 1;
            return;
        }
        match self.recorded.earlier_row(&fact) {
            Some(same) if same => self.plan.repeated += 1,
            Some(_) => {
                let text = "an earlier row has the same worker, course, day and outcome, and another score or expiry; keep one";
                let reason = Reason::new("the same completion in several rows", text);
                let row = self.input.table.rows.get(at);
                self.plan.rejects.extend(row.map(|row| Reject::new(at, row, vec![reason])));
            }
            None => self.add(fact),
        }
    }

    fn add(&mut self, fact: Fact<'i>) {
        self.recorded.add_row(&fact);
        let date = fact.completion.completed_on;
        let begins = self.input.ledger.organization.as_ref().and_then(|o| o.history_begins);
        let plan = &mut self.plan;
        plan.imported += 1;
        *plan.outcomes.entry(fact.completion.outcome).or_default() += 1;
        plan.after_exit += usize::from(fact.after_exit);
        plan.scores_left_out += usize::from(fact.score_left_out);
        plan.since_history_begins += usize::from(begins.is_none_or(|begins| date >= begins));
        let requirement = fact.requirement;
        let sheet = (requirement.id.value.clone(), fact.edition, date.year(), date.month(), fact.method);
        self.sheets.entry(sheet).or_insert_with(|| (requirement, Vec::new())).1.push(fact.completion);
    }

    fn finish(mut self) -> Plan {
        let audience = self.input.audience;
        for (sheet, (requirement, mut rows)) in self.sheets {
            rows.sort_by(|a, b| {
                let key = |c: &Completion| (c.completed_on, c.outcome);
                a.subject.cmp(&b.subject).then_with(|| key(a).cmp(&key(b)))
            });
            let sheets = rows.chunks(ROWS_MAX).map(|rows| attestation(audience, &sheet, requirement, rows));
            self.plan.attestations.extend(sheets);
        }
        self.plan
    }
}

fn attestation(
    audience: Sha256,
    (id, edition, _, _, method): &Sheet,
    requirement: &Requirement,
    rows: &[Completion],
) -> Attestation {
    let material = edition.as_ref().and_then(|e| requirement.edition(e.as_str())).map(|e| &e.material);
    let document = match material {
        Some(Material::Document { sha256, .. }) => Some(*sha256),
        _ => None,
    };
    Attestation {
        audience,
        requirement: id.clone(),
        edition: edition.clone(),
        document,
        method: method.clone(),
        origin: Origin::Imported,
        declaration: requirement.declaration.clone(),
        session: None,
        supersedes: None,
        completions: rows.to_vec(),
    }
}
