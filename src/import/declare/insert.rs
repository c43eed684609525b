//! Where in the text of a file a list ends.

use crate::record::node::{Node, Value};

/// The text with items added to a list of the outermost group; none where the list stands in
/// a form that is not understood.
pub(super) fn into_list(text: &str, node: &Node<'_>, name: &str, items: &[String]) -> Option<String> {
    let Value::Map(fields) = &node.value else { return None };
    let Some(field) = fields.iter().find(|f| f.key == name) else {
        return Some(at_the_end(text, name, items));
    };
    let flow = offset(text, field.node.spot).filter(|at| text.get(*at..).is_some_and(|t| t.starts_with('[')));
    match (&field.node.value, flow) {
        (Value::List(list), Some(open)) if list.is_empty() => instead_of_empty(text, open, items),
        (Value::List(_), Some(open)) => into_flow(text, open, items),
        (Value::List(list), None) => below(text, list, items),
        _ => None,
    }
}

/// A new list behind everything else.
fn at_the_end(text: &str, name: &str, items: &[String]) -> String {
    let eol = eol(text);
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { eol };
    let start = format!("{text}{gap}{name}:{eol}");
    insert(&start, start.len(), "  ", items)
}

/// `[]` makes place for a list of lines.
fn instead_of_empty(text: &str, open: usize, items: &[String]) -> Option<String> {
    let close = closing(text, open)?;
    // Comments inside the brackets would be lost: such a list is left to people.
    if !text.get(open + 1..close)?.trim().is_empty() {
        return None;
    }
    let (before, after) = (text.get(..open)?.trim_end_matches(' '), text.get(close + 1..)?);
    let rest_of_line = after.split_inclusive('\n').next().unwrap_or_default();
    let end = before.len() + rest_of_line.len();
    Some(insert(&format!("{before}{after}"), end, "  ", items))
}

/// Behind the last item of `[a, b]`.
fn into_flow(text: &str, open: usize, items: &[String]) -> Option<String> {
    let close = closing(text, open)?;
    let inside = text.get(open + 1..close)?;
    // Behind a comment nothing can follow on the same line.
    if inside.contains('#') {
        return None;
    }
    let last = open + 1 + inside.trim_end().len();
    let comma = if inside.trim_end().ends_with(',') { " " } else { ", " };
    Some(format!("{}{comma}{}{}", text.get(..last)?, items.join(", "), text.get(last..)?))
}

/// Below the last line of a list of lines.
fn below(text: &str, list: &[Node<'_>], items: &[String]) -> Option<String> {
    let first = list.first()?;
    let line = text.split_inclusive('\n').nth(first.spot.line.checked_sub(1)? as usize)?;
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    line.get(indent.len()..)?.strip_prefix("- ")?;
    let last = list.iter().map(deepest).max()?;
    Some(insert(text, line_end(text, last)?, &indent, items))
}

/// The last line on which something of a value starts.
fn deepest(node: &Node<'_>) -> u32 {
    let inner = match &node.value {
        Value::List(nodes) => nodes.iter().map(deepest).max(),
        Value::Map(fields) => fields.iter().map(|f| deepest(&f.node).max(f.spot.line)).max(),
        _ => None,
    };
    inner.unwrap_or(0).max(node.spot.line)
}

fn insert(text: &str, at: usize, indent: &str, items: &[String]) -> String {
    let eol = eol(text);
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { eol };
    let lines: String = items.iter().map(|item| format!("{indent}- {item}{eol}")).collect();
    format!("{before}{gap}{lines}{after}")
}

fn eol(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The byte behind a line, counted from 1.
fn line_end(text: &str, line: u32) -> Option<usize> {
    let lines = text.split_inclusive('\n').take(line as usize);
    (line > 0).then(|| lines.map(str::len).sum())
}

/// The byte at a place.
fn offset(text: &str, spot: crate::record::node::Spot) -> Option<usize> {
    let line = line_end(text, spot.line.checked_sub(1)?).unwrap_or(0);
    let inside = text.get(line..)?.char_indices().nth(spot.column.checked_sub(1)? as usize)?;
    Some(line + inside.0)
}

/// The byte of the bracket that closes the one at `open`; quotes and comments are passed over.
fn closing(text: &str, open: usize) -> Option<usize> {
    let (mut depth, mut quote, mut escaped, mut comment, mut before) = (0usize, None, false, false, ' ');
    for (at, c) in text.get(open..)?.char_indices() {
        match (quote, c) {
            _ if comment => comment = c != '\n',
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(q), c) => quote = (q != c).then_some(q),
            // Inside a word a quote is a letter like any other.
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(c),
            (None, '#') if before.is_whitespace() => comment = true,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth == 1 => return Some(open + at),
            (None, ']' | '}') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        before = c;
    }
    None
}
