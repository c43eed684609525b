//! Revocation: who may, what stays, what is void, and that there is no way back.

use duly::record::node::Spot;
use duly::record::revocation::{Keep, Reason, Revocation, Target};

use crate::bench::{NOTHING, Sum, date, fingerprint, today};
use crate::harness::Place;

/// A place with two completions that the manager signed.
fn two() -> (Place, String, String) {
    let place = Place::with_team();
    let first = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let second = place.attest("hygiene", "worker/w-0003", "2026-03-01", "manager");
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });
    (place, first, second)
}

/// A revocation of a key with a day of choice.
fn of_key(place: &Place, key: &str, keep: Keep, reason: Reason, day: &str) -> Revocation {
    Revocation {
        audience: place.audience(),
        target: Target::Key { key: fingerprint(&place.fingerprint(key)), keep },
        reason,
        revoked_on: date(day),
        spot: Spot::default(),
    }
}

#[test]
fn an_officer_revokes_a_key_and_its_gaps_open_again() {
    let (place, first, _) = two();
    let key = place.fingerprint("manager");
    let run = place.duly(&["key", "revoke", &key, "--reason", "compromised", "--key", "../officer"]).exits(0);
    assert!(run.err.contains("2 completions that counted are void now"), "{}", run.err);
    assert_eq!(place.sum(), Sum { void: 2, warnings: vec!["D322"], ..NOTHING });
    let shown = place.duly(&["verify", &first]).exits(1).out;
    assert!(shown.contains("VOID, key SHA256:"), "{shown}");
    assert!(shown.contains("revoked (compromised)"), "{shown}");
    assert!(place.duly(&["key", "list"]).exits(0).out.contains("nothing new: revoked (compromised)"));
    // It is a revocation, not a fault of the repository.
    assert_eq!(place.errors(), Vec::<String>::new());
}

#[test]
fn a_key_revokes_itself() {
    let (place, ..) = two();
    let key = place.fingerprint("manager");
    place.duly(&["key", "revoke", &key, "--reason", "lost", "--key", "../manager"]).exits(0);
    assert_eq!(place.sum(), Sum { void: 2, warnings: vec!["D322"], ..NOTHING });
}

#[test]
fn nobody_else_revokes_a_key() {
    let (place, ..) = two();
    let key = place.fingerprint("manager");
    let run = place.duly(&["key", "revoke", &key, "--reason", "lost", "--key", "../nurse"]).exits(2);
    assert!(run.err.contains("0 of the 1 officers"), "{}", run.err);
    let forged = of_key(&place, "manager", Keep::Nothing, Reason::Lost, "2026-01-01");
    place.put(forged, &["nurse"]);
    assert_eq!(place.sum(), Sum { accepted: 2, errors: vec!["D313"], ..NOTHING });
}

#[test]
fn a_retired_key_keeps_all_and_signs_nothing_new() {
    let (place, first, _) = two();
    let retired = of_key(&place, "manager", Keep::All, Reason::Retired, "2026-02-15");
    place.put(retired, &["officer"]);
    // The completion of March was signed after the key was retired in February.
    assert_eq!(place.sum(), Sum { accepted: 1, void: 1, warnings: vec!["D322"], ..NOTHING });
    let shown = place.duly(&["verify", &first]).exits(0).out;
    assert!(shown.contains("revoked (retired), this record stays"), "{shown}");
}

#[test]
fn officers_keep_what_they_vouch_for() {
    let (place, first, second) = two();
    let key = place.fingerprint("manager");
    let arguments =
        ["key", "revoke", &key, "--reason", "compromised", "--keep", &first, "--key", "../officer"];
    place.duly(&arguments).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, void: 1, warnings: vec!["D322"], ..NOTHING });
    assert!(place.duly(&["verify", &second]).exits(1).out.contains("VOID"));
    place.duly(&["verify", &first]).exits(0);
}

#[test]
fn what_is_recorded_can_be_kept_as_a_list() {
    let (place, ..) = two();
    let key = place.fingerprint("manager");
    let arguments =
        ["key", "revoke", &key, "--reason", "compromised", "--keep-recorded", "--key", "../officer"];
    place.duly(&arguments).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });
    // The program signs nothing with the key any more; the key itself does.
    let (ledger, _) = place.judged();
    let mut later = ledger.attestations[0].value.record.clone();
    later.completions[0].completed_on = date("2026-04-01");
    let arguments = ["attest", "hygiene", "--subject", "worker/w-0003", "--completed-on", "2026-04-01"];
    let refused = place.duly(&[&arguments[..], &["--key", "../manager"]].concat()).exits(2);
    assert!(refused.err.contains("was revoked (compromised)"), "{}", refused.err);
    place.put(later, &["manager"]);
    assert_eq!(place.sum(), Sum { accepted: 2, void: 1, warnings: vec!["D322"], ..NOTHING });
}

