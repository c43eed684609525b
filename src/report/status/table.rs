//! For people: columns, as wide as they need.

use std::io;

use super::{Row, columns, text};
use crate::record::text::visible;

const HEAD: [&str; 7] = ["WHO", "REQUIREMENT", "STATUS", "DUE", "COMPLETED", "ASSURANCE", "MARKS"];

/// The widest a name may be, in characters.
const WIDEST: usize = 48;

pub(super) fn print(rows: &[Row], out: &mut dyn io::Write) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "Nothing matches.");
    }
    let cells: Vec<Vec<String>> = rows.iter().map(cells).collect();
    columns::print(&HEAD, &cells, out)
}

fn cells(row: &Row) -> Vec<String> {
    vec![
        who(&row.subject, row.name.as_deref()),
        row.requirement.clone(),
        row.status.replace('_', " "),
        text(row.due),
        text(row.completed_on),
        text(row.assurance),
        row.marks.join(", ").replace('_', " "),
    ]
}

/// The name and id of a subject, or its id alone.
pub(super) fn who(subject: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{} ({})", clip(&visible(name)), subject.trim_start_matches("worker/")),
        None => subject.to_owned(),
    }
}

fn clip(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(WIDEST - 1).collect();
    format!("{start}…")
}
