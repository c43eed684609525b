//! A map to start from for a learning system's export.

use super::Draft;
use crate::import::csv::Table;
use crate::import::roster_write::emit::{quoted, word};
use crate::ledger::Ledger;
use crate::record::attestation::Outcome;
use crate::record::id::Id;

/// Words that other systems use for an outcome.
const OUTCOMES: [(&[&str], Outcome); 5] = [
    (&["passed", "pass"], Outcome::Passed),
    (&["completed", "complete", "finished", "attended", "done"], Outcome::Completed),
    (&["failed", "fail", "not passed"], Outcome::Failed),
    (&["incomplete", "in progress", "started", "not completed", "enrolled"], Outcome::Incomplete),
    (&["acknowledged", "accepted"], Outcome::Acknowledged),
];

/// The most courses that are listed one by one.
const COURSES_MAX: usize = 200;

/// A map to start from, as YAML with comments. A course gets the requirement of the ledger
/// whose id or title is the same.
pub fn completions(table: &Table<'_>, delimiter: u8, ledger: Option<&Ledger>) -> String {
    let mut draft = Draft::new(table, delimiter, "CompletionsMap");
    draft.comment("Look through every line, replace each CHOOSE, and keep this file in git.");
    draft.delimiter_line();
    let ids = [
        "employee id",
        "worker id",
        "staff id",
        "employee number",
        "user id",
        "learner id",
        "person id",
        "emp id",
        "id",
    ];
    let subject = draft.find(&ids).map_or("CHOOSE".to_owned(), |at| draft.quoted(at));
    draft.comment("The same prefix as in the map of the roster.");
    draft.line(&format!("subject: {{column: {subject}, prefix: w-}}"));
    courses(&mut draft, ledger);
    match draft.find(&[
        "completion date",
        "completed on",
        "date completed",
        "completed date",
        "training date",
        "course date",
        "date",
    ]) {
        Some(at) => draft.date("date", at),
        None => draft.line("date: {column: CHOOSE, format: CHOOSE}"),
    }
    outcomes(&mut draft);
    if let Some(at) = draft.find(&["score", "grade", "points"]) {
        let line = format!("score: {}", draft.quoted(at));
        draft.line(&line);
    }
    if let Some(at) = draft.find(&["expiry date", "expiration date", "expires on", "expires", "valid until"])
    {
        draft.date("expires", at);
    }
    draft.comment("How it was done: `online`, `classroom`, `paper`, or a column of such words.");
    draft.line("method: {value: online}");
    draft.comment("Rows dated before somebody was hired are rejected; `before_hire: keep` records them.");
    draft.rest();
    draft.out
}

fn courses(draft: &mut Draft<'_>, ledger: Option<&Ledger>) {
    let names = [
        "course name",
        "course title",
        "training program name",
        "program name",
        "training name",
        "course",
        "title",
        "program",
        "training",
    ];
    let Some(at) = draft.find(&names) else {
        return draft.line("requirement: {value: CHOOSE}");
    };
    let line = format!("requirement:\n  column: {}\n  values:", draft.quoted(at));
    draft.line(&line);
    let values = draft.named(at);
    if values.is_empty() {
        draft.line("    \"CHOOSE\": CHOOSE");
    }
    if values.len() > COURSES_MAX {
        draft.comment(&format!("{} more courses are not listed here", values.len() - COURSES_MAX));
    }
    for (course, count) in values.into_iter().take(COURSES_MAX) {
        let id =
            ledger.and_then(|l| requirement(l, course)).map_or("CHOOSE".to_owned(), |id| word(id.as_str()));
        let line = format!("    {}: {id}  # {count}", quoted(course));
        draft.line(&line);
    }
    draft.comment("Without an edition, a row counts for the one in use on its day. To say it:");
    draft.comment("  \"Course\": {requirement: ID, edition: \"2026\"}");
    draft.comment("Courses that are no requirement: `ignore: [\"Course\"]` below `column`.");
}

/// The requirement whose id or title is that of a course.
fn requirement<'l>(ledger: &'l Ledger, course: &str) -> Option<&'l Id> {
    let slug = Id::from_title(course)?;
    let same = |text: &str| Id::from_title(text).as_ref() == Some(&slug);
    let found = ledger.requirements.iter().find(|r| r.id.value == slug || same(&r.title));
    found.map(|r| &r.id.value)
}

fn outcomes(draft: &mut Draft<'_>) {
    let found = draft.find(&["outcome", "result", "completion status", "training status", "status"]);
    let Some(at) = found.filter(|at| draft.values(*at).len() <= super::VALUES_MAX) else {
        draft.comment("No column tells how it ended. If the file lists nothing but what was completed:");
        return draft.line("outcome: {value: CHOOSE}  # completed");
    };
    let line = format!("outcome:\n  column: {}\n  values:", draft.quoted(at));
    draft.line(&line);
    for (value, count) in draft.named(at) {
        let lower = value.to_lowercase();
        let outcome =
            OUTCOMES.iter().find(|(words, _)| words.contains(&lower.as_str())).map(|(_, o)| o.word());
        draft.line(&format!("    {}: {}  # {count}", quoted(value), outcome.unwrap_or("CHOOSE")));
    }
}
