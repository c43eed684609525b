//! The ready-made requirements of `duly init --with`.

use crate::harness::Place;

const SETS: &str = "hipaa,texas,osha,pci,california";

const TEMPLATES: [(&str, &str); 5] = [
    ("hipaa", include_str!("../../templates/requirements/hipaa.yaml")),
    ("texas", include_str!("../../templates/requirements/texas.yaml")),
    ("osha", include_str!("../../templates/requirements/osha.yaml")),
    ("pci", include_str!("../../templates/requirements/pci.yaml")),
    ("california", include_str!("../../templates/requirements/california.yaml")),
];

fn place(sets: &str) -> Place {
    let place = Place::new();
    place.key("officer");
    let arguments = ["init", "repo", "--name", "C", "--timezone", "UTC", "--officer", "w-0001"];
    place.run(&[&arguments[..], &["--key", "officer", "--with", sets]].concat()).exits(0);
    place
}

#[test]
fn a_repository_with_all_of_them_checks_clean() {
    let place = place(SETS);
    let json = place.duly(&["check", "--format", "json"]).exits(0).json();
    for finding in json["findings"].as_array().unwrap() {
        let code = finding["code"].as_str().unwrap();
        // Nobody is clinical, at the front desk, in billing or a supervisor yet.
        let vacant = ["bloodborne-pathogens", "pci-security-awareness", "pci-policy-acknowledgement"];
        let vacant = [&vacant[..], &["harassment-prevention-supervisors"]].concat();
        let expected = match code {
            "D208" => vacant.contains(&finding["requirement"].as_str().unwrap()),
            "D303" | "D424" | "D503" => true,
            _ => false,
        };
        assert!(expected, "{finding}");
    }
    for (set, _) in TEMPLATES {
        assert!(place.repo(&format!("policies/{set}.yaml")).exists(), "{set}");
    }
    // Security awareness is there once.
    assert!(!place.repo("policies/training.yaml").exists());
    place.duly(&["status", "security-awareness"]).exits(0);
}

#[test]
fn each_says_where_it_comes_from_and_when_that_was_checked() {
    for (set, text) in TEMPLATES {
        let blocks: Vec<&str> = text.split("\n\n").filter(|b| b.contains("\n  - id: ")).collect();
        let ids = text.lines().filter(|l| l.starts_with("  - id: ")).count();
        assert!(ids > 0 && blocks.len() == ids, "{set}: a requirement without a block of its own");
        for block in blocks {
            assert!(block.contains("  # Source: https://"), "{set}: no source:\n{block}");
            let checked = block.contains(
                "  # Checked: 2026-11-21, against summaries; compare with the source itself before use\n",
            );
            let unchecked = block.contains("  # Check before use: ");
            assert!(checked != unchecked, "{set}: checked, or not?\n{block}");
            assert!(block.contains("    citations: [\""), "{set}: no citation:\n{block}");
            assert_eq!(
                block.contains("proposed"),
                block.contains("    state: proposed\n"),
                "{set}:\n{block}"
            );
        }
    }
}

/// Status and due date of a worker's requirement on a day.
#[track_caller]
fn due(place: &Place, worker: &str, requirement: &str, day: &str) -> String {
    let arguments = ["status", worker, requirement, "--as-of", day, "--format", "json"];
    let json = place.duly(&arguments).exits(0).json();
    let found = &json["obligations"][0];
    format!("{} {}", found["status"].as_str().unwrap(), found["due"].as_str().unwrap_or("-"))
}

