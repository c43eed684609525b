//! Countersignatures and corrections.

use duly::record::countersignature::Countersignature;
use duly::record::node::Spot;

use crate::bench::{NOTHING, Sum, fingerprint, today};
use crate::harness::Place;

/// A place where the worker and the manager must both sign, and the manager has.
fn half() -> (Place, String) {
    let place = Place::with_team();
    place.edit("policies/training.yaml", "[[issuer], [supervisor], [self, officer]]", "[[self, supervisor]]");
    let path = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    assert_eq!(place.sum(), Sum { unverified: 1, warnings: vec!["D315"], ..NOTHING });
    (place, path)
}

/// A countersignature that the program would not make.
fn joining(place: &Place, path: &str, key: &str) -> Countersignature {
    Countersignature {
        audience: place.audience(),
        payload: duly::record::digest::Sha256::parse(&place.payload(path)).unwrap(),
        key: fingerprint(&place.fingerprint(key)),
        signed_on: today(),
        spot: Spot::default(),
    }
}

#[test]
fn a_later_signature_fills_the_empty_place() {
    let (place, path) = half();
    let run = place.duly(&["countersign", &path, "--key", "../nurse"]).exits(0);
    assert!(run.err.contains("1 of 1 row counts"), "{}", run.err);
    let joined = run.out.trim().to_owned();
    assert_eq!(joined.rsplit_once('/').unwrap().0, path.rsplit_once('/').unwrap().0);
    assert_eq!(place.sum(), Sum { accepted: 1, ..NOTHING });
    let shown = place.duly(&["verify", &path]).exits(0).out;
    assert!(shown.contains("countersigned by worker/w-0003"), "{shown}");
    assert!(shown.contains("accepted, assurance witnessed"), "{shown}");
    place.duly(&["verify", &joined]).exits(0);
    // One signature makes the other worth nothing when it is taken back.
    place.duly(&["revoke", &joined, "--reason", "withdrawn", "--key", "../nurse"]).exits(0);
    assert_eq!(place.sum(), Sum { unverified: 1, warnings: vec!["D315", "D322"], ..NOTHING });
}

#[test]
fn a_revoked_key_joins_nothing() {
    let (place, path) = half();
    place.duly(&["countersign", &path, "--key", "../nurse"]).exits(0);
    let key = place.fingerprint("nurse");
    place.duly(&["key", "revoke", &key, "--reason", "lost", "--key", "../officer"]).exits(0);
    assert_eq!(place.sum(), Sum { void: 1, warnings: vec!["D322"], ..NOTHING });
}

#[test]
fn nobody_countersigns_themself() {
    let (place, path) = half();
    assert!(place.duly(&["countersign", &path, "--key", "../manager"]).exits(2).err.contains("D329"));
    place.enrol("manager2", "worker/w-0002");
    assert!(place.duly(&["countersign", &path, "--key", "../manager2"]).exits(2).err.contains("D329"));
    place.put(joining(&place, &path, "manager2"), &["manager2"]);
    assert_eq!(place.sum(), Sum { unverified: 1, errors: vec!["D329"], warnings: vec!["D315"], ..NOTHING });
}

#[test]
fn a_countersignature_is_by_the_key_that_it_names_alone() {
    let (place, path) = half();
    place.put(joining(&place, &path, "nurse"), &["officer"]);
    assert_eq!(place.sum().errors, ["D329"]);
    let (place, path) = half();
    place.put(joining(&place, &path, "nurse"), &["nurse", "officer"]);
    assert_eq!(place.sum().errors, ["D329"]);
}

#[test]
fn a_countersignature_stands_with_its_attestation() {
    let (place, path) = half();
    let joined = place.duly(&["countersign", &path, "--key", "../nurse"]).exits(0).out.trim().to_owned();
    let name = joined.rsplit('/').next().unwrap();
    place.write(&format!("attestations/2026/03/{name}"), &place.read(&joined));
    std::fs::remove_file(place.repo(&joined)).unwrap();
    assert_eq!(place.sum().errors, ["D126"]);
    std::fs::remove_file(place.repo(&format!("attestations/2026/03/{name}"))).unwrap();
    // Without its attestation it means nothing.
    let (place, path) = half();
    place.duly(&["countersign", &path, "--key", "../nurse"]).exits(0);
    std::fs::remove_file(place.repo(&path)).unwrap();
    assert_eq!(place.sum(), Sum { errors: vec!["D324"], ..NOTHING });
}

