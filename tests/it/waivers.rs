//! Exemptions and extensions: by officers, never for themselves, never without an end.

use duly::record::exemption::{Exemption, Reason};
use duly::record::id::{Id, Subject};
use duly::record::node::{At, Spot};

use crate::bench::{NOTHING, Sum, date, today};
use crate::harness::Place;

fn exempt<'a>(subject: &'a str, from: &'a str, until: &'a str, key: &'a str) -> [&'a str; 12] {
    [
        "exempt",
        "hygiene",
        "--subject",
        subject,
        "--reason",
        "equivalent",
        "--from",
        from,
        "--until",
        until,
        "--key",
        key,
    ]
}

/// A day so many days from today, for arguments.
fn in_days(days: i64) -> &'static str {
    today().plus_days(days).to_string().leak()
}

/// A first day that lies no further back than an exemption may begin.
fn from() -> &'static str {
    in_days(-20)
}

fn until() -> &'static str {
    in_days(200)
}

/// An exemption that the program would not make.
fn forged(place: &Place, subject: &str, from: &str, until: &str) -> Exemption {
    let here = |value| At { value, spot: Spot::default() };
    Exemption {
        audience: place.audience(),
        subjects: vec![At { value: Subject::parse(subject).unwrap(), spot: Spot::default() }],
        requirement: here(Id::parse("hygiene").unwrap()),
        reason: Reason::Equivalent,
        given_on: today(),
        from: date(from),
        until: date(until),
        spot: Spot::default(),
    }
}

#[test]
fn officers_exempt_and_extend() {
    let place = Place::with_team();
    place.duly(&exempt("worker/w-0003", from(), until(), "../officer")).exits(0);
    let arguments = [
        "extend",
        "hygiene",
        "--subject",
        "worker/w-0002",
        "worker/w-0003",
        "--reason",
        "trainer_unavailable",
        "--until",
        &place.in_days(60),
        "--key",
        "../officer",
    ];
    place.duly(&arguments).exits(0);
    assert_eq!(place.sum(), Sum { exemptions: 1, extensions: 2, ..NOTHING });
    let (_, trust) = place.judged();
    let exemption = &trust.exemptions[0];
    let span = (exemption.from().to_string(), exemption.until().to_string());
    assert_eq!(span, (from().to_owned(), until().to_owned()));
    assert_eq!(
        (exemption.subject().to_string(), exemption.requirement().as_str()),
        ("worker/w-0003".to_owned(), "hygiene")
    );
    assert_eq!(trust.extensions[1].given_on(), today());
    assert_eq!(place.errors(), Vec::<String>::new());
}

#[test]
fn nobody_exempts_themself() {
    let place = Place::with_team();
    place.edit("roster/main.yaml", "roles: [officer]", "roles: [clinical]");
    let run = place.duly(&exempt("worker/w-0001", from(), until(), "../officer")).exits(2);
    assert!(run.err.contains("D327"), "{}", run.err);
    // Not among others either, and not by hand.
    let mut several = forged(&place, "worker/w-0003", from(), until());
    several.subjects.push(At { value: Subject::parse("worker/w-0001").unwrap(), spot: Spot::default() });
    place.put(several, &["officer"]);
    assert_eq!(place.sum(), Sum { errors: vec!["D327"], ..NOTHING });
}

#[test]
fn only_officers_exempt() {
    let place = Place::with_team();
    let run = place.duly(&exempt("worker/w-0003", from(), until(), "../manager")).exits(2);
    assert!(run.err.contains("not an officer's"), "{}", run.err);
    place.put(forged(&place, "worker/w-0003", from(), until()), &["manager"]);
    assert_eq!(place.sum(), Sum { errors: vec!["D313"], ..NOTHING });
}

#[test]
fn every_exemption_has_an_end_that_is_near() {
    let place = Place::with_team();
    place.duly(&exempt("worker/w-0003", from(), until(), "../officer")[..8]).exits(2);
    for (from, until) in [(from(), "2999-12-31"), (from(), in_days(5 * 366 - 19)), (until(), from())] {
        let run = place.duly(&exempt("worker/w-0003", from, until, "../officer")).exits(2);
        assert!(run.err.contains("D328"), "{from} {until}: {}", run.err);
    }
    let mut tomorrow = forged(&place, "worker/w-0003", from(), until());
    tomorrow.given_on = today().plus_days(2);
    place.put(tomorrow, &["officer"]);
    assert_eq!(place.sum(), Sum { errors: vec!["D328"], ..NOTHING });
}

#[test]
fn references_resolve() {
    let place = Place::with_team();
    let run = place.duly(&exempt("worker/w-0099", from(), until(), "../officer")).exits(2);
    assert!(run.err.contains("D203"), "{}", run.err);
    let run = place.duly(&exempt("org", from(), until(), "../officer")).exits(2);
    assert!(run.err.contains("D328"), "{}", run.err);
    let mut unknown = exempt("worker/w-0003", from(), until(), "../officer");
    unknown[1] = "hygeine";
    assert!(place.duly(&unknown).exits(2).err.contains("D204"));
}

