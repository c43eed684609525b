//! Adding words to `duly.yaml` by putting lines into its text: comments, order and every
//! other byte stay as they are. The result is read again before anybody relies on it.

mod insert;
#[cfg(test)]
mod tests;

use super::error::ImportError;
use super::roster::{List, Undeclared};
use super::roster_write::emit;
use crate::finding::Finding;
use crate::record::node::{Node, Value};
use crate::record::organization::Organization;
use crate::record::reader::{FromNode, Reader};
use crate::yaml::people;

/// The file that declares the words.
pub const PATH: &str = "duly.yaml";

/// The text of `duly.yaml` with words added to its lists.
///
/// # Errors
/// The file cannot be read, or a list stands in a form into which nothing can be put; the
/// words are then to be added by hand.
pub fn declare(text: &str, words: &[Undeclared]) -> Result<String, ImportError> {
    let (before, _) = parse(text).map_err(broken)?;
    let mut out = text.to_owned();
    for list in List::ALL {
        let items: Vec<String> = words.iter().filter(|w| w.list == list).map(item).collect();
        if !items.is_empty() {
            let (node, _) = parse(&out).map_err(broken)?;
            out =
                insert::into_list(&out, &node, list.field(), &items).ok_or_else(|| by_hand(list, &items))?;
        }
    }
    let (after, organization) = parse(&out).map_err(broken)?;
    let missing = words.iter().find(|w| !w.list.declared(&organization).contains(&w.id));
    match missing {
        Some(word) => Err(by_hand(word.list, &[item(word)])),
        None if !nothing_else_changed(&before, &after) => Err(by_hand(List::Roles, &[])),
        None => Ok(out),
    }
}

/// One item of a list: the word, and its title where that says more.
fn item(word: &Undeclared) -> String {
    match word.title.as_deref().filter(|title| *title != word.id.as_str()) {
        Some(title) => format!("{{id: {}, title: {}}}", emit::word(word.id.as_str()), emit::quoted(title)),
        None => emit::word(word.id.as_str()),
    }
}

fn parse(text: &str) -> Result<(Node<'static>, Organization), Vec<Finding>> {
    let node = people::read(PATH, text.as_bytes()).map_err(|finding| vec![*finding])?;
    let mut reader = Reader::new(PATH);
    let organization = Organization::from_node(&node, &mut reader);
    match organization {
        Some(organization) if reader.findings.is_empty() => Ok((node, organization)),
        _ => Err(reader.findings),
    }
}

fn broken(findings: Vec<Finding>) -> ImportError {
    ImportError::Findings { what: PATH.to_owned(), findings }
}

fn by_hand(list: List, items: &[String]) -> ImportError {
    let message = format!("`{}:` in {PATH} is written in a form into which nothing can be put", list.field());
    let lines: Vec<String> = items.iter().map(|item| format!("  - {item}")).collect();
    ImportError::refused(message, format!("Add the words by hand:\n{}:\n{}", list.field(), lines.join("\n")))
}

/// Whether all fields but the lists of words are as before, and the lists only grew.
fn nothing_else_changed(before: &Node<'_>, after: &Node<'_>) -> bool {
    let (Value::Map(old), Value::Map(new)) = (&before.value, &after.value) else { return false };
    old.iter().all(|field| {
        let now = new.iter().find(|f| f.key == field.key);
        let grows = List::ALL.iter().any(|list| list.field() == field.key);
        now.is_some_and(|now| same(&field.node.value, &now.node.value, grows))
    })
}

/// Whether two values are the same wherever they stand; a list may go on where it `grows`.
fn same(a: &Value<'_>, b: &Value<'_>, grows: bool) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            (a.len() == b.len() || grows && a.len() < b.len())
                && a.iter().zip(b).all(|(a, b)| same(&a.value, &b.value, false))
        }
        (Value::Map(a), Value::Map(b)) => {
            let pair = |(a, b): (&crate::record::node::Field<'_>, &crate::record::node::Field<'_>)| {
                a.key == b.key && same(&a.node.value, &b.node.value, false)
            };
            a.len() == b.len() && a.iter().zip(b).all(pair)
        }
        (a, b) => a == b,
    }
}
