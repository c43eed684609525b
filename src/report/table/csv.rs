//! A list as CSV (RFC 4180), ids instead of names and titles.

use std::borrow::Cow;

use super::{Cell, Table};
use crate::report::escape;

/// The whole list.
pub fn write(table: &Table<'_>) -> String {
    let mut out = String::with_capacity(table.rows.len() * 72);
    write_record(&mut out, table.columns.iter().map(|c| c.key.into()));
    for row in &table.rows {
        write_record(&mut out, row.iter().map(plain));
    }
    out
}

fn write_record<'t>(out: &mut String, fields: impl Iterator<Item = Cow<'t, str>>) {
    for (i, field) in fields.enumerate() {
        out.push_str(if i == 0 { "" } else { "," });
        write_field(out, &escape::csv(&field));
    }
    out.push_str("\r\n");
}

fn write_field(out: &mut String, field: &str) {
    if field.contains(['"', ',', '\n', '\r', '\'', ' ', ';']) {
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(field);
    }
}

/// A cell as a field.
fn plain<'t>(cell: &'t Cell<'_>) -> Cow<'t, str> {
    match cell {
        Cell::Person { id, .. } | Cell::Requirement { id, .. } => (*id).into(),
        Cell::Status { word, marks, .. } if marks.is_empty() => (*word).into(),
        Cell::Status { word, marks, .. } => format!("{word}; {}", marks.join("; ")).into(),
        Cell::Date { date } => date.map(|d| d.to_string()).unwrap_or_default().into(),
        Cell::Number { n } => n.map(|n| n.to_string()).unwrap_or_default().into(),
        Cell::Words { words } => match words.as_slice() {
            [one] => one.as_ref().into(),
            all => all.join("; ").into(),
        },
        Cell::Text { text } => text.as_ref().into(),
    }
}
