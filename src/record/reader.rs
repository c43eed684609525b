//! Turning a tree of nodes into a record, with every fault reported at its line.
//!
//! A record's reader takes each field it knows, then calls [`Fields::finish`], which reports
//! what is left over: a field with a slip in its name is never silently dropped.

use super::node::{At, Field, Node, Spot, Value};
use crate::finding::catalogue::files;
use crate::finding::{Entry, Finding, Place, Severity};

/// Collects the findings of one file.
#[derive(Debug)]
pub struct Reader<'p> {
    path: &'p str,
    /// What was found so far.
    pub findings: Vec<Finding>,
}

impl<'p> Reader<'p> {
    /// A reader for the file at a path.
    pub fn new(path: &'p str) -> Reader<'p> {
        Reader { path, findings: Vec::new() }
    }

    /// The path of the file.
    pub fn path(&self) -> &'p str {
        self.path
    }

    /// The place of the first error that was found after the first `before` findings.
    pub fn first_error_since(&self, before: usize) -> Option<Spot> {
        let found = self.findings.get(before..).unwrap_or_default();
        let place = found.iter().find(|f| f.severity == Severity::Error)?.place.as_ref()?;
        Some(Spot { line: place.line, column: place.column })
    }

    /// Reports a fault at a spot of the file.
    pub fn report(
        &mut self,
        entry: &'static Entry,
        spot: Spot,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = Place::new(self.path, spot.line, spot.column);
        self.findings.push(Finding::new(entry, message, help).at(place));
    }
}

/// A value that can be made from a node.
pub trait FromNode: Sized {
    /// Makes the value, or reports why not.
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;
}

/// The fields of a mapping, taken one by one.
#[derive(Debug)]
pub struct Fields<'n, 'a> {
    what: &'static str,
    spot: Spot,
    fields: &'n [Field<'a>],
    known: Vec<&'static str>,
}

impl<'n, 'a> Fields<'n, 'a> {
    /// The fields of a node; `what` names the thing in messages ("worker", "edition").
    pub fn of(node: &'n Node<'a>, what: &'static str, reader: &mut Reader<'_>) -> Option<Fields<'n, 'a>> {
        match &node.value {
            Value::Map(fields) => Some(Fields { what, spot: node.spot, fields, known: Vec::new() }),
            other => {
                let message = format!("this {what} is {}, not a group of fields", other.what());
                let help = format!("Write the fields of the {what} as `name: value`, one a line.");
                reader.report(&files::WRONG_TYPE, node.spot, message, help);
                None
            }
        }
    }

    /// Where the mapping starts.
    pub fn spot(&self) -> Spot {
        self.spot
    }

    /// The node of a field that may be absent.
    pub fn node(&mut self, name: &'static str) -> Option<&'n Node<'a>> {
        self.known.push(name);
        self.fields.iter().find(|f| f.key == name).map(|f| &f.node)
    }

    /// The value of a field that may be absent; a faulty one is reported and absent.
    pub fn get<T: FromNode>(&mut self, name: &'static str, reader: &mut Reader<'_>) -> Option<T> {
        let node = self.node(name)?;
        T::from_node(node, reader)
    }

    /// The value of a field that must be there.
    pub fn need<T: FromNode>(&mut self, name: &'static str, reader: &mut Reader<'_>) -> Option<T> {
        match self.node(name) {
            Some(node) => T::from_node(node, reader),
            None => {
                self.missing(name, reader);
                None
            }
        }
    }

    /// Whether the field is there, whatever it holds.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|f| f.key == name)
    }

    /// The items of a list that may be absent; faulty items are reported and left out.
    pub fn list<T: FromNode>(&mut self, name: &'static str, reader: &mut Reader<'_>) -> Vec<T> {
        self.node(name).map(|node| items(node, name, reader)).unwrap_or_default()
    }

    fn has_no(&self, name: &str) -> String {
        format!("this {} has no `{name}`", self.what)
    }

    /// Reports that a field is missing.
    pub fn missing(&self, name: &str, reader: &mut Reader<'_>) {
        let message = self.has_no(name);
        let help = format!("Add a line `{name}: …` to it.");
        reader.report(&files::MISSING_FIELD, self.spot, message, help);
    }

    /// Reports every field that nobody took. One slip in a name is one finding: the field that
    /// was meant is not missing as well.
    pub fn finish(self, reader: &mut Reader<'_>) {
        let unknown: Vec<&Field<'_>> =
            self.fields.iter().filter(|f| !self.known.contains(&f.key.as_ref())).collect();
        for field in &unknown {
            let message = format!("`{}` is not a field of a {}", super::text::visible(&field.key), self.what);
            let help = match self.meant(field, unknown.len(), reader) {
                Some(name) => {
                    reader.findings.retain(|f| !self.is_missing(f, name, reader.path));
                    format!("Did you mean `{name}`?")
                }
                None => format!("The fields are: {}.", self.known.join(", ")),
            };
            reader.report(&files::UNKNOWN_FIELD, field.spot, message, help);
        }
    }

    /// The field that an unknown one was meant to be: one of nearly that name, or where it is
    /// the only one unknown, the only one missing.
    fn meant(&self, field: &Field<'_>, unknown: usize, reader: &Reader<'_>) -> Option<&'static str> {
        closest(&field.key, &self.known).or_else(|| {
            let missing =
                |name: &&&str| reader.findings.iter().any(|f| self.is_missing(f, name, reader.path));
            let mut missing = self.known.iter().filter(missing);
            missing.next().filter(|_| unknown == 1 && missing.next().is_none()).copied()
        })
    }

    /// Tells if a finding says that this mapping lacks a field.
    fn is_missing(&self, finding: &Finding, name: &str, path: &str) -> bool {
        let place = Place::new(path, self.spot.line, self.spot.column);
        finding.message == self.has_no(name) && finding.place.as_ref() == Some(&place)
    }
}

fn items<T: FromNode>(node: &Node<'_>, name: &str, reader: &mut Reader<'_>) -> Vec<T> {
    match &node.value {
        Value::List(items) => {
            // Exactly as many: most lists hold one, and there are a hundred thousand of them.
            let mut found = Vec::with_capacity(items.len());
            found.extend(items.iter().filter_map(|item| T::from_node(item, reader)));
            found
        }
        other => {
            let message = format!("`{name}` is {}, not a list", other.what());
            reader.report(
                &files::WRONG_TYPE,
                node.spot,
                message,
                "Write `- ` before each item of the list, or `[a, b]`.",
            );
            Vec::new()
        }
    }
}

/// The known name that differs least, if it is near enough to be a slip.
pub fn closest<'k>(wrong: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = |name: &&'k str| (distance(wrong, name), *name);
    let (far, name) = known.iter().map(near).min()?;
    (far <= 2 && far < name.len()).then_some(name)
}

/// The Levenshtein distance: how many letters to insert, delete or replace. Long texts count
/// as far away, so a hostile key costs nothing.
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 64 || b.len() > 64 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

impl<T: FromNode> FromNode for At<T> {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<At<T>> {
        T::from_node(node, reader).map(|value| At { value, spot: node.spot })
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Vec<T>> {
        matches!(node.value, Value::List(_)).then(|| items(node, "this", reader)).or_else(|| {
            items::<T>(node, "this", reader);
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name() {
        assert_eq!(closest("employmnet", &["employment", "email"]), Some("employment"));
        assert_eq!(closest("colour", &["name", "email"]), None);
        assert_eq!(closest("", &["id"]), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
