//! The chain of roots: the next one, by whom, and what follows from it.

use crate::bench::{NOTHING, Sum};
use crate::harness::Place;

fn propose(place: &Place, arguments: &[&str]) {
    let all: Vec<&str> =
        ["trust", "propose", "--out", "../root.yaml"].iter().chain(arguments).copied().collect();
    place.duly(&all).exits(0);
}

fn sign(place: &Place, key: &str) -> crate::harness::Run {
    place.duly(&["trust", "sign", "../root.yaml", "--key", &format!("../{key}")]).exits(0)
}

/// A repository with a recovery key.
fn with_recovery() -> Place {
    let place = Place::new();
    place.key("officer");
    place.key("recovery");
    let init = [
        "init",
        "repo",
        "--name",
        "Test Clinic",
        "--timezone",
        "UTC",
        "--officer",
        "w-0001",
        "--key",
        "officer",
        "--recovery-key",
        "recovery.pub",
    ];
    place.run(&init).exits(0);
    place
}

/// The worked example of `docs/lost-key.md`.
#[test]
fn a_lost_key_is_replaced_with_the_recovery_key() {
    let place = with_recovery();
    let pin = place.judged().1.chain.digests()[0].to_string();
    place.key("officer2");
    let lost = place.fingerprint("officer");
    propose(&place, &["--add-officer", "w-0001=../officer2.pub", "--remove-key", &lost]);
    // The new key alone is not enough under the old root.
    let run = sign(&place, "officer2");
    assert!(run.err.contains("0 of the 1 officers"), "{}", run.err);
    assert_eq!(place.judged().1.chain.digests().len(), 1);
    assert_eq!(sign(&place, "recovery").out, "trust/root/0002.yaml\n");
    assert_eq!(place.sum(), Sum { warnings: vec!["D332"], ..NOTHING });
    let revoke = ["key", "revoke", &lost, "--reason", "lost", "--keep-recorded", "--key", "../officer2"];
    place.duly(&revoke).exits(0);
    assert_eq!(place.sum(), NOTHING);
    let list = place.duly(&["trust", "list", "--trust-root", &pin]).exits(0).out;
    assert!(list.contains("root 1, ") && list.contains(", pinned"), "{list}");
    assert!(list.contains("root 2, ") && list.contains(", in force"), "{list}");
    // The lost key enrols nobody any more, the new one does.
    place.key("nurse");
    place
        .duly(&["key", "request", "--owner", "worker/w-0001", "--key", "../nurse", "--out", "../r.yaml"])
        .exits(0);
    place.duly(&["key", "approve", "../r.yaml", "--key", "../officer"]).exits(2);
    place.duly(&["key", "approve", "../r.yaml", "--key", "../officer2"]).exits(0);
    assert_eq!(place.sum(), NOTHING);
}

#[test]
fn any_root_of_the_chain_is_a_pin() {
    let place = with_recovery();
    propose(&place, &["--threshold", "revoke=1"]);
    sign(&place, "officer");
    let digests = place.judged().1.chain.digests();
    assert_eq!(digests.len(), 2);
    for digest in &digests {
        place.duly(&["trust", "list", "--trust-root", &digest.to_string()]).exits(0);
    }
    let run = place.duly(&["trust", "list", "--trust-root", &"0".repeat(64)]).exits(1);
    assert!(run.out.contains("D304"), "{}", run.out);
}

#[test]
fn the_thresholds_of_both_roots_are_counted_per_person() {
    let place = Place::with_team();
    place.enrol("second", "worker/w-0002");
    place.key("officer_b");
    // Root 2: two officers, both for a root; the first has two keys.
    propose(
        &place,
        &[
            "--add-officer",
            "w-0002=../second.pub",
            "--add-officer",
            "w-0001=../officer_b.pub",
            "--threshold",
            "root=2",
        ],
    );
    let run = sign(&place, "officer");
    assert!(run.err.contains("1 of the 2 officers"), "{}", run.err);
    let run = sign(&place, "officer_b");
    assert!(run.err.contains("1 of the 2 officers"), "two keys of one person: {}", run.err);
    assert_eq!(sign(&place, "second").out, "trust/root/0002.yaml\n");
    assert_eq!(place.sum(), NOTHING);
    // Root 3 lowers the threshold: root 2's still needs both.
    std::fs::remove_file(place.path("root.yaml")).unwrap();
    propose(&place, &["--threshold", "root=1"]);
    assert!(sign(&place, "officer").err.contains("1 of the 2 officers"));
    assert_eq!(sign(&place, "second").out, "trust/root/0003.yaml\n");
    assert_eq!(place.judged().1.chain.links().len(), 3);
}

