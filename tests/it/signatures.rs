//! Signed files that somebody changed, moved, copied or forged.

use crate::harness::Place;

/// A place with one good attestation, and its path.
fn signed() -> (Place, String) {
    let place = Place::with_team();
    let path = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    assert_eq!(place.errors(), Vec::<String>::new());
    (place, path)
}

#[test]
fn every_flipped_bit_of_a_signed_file_is_an_error() {
    let (place, path) = signed();
    let good = std::fs::read(place.repo(&path)).unwrap();
    let (ledger_before, trust_before) = judged(&place);
    assert!(ledger_before.is_empty() && trust_before == 1);
    for (at, bit) in (0..good.len()).map(|i| (i, 1u8 << (i % 8))) {
        let mut bad = good.clone();
        bad[at] ^= bit;
        place.write_bytes(&path, &bad);
        let (errors, accepted) = judged(&place);
        assert!(!errors.is_empty(), "byte {at} bit {bit} changed nothing");
        assert_eq!(accepted, 0, "byte {at} bit {bit} was still accepted");
    }
}

/// The codes of errors, and how many rows are accepted, by the library: a thousand runs of
/// the program would take minutes.
fn judged(place: &Place) -> (Vec<&'static str>, usize) {
    let ledger = duly::ledger::Ledger::load(&duly::source::WorkTree::new(place.repo("")));
    let outside = duly::trust::Outside { pin: None, now: duly::clock::now(), must_be_pinned: false };
    let trust = duly::trust::Trust::judge(&ledger, outside);
    let errors = ledger.findings.iter().chain(&trust.findings);
    let errors =
        errors.filter(|f| f.severity == duly::finding::Severity::Error).map(|f| f.entry.code).collect();
    (errors, trust.accepted.len())
}

#[test]
fn the_canonical_form_is_the_only_one() {
    let (place, path) = signed();
    let good = place.read(&path);
    let quoting = good.replace("outcome: \"completed\"", "outcome: completed");
    let single = good.replace("outcome: \"completed\"", "outcome: 'completed'");
    let order = good.replace(
        "  method: \"online\"\n  origin: \"observed\"\n",
        "  origin: \"observed\"\n  method: \"online\"\n",
    );
    let cases = [
        ("CR LF", good.replace('\n', "\r\n")),
        ("comment", format!("# a comment\n{good}")),
        ("comment behind", good.replacen("\"\n", "\" # x\n", 1)),
        ("another order", order),
        ("another quoting", quoting),
        ("single quotes", single),
        ("no final newline", good.trim_end().to_owned()),
        ("two final newlines", format!("{good}\n")),
        ("byte-order mark", format!("\u{feff}{good}")),
        ("tab", good.replacen("  ", "\t", 1)),
    ];
    for (what, text) in cases {
        assert_ne!(text, good, "{what} changes nothing");
        place.write(&path, &text);
        assert_eq!(place.errors(), ["D125"], "{what}");
    }
    let unknown = good.replace("  method:", "  extra: \"x\"\n  method:");
    place.write(&path, &unknown);
    assert_eq!(place.errors(), ["D109"]);
}

#[test]
fn a_record_moved_to_another_worker_requirement_or_edition_breaks() {
    let (place, path) = signed();
    let good = place.read(&path);
    for (from, to) in [
        ("worker/w-0003", "worker/w-0002"),
        ("requirement: \"hygiene\"", "requirement: \"privacy\""),
        ("edition: \"1\"", "edition: \"2\""),
        ("2026-02-01", "2026-02-02"),
        ("outcome: \"completed\"", "outcome: \"passed\""),
    ] {
        place.write(&path, &good.replace(from, to));
        assert_eq!(place.errors(), ["D305"], "{from} to {to}");
    }
}

#[test]
fn a_copy_under_another_name_is_an_error() {
    let (place, path) = signed();
    place.write("attestations/2026/02/00000000000000000000000000000000.yaml", &place.read(&path));
    assert_eq!(place.errors(), ["D126"]);
    std::fs::remove_file(place.repo("attestations/2026/02/00000000000000000000000000000000.yaml")).unwrap();
    let name = path.rsplit('/').next().unwrap();
    place.write(&format!("attestations/2026/03/{name}"), &place.read(&path));
    assert_eq!(place.errors(), ["D126"]);
}

#[test]
fn the_same_record_twice_is_an_error() {
    let (place, path) = signed();
    let name = path.rsplit('/').next().unwrap();
    place.write(&format!("attestations/2026/02/{}/{name}", &name[..2]), &place.read(&path));
    assert_eq!(place.errors(), ["D309"]);
}

#[test]
fn a_record_of_another_repository_is_an_error() {
    let (place, path) = signed();
    let other = Place::with_team();
    // The same officer key and everything else the same: the root's random id alone differs.
    other.write(&path, &place.read(&path));
    assert_eq!(other.errors(), ["D308"]);
}

#[test]
fn a_key_of_nobody_is_an_error() {
    let (place, path) = signed();
    for entry in std::fs::read_dir(place.repo("trust/keys")).unwrap() {
        let file = entry.unwrap().path();
        if std::fs::read_to_string(&file).unwrap().contains("worker/w-0002") {
            std::fs::remove_file(file).unwrap();
        }
    }
    assert_eq!(place.errors(), ["D307"]);
    assert!(place.duly(&["verify", &path]).exits(1).out.contains("no row counts"));
}

#[test]
fn a_document_edited_after_signing_is_an_error() {
    let place = Place::initialised();
    let today = place
        .read("duly.yaml")
        .lines()
        .find_map(|l| l.strip_prefix("history_begins: ").map(str::to_owned))
        .unwrap();
    place.attest("security-awareness", "worker/w-0001", &today, "officer");
    assert_eq!(place.errors(), Vec::<String>::new());
    let document = format!("policies/documents/security-awareness-{}.md", &today[..4]);
    let old = duly::record::digest::Sha256::of(place.read(&document).as_bytes());
    place.edit(&document, "Lock what you leave", "Leave what you lock");
    assert_eq!(place.errors(), ["D212"]);
    // Changing the digest in the policy too makes it another text than was signed for.
    let new = duly::record::digest::Sha256::of(place.read(&document).as_bytes());
    place.edit("policies/training.yaml", &old.to_string(), &new.to_string());
    assert_eq!(place.errors(), ["D316"]);
}

#[test]
fn an_enrolment_needs_both_signatures() {
    let place = Place::with_team();
    place.key("stranger");
    place
        .duly(&["key", "request", "--owner", "worker/w-0003", "--key", "../stranger", "--out", "../r.yaml"])
        .exits(0);
    // The request alone, put into the folder by hand.
    let request = std::fs::read_to_string(place.path("r.yaml")).unwrap();
    let digest = request.lines().find_map(|l| l.strip_prefix("payload_sha256: \"")).unwrap()[..32].to_owned();
    place.write(&format!("trust/keys/{digest}.yaml"), &request);
    assert_eq!(place.errors(), ["D313"]);
}

#[test]
fn a_root_that_somebody_replaced_breaks_everything() {
    let (place, _) = signed();
    let other = Place::initialised();
    place.write("trust/root/0001.yaml", &other.read("trust/root/0001.yaml"));
    let errors = place.errors();
    assert!(errors.contains(&"D308".to_owned()), "{errors:?}");
    std::fs::remove_file(place.repo("trust/root/0001.yaml")).unwrap();
    assert!(place.errors().contains(&"D301".to_owned()));
}
