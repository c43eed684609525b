//! For spreadsheets. A subject to whom nothing applied has a row without a requirement.

use std::io;

use super::{Report, Row};
use crate::report::status::{csv, text};

const HEAD: [&str; 9] =
    ["subject", "name", "requirement", "before", "status", "due", "completed_on", "same_day", "assurance"];

pub(super) fn print(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let without = report.without.iter().map(|subject| {
        let mut cells = vec![String::new(); HEAD.len()];
        cells.splice(..1, [subject.clone()]);
        cells
    });
    csv::write(&HEAD, report.rows.iter().map(cells).chain(without), out)
}

fn cells(row: &Row) -> Vec<String> {
    vec![
        row.subject.clone(),
        row.name.clone().unwrap_or_default(),
        row.requirement.clone(),
        row.before.word().to_owned(),
        row.status.to_owned(),
        text(row.due),
        text(row.completed_on),
        text(Some(row.same_day)),
        text(row.assurance),
    ]
}
