//! A list as the script that hands its rows to the page: it assigns one global. Words that
//! repeat are written once and named by their number.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{Cell, Page, Table};
use crate::record::text::visible;
use crate::report::escape;

/// The whole script.
pub fn write(table: &Table<'_>) -> String {
    let mut words = Words::default();
    let mut rows = String::with_capacity(table.rows.len() * 96);
    for row in &table.rows {
        rows.push_str(if rows.is_empty() { "[" } else { ",\n[" });
        for (i, cell) in row.iter().enumerate() {
            rows.push_str(if i == 0 { "" } else { "," });
            write_cell(&mut rows, cell, &mut words);
        }
        rows.push(']');
    }
    let words = words.list.join(",");
    escape::script(&format!("var DULY_DATA={{\"words\":[{words}],\"rows\":[\n{rows}\n]}};\n"))
}

/// Words that repeat, as JSON, by their number.
#[derive(Default)]
struct Words {
    list: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Where a word is put together, again and again.
    next: String,
}

impl Words {
    /// Appends the number of what `put` writes.
    fn push(&mut self, out: &mut String, put: impl FnOnce(&mut String)) {
        self.next.clear();
        put(&mut self.next);
        let number = match self.numbers.get(&self.next) {
            Some(number) => *number,
            None => self.add(),
        };
        let _ = write!(out, "{number}");
    }

    fn add(&mut self) -> usize {
        self.numbers.insert(self.next.clone(), self.list.len());
        self.list.push(self.next.clone());
        self.list.len() - 1
    }
}

fn write_cell(out: &mut String, cell: &Cell<'_>, words: &mut Words) {
    match cell {
        Cell::Person { id, name, page } => write_person(out, id, *name, *page),
        Cell::Requirement { id, title } => words.push(out, |word| list(word, [*id, &visible(title)])),
        Cell::Status { word, marks, .. } => {
            words.push(out, |json| list(json, std::iter::once(*word).chain(marks.iter().copied())));
        }
        Cell::Date { date: Some(date) } => {
            let _ = write!(out, "\"{date}\"");
        }
        Cell::Date { date: None } => out.push('0'),
        Cell::Number { n: Some(n) } => {
            let _ = write!(out, "{n}");
        }
        Cell::Number { n: None } => out.push_str("null"),
        Cell::Words { words: all } => {
            out.push('[');
            for (i, one) in all.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { "," });
                words.push(out, |word| json(word, &visible(one)));
            }
            out.push(']');
        }
        Cell::Text { text } => json(out, &visible(text)),
    }
}

/// `[id, name]`, or `[id, name, page]` where the page is not the usual one of a person.
fn write_person(out: &mut String, id: &str, name: Option<&str>, page: Page<'_>) {
    let (id, name) = (visible(id), visible(name.unwrap_or_default()));
    match page {
        Page::Person(_) => list(out, [&*id, &*name]),
        page => list(out, [&*id, &*name, &page.path().unwrap_or_default()]),
    }
}

/// Appends a list of JSON strings.
fn list<'t>(out: &mut String, texts: impl IntoIterator<Item = &'t str>) {
    out.push('[');
    for (i, text) in texts.into_iter().enumerate() {
        out.push_str(if i == 0 { "" } else { "," });
        json(out, text);
    }
    out.push(']');
}

/// Appends a JSON string.
fn json(out: &mut String, text: &str) {
    // Ids, dates and most words need nothing done to them.
    if text.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'"' && b != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}
