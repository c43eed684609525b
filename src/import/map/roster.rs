//! The map of an HR export.

use super::Map;
use super::columns::{Column, DateColumn, IdColumn, Words, prefix, report_twice};
use crate::finding::catalogue::files;
use crate::record::node::{At, Node, Value};
use crate::record::reader::{Fields, FromNode, Reader};
use crate::record::scalar::words;

/// Which columns of an HR export mean what.
#[derive(Debug, Clone)]
pub struct RosterMap {
    /// The byte between two cells.
    pub delimiter: u8,
    /// The worker's id.
    pub id: IdColumn,
    /// The columns that make a name, joined by a blank; none where names stay elsewhere.
    pub name: Vec<Column>,
    /// The e-mail address.
    pub email: Option<Column>,
    /// The first day of employment.
    pub start: DateColumn,
    /// The last day of employment.
    pub end: Option<DateColumn>,
    /// The type of employment.
    pub kind: Words,
    /// The roles.
    pub roles: Option<Words>,
    /// The department.
    pub department: Option<Words>,
    /// The location.
    pub location: Option<Words>,
    /// The manager.
    pub manager: Option<ManagerColumn>,
    /// The leave of absence.
    pub leave: Option<LeaveColumns>,
    /// What the status says; without it the dates alone do.
    pub status: Option<StatusColumn>,
}

/// The column of managers.
#[derive(Debug, Clone)]
pub struct ManagerColumn {
    /// The column.
    pub column: Column,
    /// What it holds of the manager.
    pub by: ManagerBy,
    /// What is put before an id; that of the workers where it is not said.
    pub prefix: Option<String>,
}

/// How a manager is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManagerBy {
    /// By the id that the workers' column of ids holds.
    Id,
    /// By name, which must be the name of one worker alone.
    Name,
    /// By e-mail address.
    Email,
}

words!(ManagerBy, "a way to name a manager"; Id = "id", Name = "name", Email = "email");

/// The columns of a leave of absence.
#[derive(Debug, Clone)]
pub struct LeaveColumns {
    /// The first day.
    pub from: DateColumn,
    /// The last day.
    pub until: Option<DateColumn>,
}

/// The column of statuses, and what each value means.
#[derive(Debug, Clone)]
pub struct StatusColumn {
    /// The column.
    pub column: Column,
    /// The values and their meanings, in the order of the map.
    pub values: Vec<(At<String>, StatusClass)>,
}

/// What a status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusClass {
    /// Works here: no last day, or one that is not over.
    Active,
    /// Has left: a last day that is over.
    Left,
    /// On leave: employed, with the days of the leave.
    Leave,
    /// Has not started yet: a first day to come.
    Future,
    /// The row is nothing for the roster.
    Ignore,
}

words!(StatusClass, "a meaning of a status";
    Active = "active", Left = "left", Leave = "leave", Future = "future", Ignore = "ignore");

impl StatusColumn {
    /// What a value means.
    pub fn class(&self, value: &str) -> Option<StatusClass> {
        self.values.iter().find(|(v, _)| v.value == value).map(|(_, class)| *class)
    }
}

impl Map for RosterMap {
    const KIND: &'static str = "RosterMap";

    fn columns(&self) -> Vec<&Column> {
        let mut columns = self.texts();
        columns.extend(self.dates().into_iter().map(|d| &d.column));
        columns.extend(self.status.as_ref().map(|s| &s.column));
        columns
    }

    fn texts(&self) -> Vec<&Column> {
        let words = [Some(&self.kind), self.roles.as_ref(), self.department.as_ref(), self.location.as_ref()];
        let mut columns = vec![&self.id.column];
        columns.extend(&self.name);
        columns.extend(&self.email);
        columns.extend(words.into_iter().flatten().filter_map(Words::column));
        columns.extend(self.manager.as_ref().map(|m| &m.column));
        columns
    }

    fn dates(&self) -> Vec<&DateColumn> {
        let leave = self.leave.iter().flat_map(|l| [Some(&l.from), l.until.as_ref()]);
        [Some(&self.start), self.end.as_ref()].into_iter().chain(leave).flatten().collect()
    }

    fn delimiter(&self) -> u8 {
        self.delimiter
    }
}

impl FromNode for RosterMap {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<RosterMap> {
        let mut fields = Fields::of(node, "roster map", reader)?;
        super::envelope(&mut fields);
        let delimiter = super::delimiter(&mut fields, reader);
        let id = fields.need("id", reader);
        let name = fields.node("name").map(|n| names(n, reader)).unwrap_or_default();
        let email = fields.get("email", reader);
        let start = fields.need("start", reader);
        let end = fields.get("end", reader);
        let kind = fields.need("type", reader);
        let roles = fields.get("roles", reader);
        let department = fields.get("department", reader);
        let location = fields.get("location", reader);
        let manager = fields.get("manager", reader);
        let leave = fields.get("leave", reader);
        let status = fields.get("status", reader);
        fields.finish(reader);
        let one =
            [("type", kind.as_ref()), ("department", department.as_ref()), ("location", location.as_ref())];
        one.into_iter().for_each(|(name, words)| refuse_separator(name, words, reader));
        Some(RosterMap {
            delimiter,
            id: id?,
            name,
            email,
            start: start?,
            end,
            kind: kind?,
            roles,
            department,
            location,
            manager,
            leave,
            status,
        })
    }
}

/// One column, or a list of them.
fn names(node: &Node<'_>, reader: &mut Reader<'_>) -> Vec<Column> {
    match &node.value {
        Value::List(nodes) => nodes.iter().filter_map(|n| Column::from_node(n, reader)).collect(),
        _ => Column::from_node(node, reader).into_iter().collect(),
    }
}

/// A worker has several roles, but one type, department and location at a time.
fn refuse_separator(name: &str, words: Option<&Words>, reader: &mut Reader<'_>) {
    if let Some(Words::Column(words)) = words
        && words.separator.is_some()
    {
        let message = format!("`{name}` cannot have a `separator`: there is one at a time");
        reader.report(&files::BAD_VALUE, words.column.spot, message, "Remove the `separator`.");
    }
}

impl FromNode for ManagerColumn {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<ManagerColumn> {
        let mut fields = Fields::of(node, "column of managers", reader)?;
        let column = fields.need("column", reader);
        let by = fields.need("by", reader);
        let prefix = fields.node("prefix").and_then(|n| prefix(n, reader));
        fields.finish(reader);
        Some(ManagerColumn { column: column?, by: by?, prefix })
    }
}

impl FromNode for LeaveColumns {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<LeaveColumns> {
        let mut fields = Fields::of(node, "leave", reader)?;
        let from = fields.need("from", reader);
        let until = fields.get("until", reader);
        fields.finish(reader);
        Some(LeaveColumns { from: from?, until })
    }
}

impl FromNode for StatusColumn {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<StatusColumn> {
        let mut fields = Fields::of(node, "status", reader)?;
        let column = fields.need("column", reader);
        let mut values = Vec::new();
        for class in StatusClass::ALL {
            let listed: Vec<At<String>> = fields.list(class.word(), reader);
            values.extend(listed.into_iter().map(|value| (value, *class)));
        }
        fields.finish(reader);
        report_twice(values.iter().map(|(value, _)| value), reader);
        Some(StatusColumn { column: column?, values })
    }
}
