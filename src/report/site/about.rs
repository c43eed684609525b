//! How to read, reproduce and verify the report; and the page for what is not there.

use serde::Serialize;

use super::page::{Place, Renderer};
use crate::report::ReportError;
use crate::report::model::Record;

#[derive(Serialize)]
struct Body {
    evidence: Vec<Evidence>,
    records: usize,
    unverified: usize,
}

/// How many records have which strength.
#[derive(Serialize)]
struct Evidence {
    word: &'static str,
    meaning: &'static str,
    n: usize,
}

/// Renders both pages.
///
/// # Errors
/// A template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let place = Place { path: "about.html", title: "About this report", section: "about" };
    renderer.page("about.html", &place, body(renderer))?;
    renderer.page("404.html", &Place { path: "404.html", title: "Not here", section: "" }, ())
}

/// The strengths of evidence, strongest first, with what they mean.
const STRENGTHS: [(&str, &str); 4] = [
    ("witnessed", "two people signed, or a supervisor did"),
    ("issuer", "a learning system, HR or a trainer signed"),
    ("imported", "an issuer took it over from an older system"),
    ("self", "the person's own word"),
];

fn body(renderer: &Renderer<'_>) -> Body {
    let model = renderer.model;
    let people = model.people.iter().flat_map(|p| &p.records);
    let records: Vec<&Record> = people.chain(model.others.iter().flat_map(|o| &o.records)).collect();
    let of = |word: &str| records.iter().filter(|r| r.accepted && r.assurance == Some(word)).count();
    let evidence = STRENGTHS.iter().map(|(word, meaning)| Evidence { word, meaning, n: of(word) }).collect();
    let unverified = records.iter().filter(|r| !r.accepted).count();
    Body { evidence, records: records.len(), unverified }
}
