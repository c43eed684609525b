//! `openssl` checks what is made here. It is part of the test: a machine without it fails it.

use super::super::cosignature::{self, cosign};
use super::super::sign::sign;
use super::*;
use crate::trust::crypto::pem;
use std::path::Path;
use std::process::Command;

/// Whether `openssl` takes a signature by the key of a seed over some bytes.
fn openssl(folder: &Path, seed: u8, signature: &[u8], bytes: &[u8]) -> bool {
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).unwrap();
        folder.join(name)
    };
    let public = pem::public_key(key(seed).public_key()).unwrap();
    let mut command = Command::new("openssl");
    command.args(["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey"]).arg(write("pem", public.as_bytes()));
    command.arg("-sigfile").arg(write("sig", signature)).arg("-in").arg(write("bytes", bytes));
    command.output().unwrap().status.success()
}

#[test]
fn openssl_verifies_notes_and_cosignatures() {
    let folder = tempfile::tempdir().unwrap();
    let note = sign(&checkpoint(3), ORIGIN, &key(1)).unwrap();
    let note = cosign(note, "auditor.example/w", 1_700_000_000, &key(3)).unwrap();
    let text = checkpoint(3).to_string();
    let [ours, witness] = note.signatures() else { panic!("two signatures") };
    assert!(openssl(folder.path(), 1, &ours.bytes, text.as_bytes()));
    assert!(!openssl(folder.path(), 1, &ours.bytes, text.trim_end().as_bytes()));
    assert!(!openssl(folder.path(), 2, &ours.bytes, text.as_bytes()));
    let message = format!("cosignature/v1\ntime 1700000000\n{text}");
    assert_eq!(cosignature::message(1_700_000_000, &text), message.as_bytes());
    assert!(openssl(folder.path(), 3, &witness.bytes[8..], message.as_bytes()));
    assert!(!openssl(folder.path(), 3, &witness.bytes[8..], text.as_bytes()));
}