#[test]
fn the_dates_are_those_of_the_rules() {
    let place = place(SETS);
    place.write(
        "roster/main.yaml",
        "apiVersion: duly/v1
kind: Roster
confirmed_on: 2026-11-21
workers:
  - id: w-0001
    employment: [{start: 2020-01-01, type: full-time}]
    roles: [officer]
  - id: w-0002
    employment: [{start: 2025-12-31, type: part-time}]
    roles: [{role: supervisor, from: 2026-08-31}]
  - id: w-0003
    employment: [{start: 2025-08-31, type: full-time}]
    roles: [clinical, front-desk]
    managers: [worker/w-0001]
  - id: w-0005
    employment: [{start: 2023-01-01, type: full-time}]
    roles: [clinical]
    managers: [worker/w-0001]
  - id: w-0004
    employment: [{start: 2026-01-01, type: contractor}]
",
    );
    // The 90th day after 31 December 2025 is 31 March 2026; contractors are no employees.
    assert_eq!(due(&place, "w-0002", "texas-privacy-training", "2026-03-31"), "due_soon 2026-03-31");
    assert_eq!(due(&place, "w-0002", "texas-privacy-training", "2026-04-01"), "overdue 2026-03-31");
    assert_eq!(
        place.duly(&["status", "w-0004", "texas-privacy-training", "--format", "json"]).json()["obligations"],
        serde_json::json!([])
    );
    // Six months after 31 August 2025: 28 February 2026. A supervisor since 31 August 2026: the
    // same day a year later.
    assert_eq!(due(&place, "w-0003", "harassment-prevention", "2026-01-01"), "pending 2026-02-28");
    assert_eq!(
        due(&place, "w-0002", "harassment-prevention-supervisors", "2026-09-01"),
        "pending 2027-02-28"
    );
    assert_eq!(due(&place, "w-0002", "harassment-prevention", "2026-09-01"), "not_applicable -");
    // On the first day; then 365 days after 1 October 2025, which is 12 months after it, too.
    assert_eq!(due(&place, "w-0003", "bloodborne-pathogens", "2025-09-01"), "overdue 2025-08-31");
    place.attest("bloodborne-pathogens", "worker/w-0003", "2025-10-01", "officer");
    assert_eq!(due(&place, "w-0003", "bloodborne-pathogens", "2026-08-01"), "current 2026-10-01");
    // 365 days after 1 March 2023 are 29 February 2024, a day before 12 months.
    place.attest("bloodborne-pathogens", "worker/w-0005", "2023-03-01", "officer");
    assert_eq!(due(&place, "w-0005", "bloodborne-pathogens", "2023-06-01"), "current 2024-02-29");
    assert_eq!(due(&place, "w-0003", "pci-policy-acknowledgement", "2025-09-01"), "overdue 2025-08-31");
    assert_eq!(due(&place, "w-0003", "privacy-training", "2025-09-01"), "due_soon 2025-09-30");
}

#[test]
fn sets_stand_alone_and_wrong_ones_are_refused() {
    for (set, _) in TEMPLATES {
        let place = place(set);
        assert_eq!(place.errors(), Vec::<String>::new(), "{set}");
        assert_eq!(place.repo("policies/training.yaml").exists(), set != "hipaa");
    }
    let place = Place::new();
    place.key("officer");
    let arguments = ["init", "repo", "--name", "C", "--timezone", "UTC", "--officer", "w-0001"];
    let run = place.run(&[&arguments[..], &["--key", "officer", "--with", "hippa"]].concat()).exits(2);
    assert!(run.err.contains("hipaa"), "{}", run.err);
}

#[test]
fn a_period_of_zero_is_said_at_once() {
    let place = Place::initialised();
    let policy = |rule: &str| {
        format!(
            "apiVersion: duly/v1\nkind: Policy\nrequirements:\n  - id: drill\n    title: Drill\n    \
             type: training\n    applies_to: everyone\n    due: {{within: 0 days, {rule}}}\n    \
             signed_by: [[issuer]]\n"
        )
    };
    for word in ["days", "weeks", "months", "years"] {
        for anchor in ["start", "calendar, period_start: 2024-01-01", "completion"] {
            place.write(
                "policies/drill.yaml",
                &policy(&format!("every: 0 {word}, anchor: {anchor}, early: 5 days")),
            );
            for command in ["check", "status"] {
                // Without an end the program would be killed, with another code.
                let run = std::process::Command::new("timeout")
                    .args(["30", &assert_cmd::cargo::cargo_bin("duly").to_string_lossy(), command])
                    .current_dir(place.repo(""))
                    .env_remove("CI")
                    .output()
                    .expect("it runs");
                assert!(matches!(run.status.code(), Some(0 | 1)), "{command} {word} {anchor}: {run:?}");
            }
            assert!(place.errors().contains(&"D213".to_owned()), "{word} {anchor}");
        }
    }
    place.write("policies/drill.yaml", &policy("max_gap: 0 days"));
    assert!(place.errors().contains(&"D213".to_owned()));
    place.write("policies/drill.yaml", &format!("{}    retain: 0 years\n", policy("max_gap: 9 days")));
    assert!(place.errors().contains(&"D213".to_owned()));
}
