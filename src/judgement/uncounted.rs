//! Rows that are recorded and do not count, with the reason: what `duly why` and a person's page
//! say beside the derivation.

use std::collections::HashMap;

use crate::duty::{Input, Source, Step};
use crate::ledger::Ledger;
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::trust::Trust;
use crate::trust::accepted::Origin;

/// One row that is recorded and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncountedRow {
    /// Who would have completed it.
    pub subject: Subject,
    /// The requirement.
    pub requirement: Id,
    /// The civil date that the record gives.
    pub completed_on: Date,
    /// Why it does not count, for people.
    pub reason: String,
    /// Where it stands.
    pub origin: Origin,
}

/// The rows of a repository that do not count, in the order of files and lines.
pub fn rows(ledger: &Ledger, trust: &Trust) -> Vec<UncountedRow> {
    let unverified = trust.unverified.iter().map(|u| UncountedRow {
        subject: u.subject.clone(),
        requirement: u.requirement.clone(),
        completed_on: u.completed_on,
        reason: format!("not accepted: {}", u.reason),
        origin: u.origin,
    });
    let voided = trust.voided.iter().map(|v| UncountedRow {
        subject: v.subject.clone(),
        requirement: v.requirement.clone(),
        completed_on: v.completed_on,
        reason: format!("void: {}", v.reason),
        origin: v.origin,
    });
    let mut rows: Vec<UncountedRow> = unverified.chain(voided).chain(replaced(ledger, trust)).collect();
    rows.sort_by_key(|row| row.origin);
    rows
}

/// The rows of records that later ones replaced.
fn replaced<'r>(ledger: &'r Ledger, trust: &'r Trust) -> impl Iterator<Item = UncountedRow> + 'r {
    let by: HashMap<u32, u32> = trust.superseded.iter().map(|s| (s.file, s.by)).collect();
    let records = ledger.attestations.iter().filter_map(move |a| Some((a, *by.get(&a.file)?)));
    records.flat_map(move |(file, by)| {
        let record = &file.value.record;
        record.completions.iter().map(move |row| UncountedRow {
            subject: row.subject.clone(),
            requirement: record.requirement.clone(),
            completed_on: row.completed_on,
            reason: format!("replaced by {}", ledger.path(by)),
            origin: Origin { file: file.file, spot: row.spot },
        })
    })
}

/// The rows that do not count, by what they are about.
#[derive(Debug, Default)]
pub struct Uncounted(HashMap<(Subject, Id), Vec<UncountedRow>>);

impl Uncounted {
    /// Sorts the rows of a repository.
    pub fn new(ledger: &Ledger, trust: &Trust) -> Uncounted {
        let mut all: HashMap<(Subject, Id), Vec<UncountedRow>> = HashMap::new();
        for row in rows(ledger, trust) {
            all.entry((row.subject.clone(), row.requirement.clone())).or_default().push(row);
        }
        Uncounted(all)
    }

    /// Puts what is to be said of the rows of an obligation into its derivation, behind what
    /// counts.
    pub fn tell(&self, subject: &Subject, requirement: &Id, upto: Date, steps: &mut Vec<Step<'_>>) {
        let Some(rows) = self.0.get(&(subject.clone(), requirement.clone())) else { return };
        let known = rows.iter().filter(|row| row.completed_on <= upto);
        let after = steps.iter().rposition(|s| s.rule == "2" || s.rule == "1").map_or(0, |at| at + 1);
        let told: Vec<Step<'_>> = known.map(step).collect();
        steps.splice(after..after, told);
    }
}

fn step<'s>(row: &UncountedRow) -> Step<'s> {
    let input = Input {
        name: "completed_on",
        value: row.completed_on.to_string(),
        source: Source::Record(row.origin),
    };
    let text = format!("the completion of {} does not count: {}", row.completed_on, row.reason);
    Step { rule: "2", text, inputs: vec![input], citations: &[], date: None }
}
