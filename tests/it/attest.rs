//! Who may sign what: authority, row by row.

use crate::harness::Place;

#[test]
fn a_manager_of_that_day_is_a_supervisor() {
    let place = Place::with_team();
    let path = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let run = place.duly(&["verify", &path]).exits(0);
    assert!(run.out.contains("accepted, assurance witnessed (worker/w-0002 as supervisor)"), "{}", run.out);
}

#[test]
fn a_manager_of_another_day_is_not() {
    let place = Place::with_team();
    let path = place.attest("hygiene", "worker/w-0003", "2025-12-31", "manager");
    let run = place.duly(&["verify", &path]).exits(1);
    assert!(run.out.contains("UNVERIFIED"), "{}", run.out);
    assert!(run.out.contains("neither manager nor issuer on 2025-12-31"), "{}", run.out);
    assert_eq!(place.codes("warning"), ["D315"]);
}

#[test]
fn a_key_without_the_capacity_does_not_count() {
    let place = Place::with_team();
    let path = place.attest("hygiene", "worker/w-0002", "2026-02-01", "nurse");
    assert!(place.duly(&["verify", &path]).exits(1).out.contains("UNVERIFIED"));
}

#[test]
fn the_signers_own_row_in_a_sheet_does_not_count_and_the_others_stand() {
    let place = Place::with_team();
    grant(&place, "manager", "hygiene", "2027-06-30");
    let arguments = [
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0002",
        "worker/w-0003",
        "--completed-on",
        "2026-02-01",
        "--key",
        "../manager",
    ];
    let path = place.duly(&arguments).exits(0).out.trim().to_owned();
    let run = place.duly(&["verify", &path]).exits(1);
    assert!(run.out.contains("worker/w-0002 completed on 2026-02-01, completed: UNVERIFIED"), "{}", run.out);
    assert!(run.out.contains("worker/w-0003 completed on 2026-02-01, completed: accepted"), "{}", run.out);
}

#[test]
fn two_keys_of_one_person_fill_one_slot() {
    let place = Place::with_team();
    place.edit(
        "policies/training.yaml",
        "[[issuer], [supervisor], [self, officer]]",
        "[[issuer, supervisor]]",
    );
    place.enrol("manager2", "worker/w-0002");
    grant(&place, "manager2", "hygiene", "2027-06-30");
    let first = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let signed = cosign(&place, &first, "manager2");
    assert!(signed.contains("SHA256:"));
    let run = place.duly(&["verify", &first]).exits(1);
    assert!(run.out.contains("UNVERIFIED"), "{}", run.out);
    assert_eq!(run.out.matches("good signature by worker/w-0002").count(), 2, "{}", run.out);
    assert_eq!(place.errors(), Vec::<String>::new());
}

#[test]
fn two_people_fill_two_slots() {
    let place = Place::with_team();
    place.edit("policies/training.yaml", "[[issuer], [supervisor], [self, officer]]", "[[self, supervisor]]");
    let first = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    assert!(place.duly(&["verify", &first]).exits(1).out.contains("UNVERIFIED"));
    cosign(&place, &first, "nurse");
    let run = place.duly(&["verify", &first]).exits(0);
    assert!(run.out.contains("accepted, assurance witnessed"), "{}", run.out);
}

#[test]
fn a_grant_holds_for_its_scope_and_its_time() {
    let place = Place::with_team();
    place.enrol("lms", "service/lms");
    grant(&place, "lms", "hygiene", "2026-11-30");
    let good = place.attest("hygiene", "worker/w-0003", "2026-11-20", "lms");
    assert!(place.duly(&["verify", &good]).exits(0).out.contains("assurance issuer (service/lms as issuer)"));
    let scope = place.attest("privacy", "worker/w-0003", "2026-11-20", "lms");
    assert!(place.duly(&["verify", &scope]).exits(1).out.contains("UNVERIFIED"));
}

#[test]
fn a_grant_that_is_not_sound_is_refused() {
    let place = Place::with_team();
    place.enrol("lms", "service/lms");
    let far = place
        .duly(&[
            "key",
            "grant",
            &place.fingerprint("lms"),
            "--scope",
            "hygiene",
            "--until",
            "2099-01-01",
            "--key",
            "../officer",
        ])
        .exits(2);
    assert!(far.err.contains("D314") && far.err.contains("later than"), "{}", far.err);
    let past = place
        .duly(&[
            "key",
            "grant",
            &place.fingerprint("lms"),
            "--scope",
            "hygiene",
            "--until",
            "2020-01-01",
            "--key",
            "../officer",
        ])
        .exits(2);
    assert!(past.err.contains("before it starts"), "{}", past.err);
    let nothing = place
        .duly(&[
            "key",
            "grant",
            &place.fingerprint("lms"),
            "--scope",
            "hygeine",
            "--until",
            "2027-01-01",
            "--key",
            "../officer",
        ])
        .exits(2);
    assert!(nothing.err.contains("which no policy has"), "{}", nothing.err);
}

#[test]
fn only_officers_approve() {
    let place = Place::with_team();
    place.key("stranger");
    place
        .duly(&["key", "request", "--owner", "worker/w-0003", "--key", "../stranger", "--out", "../r.yaml"])
        .exits(0);
    let run = place.duly(&["key", "approve", "../r.yaml", "--key", "../nurse"]).exits(2);
    assert!(run.err.contains("is not an officer's"), "{}", run.err);
}

