//! What was met, and provably so, before an incident: `duly status --at-incident`.

mod csv;
mod json;
mod table;

use std::io;

use super::Format;
use crate::duty::{AtIncident, Before};
use crate::ledger::Ledger;
use crate::record::date::Date;
use crate::record::incident::Incident;

/// What is known about an incident and the requirements of whom it touched.
#[derive(Debug, Clone)]
pub struct Report<'r> {
    /// What happened.
    pub incident: &'r Incident,
    /// Whether the history of the repository was looked at: without it nothing is better than
    /// only claimed.
    pub history: bool,
    /// One requirement of one subject each.
    pub rows: Vec<Row>,
    /// The subjects to whom no requirement applied on that day.
    pub without: Vec<String>,
}

/// One requirement of a subject that an incident touched.
#[derive(Debug, Clone)]
pub struct Row {
    /// As in `worker/w-0042`.
    pub subject: String,
    /// Its name, where its record gives one.
    pub name: Option<String>,
    /// The requirement's id.
    pub requirement: String,
    /// The grade.
    pub before: Before,
    /// The word of the status on the day, with only what is dated before it.
    pub status: &'static str,
    /// The last good day, as known before the incident.
    pub due: Option<Date>,
    /// The completion that it rests on.
    pub completed_on: Option<Date>,
    /// Whether something is recorded of the day itself, which is not provably before.
    pub same_day: bool,
    /// The word for how strong the evidence is.
    pub assurance: Option<&'static str>,
}

impl Row {
    /// The row of an answer of the engine.
    pub fn of(found: &AtIncident<'_>, ledger: &Ledger, same_day: bool) -> Row {
        let obligation = &found.obligation;
        Row {
            subject: obligation.subject.to_string(),
            name: ledger.title(&obligation.subject).map(str::to_owned),
            requirement: obligation.requirement.id.to_string(),
            before: found.before,
            status: obligation.status.word(),
            due: obligation.due,
            completed_on: obligation.completed_on(),
            same_day,
            assurance: obligation.assurance().map(|a| a.word()),
        }
    }
}

/// Prints a report.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print(format: Format, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Table => table::print(report, out),
        Format::Json => json::print(report, out),
        Format::Csv => csv::print(report, out),
    }
}