#[test]
fn several_people_sign_the_same_payload() {
    let (place, _) = half();
    let attest = [
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--completed-on",
        "2026-03-01",
        "--draft",
        "../draft.yaml",
    ];
    place.duly(&attest).exits(0);
    place.duly(&["sign", "../draft.yaml", "--more", "--key", "../manager"]).exits(0);
    let path = place.duly(&["sign", "../draft.yaml", "--key", "../nurse"]).exits(0).out.trim().to_owned();
    let shown = place.duly(&["verify", &path]).exits(0).out;
    assert_eq!(shown.matches("good signature by").count(), 2, "{shown}");
    assert_eq!(place.sum(), Sum { accepted: 1, unverified: 1, warnings: vec!["D315"], ..NOTHING });
}

fn correct<'a>(old: &'a str, day: &'a str, key: &'a str) -> [&'a str; 9] {
    ["attest", "hygiene", "--subject=worker/w-0003", "--completed-on", day, "--supersedes", old, "--key", key]
}

#[test]
fn a_correction_takes_the_place_of_the_old_record() {
    let place = Place::with_team();
    let old = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let new = place.duly(&correct(&old, "2026-02-02", "../manager")).exits(0).out.trim().to_owned();
    assert_eq!(place.sum(), Sum { accepted: 1, ..NOTHING });
    assert_eq!(place.judged().1.accepted[0].completed_on().to_string(), "2026-02-02");
    assert!(place.duly(&["verify", &old]).exits(1).out.contains(&format!("REPLACED by {new}")));
    assert!(place.codes("info").contains(&"D326".to_owned()));
    // A correction of the correction.
    place.duly(&correct(&new, "2026-02-03", "../manager")).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, ..NOTHING });
    assert_eq!(place.judged().1.accepted[0].completed_on().to_string(), "2026-02-03");
}

#[test]
fn only_who_signed_or_an_officer_corrects() {
    let place = Place::with_team();
    let old = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let run = place.duly(&correct(&old, "2026-02-02", "../nurse")).exits(2);
    assert!(run.err.contains("D325"), "{}", run.err);
    assert_eq!(place.sum(), Sum { accepted: 1, ..NOTHING });
    // An officer may, even where the new record itself does not count.
    place.duly(&correct(&old, "2026-02-02", "../officer")).exits(0);
    assert_eq!(place.sum(), Sum { unverified: 1, warnings: vec!["D315"], ..NOTHING });
}

#[test]
fn a_correction_of_nothing_is_an_error() {
    let place = Place::with_team();
    let none = "0".repeat(64);
    let run = place.duly(&correct(&none, "2026-02-02", "../manager")).exits(2);
    assert!(run.err.contains("D324"), "{}", run.err);
    let old = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    place.duly(&correct(&old, "2026-02-02", "../manager")).exits(0);
    std::fs::remove_file(place.repo(&old)).unwrap();
    assert_eq!(place.sum(), Sum { errors: vec!["D324"], ..NOTHING });
}

#[test]
fn a_sheet_that_is_corrected_loses_the_rows_that_are_not_repeated() {
    let place = Place::with_team();
    place.issuer("lms");
    let sheet = [
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0002",
        "worker/w-0003",
        "--completed-on",
        "2026-02-01",
        "--key",
        "../lms",
    ];
    let old = place.duly(&sheet).exits(0).out.trim().to_owned();
    let run = place.duly(&correct(&old, "2026-02-02", "../lms")).exits(0);
    assert!(run.err.contains("also has rows of worker/w-0002"), "{}", run.err);
    assert_eq!(place.sum(), Sum { accepted: 1, ..NOTHING });
}

/// A key that was stolen replaces what it signed by lies; when officers revoke it and vouch for
/// the old record, the old one counts again.
#[test]
fn a_correction_by_a_revoked_key_replaces_nothing() {
    let place = Place::with_team();
    let old = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    place.duly(&correct(&old, "2026-03-02", "../manager")).exits(0);
    let key = place.fingerprint("manager");
    let arguments = ["key", "revoke", &key, "--reason", "compromised", "--keep", &old, "--key", "../officer"];
    place.duly(&arguments).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, void: 1, warnings: vec!["D322"], ..NOTHING });
    assert_eq!(place.judged().1.accepted[0].completed_on().to_string(), "2026-02-01");
}
