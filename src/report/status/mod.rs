//! Who owes what, as rows: `duly status` in each of its formats.

mod columns;
mod csv;
pub mod incident;
mod json;
pub mod matrix;
mod table;

use std::io;

use crate::Judgement;
use crate::duty::{Marks, Obligation};
use crate::ledger::Ledger;
use crate::record::date::Date;

/// A format of `duly status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// `duly/status/v1`, for programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// One obligation, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As in `worker/w-0042`.
    pub subject: String,
    /// The worker's name, if the roster has one.
    pub name: Option<String>,
    /// The requirement's id.
    pub requirement: String,
    /// The word of the status.
    pub status: &'static str,
    /// The last good day.
    pub due: Option<Date>,
    /// The completion that the due date rests on.
    pub completed_on: Option<Date>,
    /// The first day of the current run of the status.
    pub since: Option<Date>,
    /// The word for how strong the evidence is.
    pub assurance: Option<&'static str>,
    /// Words beside the status.
    pub marks: Vec<&'static str>,
}

impl Row {
    /// The row of an obligation.
    pub fn of(obligation: &Obligation<'_>, ledger: &Ledger) -> Row {
        let worker = obligation.subject.worker().and_then(|id| ledger.worker(id));
        Row {
            subject: obligation.subject.to_string(),
            name: worker.and_then(|w| w.name.clone()),
            requirement: obligation.requirement.id.to_string(),
            status: obligation.status.word(),
            due: obligation.due,
            completed_on: obligation.completed_on(),
            since: obligation.since,
            assurance: obligation.assurance().map(|a| a.word()),
            marks: marks(obligation.marks),
        }
    }
}

/// The words of marks, in a fixed order.
pub fn marks(marks: Marks) -> Vec<&'static str> {
    let all = [
        (marks.late, "late"),
        (marks.late_documented == Some(true), "late_documented"),
        (marks.unverified, "unverified"),
        (marks.weak_material, "weak_material"),
    ];
    all.into_iter().filter_map(|(holds, word)| holds.then_some(word)).collect()
}

/// Prints rows.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print(
    format: Format,
    judgement: &Judgement<'_>,
    rows: &[Row],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Table => table::print(rows, out),
        Format::Json => json::print(judgement, rows, out),
        Format::Csv => csv::print(rows, out),
    }
}

/// The text of a value that may be absent.
fn text(value: Option<impl ToString>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}
