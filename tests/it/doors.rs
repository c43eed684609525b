//! Every command and every page tells one judgement: the same headline, the same statuses, and
//! exit codes that fit each other.

mod broken;
mod random;
mod uncounted;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Place, Run, run_in};
use crate::history::repository::Repo;

/// What one command or page says.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    headline: Value,
    statuses: BTreeMap<(String, String), String>,
}

/// What `duly check` says of a repository, and what everything else must say too.
struct Doors<'p> {
    folder: std::path::PathBuf,
    day: &'p str,
}

impl<'p> Doors<'p> {
    fn of(place: &Place, day: &'p str) -> Doors<'p> {
        Doors { folder: place.repo(""), day }
    }

    fn duly(&self, arguments: &[&str]) -> Run {
        let mut all = arguments.to_vec();
        all.extend(["--as-of", self.day]);
        run_in(&self.folder, &all)
    }

    /// Opens every door and compares. Gives the state of the headline.
    #[track_caller]
    fn agree(&self, what: &str) -> String {
        let check = self.duly(&["check", "--format", "json"]);
        let report = check.json();
        let wrong = unreliable(&report);
        let status = self.duly(&["status", "--format", "json"]);
        let said = of_list(&status.json(), "obligations");
        assert_eq!(said.headline, report["headline"], "{what}: status and check");
        assert_eq!(status.code, i32::from(wrong), "{what}: status exits as check says\n{}", status.err);
        assert_eq!(wrong, status.err.contains("cannot be relied on"), "{what}: {}", status.err);
        assert!(status.err.contains("Unpinned"), "{what}: {}", status.err);
        assert_eq!(counts(&said), numbers(&report["summary"]["statuses"]), "{what}: the numbers of check");
        let state = said.headline["state"].as_str().unwrap().to_owned();
        let good = matches!(state.as_str(), "clean" | "empty" | "open");
        assert!(check.code == 0 || !good || state == "open", "{what}: {state} and exit code {}", check.code);
        assert!(!matches!(state.as_str(), "clean" | "empty") || check.code == 0, "{what}: {state}");
        self.why(&said, wrong, what);
        self.site(&said, wrong, what);
        state
    }

    /// `duly why` of a few obligations, those that are unknown among them.
    fn why(&self, said: &Said, wrong: bool, what: &str) {
        let unknown = said.statuses.iter().filter(|(_, status)| *status == "unknown").take(2);
        for ((subject, requirement), status) in said.statuses.iter().take(3).chain(unknown) {
            let why = self.duly(&["why", subject, requirement, "--format", "json"]);
            let json = why.json();
            assert_eq!(json["status"], status.as_str(), "{what}: why {subject} {requirement}");
            assert_eq!(json["headline"], said.headline, "{what}: why {subject} {requirement}");
            assert_eq!(why.code, i32::from(wrong), "{what}: why {subject} {requirement}");
        }
    }

    /// The site, its badge, its data and the Markdown.
    fn site(&self, said: &Said, wrong: bool, what: &str) {
        let out = tempfile::tempdir().unwrap();
        let (site, markdown) = (out.path().join("site"), out.path().join("report.md"));
        let run =
            self.duly(&["report", "--out", site.to_str().unwrap(), "--markdown", markdown.to_str().unwrap()]);
        assert_eq!(run.code, i32::from(wrong), "{what}: report\n{}", run.err);
        let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
        let data: Value = serde_json::from_str(&read(&site.join("data/report.json"))).unwrap();
        assert_eq!(&of_list(&data, "obligations"), said, "{what}: report.json");
        let state = said.headline["state"].as_str().unwrap();
        let front = read(&site.join("index.html"));
        assert!(front.contains(&format!("hero-{state}\"")), "{what}: the first page is not {state}");
        let badge: Value = serde_json::from_str(&read(&site.join("badge.json"))).unwrap();
        let (message, first) = (badge["message"].as_str().unwrap(), first_line(&read(&markdown)));
        for text in [message.to_owned(), first] {
            assert_eq!(text.to_lowercase().contains("no gap found"), state == "clean", "{what}: {text}");
            for (key, word) in [("errors", "error"), ("gaps", "gap")] {
                let n = said.headline[key].as_u64().unwrap();
                let words = format!("{n} {word}{}", if n == 1 { "" } else { "s" });
                let told = matches!(state, "errors" | "gaps") && n > 0;
                assert_eq!(text.contains(&words), told, "{what}: {words} in {text}");
            }
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Whether a check says that the files themselves are wrong.
fn unreliable(report: &Value) -> bool {
    report["findings"].as_array().unwrap().iter().any(|f| {
        let family = f["code"].as_str().unwrap().as_bytes()[1];
        f["severity"] == "error" && (b'1'..=b'4').contains(&family)
    })
}

fn of_list(value: &Value, list: &str) -> Said {
    let text = |o: &Value, key: &str| o[key].as_str().unwrap_or_default().to_owned();
    let rows = value[list].as_array().unwrap().iter();
    let statuses = rows.map(|o| ((text(o, "subject"), text(o, "requirement")), text(o, "status"))).collect();
    Said { headline: value["headline"].clone(), statuses }
}

fn counts(said: &Said) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for status in said.statuses.values() {
        *counts.entry(status.clone()).or_default() += 1;
    }
    counts
}

fn numbers(value: &Value) -> BTreeMap<String, u64> {
    let all = value.as_object().unwrap().iter().map(|(word, n)| (word.clone(), n.as_u64().unwrap()));
    all.filter(|(_, n)| *n > 0).collect()
}

#[test]
fn the_clinic_is_the_same_at_every_door() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clinic");
    for day in ["2025-01-15", "2026-03-01", "2026-11-21"] {
        Doors { folder: folder.clone(), day }.agree(day);
    }
}

#[test]
fn a_repository_without_fault_or_gap_is_clean_at_every_door() {
    let place = Place::with_team();
    assert_eq!(Doors::of(&place, "2020-01-05").agree("clean"), "clean");
    assert_eq!(Doors::of(&place, "2026-06-30").agree("gaps"), "gaps");
}

#[test]
fn what_attest_says_of_a_row_is_what_check_says() {
    let repo = Repo::clinic();
    let day = repo.in_days(-45);
    let record = ["attest", "hygiene", "--subject", "worker/w-0004", "--completed-on", &day];
    let said = repo.duly(&[&record[..], &["--key", "../manager"][..]].concat()).exits(0).err;
    // It appears more than thirty days after the day that it gives.
    assert!(said.contains("0 of 1 row counts") && said.contains("no officer signed it"), "{said}");
    let check = repo.duly(&["check", "--format", "json"]).json();
    let found = check["findings"].as_array().unwrap();
    assert!(found.iter().any(|f| f["code"] == "D315" && f["subject"] == "worker/w-0004"), "{check}");
    assert_eq!(Doors::of(&repo, &repo.in_days(0)).agree("a backdated row"), "gaps");
}

#[test]
fn an_import_by_a_key_that_nobody_enrolled_is_refused() {
    let place = Place::with_team();
    place.key("stranger");
    std::fs::write(place.path("lms.csv"), "id,course,date,result\nw-0003,H1,2026-02-01,passed\n").unwrap();
    std::fs::write(place.path("map.yaml"), "apiVersion: duly/v1\nkind: ImportMap\n").unwrap();
    let run =
        place.duly(&["import", "completions", "../lms.csv", "--map", "../map.yaml", "--key", "../stranger"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("is not enrolled"), "{}", run.err);
    assert!(!place.repo("attestations").exists(), "nothing was written");
}