#[test]
fn roots_do_not_skip_change_or_go_back() {
    let place = with_recovery();
    propose(&place, &["--threshold", "revoke=1"]);
    sign(&place, "officer");
    let second = place.read("trust/root/0002.yaml");
    place.write("trust/root/0003.yaml", &second);
    assert_eq!(place.sum().errors, ["D302"]);
    std::fs::remove_file(place.repo("trust/root/0003.yaml")).unwrap();
    place.write("trust/root/0002.yaml", &second.replace("revoke: \"1\"", "revoke: \"2\""));
    assert!(!place.sum().errors.is_empty());
    place.write("trust/root/0003.yaml", &second);
    std::fs::remove_file(place.repo("trust/root/0002.yaml")).unwrap();
    assert_eq!(place.sum().errors, ["D302"]);
}

#[test]
fn a_root_that_nobody_could_follow_is_not_proposed() {
    let place = with_recovery();
    let officer = place.fingerprint("officer");
    for arguments in
        [&["--threshold", "exempt=2"][..], &["--remove-key", &officer], &["--remove-officer", "w-0001"]]
    {
        let all: Vec<&str> =
            ["trust", "propose", "--out", "../x.yaml"].iter().chain(arguments).copied().collect();
        assert!(place.duly(&all).exits(2).err.contains("would need"), "{arguments:?}");
    }
}

/// A key that the root names no longer is no officer's, but what it approved stays.
#[test]
fn a_former_officer_approves_nothing_after_the_revocation() {
    let place = Place::with_team();
    place.enrol("second", "worker/w-0002");
    let first = place.fingerprint("officer");
    propose(&place, &["--add-officer", "w-0002=../second.pub", "--remove-officer", "w-0001"]);
    sign(&place, "officer");
    assert_eq!(sign(&place, "second").out, "trust/root/0002.yaml\n");
    assert_eq!(place.sum(), Sum { warnings: vec!["D332"], ..NOTHING });
    place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let revoke = ["key", "revoke", &first, "--reason", "left", "--keep-all", "--key", "../second"];
    place.duly(&revoke).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, ..NOTHING });
    place.key("late");
    let request = ["key", "request", "--owner", "worker/w-0003", "--key", "../late", "--out", "../late.yaml"];
    place.duly(&request).exits(0);
    assert!(
        place
            .duly(&["key", "approve", "../late.yaml", "--key", "../officer"])
            .exits(2)
            .err
            .contains("was revoked")
    );
}

#[test]
fn single_control_is_said_where_it_is() {
    let place = Place::with_team();
    place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    assert!(place.judged().1.single_control.is_empty());
    place.attest("privacy", "worker/w-0001", "2026-02-01", "officer");
    let (_, trust) = place.judged();
    assert_eq!(trust.single_control.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["w-0001"]);
    let said = trust.findings.iter().find(|f| f.entry.code == "D331").unwrap();
    assert!(said.message.contains("not independence (w-0001)"), "{}", said.message);
    // Where two must agree to enrol a key, nobody controls alone.
    place.enrol("second", "worker/w-0002");
    propose(&place, &["--add-officer", "w-0002=../second.pub", "--threshold", "key=2"]);
    sign(&place, "officer");
    assert_eq!(place.sum().errors, Vec::<&str>::new());
    assert!(place.judged().1.single_control.is_empty());
}

#[test]
fn a_root_ends_on_its_last_day() {
    let place = with_recovery();
    let root = |days: i64| {
        let _ = std::fs::remove_file(place.path("root.yaml"));
        let _ = std::fs::remove_file(place.repo("trust/root/0002.yaml"));
        propose(&place, &["--expires-on", &place.in_days(days)]);
        sign(&place, "officer");
        let sum = place.sum();
        (sum.errors, sum.warnings)
    };
    assert_eq!(root(30), (vec![], vec![]));
    assert_eq!(root(29), (vec![], vec!["D333"]));
    assert_eq!(root(0), (vec![], vec!["D333"]));
    let (errors, warnings) = {
        let mut next = place.judged().1.chain.links()[0].root.clone();
        let digest = place.judged().1.chain.digests()[0];
        (next.id, next.version, next.previous) = (None, 2, Some(digest));
        next.expires_on = Some(crate::bench::today().plus_days(-1));
        std::fs::remove_file(place.repo("trust/root/0002.yaml")).unwrap();
        place.put(next, &["officer"]);
        let sum = place.sum();
        (sum.errors, sum.warnings)
    };
    assert_eq!((errors, warnings), (vec!["D333"], vec![]));
}
