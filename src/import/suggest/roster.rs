//! A map to start from for an HR export.

use super::Draft;
use crate::import::csv::Table;
use crate::import::map::StatusClass;
use crate::import::privacy;
use crate::import::roster_write::emit::quoted;

/// Parts of words that tell what a status means; the first that fits wins.
const STATUSES: [(&[&str], StatusClass); 4] = [
    (
        &["terminat", "inactive", "resign", "retire", "separat", "former", "deceased", "dismiss"],
        StatusClass::Left,
    ),
    (&["leave", "loa", "furlough", "sabbatical"], StatusClass::Leave),
    (&["future", "pending", "prehire", "pre-hire", "not started"], StatusClass::Future),
    (&["active", "employed", "current", "probation"], StatusClass::Active),
];

/// The most locations that a column of locations may hold for it to be one.
const LOCATIONS_MAX: usize = 200;

/// A map to start from, as YAML with comments.
pub fn roster(table: &Table<'_>, delimiter: u8) -> String {
    let mut draft = Draft::new(table, delimiter, "RosterMap");
    draft.comment("Look through every line, replace each CHOOSE, and keep this file in git.");
    draft.delimiter_line();
    person(&mut draft);
    employment(&mut draft);
    work(&mut draft);
    status(&mut draft);
    draft.rest();
    draft.out
}

fn person(draft: &mut Draft<'_>) {
    let ids = [
        "employee id",
        "employee number",
        "employee no",
        "worker id",
        "staff id",
        "personnel number",
        "person id",
        "associate id",
        "emp id",
        "id",
    ];
    match draft.find(&ids) {
        Some(at) => {
            let line = format!("id: {{column: {}, prefix: w-}}", draft.quoted(at));
            draft.line(&line);
        }
        None => draft.line("id: {column: CHOOSE, prefix: w-}"),
    }
    draft.comment("Names and addresses stay in git for good. Leave both lines out to work with ids alone.");
    let first = draft.find(&["first name", "given name", "forename", "firstname"]);
    let last = draft.find(&["last name", "surname", "family name", "lastname"]);
    let parts: Vec<usize> = match [first, last].into_iter().flatten().collect::<Vec<_>>() {
        parts if parts.is_empty() => {
            draft.find(&["full name", "employee name", "display name", "name"]).into_iter().collect()
        }
        parts => parts,
    };
    if !parts.is_empty() {
        let names: Vec<String> = parts.iter().map(|at| draft.quoted(*at)).collect();
        draft.line(&format!("name: [{}]", names.join(", ")));
    }
    if let Some(at) = draft.find(&["email", "e mail", "email address", "mail"]) {
        let line = format!("email: {}", draft.quoted(at));
        draft.line(&line);
    }
}

fn employment(draft: &mut Draft<'_>) {
    match draft.find(&[
        "start date",
        "hire date",
        "date of hire",
        "date hired",
        "join date",
        "joining date",
        "hired",
        "start",
    ]) {
        Some(at) => draft.date("start", at),
        None => draft.line("start: {column: CHOOSE, format: CHOOSE}"),
    }
    if let Some(at) = draft.find(&[
        "exit date",
        "termination date",
        "term date",
        "separation date",
        "last day",
        "end date",
        "end",
    ]) {
        draft.date("end", at);
    }
    match draft.find(&["employee type", "employment type", "worker type", "contract type"]) {
        Some(at) => draft.words("type", at),
        None => {
            draft.comment("No column tells how people are employed. This gives everybody the same type:");
            draft.line("type: {value: CHOOSE}");
        }
    }
    let leave = draft.find(&["leave start", "leave from", "leave begin", "loa start"]);
    let back = draft.find(&["leave end", "leave until", "return date", "loa end"]);
    if let Some(at) = leave {
        draft.line("leave:");
        draft.date("  from", at);
        if let Some(at) = back {
            draft.date("  until", at);
        }
    }
}

fn work(draft: &mut Draft<'_>) {
    if let Some(at) = draft.find(&["job title", "title", "position", "role", "job"]) {
        draft.words("roles", at);
    }
    if let Some(at) = draft.find(&["department", "dept", "division", "team"]) {
        draft.words("department", at);
    }
    let table = draft.table;
    let few = |at: usize| {
        let distinct: std::collections::HashSet<&str> = table.values(at).collect();
        distinct.len() <= LOCATIONS_MAX
    };
    if let Some(at) = draft.find_where(&["location", "site", "office", "facility", "branch", "state"], few) {
        draft.comment("A location decides the time zone; duly.yaml can give each its own.");
        draft.words("location", at);
    }
    if let Some(at) = draft.find(&[
        "manager id",
        "supervisor id",
        "manager email",
        "supervisor email",
        "manager",
        "supervisor",
        "reports to",
    ]) {
        let words = privacy::words(draft.name(at));
        let by = if words.iter().any(|w| w == "id") {
            "id"
        } else if words.iter().any(|w| w == "email") {
            "email"
        } else {
            "name"
        };
        let line = format!("manager: {{column: {}, by: {by}}}", draft.quoted(at));
        draft.line(&line);
    }
}

fn status(draft: &mut Draft<'_>) {
    let Some(at) = draft.find(&["employee status", "employment status", "worker status", "status"]) else {
        return draft.comment("No column of statuses: whoever has a last day in the past has left.");
    };
    draft.comment("Rows whose status and dates contradict each other are rejected. Without `status` the dates alone count.");
    let values = draft.values(at);
    let line = format!("status:\n  column: {}", draft.quoted(at));
    draft.line(&line);
    let meaning = |value: &str| {
        let value = value.to_lowercase();
        STATUSES.iter().find(|(parts, _)| parts.iter().any(|p| value.contains(p))).map(|(_, class)| *class)
    };
    for class in StatusClass::ALL {
        let of: Vec<String> =
            values.iter().filter(|(v, _)| meaning(v) == Some(*class)).map(|(v, _)| quoted(v)).collect();
        if !of.is_empty() {
            draft.line(&format!("  {class}: [{}]", of.join(", ")));
        }
    }
    for (value, count) in values.iter().filter(|(v, _)| meaning(v).is_none()).take(super::VALUES_MAX) {
        draft.comment(&format!(
            "CHOOSE active, left, leave, future or ignore for {} ({count} rows)",
            quoted(value)
        ));
    }
}
