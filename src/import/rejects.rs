//! What cannot be taken over, and why: a CSV file to mend and to import again.
//!
//! It holds the columns that the map names, and no others: what must not come into a
//! repository has no business in a second file either. Values stand as they came, without a
//! guard against spreadsheet formulas: a guard would change them, and the mended file is
//! imported again. They came out of a spreadsheet in the first place. The reasons start with
//! a letter of our own, so no reason is a formula.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::csv::{Row, RowFault, Table};
use super::map::Column;

/// The names of the two columns that are added, and passed over on the way in.
pub const ADDED: [&str; 2] = ["row", "reason"];

/// Why a row cannot be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What sort of fault it is, for the summary.
    pub kind: &'static str,
    /// What exactly is wrong, for whoever mends the row.
    pub text: String,
}

/// A row that cannot be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Its position in [`Table::rows`].
    pub at: usize,
    /// Its number as a spreadsheet shows it.
    pub row: u32,
    /// Everything that is wrong with it, at least one thing.
    pub reasons: Vec<Reason>,
}

impl Reason {
    /// A reason.
    pub fn new(kind: &'static str, text: impl Into<String>) -> Reason {
        Reason { kind, text: text.into() }
    }

    /// The reason that a row cannot even be split into cells.
    pub fn unreadable(fault: RowFault) -> Reason {
        let text = format!("the row cannot be read: {fault}. Mend it in the original file");
        Reason::new("a row that cannot be read", text)
    }
}

impl Reject {
    /// A row that is rejected.
    pub fn new(at: usize, row: &Row<'_>, reasons: Vec<Reason>) -> Reject {
        Reject { at, row: row.number, reasons }
    }

    /// All reasons in one line.
    pub fn reason(&self) -> String {
        self.reasons.iter().map(|r| r.text.as_str()).collect::<Vec<_>>().join("; ")
    }
}

/// How many rows were rejected for what, by the first reason of each.
pub fn counts(rejects: &[Reject]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for reason in rejects.iter().filter_map(|r| r.reasons.first()) {
        *counts.entry(reason.kind).or_default() += 1;
    }
    counts
}

/// Whether a file is one of rejects: such a file lists few people of many.
pub fn is_rejects(table: &Table<'_>) -> bool {
    ADDED.iter().all(|name| table.column(name).is_some())
}

/// The columns of a file that the map does not name, in the order of the file.
pub fn dropped(table: &Table<'_>, mapped: &[&Column]) -> Vec<String> {
    let kept = |name: &String| mapped.iter().any(|c| c.name == **name) || ADDED.contains(&name.as_str());
    let name = |name: &String| if name.is_empty() { "(no name)".to_owned() } else { name.clone() };
    table.header.iter().filter(|n| !kept(n)).map(name).collect()
}

/// The rejects as CSV: the mapped columns in the order of the file, `row` and `reason`.
/// A row that could not be split into cells gets empty ones: what stands where is not known,
/// and it could be a date of birth.
pub fn to_csv(table: &Table<'_>, mapped: &[&Column], rejects: &[Reject], delimiter: u8) -> Vec<u8> {
    let mut columns: Vec<&Column> = Vec::new();
    for name in table.header.iter().filter(|n| !ADDED.contains(&n.as_str())) {
        columns.extend(mapped.iter().find(|c| c.name == *name).copied());
    }
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let header = columns.iter().map(|c| c.name.as_str()).chain(ADDED);
    // Writing into memory cannot fail.
    let _ = writer.write_record(header);
    for reject in rejects {
        let cells = table.rows.get(reject.at).and_then(|row| row.cells.as_deref().ok());
        let values = columns.iter().map(|c| cells.map_or("", |cells| Cells::new(table, cells).text(c)));
        let (row, reason) = (reject.row.to_string(), reject.reason());
        let _ = writer.write_record(values.chain([row.as_str(), reason.as_str()]));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::node::Spot;

    #[test]
    fn only_mapped_columns_and_the_reason_are_written() {
        let text = b"id,DOB,name,\n1,7/10/1969,\"=A1, \"\"x\"\"\",z\n2,ragged\n";
        let table = Table::read(text, b',').unwrap();
        let column = |name: &str| Column { name: name.to_owned(), spot: Spot::default() };
        let (name, id) = (column("name"), column("id"));
        let mapped = [&name, &id];
        let fault = *table.rows[1].cells.as_ref().unwrap_err();
        let rejects = [
            Reject::new(0, &table.rows[0], vec![Reason::new("x", "one"), Reason::new("y", "two")]),
            Reject::new(1, &table.rows[1], vec![Reason::unreadable(fault)]),
        ];
        let written = String::from_utf8(to_csv(&table, &mapped, &rejects, b',')).unwrap();
        let wanted = "id,name,row,reason\n1,\"=A1, \"\"x\"\"\",2,one; two\n,,3,the row cannot be read: it has 2 cells and the header 4. Mend it in the original file\n";
        assert_eq!(written, wanted);
        assert_eq!(dropped(&table, &mapped), ["DOB", "(no name)"]);
        let again = Table::read(written.as_bytes(), b',').unwrap();
        assert!(is_rejects(&again) && !is_rejects(&table));
        assert_eq!(dropped(&again, &mapped), [""; 0]);
        assert_eq!(counts(&rejects)["x"], 1);
    }
}
