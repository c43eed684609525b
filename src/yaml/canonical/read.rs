//! Reads the canonical form, and says what is wrong with what is not in it.

use std::borrow::Cow;

use crate::finding::catalogue::files;
use crate::finding::{Finding, Place};
use crate::record::node::{Field, Node, Spot, Value};
use crate::record::text::fault;
use crate::yaml::limits;

/// Reads a signed file. The values borrow from the bytes. The size has been checked before;
/// whether the fields are in the order of their kind is seen by writing the record again.
///
/// # Errors
/// One finding at the line that is not in the form.
pub fn read<'b>(path: &str, bytes: &'b [u8]) -> Result<Node<'b>, Box<Finding>> {
    parse(bytes).map_err(|fault| {
        let place = Place::new(path, fault.spot.line, fault.spot.column);
        let help = "Do not edit signed files. Restore it from git, or sign a new record with `duly attest`.";
        Box::new(Finding::new(fault.entry, fault.message, help).at(place))
    })
}

struct Fault {
    entry: &'static crate::finding::Entry,
    spot: Spot,
    message: String,
}

/// Lines of the file, with how far they are indented.
struct Lines<'b> {
    text: &'b str,
    line: u32,
    nodes: usize,
}

fn parse(bytes: &[u8]) -> Result<Node<'_>, Fault> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| not_canonical(Spot { line: 1, column: 1 }, "the file is not UTF-8"))?;
    refuse_line_ends(text)?;
    let mut lines = Lines { text, line: 1, nodes: 0 };
    let fields = lines.map(0, None)?;
    if !lines.text.is_empty() {
        return Err(not_canonical(lines.spot(0), "this line is not in the canonical form"));
    }
    Ok(Node { spot: Spot { line: 1, column: 1 }, value: Value::Map(fields) })
}

fn not_canonical(spot: Spot, message: &str) -> Fault {
    Fault { entry: &files::NOT_CANONICAL, spot, message: message.to_owned() }
}

fn refuse_line_ends(text: &str) -> Result<(), Fault> {
    let start = Spot { line: 1, column: 1 };
    if text.starts_with('\u{feff}') {
        return Err(not_canonical(start, "the file starts with a byte-order mark"));
    }
    if let Some(at) = text.bytes().position(|b| b == b'\r') {
        let line = text.bytes().take(at).filter(|b| *b == b'\n').count();
        let spot = Spot { line: u32::try_from(line + 1).unwrap_or(u32::MAX), column: 1 };
        return Err(not_canonical(spot, "this line ends in CR LF, as Windows programs write it"));
    }
    if !text.ends_with('\n') {
        return Err(not_canonical(start, "the file does not end in a newline"));
    }
    Ok(())
}

impl<'b> Lines<'b> {
    fn spot(&self, indent: usize) -> Spot {
        Spot { line: self.line, column: u32::try_from(indent + 1).unwrap_or(u32::MAX) }
    }

    fn fail<T>(&self, indent: usize, message: &str) -> Result<T, Fault> {
        Err(not_canonical(self.spot(indent), message))
    }

