//! For people: columns, as wide as they need.

use std::io;

use super::{Row, text};
use crate::record::text::visible;

const HEAD: [&str; 7] = ["WHO", "REQUIREMENT", "STATUS", "DUE", "COMPLETED", "ASSURANCE", "MARKS"];

/// The widest a cell may be, in characters.
const WIDEST: usize = 48;

pub(super) fn print(rows: &[Row], out: &mut dyn io::Write) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "Nothing matches.");
    }
    let cells: Vec<[String; 7]> = rows.iter().map(cells).collect();
    let mut widths = HEAD.map(str::len);
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    line(&HEAD.map(str::to_owned), &widths, out)?;
    cells.iter().try_for_each(|row| line(row, &widths, out))
}

fn cells(row: &Row) -> [String; 7] {
    let who = match &row.name {
        Some(name) => format!("{} ({})", clip(&visible(name)), row.subject.trim_start_matches("worker/")),
        None => row.subject.clone(),
    };
    [
        who,
        row.requirement.clone(),
        row.status.replace('_', " "),
        text(row.due),
        text(row.completed_on),
        text(row.assurance),
        row.marks.join(", ").replace('_', " "),
    ]
}

fn clip(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(WIDEST - 1).collect();
    format!("{start}…")
}

fn line(cells: &[String; 7], widths: &[usize; 7], out: &mut dyn io::Write) -> io::Result<()> {
    let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
    let line = padded.collect::<Vec<_>>().join("  ");
    writeln!(out, "{}", line.trim_end())
}
