//! The audit trail: who changed what when. The page shows the newest commits; the table beside
//! it has all of them.

use std::io;

use serde::Serialize;

use super::page::{Place, Renderer};
use crate::report::model::{Model, TrailEntry};
use crate::report::{ReportError, escape};

/// How many commits the page shows, and how many things of each.
const COMMITS: usize = 100;
const LINES: usize = 25;

#[derive(Serialize)]
struct Body<'m> {
    more: usize,
    entries: Vec<Entry<'m>>,
}

#[derive(Serialize)]
struct Entry<'m> {
    commit: &'m str,
    short: String,
    day: String,
    author: &'m str,
    committer: Option<&'m str>,
    lines: Vec<Line<'m>>,
    more: usize,
}

#[derive(Serialize)]
struct Line<'m> {
    words: &'m str,
    signers: &'m [String],
}

/// Renders the page and the table, where the history is at hand.
///
/// # Errors
/// The template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let model = renderer.model;
    if model.trail.is_none() {
        return Ok(());
    }
    let place = Place { path: "trail.html", title: "Audit trail", section: "trail" };
    renderer.page("trail.html", &place, body(model))?;
    renderer.write("data/trail.csv".into(), &|out| table(model, out))
}

fn body(model: &Model) -> Body<'_> {
    let all = model.trail.as_deref().unwrap_or_default();
    let entries = all.iter().rev().filter(|e| !e.lines.is_empty());
    let total = entries.clone().count();
    Body { more: total.saturating_sub(COMMITS), entries: entries.take(COMMITS).map(entry).collect() }
}

fn entry(entry: &TrailEntry) -> Entry<'_> {
    Entry {
        commit: &entry.commit,
        short: entry.commit.chars().take(12).collect(),
        day: entry.day.to_string(),
        author: &entry.author,
        committer: entry.committer.as_deref(),
        lines: entry
            .lines
            .iter()
            .take(LINES)
            .map(|l| Line { words: &l.words, signers: &l.signers })
            .collect(),
        more: entry.lines.len().saturating_sub(LINES),
    }
}

/// Everything, the oldest first.
fn table(model: &Model, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["day", "commit", "author", "committer", "what", "signed_by", "path"])?;
    for entry in model.trail.iter().flatten() {
        for line in &entry.lines {
            let cells = [
                entry.day.to_string(),
                entry.commit.clone(),
                entry.author.clone(),
                entry.committer.clone().unwrap_or_default(),
                line.words.clone(),
                line.signers.join(", "),
                line.path.clone().unwrap_or_default(),
            ];
            table.write_record(cells.map(|cell| escape::csv(&cell).into_owned()))?;
        }
    }
    table.flush()
}
