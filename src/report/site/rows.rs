//! The rows of lists, as markup.
//!
//! A large site has hundreds of thousands of them, all alike: they are made here in one go,
//! and the templates around them hold the words and the frame. Every text goes through
//! `escape::html`.

use std::fmt::Write as _;

use minijinja::Value;

use super::page::markup;
use crate::report::escape;
use crate::report::table::{Cell, Column};

/// Appends a text, escaped.
pub fn push(out: &mut String, text: &str) {
    out.push_str(&escape::html(text));
}

/// Appends a text that may run in any direction, kept to itself.
pub fn isolated(out: &mut String, text: &str) {
    out.push_str("<bdi>");
    push(out, text);
    out.push_str("</bdi>");
}

/// The rows of a list.
pub fn list(rows: &[Vec<Cell>], columns: &[Column], root: &str) -> Value {
    let mut out = String::with_capacity(rows.len() * 640);
    for row in rows {
        out.push_str("<tr>");
        for (cell, column) in row.iter().zip(columns) {
            let minor = if column.minor { " minor" } else { "" };
            let _ = write!(out, "<td class=\"k-{}{minor}\">", cell.kind());
            push_cell(&mut out, cell, root);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    markup(out)
}

/// Appends what a cell shows.
fn push_cell(out: &mut String, cell: &Cell, root: &str) {
    match cell {
        Cell::Person { id, name, page } => push_person(out, id, name.as_deref(), page.as_deref(), root),
        Cell::Requirement { id, title } => push_requirement(out, id, title, root),
        Cell::Status { word, label, marks } => push_status(out, word, label, marks),
        Cell::Date { date: Some(date) } => {
            let _ = write!(out, "<time datetime=\"{date}\">{date}</time>");
        }
        Cell::Number { n: Some(n) } => {
            let _ = write!(out, "{n}");
        }
        Cell::Date { date: None } | Cell::Number { n: None } => {}
        Cell::Words { words } => {
            for word in words {
                out.push_str("<span class=\"tag\">");
                isolated(out, word);
                out.push_str("</span>");
            }
        }
        Cell::Text { text } => isolated(out, text),
    }
}

fn push_person(out: &mut String, id: &str, name: Option<&str>, page: Option<&str>, root: &str) {
    let Some(page) = page else { return isolated(out, name.unwrap_or(id)) };
    let _ = write!(out, "<a href=\"{root}");
    push(out, page);
    out.push_str(".html\">");
    isolated(out, name.unwrap_or(id));
    out.push_str("</a>");
    if name.is_some() {
        out.push_str(" <span class=\"id\">");
        push(out, id);
        out.push_str("</span>");
    }
}

/// Appends a link to a requirement.
pub fn push_requirement(out: &mut String, id: &str, title: &str, root: &str) {
    let _ = write!(out, "<a href=\"{root}requirement/");
    push(out, id);
    out.push_str("/index.html\">");
    isolated(out, title);
    out.push_str("</a>");
}

/// Appends a status: its icon, its word, what is said beside it.
pub fn push_status(out: &mut String, word: &str, label: &str, marks: &[&str]) {
    let _ = write!(
        out,
        "<span class=\"st st-{word}\"><svg class=\"i\" aria-hidden=\"true\"><use href=\"#i-{word}\"/></svg>{label}</span>"
    );
    for mark in marks {
        let _ =
            write!(out, " <span class=\"mark m-{}\">{mark}</span>", mark.to_lowercase().replace(' ', "-"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::HOSTILE;

    #[test]
    fn no_cell_adds_an_element() {
        for &hostile in HOSTILE {
            let cells = [
                Cell::text(hostile),
                Cell::Words { words: vec![hostile.into()] },
                Cell::Requirement { id: hostile.into(), title: hostile.into() },
                Cell::Person { id: hostile.into(), name: Some(hostile.into()), page: Some(hostile.into()) },
            ];
            for cell in cells {
                let mut out = String::new();
                push_cell(&mut out, &cell, "");
                let inner = out.split(['<', '>']).count();
                let mut plain = String::new();
                push_cell(&mut plain, &harmless(&cell), "");
                assert_eq!(inner, plain.split(['<', '>']).count(), "{hostile:?} adds no element: {out}");
            }
        }
    }

    /// The same cell with letters for its texts.
    fn harmless(cell: &Cell) -> Cell {
        let a = || "a".to_owned();
        match cell {
            Cell::Text { .. } => Cell::text("a"),
            Cell::Words { .. } => Cell::Words { words: vec![a()] },
            Cell::Requirement { .. } => Cell::Requirement { id: a(), title: a() },
            _ => Cell::Person { id: a(), name: Some(a()), page: Some(a()) },
        }
    }
}
