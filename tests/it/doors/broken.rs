//! One field broken at a time.

use super::Doors;
use crate::harness::Place;

const DAY: &str = "2026-11-21";

const SYSTEM: &str = "apiVersion: duly/v1
kind: System
id: ehr
title: Health records
holds_ephi: true
in_use_from: 2026-01-15
access:
  - {worker: w-0003, from: 2026-01-15}
";

const VENDOR: &str = "apiVersion: duly/v1
kind: Vendor
id: cloudhost
title: Cloudhost Ltd
handles_phi: true
terms: [{start: 2026-01-05}]
agreement: {signed_on: 2026-01-02, expires_on: 2026-12-31}
";

const INCIDENT: &str = "apiVersion: duly/v1
kind: Incident
id: lost-laptop
title: A lost laptop
occurred_on: 2026-10-01
discovered_on: 2026-10-02
subjects: [worker/w-0003]
retraining:
  - {requirement: hygiene, by: 2026-11-01}
";

const ASSIGNMENT: &str = "apiVersion: duly/v1
kind: Assignment
id: a1
subjects: [worker/w-0003]
requirement: privacy
told_on: 2026-10-01
by: 2026-10-15
reason: audit
";

fn place() -> Place {
    let place = Place::with_team();
    place.write("systems/ehr.yaml", SYSTEM);
    place.write("vendors/cloudhost.yaml", VENDOR);
    place.write("incidents/lost-laptop.yaml", INCIDENT);
    place.write("assignments/a1.yaml", ASSIGNMENT);
    place
}

