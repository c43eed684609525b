//! Exit codes, help, and what goes where.

use crate::harness::Place;

#[test]
fn explain_knows_every_code() {
    let place = Place::new();
    let list = place.run(&["explain"]).exits(0).out;
    assert!(list.lines().count() > 50);
    for line in list.lines() {
        let code = line.split(' ').next().unwrap();
        let text = place.run(&["explain", code]).exits(0).out;
        assert!(text.starts_with(code) && text.contains("Not like this:") && text.contains("But like this:"));
    }
    let wrong = place.run(&["explain", "D999"]).exits(2);
    assert!(wrong.err.contains("no code"), "{}", wrong.err);
}

#[test]
fn usage_is_exit_2() {
    let place = Place::new();
    place.run(&["chekc"]).exits(2);
    place.run(&["check", "--repo", "nowhere"]).exits(2);
    place.run(&["check", "--trust-root", "xyz"]).exits(2);
}

#[test]
fn the_shape_of_the_check_is_frozen() {
    let place = Place::with_team();
    let json = place.duly(&["check", "--as-of", "2026-11-21", "--format", "json"]).json();
    assert_eq!(json["schema"], "duly/check/v1");
    assert_eq!(json["as_of"], "2026-11-21");
    assert_eq!(json["pinned"], false);
    for number in ["workers", "obligations", "accepted", "unverified"] {
        assert!(json["summary"][number].is_u64(), "{number}");
    }
    let finding = json["findings"].as_array().unwrap()[0].as_object().unwrap();
    let keys: Vec<&str> = finding.keys().map(String::as_str).collect();
    let mut wanted =
        ["code", "severity", "message", "help", "path", "line", "column", "subject", "requirement"].to_vec();
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
}

#[test]
fn the_shape_of_the_status_is_frozen() {
    let place = Place::with_team();
    place.attest("privacy", "worker/w-0003", "2025-01-20", "nurse");
    let json = place
        .duly(&["status", "w-0003", "privacy", "--as-of", "2026-11-21", "--format", "json"])
        .exits(0)
        .json();
    let expected = serde_json::json!({
        "schema": "duly/status/v1",
        "as_of": "2026-11-21",
        "pinned": false,
        "headline": { "state": "gaps", "errors": 0, "gaps": 4, "open_questions": 0 },
        "obligations": [{
            "subject": "worker/w-0003",
            "requirement": "privacy",
            "status": "current",
            "due": null,
            "completed_on": "2025-01-20",
            "since": "2025-01-20",
            "assurance": "self",
            "marks": [],
        }],
    });
    assert_eq!(json, expected);
}

#[test]
fn status_answers_what_it_is_asked() {
    let place = Place::with_team();
    place.attest("hygiene", "worker/w-0003", "2026-02-01", "officer");
    let who = |arguments: &[&str]| {
        let all = [&["status", "--as-of", "2026-11-21", "--format", "json"][..], arguments].concat();
        let json = place.duly(&all).exits(0).json();
        let one = |o: &serde_json::Value| {
            format!("{} {}", o["subject"].as_str().unwrap(), o["requirement"].as_str().unwrap())
        };
        json["obligations"].as_array().unwrap().iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(who(&["hygiene"]), ["worker/w-0002 hygiene", "worker/w-0003 hygiene"]);
    assert_eq!(who(&["--role", "officer"]), ["worker/w-0001 privacy"]);
    assert_eq!(who(&["--left"]), Vec::<String>::new());
    assert_eq!(
        who(&["--completed", "2025-01-01..2025-12-31"]),
        Vec::<String>::new(),
        "an officer's word alone does not count here"
    );
    assert_eq!(who(&["--only", "overdue", "hygiene"]).len(), 2);
    place.duly(&["status", "w-9999"]).exits(2);
    place.duly(&["status", "--role", "nobody"]).exits(2);
    place.duly(&["status", "--only", "late"]).exits(2);
}

#[test]
fn thresholds_and_exit_codes() {
    let place = Place::with_team();
    place.duly(&["check", "--as-of", "2026-11-21"]).exits(1);
    place.duly(&["check", "--as-of", "2026-11-21", "--fail-on", "error"]).exits(0);
    let run = place.duly(&["check", "--as-of", "2026-11-21", "--report-only"]).exits(0);
    assert!(run.err.contains("--report-only"), "{}", run.err);
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"] {
        place.duly(&["check", "--as-of", "2026-11-21", "--format", format]).exits(1);
    }
}
