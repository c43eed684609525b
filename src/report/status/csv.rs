//! For spreadsheets: every cell that a spreadsheet would run as a formula starts with `'`.

use std::io;

use super::{Row, text};
use crate::report::escape;

const HEAD: [&str; 9] =
    ["subject", "name", "requirement", "status", "due", "completed_on", "since", "assurance", "marks"];

pub(super) fn print(rows: &[Row], out: &mut dyn io::Write) -> io::Result<()> {
    let cells = rows.iter().map(|row| {
        vec![
            row.subject.clone(),
            row.name.clone().unwrap_or_default(),
            row.requirement.clone(),
            row.status.to_owned(),
            text(row.due),
            text(row.completed_on),
            text(row.since),
            text(row.assurance),
            row.marks.join(" "),
        ]
    });
    write(&HEAD, cells, out)
}

/// Writes a head and rows below it.
pub(super) fn write(
    head: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(head)?;
    for cells in rows {
        writer.write_record(cells.iter().map(|c| escape::csv(c).into_owned()))?;
    }
    writer.flush()
}
