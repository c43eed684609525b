//! Roster YAML for people to read: one block a worker, one thing a line, always the same way.
//!
//! An own writer, because the ones of YAML libraries leave `no` and `1_000` unquoted, which
//! other programs read as something else. What is not plainly an id is quoted.

use std::fmt::Write as _;

use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::roster::{Dated, Leave, Spell, Worker};

/// The worker as one item of `workers:`, with the line breaks around it.
pub fn worker(worker: &Worker) -> String {
    let mut out = format!("  - id: {}\n", word(worker.id.as_str()));
    field(&mut out, "name", worker.name.as_deref());
    field(&mut out, "email", worker.email.as_deref());
    items(&mut out, "employment", worker.employment.iter().map(spell).collect());
    dated(&mut out, ["roles", "role"], &worker.roles, "");
    dated(&mut out, ["managers", "manager"], &worker.managers, "worker/");
    dated(&mut out, ["department", "department"], &worker.departments, "");
    dated(&mut out, ["location", "location"], &worker.locations, "");
    dated(&mut out, ["attributes", "attribute"], &worker.attributes, "");
    if !worker.leave.is_empty() {
        items(&mut out, "leave", worker.leave.iter().map(leave).collect());
    }
    out
}

fn field(out: &mut String, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        push(out, &format!("    {name}: {}\n", quoted(text)));
    }
}

fn push(out: &mut String, text: &str) {
    out.push_str(text);
}

/// A list: on one line where it has one item, so that most workers stay short; one item a
/// line where it has more, so that a change is one line of a diff.
fn items(out: &mut String, name: &str, items: Vec<String>) {
    match items.as_slice() {
        [] => push(out, &format!("    {name}: []\n")),
        [only] => push(out, &format!("    {name}: [{only}]\n")),
        several => {
            push(out, &format!("    {name}:\n"));
            several.iter().for_each(|item| push(out, &format!("      - {item}\n")));
        }
    }
}

fn dated(out: &mut String, [list, item]: [&str; 2], values: &[Dated<Id>], prefix: &str) {
    if values.is_empty() {
        return;
    }
    let text = |d: &Dated<Id>| {
        let value = word(&format!("{prefix}{}", d.value.value));
        match (d.from, d.until) {
            (None, None) => value,
            (from, until) => {
                format!("{{{item}: {value}{}{}}}", day(", from", from), day(", until", until))
            }
        }
    };
    items(out, list, values.iter().map(text).collect());
}

fn spell(spell: &Spell) -> String {
    let start = spell.start.map(|d| format!("start: {d}, ")).unwrap_or_default();
    let end = spell.end.map(|d| format!("end: {d}, ")).unwrap_or_default();
    format!("{{{start}{end}type: {}}}", word(spell.kind.as_str()))
}

fn leave(leave: &Leave) -> String {
    format!("{{from: {}{}}}", leave.from, day(", until", leave.until))
}

fn day(name: &str, day: Option<Date>) -> String {
    day.map(|d| format!("{name}: {d}")).unwrap_or_default()
}

/// An id without quotes, if no version of YAML can take it for anything else.
pub fn word(id: &str) -> String {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'/');
    let special = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&id);
    let starts = id.starts_with(|c: char| c.is_ascii_lowercase());
    if starts && id.bytes().all(plain) && !special { id.to_owned() } else { quoted(id) }
}

/// A text in double quotes. What could act on a reader's eye is escaped.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                let _ = write!(out, "\\x{:02X}", u32::from(c));
            }
            c if crate::record::text::fault(c.encode_utf8(&mut [0; 4])).is_some()
                && u32::from(c) > 0xffff =>
            {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c if crate::record::text::fault(c.encode_utf8(&mut [0; 4])).is_some() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
