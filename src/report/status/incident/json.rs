//! `duly/status-at-incident/v1`: frozen. A new shape is a new module beside this one.

use std::io;

use serde::Serialize;

use super::{Report, Row};

#[derive(Serialize)]
struct Shape<'r> {
    schema: &'static str,
    incident: &'r str,
    occurred_on: String,
    discovered_on: String,
    history: bool,
    obligations: Vec<Obligation<'r>>,
    without_requirement: &'r [String],
}

#[derive(Serialize)]
struct Obligation<'r> {
    subject: &'r str,
    requirement: &'r str,
    before: &'static str,
    status: &'static str,
    due: Option<String>,
    completed_on: Option<String>,
    same_day: bool,
    assurance: Option<&'static str>,
}

pub(super) fn print(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let shape = Shape {
        schema: "duly/status-at-incident/v1",
        incident: report.incident.id.as_str(),
        occurred_on: report.incident.occurred_on.to_string(),
        discovered_on: report.incident.discovered_on.to_string(),
        history: report.history,
        obligations: report.rows.iter().map(obligation).collect(),
        without_requirement: &report.without,
    };
    serde_json::to_writer_pretty(&mut *out, &shape)?;
    writeln!(out)
}

fn obligation(row: &Row) -> Obligation<'_> {
    Obligation {
        subject: &row.subject,
        requirement: &row.requirement,
        before: row.before.word(),
        status: row.status,
        due: row.due.map(|d| d.to_string()),
        completed_on: row.completed_on.map(|d| d.to_string()),
        same_day: row.same_day,
        assurance: row.assurance,
    }
}
