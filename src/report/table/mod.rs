//! A list of the site: columns and rows, shown a page at a time.
//!
//! The same rows become a page of HTML (so that everything can be read without script), the
//! continuation pages, the data of the script that filters and sorts, and a CSV file.

mod cell;
mod csv;
mod data;

pub use cell::{Cell, Page};
use serde::Serialize;

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

/// A list.
#[derive(Debug, Clone)]
pub struct Table<'m> {
    /// What it lists, for those who cannot see it.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell per column.
    pub rows: Vec<Vec<Cell<'m>>>,
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

impl<'m> Table<'m> {
    /// How many pages the rows fill; one where there are none.
    pub fn pages(&self) -> usize {
        self.rows.len().div_ceil(PAGE_ROWS).max(1)
    }

    /// The rows of a page, from 0.
    pub fn page(&self, page: usize) -> &[Vec<Cell<'m>>] {
        let from = (page * PAGE_ROWS).min(self.rows.len());
        let until = (from + PAGE_ROWS).min(self.rows.len());
        self.rows.get(from..until).unwrap_or_default()
    }

    /// The script that hands the rows to the page.
    pub fn data(&self) -> String {
        data::write(self)
    }

    /// The rows as CSV, ids instead of names and titles.
    pub fn csv(&self) -> String {
        csv::write(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: usize) -> Table<'static> {
        let columns =
            vec![Column::new("name", "Name", Kind::Person), Column::new("team", "Team", Kind::Words)];
        let row = |i: usize| {
            let id = ["w-0", "w-1"].get(i).copied().unwrap_or("w-2");
            let name = Some("</script>,\"=x");
            vec![Cell::Person { id, name, page: Page::Person(id) }, Cell::words(["=cmd()"])]
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
