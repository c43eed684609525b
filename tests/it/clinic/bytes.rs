//! Any byte of any signed file: a change of it is an error, or turns nothing green.
//!
//! One change is less than an error: beside a good signature, one whose `key` names nobody is
//! a warning. What then lacks a signer counts no longer, so a gap may open; none may close.

use std::collections::BTreeMap;
use std::path::Path;

use duly::Examined;
use duly::duty::AsOf;
use duly::finding::Severity;
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
    let duties = examined.duties(AsOf::Date(day));
    let verdict = |o: &duly::duty::Obligation<'_>| Verdict {
        about: format!("{} {}", o.subject, o.requirement.id.value),
        strictness: o.status.strictness(),
        due: o.due.unwrap_or(Date::MAX),
    };
    let errors = examined.findings(&duties, day).iter().filter(|f| f.severity == Severity::Error).count();
    (duties.obligations.iter().map(verdict).collect(), errors)
}

/// Whether nothing became greener: the same obligations, none milder, none due later.
fn no_greener(before: &[Verdict], after: &[Verdict]) -> bool {
    let pairs = || before.iter().zip(after);
    let same = before.len() == after.len() && pairs().all(|(b, a)| b.about == a.about);
    same && pairs().all(|(b, a)| b.strictness <= a.strictness && a.due <= b.due)
}

#[test]
fn any_changed_byte_of_a_signed_file_is_an_error_or_turns_nothing_green() {
    let tree = WorkTree::new(folder());
    let text = |path: &Path| path.to_str().unwrap().replace('\\', "/");
    let files: BTreeMap<String, Vec<u8>> =
        super::files(&folder()).into_iter().map(|(path, bytes)| (text(&path), bytes)).collect();
    let before = verdicts(&tree);
    assert_eq!(before.1, 0);
    let folders = ["attestations/", "exemptions/", "revocations/", "trust/"];
    let signed: Vec<&String> = files.keys().filter(|p| folders.iter().any(|f| p.starts_with(f))).collect();
    assert!(signed.len() > 150, "{}", signed.len());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 80,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let byte = (0..signed.len(), any::<proptest::sample::Index>(), 1..=255u8);
    let run = runner.run(&byte, |(file, at, other)| {
        let path = signed[file];
        let mut bytes = files[path].clone();
        let at = at.index(bytes.len());
        bytes[at] ^= other;
        let after = verdicts(&Changed { files: &files, path, bytes });
        prop_assert!(after.1 > 0 || no_greener(&before.0, &after.0), "byte {at} of {path}");
        Ok(())
    });
    run.unwrap();
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
