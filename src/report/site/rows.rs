//! The rows of lists, as markup.
//!
//! A large site has hundreds of thousands of them, all alike: they are made here in one go,
//! and the templates around them hold the words and the frame. Every text goes through
//! `escape::html`.

use std::fmt::Write as _;

use minijinja::Value;

use super::page::markup;
use crate::report::escape;
use crate::report::table::{Cell, Column, Page};

/// Appends a text, escaped.
pub fn push(out: &mut String, text: &str) {
    out.push_str(&escape::html(text));
}

/// Appends a text that may run in any direction, kept to itself. Letters of ASCII run in one.
pub fn isolated(out: &mut String, text: &str) {
    if text.is_ascii() {
        return push(out, text);
    }
    out.push_str("<bdi>");
    push(out, text);
    out.push_str("</bdi>");
}

/// The rows of a list.
pub fn list(rows: &[Vec<Cell<'_>>], columns: &[Column], root: &str) -> Value {
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
fn push_cell(out: &mut String, cell: &Cell<'_>, root: &str) {
    match cell {
        Cell::Person { id, name, page } => push_person(out, id, *name, *page, root),
        Cell::Requirement { id, title } => push_requirement(out, id, title, root),
        Cell::Status { word, label, marks } => push_status(out, word, label, marks.iter().copied()),
        Cell::Date { date: Some(date) } => {
            let _ = write!(out, "<time>{date}</time>");
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

fn push_person(out: &mut String, id: &str, name: Option<&str>, page: Page<'_>, root: &str) {
    if page == Page::None {
        return isolated(out, name.unwrap_or(id));
    }
    let _ = write!(out, "<a href=\"{root}");
    match page {
        Page::Person(id) => {
            out.push_str("person/");
            push(out, id);
        }
        page => push(out, &page.path().unwrap_or_default()),
    }
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
pub fn push_status<'t>(out: &mut String, word: &str, label: &str, marks: impl IntoIterator<Item = &'t str>) {
    let _ = write!(
        out,
        "<span class=\"st st-{word}\"><svg class=\"i\" aria-hidden=\"true\"><use href=\"#i-{word}\"/></svg>{label}</span>"
    );
    for mark in marks {
        let class = mark.to_lowercase().replace(' ', "-");
        let _ = write!(out, " <span class=\"mark m-{class}\">{mark}</span>");
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
                Cell::words([hostile]),
                Cell::Requirement { id: hostile, title: hostile },
                Cell::Person { id: hostile, name: Some(hostile), page: Page::Person(hostile) },
                Cell::Person { id: hostile, name: Some(hostile), page: Page::Control(hostile) },
            ];
            for cell in cells {
                let mut out = String::new();
                push_cell(&mut out, &cell, "");
                let inner = out.split(['<', '>']).count();
                let mut plain = String::new();
                let letter = if hostile.is_ascii() { "a" } else { "\u{5d0}" };
                push_cell(&mut plain, &harmless(&cell, letter), "");
                assert_eq!(inner, plain.split(['<', '>']).count(), "{hostile:?} adds no element: {out}");
            }
        }
    }

    /// The same cell with a letter for its texts.
    fn harmless<'t>(cell: &Cell<'_>, letter: &'t str) -> Cell<'t> {
        match cell {
            Cell::Text { .. } => Cell::text(letter),
            Cell::Words { .. } => Cell::words([letter]),
            Cell::Requirement { .. } => Cell::Requirement { id: letter, title: letter },
            _ => Cell::Person { id: letter, name: Some(letter), page: Page::Person(letter) },
        }
    }

    #[test]
    fn a_text_that_may_run_the_other_way_is_kept_to_itself() {
        let text = |text: &str| {
            let mut out = String::new();
            isolated(&mut out, text);
            out
        };
        assert_eq!(text("Zo\u{eb} & co"), "<bdi>Zo\u{eb} &amp; co</bdi>");
        assert_eq!(text("\u{5d0}\u{202e}"), "<bdi>\u{5d0}\\u{202e}</bdi>");
        assert_eq!(text("Zoe & co"), "Zoe &amp; co");
    }
}
