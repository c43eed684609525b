//! For spreadsheets: every cell that a spreadsheet would run as a formula starts with `'`.

use std::borrow::Cow;
use std::io;

use super::{Row, text};
use crate::record::text::visible;

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
        writer.write_record(cells.iter().map(|c| harmless(c).into_owned()))?;
    }
    writer.flush()
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection").
pub(crate) fn harmless(cell: &str) -> Cow<'_, str> {
    let shown = visible(cell);
    if shown.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{shown}").into() } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts() {
        assert_eq!(harmless("=cmd()"), "'=cmd()");
        assert_eq!(harmless("+1"), "'+1");
        assert_eq!(harmless("@x"), "'@x");
        assert_eq!(harmless("Ana = Ruiz"), "Ana = Ruiz");
        assert_eq!(harmless("a\u{1b}[2J\nb"), "a\\u{1b}[2J\\u{a}b");
    }
}
