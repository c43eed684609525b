//! `duly explain CODE`: what a code means and what to do about it.

use std::fmt::Write as _;

use super::{Context, Failure, Outcome};
use crate::finding::catalogue;
use crate::finding::{Entry, Severity};
use crate::record::reader::closest;

/// Explain a code of a finding, or list all codes
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code, as in D201, or its name, as in undeclared-word; all of them without
    code: Option<String>,
}

impl Args {
    /// Prints the explanation.
    ///
    /// # Errors
    /// The code is not known.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let text = match &self.code {
            None => list(),
            Some(code) => catalogue::find(code).map(explain).ok_or_else(|| unknown(code))?,
        };
        context.print(&text)?;
        Ok(Outcome::Clean)
    }
}

fn list() -> String {
    let mut out = String::new();
    for entry in catalogue::all() {
        let _ =
            writeln!(out, "{}  {:<9} {:<28} {}", entry.code, entry.severity.word(), entry.name, entry.title);
    }
    out
}

fn explain(entry: &'static Entry) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} {} ({}): {}\n", entry.code, entry.name, entry.severity, entry.title);
    let _ = writeln!(out, "{}\n", wrap(entry.why));
    let _ = writeln!(out, "Not like this:\n{}\n", indent(entry.bad));
    let _ = writeln!(out, "But like this:\n{}", indent(entry.good));
    if entry.severity >= Severity::DueSoon && !entry.can_be_ignored() {
        let _ = writeln!(out, "\nThis code can never be ignored or put on a list of known faults.");
    }
    out
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Breaks a paragraph into lines of at most 88 characters.
fn wrap(text: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + word.len() < 88 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

fn unknown(code: &str) -> Failure {
    let names: Vec<&str> = catalogue::all().flat_map(|e| [e.code, e.name]).collect();
    let help = match closest(code, &names) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "`duly explain` lists all codes.".to_owned(),
    };
    Failure::new(format!("there is no code `{code}`"), help)
}
