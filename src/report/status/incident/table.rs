//! For people: the incident, the grades, and what the grades rest on.

use std::io;

use super::{Report, Row};
use crate::record::text::visible;
use crate::report::status::table::who;
use crate::report::status::{columns, text};

const HEAD: [&str; 7] = ["WHO", "REQUIREMENT", "BEFORE", "STATUS", "COMPLETED", "DUE", "ASSURANCE"];

pub(super) fn print(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let incident = report.incident;
    writeln!(out, "{} ({})", visible(&incident.title), incident.id.value)?;
    writeln!(out, "Occurred on {}, discovered on {}.\n", incident.occurred_on, incident.discovered_on)?;
    if !report.rows.is_empty() {
        columns::print(&HEAD, &report.rows.iter().map(cells).collect::<Vec<_>>(), out)?;
        writeln!(out)?;
    }
    for subject in &report.without {
        writeln!(out, "{subject}: no requirement applied on that day.")?;
    }
    notes(report, out)
}

fn cells(row: &Row) -> Vec<String> {
    vec![
        who(&row.subject, row.name.as_deref()),
        row.requirement.clone(),
        row.before.word().replace('_', " "),
        row.status.replace('_', " "),
        text(row.completed_on),
        text(row.due),
        text(row.assurance),
    ]
}

fn notes(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let day = report.incident.occurred_on;
    for row in report.rows.iter().filter(|row| row.same_day) {
        writeln!(
            out,
            "{}: {} is also recorded on {day} itself, which is not provably before the incident.",
            who(&row.subject, row.name.as_deref()),
            row.requirement
        )?;
    }
    writeln!(out, "Only what is dated before {day} is looked at.")?;
    if report.history {
        return Ok(());
    }
    writeln!(
        out,
        "The history of the repository was not looked at: a date in a record is a claim, so nothing\n\
         here is better than \"only claimed before\"."
    )
}