#[test]
fn two_revocations_keep_only_what_both_keep() {
    let (place, first, second) = two();
    let key = place.fingerprint("manager");
    for kept in [&first, &second] {
        let arguments = ["key", "revoke", &key, "--reason", "lost", "--keep", kept, "--key", "../officer"];
        place.duly(&arguments).exits(0);
    }
    assert_eq!(place.sum(), Sum { void: 2, warnings: vec!["D322"], ..NOTHING });
}

#[test]
fn a_key_does_not_say_itself_what_stays() {
    let (place, first, _) = two();
    let key = place.fingerprint("manager");
    let arguments =
        ["key", "revoke", &key, "--reason", "compromised", "--keep", &first, "--key", "../manager"];
    assert!(place.duly(&arguments).exits(2).err.contains("D323"));
    // An officer's key neither, for all that it is an officer's.
    let officer = place.fingerprint("officer");
    let own = place.attest("privacy", "worker/w-0001", "2026-02-01", "officer");
    assert_eq!(place.sum().errors, Vec::<&str>::new());
    let arguments = ["key", "revoke", &officer, "--reason", "lost", "--keep", &own, "--key", "../officer"];
    assert!(place.duly(&arguments).exits(2).err.contains("D323"));
}

#[test]
fn a_compromised_key_does_not_keep_all() {
    let (place, ..) = two();
    let key = place.fingerprint("manager");
    let arguments = ["key", "revoke", &key, "--reason", "compromised", "--keep-all", "--key", "../officer"];
    place.duly(&arguments).exits(2);
    place.put(of_key(&place, "manager", Keep::All, Reason::Compromised, "2026-12-01"), &["officer"]);
    assert_eq!(place.sum().errors, ["D114"]);
}

/// An issuer's key is stolen; the thief revokes it, so that all evidence of the year is void.
/// Officers vouch for what they know, and it counts again; the thief's own does not.
#[test]
fn a_stolen_issuer_key_that_revokes_itself() {
    let place = Place::with_team();
    place.issuer("lms");
    let honest = place.attest("hygiene", "worker/w-0003", "2026-02-01", "lms");
    place.attest("hygiene", "worker/w-0002", "2026-03-01", "lms");
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });
    let key = place.fingerprint("lms");
    place.duly(&["key", "revoke", &key, "--reason", "retired", "--key", "../lms"]).exits(0);
    assert_eq!(place.sum(), Sum { void: 2, warnings: vec!["D322"], ..NOTHING });
    let arguments =
        ["key", "revoke", &key, "--reason", "compromised", "--keep", &honest, "--key", "../officer"];
    place.duly(&arguments).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, void: 1, warnings: vec!["D322"], ..NOTHING });
}

/// The thief can also revoke each record, as its signer; officers overrule that by name only.
#[test]
fn a_stolen_key_that_revokes_records() {
    let (place, first, second) = two();
    for record in [&first, &second] {
        place.duly(&["revoke", record, "--reason", "withdrawn", "--key", "../manager"]).exits(0);
    }
    assert_eq!(place.sum(), Sum { void: 2, warnings: vec!["D322"], ..NOTHING });
    let key = place.fingerprint("manager");
    let arguments =
        ["key", "revoke", &key, "--reason", "compromised", "--keep", &first, "--key", "../officer"];
    place.duly(&arguments).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, void: 1, warnings: vec!["D322"], ..NOTHING });
}

#[test]
fn a_record_is_revoked_by_its_signer_or_an_officer() {
    for key in ["../manager", "../officer"] {
        let (place, first, _) = two();
        place.duly(&["revoke", &first, "--reason", "mistaken", "--key", key]).exits(0);
        assert_eq!(place.sum(), Sum { accepted: 1, void: 1, warnings: vec!["D322"], ..NOTHING }, "{key}");
    }
    let (place, first, _) = two();
    let run = place.duly(&["revoke", &first, "--reason", "mistaken", "--key", "../nurse"]).exits(2);
    assert!(run.err.contains("D323"), "{}", run.err);
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });
}

#[test]
fn a_row_is_revoked_and_the_others_stand() {
    let place = Place::with_team();
    place.issuer("lms");
    let arguments = [
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
    let sheet = place.duly(&arguments).exits(0).out.trim().to_owned();
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });
    let revoke = |subject: &str| {
        place.duly(&["revoke", &sheet, "--subject", subject, "--reason", "mistaken", "--key", "../lms"])
    };
    assert!(revoke("worker/w-0001").exits(2).err.contains("D324"));
    revoke("worker/w-0003").exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, void: 1, warnings: vec!["D322"], ..NOTHING });
    let shown = place.duly(&["verify", &sheet]).exits(1).out;
    assert!(shown.contains("worker/w-0002 completed on 2026-02-01, completed: accepted"), "{shown}");
    assert!(shown.contains("worker/w-0003 completed on 2026-02-01, completed: VOID"), "{shown}");
}

