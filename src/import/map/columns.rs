//! How a map speaks of one column.

use std::collections::HashMap;

use crate::finding::catalogue::{files, privacy as d6};
use crate::import::dates::DateFormat;
use crate::import::privacy;
use crate::record::id::Id;
use crate::record::node::{At, Node, Spot, Value};
use crate::record::reader::{Fields, FromNode, Reader};
use crate::record::scalar::{parsed, text};
use crate::record::text::visible;

/// The name of a column of the CSV file, and where the map names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name, as the header writes it.
    pub name: String,
    /// Where it stands in the map.
    pub spot: Spot,
}

/// A column of ids, and what to put before each.
#[derive(Debug, Clone)]
pub struct IdColumn {
    /// The column.
    pub column: Column,
    /// What is put before each value, as `w-`.
    pub prefix: String,
}

/// A column of dates.
#[derive(Debug, Clone)]
pub struct DateColumn {
    /// The column.
    pub column: Column,
    /// How it writes its dates.
    pub format: DateFormat,
    /// Values that mean that there is no date, besides an empty cell.
    pub empty: Vec<String>,
}

/// Where words come from: roles, departments, locations, types of employment, methods.
#[derive(Debug, Clone)]
pub enum Words {
    /// The same word for every row.
    Fixed(Id),
    /// A column of them.
    Column(WordColumn),
}

/// A column of words.
#[derive(Debug, Clone)]
pub struct WordColumn {
    /// The column.
    pub column: Column,
    /// Which id each value means.
    pub values: HashMap<String, Id>,
    /// What happens to a value that is not among them.
    pub others: Others,
    /// Values that mean nothing, besides an empty cell.
    pub empty: Vec<String>,
    /// What separates several words in one cell, if there can be several.
    pub separator: Option<String>,
}

/// What happens to a value that the map does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// It becomes the closest plain id: `IT/IS` becomes `it-is`.
    Slug,
    /// The row is rejected.
    Reject,
}

crate::record::scalar::words!(Others, "a rule for other values"; Slug = "slug", Reject = "reject");

impl FromNode for Column {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Column> {
        let name = text(node, reader)?.trim().to_owned();
        if let Some(what) = privacy::sensitive_name(&name) {
            let message =
                format!("the column {:?} is about {what}, and nothing here may hold that", visible(&name));
            let help = "Leave the column out of the map. If its name misleads, rename it in the export.";
            reader.report(&d6::SENSITIVE, node.spot, message, help);
            return None;
        }
        Some(Column { name, spot: node.spot })
    }
}

/// Whether a node is a single value: then it is the short form, the name of a column alone.
fn is_short(node: &Node<'_>) -> bool {
    !matches!(node.value, Value::Map(_))
}

impl FromNode for IdColumn {
    /// Either the column alone, or `{column: …, prefix: …}`.
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<IdColumn> {
        if is_short(node) {
            return Some(IdColumn { column: Column::from_node(node, reader)?, prefix: String::new() });
        }
        let mut fields = Fields::of(node, "column of ids", reader)?;
        let column = fields.need("column", reader);
        let prefix = fields.node("prefix").map(|n| prefix(n, reader));
        fields.finish(reader);
        Some(IdColumn { column: column?, prefix: prefix.unwrap_or(Some(String::new()))? })
    }
}

/// A prefix can start an id, with a digit behind it.
pub(super) fn prefix(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let starts_an_id = |text: &str| Id::parse(&format!("{text}0")).map(|_| text.to_owned());
    let help = "Write lower-case letters, digits and `-`, as in `w-`.";
    parsed(node, reader, starts_an_id, "the start of an id", help)
}

impl FromNode for DateFormat {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<DateFormat> {
        let help = "Write it with YYYY, MM or M, DD or D, as in `M/D/YYYY` or `DD-MM-YYYY`. Look at the dates of the file: a day above 12 shows which number is the day.";
        parsed(node, reader, DateFormat::parse, "a date format", help)
    }
}

impl FromNode for DateColumn {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<DateColumn> {
        if is_short(node) {
            let message = "the format of this column of dates is not said";
            let help = "Write `{column: NAME, format: M/D/YYYY}`: a format is never guessed.";
            reader.report(&files::MISSING_FIELD, node.spot, message, help);
            return None;
        }
        let mut fields = Fields::of(node, "column of dates", reader)?;
        let column = fields.need("column", reader);
        let format = fields.need("format", reader);
        let empty = fields.list("empty", reader);
        fields.finish(reader);
        Some(DateColumn { column: column?, format: format?, empty })
    }
}

impl FromNode for Words {
    /// Either the column alone, or `{value: ID}` for the same word in every row, or
    /// `{column: …, values: {…}, others: …, empty: […], separator: …}`.
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Words> {
        if is_short(node) {
            return Some(Words::Column(WordColumn::plain(Column::from_node(node, reader)?)));
        }
        let mut fields = Fields::of(node, "column of words", reader)?;
        if let Some(value) = fields.node("value") {
            let fixed = Id::from_node(value, reader);
            fields.finish(reader);
            return fixed.map(Words::Fixed);
        }
        let column = fields.need("column", reader);
        let values = fields.node("values").map(|n| pairs::<Id>(n, reader).into_iter().collect());
        let others = fields.get("others", reader).unwrap_or(Others::Slug);
        let empty = fields.list("empty", reader);
        let separator = fields.get("separator", reader);
        fields.finish(reader);
        Some(Words::Column(WordColumn {
            column: column?,
            values: values.unwrap_or_default(),
            others,
            empty,
            separator,
        }))
    }
}

impl WordColumn {
    /// A column whose values become the closest plain ids.
    fn plain(column: Column) -> WordColumn {
        WordColumn {
            column,
            values: HashMap::new(),
            others: Others::Slug,
            empty: Vec::new(),
            separator: None,
        }
    }
}

impl Words {
    /// The column, if the words come from one.
    pub fn column(&self) -> Option<&Column> {
        match self {
            Words::Fixed(_) => None,
            Words::Column(words) => Some(&words.column),
        }
    }
}

/// The pairs of a group whose names are values of a column, in the order of the map.
pub(super) fn pairs<T: FromNode>(node: &Node<'_>, reader: &mut Reader<'_>) -> Vec<(String, T)> {
    let Value::Map(fields) = &node.value else {
        let help = "Write `\"value in the file\": meaning` lines below it.";
        let message = format!("this is {}, not a group of values and meanings", node.value.what());
        reader.report(&files::WRONG_TYPE, node.spot, message, help);
        return Vec::new();
    };
    let pair = |f: &crate::record::node::Field<'_>, reader: &mut Reader<'_>| {
        T::from_node(&f.node, reader).map(|value| (f.key.trim().to_owned(), value))
    };
    fields.iter().filter_map(|f| pair(f, reader)).collect()
}

/// Reports values that stand in two lists: nobody could say which one counts.
pub(super) fn report_twice<'v>(lists: impl Iterator<Item = &'v At<String>>, reader: &mut Reader<'_>) {
    let mut seen = std::collections::HashSet::new();
    for value in lists {
        if !seen.insert(value.value.as_str()) {
            let message = format!("{:?} is listed twice", visible(&value.value));
            reader.report(&files::DUPLICATE_KEY, value.spot, message, "Keep one of the two.");
        }
    }
}