/// A file, what stands in it, what takes its place, and an obligation that rests on it.
type Slip = (&'static str, &'static str, &'static str, Option<(&'static str, &'static str)>);

const NURSE: Option<(&str, &str)> = Some(("w-0003", "hygiene"));
const MANAGER: Option<(&str, &str)> = Some(("w-0002", "hygiene"));
const OFFICER: Option<(&str, &str)> = Some(("w-0001", "privacy"));

const SLIPS: [Slip; 32] = [
    ("policies/training.yaml", "every: 12 months", "every: 12 mths", NURSE),
    ("policies/training.yaml", "within: 30 days, every", "within: 30 dyas, every", NURSE),
    ("policies/training.yaml", "anchor: completion", "anchor: completoin", NURSE),
    ("policies/training.yaml", "type: training", "type: trainning", NURSE),
    ("policies/training.yaml", "{role: clinical}", "{rol: clinical}", NURSE),
    ("policies/training.yaml", "published: 2025-01-01", "published: 2025-02-30", NURSE),
    ("policies/training.yaml", "edition: \"1\"", "edition: 1", NURSE),
    ("policies/training.yaml", "[[issuer], [supervisor], [self, officer]]", "[[isuer]]", NURSE),
    ("policies/training.yaml", "title: Hand hygiene", "titel: Hand hygiene", NURSE),
    ("policies/training.yaml", "    due: {within: 30 days}\n", "", OFFICER),
    ("policies/training.yaml", "applies_to: everyone", "applies_to: 5", OFFICER),
    ("policies/training.yaml", "every: 12 months", "every: 0 days", NURSE),
    ("roster/main.yaml", "start: 2025-01-01", "start: 2025-01-41", NURSE),
    ("roster/main.yaml", "start: 2025-01-01", "strat: 2025-01-01", NURSE),
    ("roster/main.yaml", "roles: [officer]", "roles: 5", OFFICER),
    ("roster/main.yaml", "name: Mira Manager", "nmae: Mira Manager", MANAGER),
    ("roster/main.yaml", "until: 2025-12-31", "until: 2025-13-31", NURSE),
    ("roster/main.yaml", "    location: main", "    location: {place: main}", OFFICER),
    (
        "roster/main.yaml",
        "    name: Nia Nurse",
        "    name: Nia Nurse\n    leave: [{from: 2026-01-01, until: 2026-02-30}]",
        NURSE,
    ),
    ("roster/main.yaml", "worker/w-0002, from: 2026-01-01", "w-0002, from: 2026-01-01", NURSE),
    ("roster/main.yaml", "confirmed_on: 2026-11-01", "confirmed_on: 1 Nov", None),
    ("duly.yaml", "timezone: \"UTC\"", "timezone: \"UCT+1\"", OFFICER),
    ("duly.yaml", "rehire_gap: ", "rehire_gapp: ", OFFICER),
    ("duly.yaml", "after_leave: 14 days", "after_leave: 14", NURSE),
    ("systems/ehr.yaml", "in_use_from: 2026-01-15", "in_use_from: 2026-01-51", None),
    ("systems/ehr.yaml", "worker: w-0003", "wroker: w-0003", None),
    ("vendors/cloudhost.yaml", "start: 2026-01-05", "start: yesterday", None),
    ("incidents/lost-laptop.yaml", "by: 2026-11-01", "by: 2026-11-31", NURSE),
    ("incidents/lost-laptop.yaml", "occurred_on: 2026-10-01", "ocurred_on: 2026-10-01", NURSE),
    ("incidents/lost-laptop.yaml", "subjects: [worker/w-0003]", "subjects: [nurse]", OFFICER),
    ("assignments/a1.yaml", "by: 2026-10-15", "by: soon", Some(("w-0003", "privacy"))),
    ("assignments/a1.yaml", "reason: audit\n", "reason: audit\nreason: audit\n", OFFICER),
];

#[test]
fn a_field_that_cannot_be_read_is_told_at_every_door_and_never_left_out() {
    let whole = place();
    for (path, from, to, rests) in SLIPS {
        let place = whole.copy();
        place.edit(path, from, to);
        assert_eq!(Doors::of(&place, DAY).agree(to), "errors", "{to}");
        let Some((subject, requirement)) = rests else { continue };
        let json = place.duly(&["why", subject, requirement, "--as-of", DAY, "--format", "json"]).json();
        assert_eq!(json["status"], "unknown", "{to}: {subject} {requirement}");
        let input = &json["steps"][0]["inputs"][0];
        assert_eq!(input["path"], path, "{to}: why names the file");
    }
}

#[test]
fn one_slip_is_one_error_with_what_follows_beneath() {
    for (path, from, to, rests) in SLIPS.iter().filter(|(_, _, _, rests)| rests.is_some()) {
        let place = place();
        place.edit(path, from, to);
        let json = place.duly(&["check", "--as-of", DAY, "--format", "json"]).json();
        let errors: Vec<&serde_json::Value> =
            json["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").collect();
        let slips = errors.iter().filter(|f| f["path"] == *path).count();
        assert_eq!(slips, errors.len(), "{to}: errors elsewhere: {errors:?}");
        assert_eq!(slips, 1, "{to}: {errors:?}");
        let follows = errors.iter().filter_map(|f| f["follows"].as_array()).flatten();
        let unknown = follows.filter(|f| f["code"] == "D504").count();
        assert!(unknown > 0, "{to}: nothing follows for {rests:?}: {errors:?}");
    }
}

#[test]
fn a_policy_that_cannot_be_read_as_a_whole_is_one_error() {
    let place = Place::with_team();
    for day in ["2026-01-05", "2026-02-05", "2026-03-05"] {
        place.attest("hygiene", "worker/w-0003", day, "manager");
    }
    place.edit("policies/training.yaml", "kind: Policy", "kind: Policy\nkind: Policy");
    assert_eq!(Doors::of(&place, DAY).agree("no policy"), "errors");
    let json = place.duly(&["check", "--as-of", DAY, "--format", "json"]).json();
    let errors: Vec<_> =
        json["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0]["code"], "D104");
    let follows: Vec<&str> =
        errors[0]["follows"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert!(follows.contains(&"D204") && follows.contains(&"D210"), "{follows:?}");
}

#[test]
fn an_edited_sentence_is_one_error_at_the_policy() {
    let place = Place::with_team();
    place.edit("policies/training.yaml", "signed_by: [[self]]", "signed_by: [[self], [officer]]");
    for day in ["2026-11-05", "2026-11-06", "2026-11-07"] {
        place.attest("privacy", "worker/w-0003", day, "nurse");
    }
    place.edit("policies/training.yaml", "I have read it.", "I read it.");
    let json = place.duly(&["check", "--as-of", DAY, "--format", "json"]).json();
    let errors: Vec<_> =
        json["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!((&errors[0]["code"], &errors[0]["path"]), (&"D318".into(), &"policies/training.yaml".into()));
    assert_eq!(errors[0]["follows"].as_array().unwrap().len(), 3);
}

#[test]
fn what_follows_is_told_in_every_format() {
    let place = place();
    place.edit("policies/training.yaml", "every: 12 months", "every: 12 mths");
    for format in ["human", "concise", "github", "gitlab", "junit", "markdown", "sarif"] {
        let out = place.duly(&["check", "--as-of", DAY, "--format", format]).exits(1).out;
        assert!(out.contains("more follow from this"), "{format}: {out}");
    }
}

/// Findings about access and privacy turn no door green, and make no answer unreliable.
#[test]
fn findings_about_access_and_privacy_are_told_at_every_door() {
    let cases = [
        ("roster/main.yaml", "{start: 2025-01-01, type", "{start: 2025-01-01, end: 2026-08-31, type", "D701"),
        ("vendors/cloudhost.yaml", "expires_on: 2026-12-31", "expires_on: 2026-11-01", "D703"),
        ("roster/main.yaml", "name: Nia Nurse", "name: Nia 123-45-6789", "D601"),
    ];
    for (path, from, to, code) in cases {
        let place = place();
        place.edit(path, from, to);
        assert_eq!(Doors::of(&place, DAY).agree(code), "errors", "{code}");
        let json = place.duly(&["check", "--as-of", DAY, "--format", "json"]).json();
        assert!(json["findings"].as_array().unwrap().iter().any(|f| f["code"] == code), "{code}: {json}");
    }
}
