//! Tests of several files together: vectors, what must be refused, programs of others.

mod edge_cases;
mod hostile;
mod keys;
mod negatives;
mod programs;
mod security_key;
mod sshsig;
mod vectors;

use super::point::CheckedKey;
use super::private_key::PrivateKey;
use super::signer::Signer as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The checked public half of [`key`].
fn checked(seed: u8) -> CheckedKey {
    CheckedKey::new(key(seed).public_key()).unwrap()
}

/// The private key whose seed is this byte, 32 times.
pub(crate) fn key(seed: u8) -> PrivateKey {
    PrivateKey::from_seed(&[seed; 32]).unwrap()
}

/// Runs a program that must be there and must succeed, and gives what it printed.
pub(crate) fn run(command: &mut Command, input: &[u8]) -> Vec<u8> {
    let (printed, fine) = try_run(command, input);
    assert!(fine, "{command:?} failed: {}", String::from_utf8_lossy(&printed));
    printed
}

/// Runs a program that must be there: what it printed, and whether it succeeded.
fn try_run(command: &mut Command, input: &[u8]) -> (Vec<u8>, bool) {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|e| panic!("{command:?} cannot be run: {e}"));
    // A program that fails early may not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let printed = if output.status.success() { output.stdout } else { output.stderr };
    (printed, output.status.success())
}
