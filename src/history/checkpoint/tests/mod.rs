//! Checkpoints themselves, and what several files of this folder share.

mod hostile;
mod programs;
mod signing;
pub(super) mod vectors;

use super::verifier_key::{SignatureType, VerifierKey};
use super::*;
use crate::trust::crypto::private_key::PrivateKey;
use crate::trust::crypto::signer::Signer as _;
use proptest::prelude::*;
use vectors::{ARCHE, SOFA};

const ORIGIN: &str = "duly/5b1c000000000000000000000000000000000000000000000000000000000000";
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// The private key whose seed is this byte, 32 times.
pub(super) fn key(seed: u8) -> PrivateKey {
    PrivateKey::from_seed(&[seed; 32]).unwrap()
}

/// How others know that key.
pub(super) fn known(seed: u8, name: &str, kind: SignatureType) -> VerifierKey {
    VerifierKey::new(name, kind, key(seed).public_key()).unwrap()
}

type Files = Vec<(String, Sha256)>;

fn files(count: usize) -> Files {
    (0..count).map(|i| (format!("attestations/2026/{i}.yaml"), Sha256::of(&i.to_be_bytes()))).collect()
}

fn checkpoint(count: usize) -> Checkpoint {
    Checkpoint::of(ORIGIN, &files(count), COMMIT).unwrap()
}

/// The text of a note of others.
fn text_of(note: &str) -> &str {
    note.rsplit_once("\n\n").map(|(text, _)| &note[..=text.len()]).unwrap()
}

#[test]
fn the_examples_of_others_are_read_and_written() {
    for (note, origin, size) in [
        (SOFA, "example.com/behind-the-sofa", 20_852_163),
        (ARCHE, "arche2025h1.staging.ct.transparency.dev", 1_432_088_532),
    ] {
        let read = Checkpoint::parse(text_of(note)).unwrap();
        assert_eq!((read.origin(), read.size(), read.extensions().len()), (origin, size, 0));
        assert_eq!((read.audience(), read.commit()), (None, None));
        assert_eq!(read.to_string(), text_of(note));
    }
}

#[test]
fn ours_has_four_lines() {
    let made = checkpoint(2);
    let [one, two] = [0, 1].map(|i| merkle::leaf(&files(2)[i].0, &files(2)[i].1));
    let hash = |bytes: &[&[u8]]| Sha256::of(&bytes.concat());
    let root = hash(&[&[1], hash(&[&[0], &one]).bytes(), hash(&[&[0], &two]).bytes()]);
    let root = text64::encode(root.bytes());
    assert_eq!(made.to_string(), format!("{ORIGIN}\n2\n{root}\ngit {COMMIT}\n"));
    assert_eq!(made.commit(), Some(COMMIT));
    assert_eq!(origin(&made.audience().unwrap()), ORIGIN);
    assert_eq!(Checkpoint::parse(&made.to_string()), Ok(made));
}

#[test]
fn a_list_may_only_grow() {
    for count in [0, 1, 2, 7, 8, 9] {
        for more in [0, 1, 5] {
            assert_eq!(checkpoint(count).compare(&files(count + more)), Ok(()));
        }
    }
    assert_eq!(checkpoint(9).compare(&files(8)), Err(Mismatch::TooFew { size: 9, found: 8 }));
    let grown = files(12);
    let changed = |change: &dyn Fn(&mut Files)| {
        let mut files = grown.clone();
        change(&mut files);
        checkpoint(9).compare(&files)
    };
    let another = |outcome| matches!(outcome, Err(Mismatch::Root { size: 9, .. }));
    assert!(another(changed(&|files| drop(files.remove(8)))));
    assert!(another(changed(&|files| files.swap(0, 1))));
    assert!(another(changed(&|files| files[4].1 = Sha256::of(b"other"))));
    assert!(another(changed(&|files| files[8].0.push('x'))));
    assert!(another(changed(&|files| files.insert(0, grown[11].clone()))));
    assert_eq!(changed(&|files| files.swap(9, 10)), Ok(()));
}

#[test]
fn a_size_beyond_every_list_is_too_few() {
    let text = checkpoint(2).to_string().replacen("\n2\n", "\n18446744073709551615\n", 1);
    let vast = Checkpoint::parse(&text).unwrap();
    assert_eq!(vast.compare(&files(3)), Err(Mismatch::TooFew { size: u64::MAX, found: 3 }));
}

#[test]
fn each_fault_has_its_name() {
    let good = checkpoint(2).to_string();
    let lines: Vec<&str> = good.lines().collect();
    let line = |number: usize, with: &str| {
        let mut lines = lines.clone();
        lines[number] = with;
        Checkpoint::parse(&format!("{}\n", lines.join("\n"))).unwrap_err()
    };
    assert_eq!(line(0, ""), CheckpointError::Lines);
    assert_eq!(line(0, "a\rb"), CheckpointError::Control);
    for size in ["02", "+2", "-2", " 2", "2 ", "0x2", "2.0", "18446744073709551616", "٢"] {
        assert_eq!(line(1, size), CheckpointError::Size, "{size}");
    }
    for root in ["AAAA", &lines[2][1..], &format!("{}A", lines[2]), &lines[2].replace('=', "")] {
        assert_eq!(line(2, root), CheckpointError::Root, "{root}");
    }
    assert_eq!(line(3, ""), CheckpointError::Lines);
    assert_eq!(Checkpoint::parse(good.trim_end()), Err(CheckpointError::Lines));
    assert_eq!(Checkpoint::parse("a\n0\n"), Err(CheckpointError::Lines));
    assert_eq!(Checkpoint::parse("\n"), Err(CheckpointError::Lines));
    assert_eq!(Checkpoint::parse(""), Err(CheckpointError::Lines));
}

#[test]
fn what_of_takes() {
    let of = |origin: &str, path: &str, commit: &str| {
        Checkpoint::of(origin, &[(path.to_owned(), Sha256::of(b""))], commit).unwrap_err()
    };
    for origin in ["", "a\nb"] {
        assert!(matches!(of(origin, "trust/a.yaml", COMMIT), CheckpointError::Lines | CheckpointError::Size));
    }
    for commit in ["", &COMMIT[1..], &COMMIT.to_uppercase(), "HEAD"] {
        assert_eq!(of(ORIGIN, "trust/a.yaml", commit), CheckpointError::Commit(commit.to_owned()));
    }
    // `sha256sum` would print the second with a backslash before the digest.
    for (path, fault) in [("../a", PathFault::Traversal), ("a\nb", PathFault::Character)] {
        assert_eq!(of(ORIGIN, path, COMMIT), CheckpointError::Path { path: path.to_owned(), fault });
    }
}

#[test]
fn a_commit_is_named_once_and_whole() {
    let with =
        |lines: &str| Checkpoint::parse(&format!("o\n0\n{}\n{lines}", text64::encode(&[0; 32]))).unwrap();
    assert_eq!(with(&format!("x y\ngit {COMMIT}\n")).commit(), Some(COMMIT));
    assert_eq!(with(&format!("git {COMMIT}\ngit {COMMIT}\n")).commit(), None);
    assert_eq!(with(&format!("git {COMMIT}0\n")).commit(), None);
    assert_eq!(with("").commit(), None);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_written_as_it_was(
        text in "[^\n]{0,3}\n[0-9]{0,21}\n(AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=|.{0,3})\n(.{1,3}\n){0,2}.{0,1}",
    ) {
        if let Ok(read) = Checkpoint::parse(&text) {
            prop_assert_eq!(read.to_string(), text);
        }
    }
}
