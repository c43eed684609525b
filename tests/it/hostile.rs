//! Names and titles that try to act where they are printed.

use crate::harness::Place;

/// A name for each place that runs something: pages, scripts, spreadsheets, tables, terminals.
const NAMES: [&str; 9] = [
    "<script>alert(1)</script>",
    "\\\"onx=alert(1)",
    "javascript:alert(1)",
    "=cmd()",
    "a|b",
    "`tick` *star* [x](y)",
    "\\e[31mred\\e]0;title\\a",
    "line\\nbreak ::error::x",
    "</style><img src=x onerror=alert(1)>",
];

/// A repository whose workers and one requirement bear such names.
fn hostile() -> Place {
    let place = Place::with_team();
    let mut roster = String::from("apiVersion: duly/v1\nkind: Roster\nworkers:\n");
    roster.push_str(
        "  - id: w-0001\n    employment: [{start: 2020-01-01, type: full-time}]\n    roles: [officer]\n",
    );
    for (n, name) in NAMES.iter().enumerate() {
        roster.push_str(&format!(
            "  - id: w-000{}\n    name: \"{name}\"\n    employment: [{{start: 2020-01-01, type: full-time}}]\n    roles: [clinical]\n",
            n + 2
        ));
    }
    roster.push_str("    managers: [worker/w-0002]\n");
    place.write("roster/main.yaml", &roster);
    place.edit("policies/training.yaml", "title: Hand hygiene", "title: \"=HYPERLINK(1) <b>|`\\e[2J\"");
    place
}

#[test]
fn nothing_acts_in_the_terminal() {
    let place = hostile();
    for arguments in [&["check", "--all"][..], &["check", "--format", "concise"], &["status"]] {
        let run = place.duly(arguments);
        assert!(!run.out.contains('\u{1b}') && !run.out.contains('\u{7}'), "{arguments:?}: {:?}", run.out);
        assert!(
            !run.out.contains("\n::error") && !run.out.contains("line\nbreak"),
            "{arguments:?}: {}",
            run.out
        );
    }
    assert!(place.duly(&["status"]).out.contains("\\u{1b}[31mred"));
}

#[test]
fn nothing_acts_in_a_spreadsheet() {
    let run = hostile().duly(&["status", "--format", "csv"]).exits(1);
    let mut rows = 0;
    for line in csv_rows(&run.out) {
        for cell in line {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            assert!(!cell.contains(['\u{1b}', '\n']), "{cell:?}");
        }
        rows += 1;
    }
    assert!(rows > NAMES.len(), "{}", run.out);
    assert!(run.out.contains("'=cmd()"));
}

fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn nothing_acts_in_a_log_or_a_comment() {
    let place = hostile();
    for format in ["github", "gitlab", "junit", "markdown", "sarif"] {
        let text = place.duly(&["check", "--format", format]).exits(1).out;
        assert!(!text.contains('\u{1b}'), "{format}: {text}");
        match format {
            "github" => assert!(text.lines().all(|l| l.starts_with("::")), "{text}"),
            "junit" => assert!(!text.contains("<script>") && !text.contains("<img"), "{text}"),
            "markdown" => assert!(!text.contains("<script>") && !text.contains("[x](y)"), "{text}"),
            _ => assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{format}"),
        }
    }
}

#[test]
fn json_carries_the_names_as_they_are() {
    let place = hostile();
    let json = place.duly(&["check", "--format", "json"]).json();
    let codes: Vec<&str> =
        json["findings"].as_array().unwrap().iter().filter_map(|f| f["code"].as_str()).collect();
    // The two names with control characters are findings, and the people are still there.
    assert_eq!(codes.iter().filter(|c| **c == "D115").count(), 3, "{codes:?}");
    let status = place.duly(&["status", "--format", "json"]).exits(1).json();
    let subjects: std::collections::BTreeSet<&str> =
        status["obligations"].as_array().unwrap().iter().filter_map(|o| o["subject"].as_str()).collect();
    assert_eq!(subjects.len(), NAMES.len() + 1);
}