    /// The current line without its newline.
    fn current(&self) -> &'b str {
        self.text.split_once('\n').map_or("", |(line, _)| line)
    }

    fn advance(&mut self) {
        self.text = self.text.split_once('\n').map_or("", |(_, rest)| rest);
        self.line += 1;
    }

    /// What stands on the current line behind exactly so many blanks; none where the line
    /// is indented less, so that an enclosing part goes on.
    fn content(&self, indent: usize) -> Result<Option<&'b str>, Fault> {
        let line = self.current();
        let blanks = line.bytes().take_while(|b| *b == b' ').count();
        if self.text.is_empty() || blanks < indent {
            return Ok(None);
        }
        if blanks > indent {
            return self.fail(indent, "this line is indented more than its neighbours");
        }
        match line.get(indent..) {
            Some(rest) if !rest.is_empty() => Ok(Some(rest)),
            _ => self.fail(indent, "an empty line is not in the canonical form"),
        }
    }

    /// The fields of a map at an indentation; `first` is the content of a first field that
    /// stands behind the dash of a list item.
    fn map(&mut self, indent: usize, first: Option<&'b str>) -> Result<Vec<Field<'b>>, Fault> {
        let mut fields: Vec<Field<'b>> = Vec::with_capacity(8);
        let mut next = first;
        loop {
            let content = match next.take() {
                Some(content) => content,
                None => match self.content(indent)? {
                    Some(content) => content,
                    None => break,
                },
            };
            let field = self.field(content, indent)?;
            if fields.iter().any(|f| f.key == field.key) {
                return self.fail(indent, "a field is written twice");
            }
            fields.push(field);
        }
        if fields.is_empty() {
            return self.fail(indent, "a field is expected here");
        }
        Ok(fields)
    }

    fn field(&mut self, content: &'b str, indent: usize) -> Result<Field<'b>, Fault> {
        self.count(indent)?;
        let spot = self.spot(indent);
        let Some((key, rest)) = content.split_once(':') else {
            return self.fail(indent, "a `name: \"value\"` line is expected here");
        };
        if !is_name(key) {
            return self.fail(indent, "this is not the name of a field");
        }
        let node = match rest.strip_prefix(' ') {
            Some(quoted) => self.text_line(quoted, indent + key.len() + 2)?,
            None if rest.is_empty() => self.below(indent)?,
            None => return self.fail(indent, "one blank is expected behind the `:`"),
        };
        Ok(Field { key: Cow::Borrowed(key), spot, node })
    }

    /// The list or map on the lines below a name.
    fn below(&mut self, indent: usize) -> Result<Node<'b>, Fault> {
        self.advance();
        let inner = indent + 2;
        if inner > 2 * limits::DEPTH {
            return self.fail(indent, "the file is nested too deeply");
        }
        let spot = self.spot(inner);
        let value = match self.content(inner)? {
            Some(content) if content.starts_with("- ") => Value::List(self.list(inner)?),
            Some(_) => Value::Map(self.map(inner, None)?),
            None => return self.fail(indent, "a value is expected below this name"),
        };
        Ok(Node { spot, value })
    }

    fn list(&mut self, indent: usize) -> Result<Vec<Node<'b>>, Fault> {
        let mut items = Vec::new();
        while let Some(content) = self.content(indent)? {
            let Some(item) = content.strip_prefix("- ") else {
                return self.fail(indent, "a `- ` is expected here");
            };
            self.count(indent)?;
            let spot = self.spot(indent + 2);
            items.push(if item.starts_with('"') {
                self.text_line(item, indent + 2)?
            } else {
                Node { spot, value: Value::Map(self.map(indent + 2, Some(item))?) }
            });
        }
        Ok(items)
    }

    /// A value in double quotes that ends its line.
    fn text_line(&mut self, quoted: &'b str, column: usize) -> Result<Node<'b>, Fault> {
        let spot = self.spot(column);
        let inside = quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"'));
        let Some(inside) = inside else {
            return self.fail(column, "a value in double quotes and nothing else is expected here");
        };
        let text = match unescape(inside) {
            Some(text) if !text.is_empty() => text,
            Some(_) => return self.fail(column, "this value is empty"),
            None => {
                return self
                    .fail(column, "a quote or backslash inside the value is not escaped as it must be");
            }
        };
        if let Some(fault) = fault(&text) {
            let message = format!("this value holds {fault}");
            return Err(Fault { entry: &files::CHARACTER, spot, message });
        }
        self.advance();
        Ok(Node { spot, value: Value::Text(text) })
    }

    fn count(&mut self, indent: usize) -> Result<(), Fault> {
        self.nodes += 1;
        if self.nodes <= limits::NODES {
            return Ok(());
        }
        let message = format!("the file holds more than {} values", limits::NODES);
        Err(Fault { entry: &files::TOO_DEEP, spot: self.spot(indent), message })
    }
}

/// Words that other readers of YAML take for something else than a text.
const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// Whether a text is the name of a field for every reader of YAML: no number, for a start.
fn is_name(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !WORDS.contains(&key)
}

/// The text inside quotes; none where a quote stands bare or a backslash escapes anything
/// but a quote or a backslash.
fn unescape(inside: &str) -> Option<Cow<'_, str>> {
    if !inside.bytes().any(|b| matches!(b, b'"' | b'\\')) {
        return Some(Cow::Borrowed(inside));
    }
    let mut out = String::with_capacity(inside.len());
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => out.push(chars.next().filter(|e| matches!(e, '"' | '\\'))?),
            c => out.push(c),
        }
    }
    Some(Cow::Owned(out))
}

#[cfg(test)]
mod tests;