#[test]
fn a_revoked_exemption_is_void() {
    let place = Place::with_team();
    let path =
        place.duly(&exempt("worker/w-0003", from(), until(), "../officer")).exits(0).out.trim().to_owned();
    assert!(
        place
            .duly(&["revoke", &path, "--reason", "mistaken", "--key", "../nurse"])
            .exits(2)
            .err
            .contains("D323")
    );
    place.duly(&["revoke", &path, "--reason", "mistaken", "--key", "../officer"]).exits(0);
    assert_eq!(place.sum(), Sum { warnings: vec!["D322"], ..NOTHING });
    place.duly(&["verify", &path]).exits(1);
}

#[test]
fn one_subject_of_an_exemption_is_revoked() {
    let place = Place::with_team();
    let mut both = forged(&place, "worker/w-0003", from(), until());
    both.subjects.push(At { value: Subject::parse("worker/w-0002").unwrap(), spot: Spot::default() });
    let path = place.put(both, &["officer"]);
    assert_eq!(place.sum(), Sum { exemptions: 2, ..NOTHING });
    place
        .duly(&["revoke", &path, "--subject", "worker/w-0002", "--reason", "mistaken", "--key", "../officer"])
        .exits(0);
    assert_eq!(place.sum(), Sum { exemptions: 1, warnings: vec!["D322"], ..NOTHING });
}

#[test]
fn what_a_revoked_officer_exempted_is_void() {
    let place = Place::with_team();
    place.duly(&exempt("worker/w-0003", from(), until(), "../officer")).exits(0);
    let key = place.fingerprint("officer");
    place.duly(&["key", "revoke", &key, "--reason", "lost", "--key", "../officer"]).exits(0);
    assert_eq!(place.sum(), Sum { warnings: vec!["D322", "D330"], ..NOTHING });
}

/// Two officers of whom both must exempt.
#[test]
fn as_many_officers_as_the_root_asks_for() {
    let place = Place::with_team();
    place.enrol("second", "worker/w-0002");
    let arguments = [
        "trust",
        "propose",
        "--out",
        "../root.yaml",
        "--add-officer",
        "w-0002=../second.pub",
        "--threshold",
        "exempt=2",
    ];
    place.duly(&arguments).exits(0);
    place.duly(&["trust", "sign", "../root.yaml", "--key", "../officer"]).exits(0);
    let alone = exempt("worker/w-0003", from(), until(), "../officer");
    let run = place.duly(&alone).exits(2);
    assert!(run.err.contains("1 of the 2 officers"), "{}", run.err);
    let mut waiting = alone.to_vec();
    waiting.extend(["--out", "../exemption.yaml"]);
    assert_eq!(place.duly(&waiting).exits(0).out, "../exemption.yaml\n");
    let run = place.duly(&["sign", "../exemption.yaml", "--key", "../officer"]).exits(0);
    assert!(run.err.contains("1 of the 2 officers"), "{}", run.err);
    let done = place.duly(&["sign", "../exemption.yaml", "--key", "../second"]).exits(0);
    assert!(done.out.starts_with("exemptions/"), "{}", done.out);
    assert_eq!(place.sum(), Sum { exemptions: 1, ..NOTHING });
    // The second officer is among those who benefit: their signature spoils it.
    let both = forged(&place, "worker/w-0002", from(), until());
    place.put(both, &["officer", "second"]);
    assert_eq!(place.sum(), Sum { exemptions: 1, errors: vec!["D327"], ..NOTHING });
}

/// On the day of a new root both it and the old one hold; from the next day on the new one.
#[test]
fn an_exemption_is_judged_under_the_root_of_its_day() {
    let place = Place::with_team();
    place.enrol("second", "worker/w-0002");
    let (_, trust) = place.judged();
    let link = &trust.chain.links()[0];
    let mut next = link.root.clone();
    (next.id, next.version, next.previous) = (None, 2, Some(link.digest));
    next.created_on = today().plus_days(-2);
    let key = duly::trust::crypto::signer::Signer::public_key(&place.private("second")).clone();
    next.officers.push(duly::record::root::Officer { worker: Id::parse("w-0002").unwrap(), keys: vec![key] });
    next.thresholds.set(duly::record::root::Action::Exempt, 2);
    place.put(next, &["officer"]);
    let given = |ago: i64, keys: &[&str]| {
        let mut exemption = forged(&place, "worker/w-0003", from(), until());
        exemption.given_on = today().plus_days(-ago);
        let path = place.put(exemption, keys);
        let sum = place.sum();
        std::fs::remove_file(place.repo(&path)).unwrap();
        (sum.exemptions, sum.errors)
    };
    assert_eq!(given(2, &["officer"]), (1, vec![]));
    assert_eq!(given(1, &["officer"]), (0, vec!["D313"]));
    assert_eq!(given(1, &["officer", "second"]), (1, vec![]));
    assert_eq!(given(3, &["officer", "second"]), (1, vec![]));
}
