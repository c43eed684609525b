//! Any single-byte change of any signed file of the example clinic is an error, or leaves
//! every verdict as it was: it never turns a gap green.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use duly::Examined;
use duly::duty::AsOf;
use duly::finding::Severity;
use duly::record::date::Date;
use duly::source::WorkTree;
use duly::trust::Outside;
use proptest::prelude::*;

const SIGNED: [&str; 4] = ["attestations", "exemptions", "revocations", "trust"];

/// The status of every obligation, and how many errors there are.
fn verdicts(repository: &Path) -> (BTreeMap<(String, String), &'static str>, usize) {
    let outside = Outside { pin: None, now: duly::clock::now(), must_be_pinned: false };
    let examined = Examined::load(&WorkTree::new(repository), outside);
    let day = Date::parse("2026-11-20").unwrap();
    let duties = examined.duties(AsOf::Date(day));
    let statuses = duties
        .obligations
        .iter()
        .map(|o| ((o.subject.to_string(), o.requirement.id.to_string()), o.status.word()));
    let statuses = statuses.collect();
    let errors = examined.findings(&duties, day).iter().filter(|f| f.severity == Severity::Error).count();
    (statuses, errors)
}

fn copy(from: &Path, to: &Path) -> Vec<PathBuf> {
    let mut signed = Vec::new();
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry.unwrap();
        let inside = entry.path().strip_prefix(from).unwrap();
        let target = to.join(inside);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
            continue;
        }
        std::fs::copy(entry.path(), &target).unwrap();
        if SIGNED.iter().any(|folder| inside.starts_with(folder)) {
            signed.push(target);
        }
    }
    signed
}

#[test]
fn no_changed_byte_turns_a_gap_green() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clinic");
    let signed = copy(&clinic, folder.path());
    assert!(signed.len() > 100);
    let (good, errors) = verdicts(folder.path());
    assert_eq!(errors, 0);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(150));
    let case = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1u8..=255);
    let outcome = runner.run(&case, |(file, at, flip)| {
        let path = file.get(&signed);
        let bytes = std::fs::read(path).unwrap();
        let mut bad = bytes.clone();
        let at = at.index(bad.len());
        bad[at] ^= flip;
        std::fs::write(path, &bad).unwrap();
        let (after, errors) = verdicts(folder.path());
        std::fs::write(path, &bytes).unwrap();
        prop_assert!(errors > 0 || after == good, "{} byte {at} ^ {flip}", path.display());
        for (obligation, status) in &good {
            let green = |s: &str| matches!(s, "current" | "exempt" | "not_applicable");
            let now = after.get(obligation).copied().unwrap_or("gone");
            prop_assert!(green(status) || !green(now), "{obligation:?}: {status} became {now}");
        }
        Ok(())
    });
    outcome.unwrap();
}