#[test]
fn nothing_is_revoked_that_is_not_there() {
    let place = Place::with_team();
    let none = "0".repeat(64);
    let run = place.duly(&["revoke", &none, "--reason", "mistaken", "--key", "../officer"]).exits(2);
    assert!(run.err.contains("D324"), "{}", run.err);
    place.key("stranger");
    let key = place.fingerprint("stranger");
    let run = place.duly(&["key", "revoke", &key, "--reason", "lost", "--key", "../officer"]).exits(2);
    assert!(run.err.contains("D324"), "{}", run.err);
}

#[test]
fn there_is_no_way_back() {
    let (place, first, _) = two();
    let revocation = place
        .duly(&["revoke", &first, "--reason", "mistaken", "--key", "../manager"])
        .exits(0)
        .out
        .trim()
        .to_owned();
    let run = place.duly(&["revoke", &revocation, "--reason", "mistaken", "--key", "../officer"]).exits(2);
    assert!(run.err.contains("cannot be revoked"), "{}", run.err);
    let key = place.fingerprint("manager");
    place.duly(&["key", "revoke", &key, "--reason", "lost", "--key", "../officer"]).exits(0);
    let again =
        ["key", "request", "--owner", "worker/w-0002", "--key", "../manager", "--out", "../again.yaml"];
    assert!(place.duly(&again).exits(2).err.contains("was revoked (lost)"));
    // A second enrolment, made without the program, is one too many.
    let enrolment = duly::record::key::Key {
        audience: place.audience(),
        owner: duly::record::id::Holder::parse("worker/w-0002").unwrap(),
        public_key: duly::trust::crypto::signer::Signer::public_key(&place.private("manager")).clone(),
        requested_on: today().plus_days(-1),
        spot: Spot::default(),
    };
    place.put(enrolment, &["manager", "officer"]);
    assert_eq!(place.sum(), Sum { void: 2, errors: vec!["D311"], warnings: vec!["D322"], ..NOTHING });
}

/// Revoking whoever revoked does not bring anything back.
#[test]
fn a_revocation_stands_when_its_signers_key_is_revoked() {
    let (place, first, _) = two();
    let manager = place.fingerprint("manager");
    place.duly(&["revoke", &first, "--reason", "mistaken", "--key", "../officer"]).exits(0);
    place
        .duly(&["key", "revoke", &manager, "--reason", "lost", "--keep-all", "--key", "../officer"])
        .exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, void: 1, warnings: vec!["D322"], ..NOTHING });
    let officer = place.fingerprint("officer");
    place
        .duly(&["key", "revoke", &officer, "--reason", "retired", "--keep-all", "--key", "../officer"])
        .exits(0);
    let sum = place.sum();
    assert_eq!((sum.accepted, sum.void, sum.errors), (1, 1, vec![]));
}

#[test]
fn a_revoked_officer_key_takes_its_enrolments_along() {
    let (place, ..) = two();
    let officer = place.fingerprint("officer");
    place.duly(&["key", "revoke", &officer, "--reason", "compromised", "--key", "../officer"]).exits(0);
    // The enrolments of the manager and the nurse rest on that key; so does the root's officer.
    assert_eq!(place.sum(), Sum { void: 2, warnings: vec!["D322", "D330"], ..NOTHING });
    let first = place.duly(&["key", "list"]).exits(0).out;
    assert!(first.contains("the enrolment is void"), "{first}");
    place.key("new");
    let request =
        ["key", "request", "--owner", "worker/w-0003", "--key", "../new", "--out", "../new.request"];
    place.duly(&request).exits(0);
    let run = place.duly(&["key", "approve", "../new.request", "--key", "../officer"]).exits(2);
    assert!(run.err.contains("was revoked"), "{}", run.err);
}

#[test]
fn a_revoked_grant_voids_what_rests_on_it() {
    let place = Place::with_team();
    place.issuer("lms");
    place.attest("hygiene", "worker/w-0003", "2026-02-01", "lms");
    let (ledger, _) = place.judged();
    let grant = ledger.path(ledger.grants[0].file).to_owned();
    place.duly(&["revoke", &grant, "--reason", "mistaken", "--key", "../officer"]).exits(0);
    assert_eq!(place.sum(), Sum { void: 1, warnings: vec!["D322"], ..NOTHING });
}

#[test]
fn a_bad_signature_by_a_revoked_key_is_still_an_error() {
    let (place, first, _) = two();
    let key = place.fingerprint("manager");
    place.duly(&["key", "revoke", &key, "--reason", "lost", "--keep-all", "--key", "../officer"]).exits(0);
    let text = place.read(&first);
    let sig = text.lines().find_map(|l| l.trim().strip_prefix("sig: \"")).unwrap().to_owned();
    let other = if sig.starts_with('A') { "B" } else { "A" };
    place.write(&first, &text.replace(&sig, &format!("{other}{}", &sig[1..])));
    assert_eq!(place.sum().errors, ["D306"]);
}
