//! What may be right and somebody should look at.

use duly::record::grant::Grant;
use duly::record::id::{Holder, Id};
use duly::record::key::Key;
use duly::record::node::{At, Spot};
use duly::trust::crypto::signer::Signer;

use crate::bench::{fingerprint, today};
use crate::harness::Place;

fn warnings(place: &Place) -> Vec<String> {
    place.codes("warning")
}

#[test]
fn more_than_a_day_holds_is_said() {
    let place = Place::with_team();
    let mut policy = place.read("policies/training.yaml");
    for n in 0..16 {
        policy.push_str(&format!(
            "  - id: course-{n}\n    title: Course {n}\n    type: training\n    applies_to: {{role: clinical}}\n    due: {{within: 30 days}}\n    signed_by: [[supervisor]]\n"
        ));
    }
    place.write("policies/training.yaml", &policy);
    for n in 0..15 {
        place.attest(&format!("course-{n}"), "w-0003", "2026-11-02", "manager");
    }
    assert!(!warnings(&place).contains(&"D334".to_owned()));
    place.attest("course-15", "w-0003", "2026-11-02", "manager");
    assert!(warnings(&place).contains(&"D334".to_owned()));
}

#[test]
fn names_of_several_alphabets_are_said() {
    let place = Place::with_team();
    assert!(!warnings(&place).contains(&"D141".to_owned()));
    // The first letter is Cyrillic and looks like a Latin one.
    place.edit("roster/main.yaml", "name: Mira Manager", "name: \u{41c}ira Manager");
    assert!(warnings(&place).contains(&"D141".to_owned()));
    for whole in [
        "\u{41c}\u{438}\u{440}\u{430} \u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432}\u{430}",
        "Zo\u{eb} M\u{fc}ller",
        "\u{5c71}\u{7530}\u{82b1}\u{5b50}",
    ] {
        place.edit("roster/main.yaml", "name: \u{41c}ira Manager", &format!("name: {whole}"));
        assert!(!warnings(&place).contains(&"D141".to_owned()), "{whole}");
        place.edit("roster/main.yaml", &format!("name: {whole}"), "name: \u{41c}ira Manager");
    }
}

#[test]
fn a_new_edition_with_an_old_text_is_said() {
    let place = Place::with_team();
    place.write("policies/documents/h.md", "Wash your hands.\n");
    let digest = duly::record::digest::Sha256::of(b"Wash your hands.\n");
    let edition = |id: &str, day: &str| {
        format!(
            "      - {{edition: \"{id}\", published: {day}, document: documents/h.md, sha256: \"{digest}\", change: material, within: 30 days}}\n"
        )
    };
    let first = "      - {edition: \"1\", published: 2025-01-01}\n";
    place.edit("policies/training.yaml", first, &edition("1", "2025-01-01"));
    assert!(!warnings(&place).contains(&"D222".to_owned()));
    let both = format!("{}{}", edition("1", "2025-01-01"), edition("2", "2026-01-01"));
    place.edit("policies/training.yaml", &edition("1", "2025-01-01"), &both);
    assert!(warnings(&place).contains(&"D222".to_owned()));
}

/// A team with an issuer whose key was asked for some days ago.
fn with_issuer(days: i64) -> Place {
    let place = Place::with_team();
    place.key("lms");
    let (audience, spot) = (place.audience(), Spot::default());
    let public_key = place.private("lms").public_key().clone();
    let owner = Holder::parse("service/lms").expect("a holder");
    let requested_on = today().plus_days(days);
    place.put(Key { audience, owner, public_key, requested_on, spot }, &["lms", "officer"]);
    let scope = vec![At { value: Id::parse("hygiene").expect("an id"), spot }];
    let key = fingerprint(&place.fingerprint("lms"));
    let (granted_on, until) = (today(), today().plus_days(30));
    place.put(Grant { audience, key, scope, granted_on, until, spot }, &["officer"]);
    place
}

#[test]
fn an_issuers_old_key_is_said() {
    for (days, said) in [(-700, false), (-740, true)] {
        assert_eq!(warnings(&with_issuer(days)).contains(&"D335".to_owned()), said, "{days}");
    }
}

#[test]
fn a_root_limits_the_age_of_issuers_keys() {
    // The last good day is the one 365 days after the request; 30 days before it is said.
    for (days, error, warning) in
        [(-335, false, false), (-336, false, true), (-365, false, true), (-366, true, false)]
    {
        let place = with_issuer(days);
        limit_keys(&place, "365 days");
        assert_eq!(too_old(&place), (error, warning), "{days}");
    }
}

/// Makes a root with another limit for the age of issuers' keys.
fn limit_keys(place: &Place, limit: &str) {
    let _ = std::fs::remove_file(place.path("root.yaml"));
    place.duly(&["trust", "propose", "--out", "../root.yaml", "--max-key-age", limit]).exits(0);
    place.duly(&["trust", "sign", "../root.yaml", "--key", "../officer"]).exits(0);
}

/// Whether the age of a key is an error, and whether it is a warning.
fn too_old(place: &Place) -> (bool, bool) {
    let code = "D336".to_owned();
    (place.errors().contains(&code), warnings(place).contains(&code))
}

#[test]
fn a_key_that_is_too_old_is_replaced_or_the_limit_goes() {
    let place = with_issuer(-400);
    limit_keys(&place, "365 days");
    assert_eq!(too_old(&place), (true, false));
    let limits = |place: &Place| {
        let list = place.duly(&["trust", "list"]).exits(0).out;
        let (_, in_force) = list.split_once(", in force").expect("one is");
        in_force.lines().find(|l| l.contains("limits")).expect("its limits").trim().to_owned()
    };
    let usual = "limits      recorded later 30 days, grants 400 days";
    assert_eq!(limits(&place), format!("{usual}, issuers' keys 365 days"));
    let other = place.copy();
    limit_keys(&other, "none");
    assert_eq!(too_old(&other), (false, false));
    assert_eq!(limits(&other), usual);
    let key = place.fingerprint("lms");
    let revoke = ["key", "revoke", &key, "--reason", "replaced", "--keep-all", "--key", "../officer"];
    place.duly(&revoke).exits(0);
    assert_eq!(too_old(&place), (false, false), "what the help says is enough");
}

#[test]
fn a_request_of_tomorrow_never_grows_old() {
    let code = "D317".to_owned();
    assert!(!with_issuer(0).errors().contains(&code));
    assert!(with_issuer(1).errors().contains(&code));
}

#[test]
fn a_notarys_key_is_for_nothing_else() {
    let place = Place::with_team();
    place.key("notary");
    let propose =
        ["trust", "propose", "--out", "../root.yaml", "--add-notary", "service/notary=../notary.pub"];
    place.duly(&propose).exits(0);
    place.duly(&["trust", "sign", "../root.yaml", "--key", "../officer"]).exits(0);
    let (audience, spot) = (place.audience(), Spot::default());
    let public_key = place.private("notary").public_key().clone();
    let owner = Holder::parse("worker/w-0003").expect("a holder");
    place.put(Key { audience, owner, public_key, requested_on: today(), spot }, &["notary", "officer"]);
    assert_eq!(place.errors(), ["D311"]);
}
