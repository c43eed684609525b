//! `report.md`: the report for a pull request, a step summary, an e-mail. Worst first, of a
//! bounded size, and nothing in it is more than text.

use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::ReportError;
use super::model::{FoundGroup, FoundItem, Model};
use super::site::overview;
use super::template::Templates;
use crate::finding::Severity;

/// The most bytes of a Markdown report: what a comment on GitHub may hold, less a little for
/// whoever puts something around it.
pub const BYTES_MAX: usize = 60_000;

/// How many rows of each list are shown at first.
const ROWS: usize = 50;

#[derive(Serialize)]
struct Facts<'m> {
    organization: &'m str,
    as_of: String,
    version: &'m str,
    commit: Option<&'m str>,
    pinned: bool,
    team: Option<&'m str>,
    single_control: bool,
    address: Option<&'m str>,
}

#[derive(Serialize)]
struct Found<'m> {
    code: &'static str,
    title: &'static str,
    severity: &'static str,
    n: usize,
    items: Vec<Item<'m>>,
}

#[derive(Serialize)]
struct Item<'m> {
    message: Option<&'m str>,
    place: Option<&'m str>,
    more: Option<String>,
}

/// Renders the report as Markdown, at most [`BYTES_MAX`] bytes.
///
/// # Errors
/// The template is wrong.
pub fn render(model: &Model, templates: &Templates) -> Result<String, ReportError> {
    let environment = templates.environment()?;
    let template = environment.get_template("report.md")?;
    let mut rows = ROWS;
    loop {
        let text = template.render(context(model, rows))?;
        if text.len() <= BYTES_MAX || rows == 0 {
            return Ok(clip(text.trim_end().to_owned() + "\n"));
        }
        rows /= 2;
    }
}

fn context(model: &Model, rows: usize) -> Value {
    let facts = &model.facts;
    let site = Facts {
        organization: &facts.organization,
        as_of: facts.as_of.to_string(),
        version: &facts.version,
        commit: facts.commit.as_deref(),
        pinned: facts.pinned,
        team: facts.team.as_deref(),
        single_control: model.trust.single_control,
        address: facts.address.as_deref(),
    };
    let found: Vec<Found<'_>> = found(model, rows);
    let v = overview::body(model, rows);
    context! { site => Serde(site), v => Serde(v), found => Serde(found), rows }
}

fn item(found: &FoundItem) -> Item<'_> {
    Item { message: found.message.as_deref(), place: found.place.as_deref(), more: found.consequences() }
}

/// What is wrong with the repository itself; who is overdue stands in a list of its own.
fn found(model: &Model, rows: usize) -> Vec<Found<'_>> {
    let wrong = |g: &&FoundGroup| !g.entry.can_be_ignored() || g.severity == Severity::Error;
    let groups = model.findings.iter().filter(wrong);
    groups
        .map(|g| Found {
            code: g.entry.code,
            title: g.entry.title,
            severity: g.severity.word(),
            n: g.items.len(),
            items: g.items.iter().take(rows.min(10)).map(item).collect(),
        })
        .collect()
}

/// The last resort where even the shortest form is too long, as with a title of a megabyte.
fn clip(text: String) -> String {
    if text.len() <= BYTES_MAX {
        return text;
    }
    let end = text.get(..BYTES_MAX).or_else(|| (1..4).find_map(|n| text.get(..BYTES_MAX - n)));
    let whole_lines = end.and_then(|t| t.rfind('\n')).and_then(|at| text.get(..at)).unwrap_or_default();
    format!("{whole_lines}\n\nThe rest does not fit here.\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn markdown(model: &Model) -> String {
        render(model, &Templates::embedded()).unwrap()
    }

    #[test]
    fn it_says_what_the_site_says() {
        let text = markdown(&sample::clean());
        assert!(
            text.contains("No gap found against the requirements configured here, as of 2026-11-21"),
            "{text}"
        );
        assert!(!text.to_lowercase().contains("compliant"), "{text}");
        let mut unpinned = sample::clean();
        unpinned.facts.pinned = false;
        assert!(markdown(&unpinned).contains("not pinned"));
    }

    #[test]
    fn it_is_bounded_and_counts_the_rest() {
        let text = markdown(&sample::large(3000));
        assert!(text.len() <= BYTES_MAX, "{}", text.len());
        assert!(text.contains("more"), "says how many are left out");
    }

    #[test]
    fn one_endless_title_does_not_break_the_bound() {
        let mut model = sample::clinic();
        model.requirements[1].title = "é".repeat(200_000);
        let text = markdown(&model);
        assert!(text.len() <= BYTES_MAX && text.contains("ééé…"), "cut where it is shown");
        model.facts.organization = "| `x` ".repeat(50_000);
        assert!(markdown(&model).len() <= BYTES_MAX + 100);
    }

    #[test]
    fn hostile_texts_stay_text() {
        use pulldown_cmark::{Event, Options, Parser, Tag};
        let text = markdown(&sample::hostile());
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Html(h) | Event::InlineHtml(h) => assert_eq!(h.as_ref(), "<!-- -->", "{text}"),
                Event::Start(Tag::Link { dest_url, .. }) => panic!("a link to {dest_url}"),
                Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => panic!("an image or code"),
                _ => {}
            }
        }
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let tables = text.split("\n\n").filter(|t| t.starts_with('|'));
        for table in tables {
            let counts: std::collections::BTreeSet<usize> = table.lines().map(cells).collect();
            assert_eq!(counts.len(), 1, "every row has the same cells: {table}");
        }
    }
}
