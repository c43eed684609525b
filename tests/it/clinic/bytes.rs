//! Any byte of any signed file: a change of it is an error, or turns nothing green.
//!
//! One change is less than an error: beside a good signature, one whose `key` names nobody is
//! a warning. What then lacks a signer counts no longer, so a gap may open; none may close.

use std::collections::BTreeMap;
use std::path::Path;

use duly::Examined;
use duly::duty::AsOf;
use duly::record::date::{Date, Instant};
use duly::record::digest::Sha256;
use duly::source::{Listing, Source, WorkTree};
use duly::trust::Outside;
use proptest::prelude::*;

use super::{DAY, NOON, ROOT, folder};

/// The clinic with one file's bytes replaced.
struct Changed<'c> {
    files: &'c BTreeMap<String, Vec<u8>>,
    path: &'c str,
    bytes: Vec<u8>,
}

impl Source for Changed<'_> {
    fn list(&self, managed: &dyn Fn(&str) -> bool) -> Listing {
        WorkTree::new(folder()).list(managed)
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        Ok(if path == self.path { self.bytes.clone() } else { self.files[path].clone() })
    }
}

/// One obligation on the day: how strict its status is, and its due date.
#[derive(Debug, PartialEq)]
struct Verdict {
    about: String,
    strictness: u8,
    due: Date,
}

/// Every verdict of the day, and how many errors there are.
fn verdicts(source: &dyn Source) -> (Vec<Verdict>, usize) {
    let now = Instant::from_unix(NOON).unwrap();
    let outside = Outside { pin: Sha256::parse(ROOT), now, must_be_pinned: true };
    let examined = Examined::load(source, outside);
    let day = Date::parse(DAY).unwrap();
    let judgement = examined.judge(AsOf::Date(day), &[]);
    let verdict = |o: &duly::duty::Obligation<'_>| Verdict {
        about: format!("{} {}", o.subject, o.requirement.id.value),
        strictness: o.status.strictness(),
        due: o.due.unwrap_or(Date::MAX),
    };
    let errors = judgement.errors().count();
    (judgement.duties.obligations.iter().map(verdict).collect(), errors)
}

/// Whether nothing became greener: the same obligations, none milder, none due later.
fn no_greener(before: &[Verdict], after: &[Verdict]) -> bool {
    let pairs = || before.iter().zip(after);
    let same = before.len() == after.len() && pairs().all(|(b, a)| b.about == a.about);
    same && pairs().all(|(b, a)| b.strictness <= a.strictness && a.due <= b.due)
}

/// Every file of the clinic, and its verdicts as they are.
struct Clinic {
    files: BTreeMap<String, Vec<u8>>,
    before: Vec<Verdict>,
}

impl Clinic {
    fn load() -> Clinic {
        let text = |path: &Path| path.to_str().unwrap().replace('\\', "/");
        let files = super::files(&folder()).into_iter().map(|(path, bytes)| (text(&path), bytes)).collect();
        let (before, errors) = verdicts(&WorkTree::new(folder()));
        assert_eq!(errors, 0);
        Clinic { files, before }
    }

    /// Whether a changed byte is an error, or turns nothing green.
    fn holds(&self, path: &str, at: usize, other: u8) -> bool {
        let mut bytes = self.files[path].clone();
        bytes[at] ^= other;
        let (after, errors) = verdicts(&Changed { files: &self.files, path, bytes });
        errors > 0 || no_greener(&self.before, &after)
    }
}

#[test]
fn any_changed_byte_of_a_signed_file_is_an_error_or_turns_nothing_green() {
    let clinic = Clinic::load();
    let folders = ["attestations/", "exemptions/", "revocations/", "trust/"];
    let signed = |p: &&String| folders.iter().any(|f| p.starts_with(f));
    let signed: Vec<&String> = clinic.files.keys().filter(signed).collect();
    assert!(signed.len() > 150, "{}", signed.len());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 80,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let byte = (0..signed.len(), any::<proptest::sample::Index>(), 1..=255u8);
    let run = runner.run(&byte, |(file, at, other)| {
        let path = signed[file];
        let at = at.index(clinic.files[path].len());
        prop_assert!(clinic.holds(path, at, other), "byte {at} of {path}");
        Ok(())
    });
    run.unwrap();
}

/// Chance seldom meets these among two hundred files.
#[test]
fn so_is_one_of_the_second_root_and_of_a_record_with_both_schemes() {
    let clinic = Clinic::load();
    let both = |bytes: &Vec<u8>| {
        let text = String::from_utf8_lossy(bytes);
        ["dsse", "sshsig"].iter().all(|scheme| text.contains(&format!("scheme: \"{scheme}\"")))
    };
    let mixed = clinic.files.iter().find(|(_, bytes)| both(bytes)).unwrap().0;
    for path in ["trust/root/0002.yaml", mixed] {
        for at in (0..clinic.files[path].len()).step_by(41) {
            assert!(clinic.holds(path, at, 1), "byte {at} of {path}");
        }
    }
}

#[test]
fn greener_is_seen() {
    let verdict = |strictness, due: &str| {
        vec![Verdict { about: "x".to_owned(), strictness, due: Date::parse(due).unwrap() }]
    };
    let before = verdict(5, "2026-01-31");
    assert!(no_greener(&before, &verdict(8, "2026-01-01")));
    assert!(!no_greener(&before, &verdict(2, "2026-01-31")));
    assert!(!no_greener(&before, &verdict(5, "2026-02-01")));
    assert!(!no_greener(&before, &[]));
}