#[test]
fn only_an_issuer_may_import() {
    let place = Place::with_team();
    let arguments = [
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--completed-on",
        "2026-02-01",
        "--imported",
        "--key",
        "../manager",
    ];
    let path = place.duly(&arguments).exits(0).out.trim().to_owned();
    assert!(
        place.duly(&["verify", &path]).exits(1).out.contains("only an issuer may sign what was imported")
    );
}

#[test]
fn what_cannot_be_true_is_not_signed() {
    let place = Place::with_team();
    let try_day = |day: &str| {
        place.duly(&[
            "attest",
            "hygiene",
            "--subject",
            "worker/w-0003",
            "--completed-on",
            day,
            "--edition",
            "1",
            "--key",
            "../manager",
        ])
    };
    assert!(try_day("2999-01-01").exits(2).err.contains("D409"), "after it appeared, which is now");
    assert!(try_day("2024-06-01").exits(2).err.contains("before that edition was published"));
    let unknown = [
        "attest",
        "hygiene",
        "--subject",
        "worker/w-9999",
        "--completed-on",
        "2026-02-01",
        "--key",
        "../manager",
    ];
    assert!(place.duly(&unknown).exits(2).err.contains("not in the roster"));
    let score = [
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--completed-on",
        "2026-02-01",
        "--score",
        "80",
        "--key",
        "../manager",
    ];
    assert!(place.duly(&score).exits(2).err.contains("D321"));
    assert!(
        !place.repo("attestations/2026/02").exists()
            || std::fs::read_dir(place.repo("attestations/2026/02")).unwrap().next().is_none()
    );
}

/// Grants a key of the place a requirement.
pub fn grant(place: &Place, key: &str, requirement: &str, until: &str) {
    let fingerprint = place.fingerprint(key);
    place
        .duly(&[
            "key",
            "grant",
            &fingerprint,
            "--scope",
            requirement,
            "--until",
            until,
            "--key",
            "../officer",
        ])
        .exits(0);
}

/// Adds the signature of another key to a file, as if both had signed the same payload.
fn cosign(place: &Place, path: &str, key: &str) -> String {
    let bytes = std::fs::read(place.repo(path)).unwrap();
    let mut signed =
        duly::ledger::read_signed::<duly::record::attestation::Attestation>(path, &bytes).unwrap();
    let key = duly::trust::crypto::private_key_file::load(&place.path(key), &mut || panic!("no passphrase"))
        .unwrap();
    duly::trust::sign::add(&mut signed, &key).unwrap();
    let bytes = duly::trust::sign::file(&signed);
    place.write_bytes(path, &bytes);
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_completion_past_the_end_of_a_grant_does_not_count() {
    let place = Place::with_team();
    place.enrol("lms", "service/lms");
    past_grant(&place, "lms", "2026-06-30");
    let last = place.attest("hygiene", "worker/w-0003", "2026-06-30", "lms");
    place.duly(&["verify", &last]).exits(0);
    let after = place.attest("hygiene", "worker/w-0003", "2026-07-01", "lms");
    let run = place.duly(&["verify", &after]).exits(1);
    assert!(run.out.contains("without a grant for this requirement and day"), "{}", run.out);
}

/// A grant of the requirement `hygiene` that was given in January and has ended since.
fn past_grant(place: &Place, key: &str, until: &str) {
    use duly::record::date::Date;
    use duly::record::grant::Grant;
    use duly::record::id::Id;
    use duly::record::node::{At, Spot};
    use duly::record::public_key::PublicKey;
    let root = std::fs::read(place.repo("trust/root/0001.yaml")).unwrap();
    let root = duly::ledger::read_signed::<duly::record::root::Root>("root", &root).unwrap();
    let public = std::fs::read_to_string(place.path(&format!("{key}.pub"))).unwrap();
    let record = Grant {
        audience: root.payload_sha256,
        key: PublicKey::parse(&public).unwrap().fingerprint().clone(),
        scope: vec![At { value: Id::parse("hygiene").unwrap(), spot: Spot::default() }],
        granted_on: Date::parse("2026-01-01").unwrap(),
        until: Date::parse(until).unwrap(),
        spot: Spot::default(),
    };
    let officer = place.path("officer");
    let officer =
        duly::trust::crypto::private_key_file::load(&officer, &mut || panic!("no passphrase")).unwrap();
    let signed = duly::trust::sign::sign(record, &officer).unwrap();
    let name = duly::trust::seal::file_name(signed.payload_sha256);
    place.write_bytes(&format!("trust/keys/{name}"), &duly::trust::sign::file(&signed));
}

#[test]
fn the_list_of_keys_says_who_may_sign_what() {
    let place = Place::with_team();
    place.enrol("lms", "service/lms");
    grant(&place, "lms", "hygiene", "2027-06-30");
    let list = place.duly(&["key", "list"]).exits(0).out;
    let line = |holder: &str, what: &str| {
        assert!(list.lines().any(|l| l.starts_with(holder) && l.ends_with(what)), "{holder}: {list}");
    };
    line("worker/w-0001", "as officer");
    line("worker/w-0003", "for themself and direct reports");
    line("service/lms", "as issuer of hygiene until 2027-06-30");
}
