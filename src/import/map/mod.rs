//! The map: which column of an export means what. People write it, and keep it in git.

mod columns;
mod completions;
mod roster;

pub use columns::{Column, DateColumn, IdColumn, Others, WordColumn, Words};
pub use completions::{BeforeHire, CompletionsMap, Course, Method, OutcomeSource};
pub use roster::{LeaveColumns, ManagerBy, ManagerColumn, RosterMap, StatusClass, StatusColumn};

use super::csv::Table;
use super::{privacy, rejects};
use crate::finding::catalogue::{files, privacy as d6};
use crate::finding::{Finding, Place};
use crate::record::node::{Node, Value};
use crate::record::reader::{Fields, FromNode, Reader, closest};
use crate::record::signed::API_VERSION;
use crate::record::text::visible;
use crate::yaml::{limits, people};

/// A kind of map.
pub trait Map: FromNode {
    /// The value of `kind:`.
    const KIND: &'static str;

    /// The columns that it names.
    fn columns(&self) -> Vec<&Column>;

    /// Those of them whose values end up in a record as a text.
    fn texts(&self) -> Vec<&Column>;

    /// The columns of dates.
    fn dates(&self) -> Vec<&DateColumn>;

    /// The byte between two cells.
    fn delimiter(&self) -> u8;
}

/// Reads a map.
///
/// # Errors
/// Every fault of the file at its line.
pub fn read<M: Map>(path: &str, bytes: &[u8]) -> Result<M, Vec<Finding>> {
    if bytes.len() as u64 > limits::PEOPLE_BYTES {
        let message = format!("{path} has {} bytes; the limit is {}", bytes.len(), limits::PEOPLE_BYTES);
        return Err(vec![Finding::new(&files::TOO_LARGE, message, "Is this the map?").in_file(path)]);
    }
    let node = people::read(path, bytes).map_err(|finding| vec![*finding])?;
    let mut reader = Reader::new(path);
    kind(&node, M::KIND, &mut reader);
    let map = M::from_node(&node, &mut reader);
    match map {
        Some(map) if reader.findings.is_empty() => Ok(map),
        _ => Err(reader.findings),
    }
}

/// Reports a map of another version or kind.
fn kind(node: &Node<'_>, wanted: &str, reader: &mut Reader<'_>) {
    let fields = match &node.value {
        Value::Map(fields) => fields.as_slice(),
        _ => return,
    };
    let word = |name: &str| {
        fields.iter().find(|f| f.key == name).and_then(|f| match &f.node.value {
            Value::Text(text) => Some(text.as_ref()),
            _ => None,
        })
    };
    if word("apiVersion") != Some(API_VERSION) {
        let help = format!("The first line of the map is `apiVersion: {API_VERSION}`.");
        reader.report(&files::API_VERSION, node.spot, "the map does not say its version", help);
    }
    if word("kind") != Some(wanted) {
        let help = format!("Its second line is `kind: {wanted}`; `--suggest` writes a map to start from.");
        reader.report(&files::WRONG_KIND, node.spot, format!("this is not a map of the kind {wanted}"), help);
    }
}

/// Whether the file has the columns that the map names, none of them holds what must not be in
/// a repository or has a name of our own, and none of their formats exchanges month and day.
///
/// # Errors
/// Each column that is missing, private, named as ours or read by a wrong format, at its line of
/// the map.
pub fn check<M: Map>(map: &M, path: &str, table: &Table<'_>) -> Result<(), Vec<Finding>> {
    let at = |finding: Finding, column: &Column| {
        finding.at(Place::new(path, column.spot.line, column.spot.column))
    };
    let missing = map.columns().into_iter().filter(|c| table.column(&c.name).is_none());
    let mut findings: Vec<Finding> = missing.map(|c| at(missing_column(c, table), c)).collect();
    findings.extend(map.columns().into_iter().filter_map(|c| ours(c).map(|f| at(f, c))));
    for column in map.texts() {
        let private = |position| privacy::sensitive_column(table.values(position));
        if table.column(&column.name).is_some_and(private) {
            let message = format!(
                "many values of the column {:?} look like social security numbers or dates",
                visible(&column.name)
            );
            let help = "Map another column: such a number must not come into a repository.";
            findings.push(at(Finding::new(&d6::SENSITIVE, message, help), column));
        }
    }
    findings.extend(map.dates().into_iter().filter_map(|d| exchanged(d, table)).map(|(f, c)| at(f, c)));
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// A column that has the name of one that a file of rejects adds: imported again, such a file
/// would hold row numbers or reasons in its place.
fn ours(column: &Column) -> Option<Finding> {
    let ours = rejects::ADDED.contains(&column.name.as_str());
    ours.then(|| {
        let message = format!("a file of rejects has a column {:?} of its own", column.name);
        let help = "Rename the column in the export, and in this map.";
        Finding::new(&files::BAD_VALUE, message, help)
    })
}

/// A column of which many dates are none as the map reads them, and all of those are with
/// month and day exchanged. The rows that could be read would then be read wrongly.
fn exchanged<'c>(dates: &'c DateColumn, table: &Table<'_>) -> Option<(Finding, &'c Column)> {
    let values: Vec<&str> =
        table.values(table.column(&dates.column.name)?).filter(|v| !v.is_empty()).collect();
    let other = dates.format.exchanged();
    let slips = values.iter().filter(|v| dates.format.read(v).is_err() && other.read(v).is_ok()).count();
    // One or two in a short file are slips of those rows, which are then rejected.
    if slips < 3 || slips * 10 <= values.len() {
        return None;
    }
    let message = format!(
        "{slips} dates of the column {:?} are none as {}, and are dates as {}",
        visible(&dates.column.name),
        dates.format.as_str(),
        other.as_str()
    );
    let help = "Look which number is the day, and correct the format.";
    Some((Finding::new(&files::BAD_VALUE, message, help), &dates.column))
}

fn missing_column(column: &Column, table: &Table<'_>) -> Finding {
    let message = format!("the file has no column {:?}", visible(&column.name));
    let names: Vec<&str> = table.header.iter().map(String::as_str).filter(|n| !n.is_empty()).collect();
    let help = match closest(&column.name, &names) {
        Some(name) => format!("Did you mean {:?}?", visible(name)),
        None => format!("Its columns are: {}.", visible(&names.join(", "))),
    };
    Finding::new(&files::BAD_VALUE, message, help)
}

/// Reads `delimiter:`, one character of ASCII; a comma where it is not said.
fn delimiter(fields: &mut Fields<'_, '_>, reader: &mut Reader<'_>) -> u8 {
    let one = |text: &str| match text.as_bytes() {
        [byte] if matches!(byte, b',' | b';' | b'|' | b'\t') => Some(*byte),
        _ => None,
    };
    let word = |text: &str| if text == "tab" { Some(b'\t') } else { one(text) };
    let help = "It is one of `\",\"`, `\";\"`, `\"|\"` and `tab`.";
    let node = fields.node("delimiter");
    node.and_then(|n| crate::record::scalar::parsed(n, reader, word, "a delimiter", help)).unwrap_or(b',')
}

/// Marks the two fields that open every file as known.
fn envelope(fields: &mut Fields<'_, '_>) {
    fields.node("apiVersion");
    fields.node("kind");
}

#[cfg(test)]
mod tests;
