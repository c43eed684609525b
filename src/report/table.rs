//! A list of the site: columns and rows, shown a page at a time.
//!
//! The same rows become a page of HTML (so that everything can be read without script), the
//! continuation pages, the data of the script that filters and sorts, and a CSV file.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::escape;
use super::model::{Mark, Obligation, Person, Requirement, Status};
use crate::record::date::Date;

/// The most rows that one page shows.
pub const PAGE_ROWS: usize = 100;

/// What a column holds, which says how it is printed, filtered and sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A link to a person.
    Person,
    /// A link to a requirement, chosen from a list.
    Requirement,
    /// A status with its marks, chosen by chips.
    Status,
    /// A date.
    Date,
    /// A number.
    Number,
    /// Words of a small set, chosen from a list.
    Words,
    /// Any text.
    Text,
}

/// One column.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// The word in the address.
    pub key: &'static str,
    /// The head.
    pub title: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be left out where there is little room.
    pub minor: bool,
}

/// One cell.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "k", rename_all = "snake_case")]
pub enum Cell {
    /// Who owes, by id, with a name where it may be shown.
    Person {
        /// The id.
        id: String,
        /// The name.
        name: Option<String>,
        /// The path of the page about them without its `.html`; none where there is none.
        page: Option<String>,
    },
    /// A requirement.
    Requirement {
        /// The id.
        id: String,
        /// The title.
        title: String,
    },
    /// A status.
    Status {
        /// The word of class names.
        word: &'static str,
        /// The word for people.
        label: &'static str,
        /// What is said beside it.
        marks: Vec<&'static str>,
    },
    /// A date, or none.
    Date {
        /// `YYYY-MM-DD`.
        date: Option<String>,
    },
    /// A number, or none where it says nothing.
    Number {
        /// The number.
        n: Option<i64>,
    },
    /// Words of a small set.
    Words {
        /// The words.
        words: Vec<String>,
    },
    /// Any text.
    Text {
        /// The text.
        text: String,
    },
}

/// A list.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it lists, for those who cannot see it.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell per column.
    pub rows: Vec<Vec<Cell>>,
}

impl Column {
    /// A column that is always shown.
    pub fn new(key: &'static str, title: &'static str, kind: Kind) -> Column {
        Column { key, title, kind, minor: false }
    }

    /// A column that may be left out where there is little room.
    pub fn minor(key: &'static str, title: &'static str, kind: Kind) -> Column {
        Column { key, title, kind, minor: true }
    }
}

impl Cell {
    /// A person.
    pub fn person(person: &Person) -> Cell {
        let page = Some(format!("person/{}", person.id));
        Cell::Person { id: person.id.clone(), name: person.name.clone(), page }
    }

    /// A requirement.
    pub fn requirement(requirement: &Requirement) -> Cell {
        Cell::Requirement { id: requirement.id.clone(), title: requirement.title.clone() }
    }

    /// A status alone.
    pub fn status(status: Status) -> Cell {
        Cell::Status { word: status.word(), label: status.label(), marks: Vec::new() }
    }

    /// The status of an obligation with its marks.
    pub fn status_of(obligation: &Obligation) -> Cell {
        let marks = obligation.marks.iter().copied().map(Mark::label).collect();
        Cell::Status { word: obligation.status.word(), label: obligation.status.label(), marks }
    }

    /// A date.
    pub fn date(date: Option<Date>) -> Cell {
        Cell::Date { date: date.map(|d| d.to_string()) }
    }

    /// A number that is shown where it is not 0.
    pub fn number(n: i64) -> Cell {
        Cell::Number { n: Some(n).filter(|n| *n != 0) }
    }

    /// Any text.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text { text: text.into() }
    }

    /// The word for what it holds, as in class names.
    pub fn kind(&self) -> &'static str {
        match self {
            Cell::Person { .. } => "person",
            Cell::Requirement { .. } => "requirement",
            Cell::Status { .. } => "status",
            Cell::Date { .. } => "date",
            Cell::Number { .. } => "number",
            Cell::Words { .. } => "words",
            Cell::Text { .. } => "text",
        }
    }

    /// The cell as a field of a CSV file.
    fn plain(&self) -> String {
        match self {
            Cell::Person { id, .. } | Cell::Requirement { id, .. } => id.clone(),
            Cell::Status { word, marks, .. } => {
                std::iter::once(*word).chain(marks.iter().copied()).collect::<Vec<_>>().join("; ")
            }
            Cell::Date { date } => date.clone().unwrap_or_default(),
            Cell::Number { n } => n.map(|n| n.to_string()).unwrap_or_default(),
            Cell::Words { words } => words.join("; "),
            Cell::Text { text } => text.clone(),
        }
    }
}

impl Table {
    /// How many pages the rows fill; one where there are none.
    pub fn pages(&self) -> usize {
        self.rows.len().div_ceil(PAGE_ROWS).max(1)
    }

