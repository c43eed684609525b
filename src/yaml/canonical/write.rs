//! Writes the canonical form.

use crate::record::tree::Tree;

/// The bytes of a signed file for a tree, which must be a map.
pub fn write(tree: &Tree) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    if let Tree::Map(fields) = tree {
        map(fields, 0, false, &mut out);
    }
    out
}

/// Writes the fields of a map; the first one follows the dash of a list item where `started`.
fn map(fields: &[(&'static str, Tree)], indent: usize, started: bool, out: &mut Vec<u8>) {
    for (i, (name, value)) in fields.iter().enumerate() {
        if i > 0 || !started {
            blanks(indent, out);
        }
        out.extend_from_slice(name.as_bytes());
        out.push(b':');
        match value {
            Tree::Text(text) => {
                out.push(b' ');
                quoted(text, out);
            }
            Tree::List(items) => {
                out.push(b'\n');
                list(items, indent + 2, out);
            }
            Tree::Map(fields) => {
                out.push(b'\n');
                map(fields, indent + 2, false, out);
            }
        }
    }
}

fn list(items: &[Tree], indent: usize, out: &mut Vec<u8>) {
    for item in items {
        blanks(indent, out);
        out.extend_from_slice(b"- ");
        match item {
            Tree::Text(text) => quoted(text, out),
            Tree::Map(fields) => map(fields, indent + 2, true, out),
            // No record has a list of lists; the reader would refuse it.
            Tree::List(_) => out.push(b'\n'),
        }
    }
}

fn quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.extend_from_slice(b"\"\n");
}

fn blanks(count: usize, out: &mut Vec<u8>) {
    out.resize(out.len() + count, b' ');
}
