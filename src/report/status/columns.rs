//! Columns for people, as wide as they need.

use std::io;

/// Prints a head and rows of cells below it.
///
/// # Errors
/// Whatever keeps the output from being written.
pub(super) fn print(head: &[&str], rows: &[Vec<String>], out: &mut dyn io::Write) -> io::Result<()> {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    line(&head, &widths, out)?;
    rows.iter().try_for_each(|row| line(row, &widths, out))
}

fn line(cells: &[String], widths: &[usize], out: &mut dyn io::Write) -> io::Result<()> {
    let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
    let line = padded.collect::<Vec<_>>().join("  ");
    writeln!(out, "{}", line.trim_end())
}