    /// The rows of a page, from 0.
    pub fn page(&self, page: usize) -> &[Vec<Cell>] {
        let from = (page * PAGE_ROWS).min(self.rows.len());
        let until = (from + PAGE_ROWS).min(self.rows.len());
        self.rows.get(from..until).unwrap_or_default()
    }

    /// The script that hands the rows to the page: it assigns one global. Words that repeat
    /// are written once and named by their number.
    pub fn data(&self) -> String {
        let mut words = Words::default();
        let mut rows = String::with_capacity(self.rows.len() * 64);
        for row in &self.rows {
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

    /// The rows as CSV (RFC 4180), ids instead of names and titles.
    pub fn csv(&self) -> String {
        let mut out = String::new();
        let heads: Vec<String> = self.columns.iter().map(|c| c.key.to_owned()).collect();
        write_record(&mut out, heads.into_iter());
        for row in &self.rows {
            write_record(&mut out, row.iter().map(Cell::plain));
        }
        out
    }
}

fn write_record(out: &mut String, fields: impl Iterator<Item = String>) {
    for (i, field) in fields.enumerate() {
        let field = escape::csv(&field);
        let sep = if i == 0 { "" } else { "," };
        let quoted = field.contains(['"', ',', '\n', '\r', '\'', ' ', ';']);
        let _ = if quoted {
            write!(out, "{sep}\"{}\"", field.replace('"', "\"\""))
        } else {
            write!(out, "{sep}{field}")
        };
    }
    out.push_str("\r\n");
}

/// Words that repeat, by their number.
#[derive(Default)]
struct Words {
    list: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Words {
    fn number(&mut self, json: String) -> usize {
        if let Some(number) = self.numbers.get(&json) {
            return *number;
        }
        self.numbers.insert(json.clone(), self.list.len());
        self.list.push(json);
        self.list.len() - 1
    }
}

fn write_cell(out: &mut String, cell: &Cell, words: &mut Words) {
    let _ = match cell {
        Cell::Person { id, name, page } => write_person(out, id, name.as_deref(), page.as_deref()),
        Cell::Requirement { id, title } => {
            write!(out, "{}", words.number(format!("[{},{}]", json(id), json(&shown(title)))))
        }
        Cell::Status { word, marks, .. } => {
            let all: Vec<String> = std::iter::once(word).chain(marks).map(|w| json(w)).collect();
            write!(out, "{}", words.number(format!("[{}]", all.join(","))))
        }
        Cell::Date { date } => write!(out, "{}", date.as_deref().map_or("0".to_owned(), json)),
        Cell::Number { n } => write!(out, "{}", n.map_or("null".to_owned(), |n| n.to_string())),
        Cell::Words { words: list } => {
            let numbers: Vec<String> =
                list.iter().map(|w| words.number(json(&shown(w))).to_string()).collect();
            write!(out, "[{}]", numbers.join(","))
        }
        Cell::Text { text } => write!(out, "{}", json(&shown(text))),
    };
}

/// `[id, name]`, or `[id, name, page]` where the page is not the usual one of a person.
fn write_person(out: &mut String, id: &str, name: Option<&str>, page: Option<&str>) -> std::fmt::Result {
    let name = json(&shown(name.unwrap_or_default()));
    match page {
        Some(page) if page.strip_prefix("person/") == Some(id) => write!(out, "[{},{name}]", json(id)),
        page => write!(out, "[{},{name},{}]", json(&shown(id)), json(page.unwrap_or_default())),
    }
}

fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    crate::record::text::visible(text)
}

/// A JSON string.
pub(super) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: usize) -> Table {
        let columns =
            vec![Column::new("name", "Name", Kind::Person), Column::new("team", "Team", Kind::Words)];
        let row = |i: usize| {
            let name = Some("</script>,\"=x".to_owned());
            let page = Some(format!("person/w-{i}"));
            vec![
                Cell::Person { id: format!("w-{i}"), name, page },
                Cell::Words { words: vec!["=cmd()".into()] },
            ]
        };
        Table { caption: "x".into(), columns, rows: (0..rows).map(row).collect() }
    }

    #[test]
    fn pages_hold_every_row_once() {
        assert_eq!((table(0).pages(), table(100).pages(), table(101).pages()), (1, 1, 2));
        assert_eq!(
            (table(101).page(0).len(), table(101).page(1).len(), table(101).page(2).len()),
            (100, 1, 0)
        );
    }

    #[test]
    fn the_data_is_json_and_names_words_once() {
        let data = table(2).data();
        assert!(!data.contains("</script"));
        let json = data.strip_prefix("var DULY_DATA=").unwrap().trim_end().strip_suffix(';').unwrap();
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(value["words"], serde_json::json!(["=cmd()"]));
        assert_eq!(value["rows"][1], serde_json::json!([["w-1", "</script>,\"=x"], [0]]));
    }

    #[test]
    fn csv_is_quoted_and_no_formula() {
        assert_eq!(table(1).csv(), "name,team\r\nw-0,\"'=cmd()\"\r\n");
    }
}
