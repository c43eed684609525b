//! Records that do not count are named with the reason, by `duly why` and on the person's page.

use super::Doors;
use crate::harness::Place;

const DAY: &str = "2026-11-21";

/// Fails the test unless `duly why`, in both formats, and the person's page say this of the
/// nurse's hygiene.
#[track_caller]
fn told(place: &Place, words: &[&str]) {
    let why = |format: &str| {
        place.duly(&["why", "w-0003", "hygiene", "--as-of", DAY, "--format", format]).exits(0).out
    };
    let out = place.path("site");
    place.duly(&["report", "--out", out.to_str().unwrap(), "--as-of", DAY]).exits(0);
    let page = std::fs::read_to_string(out.join("person/w-0003.html")).unwrap();
    for (door, text) in [("text", why("text")), ("json", why("json")), ("page", page)] {
        for word in words {
            assert!(text.contains(word), "{door}: no {word:?} in {text}");
        }
    }
    assert_eq!(Doors::of(place, DAY).agree("records that do not count"), "gaps");
}

#[test]
fn a_revoked_record() {
    let place = Place::with_team();
    let path = place.attest("hygiene", "worker/w-0003", "2026-11-10", "manager");
    place.duly(&["revoke", &path, "--reason", "mistaken", "--key", "../officer"]).exits(0);
    told(&place, &["the completion of 2026-11-10 does not count: void: revoked (mistaken)"]);
}

#[test]
fn a_replaced_record_and_the_one_in_its_place() {
    let place = Place::with_team();
    let first = place.attest("hygiene", "worker/w-0003", "2026-11-10", "manager");
    let record = ["attest", "hygiene", "--subject", "worker/w-0003", "--completed-on", "2026-11-11"];
    let second = place
        .duly(&[&record[..], &["--key", "../manager", "--supersedes", &first][..]].concat())
        .exits(0)
        .out;
    told(&place, &["the completion of 2026-11-10 does not count: replaced by", second.trim(), "2026-11-11"]);
}

#[test]
fn a_record_that_is_not_accepted() {
    let place = Place::with_team();
    place.attest("hygiene", "worker/w-0003", "2026-11-10", "nurse");
    told(&place, &["the completion of 2026-11-10 does not count: not accepted: it needs issuer"]);
}

#[test]
fn a_record_of_an_edition_that_had_run_out() {
    let place = Place::with_team();
    let newer = "      - {edition: \"1\", published: 2025-01-01, material: outline}\n      - {edition: \"2\", published: 2026-06-01, material: outline, change: material, within: 30 days}";
    place.edit("policies/training.yaml", "      - {edition: \"1\", published: 2025-01-01}", newer);
    let record = ["attest", "hygiene", "--subject", "worker/w-0003", "--completed-on", "2026-11-10"];
    place.duly(&[&record[..], &["--edition", "1", "--key", "../manager"][..]].concat()).exits(0);
    told(
        &place,
        &["the completion of 2026-11-10 does not count: its edition had run out: edition 2 of 2026-06-01"],
    );
}

#[test]
fn the_completed_column_is_the_last_completion_that_counts() {
    let place = Place::with_team();
    for day in ["2026-01-05", "2026-11-10"] {
        place.attest("privacy", "worker/w-0003", day, "nurse");
    }
    let status = ["status", "w-0003", "privacy", "--as-of", DAY, "--format", "json"];
    let row = place.duly(&status).exits(0).json()["obligations"][0].clone();
    assert_eq!(row["completed_on"], "2026-11-10", "{row}");
}
