//! Cosignatures (C2SP `tlog-cosignature`, version 1, Ed25519): a witness says that it saw a
//! checkpoint at a time, and that nothing was taken away from what it had seen before.

use super::note::{Note, NoteSignature};
use super::sign::{NoteSignError, made_by};
use super::verifier_key::{SignatureType, VerifierKey};
use crate::trust::crypto::signer::Signer;

/// The largest time: above, it would be negative for those who count with signed numbers.
const TIME_MAX: u64 = i64::MAX as u64;

/// The bytes that a witness signs. They begin with other words than anything else that is
/// signed here, so no signature is good for two purposes.
pub fn message(time: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// What stands in the note behind the key's number: the time and the signature. None for a time
/// that no clock shows.
pub fn encode(time: u64, signature: &[u8; 64]) -> Option<Vec<u8>> {
    (time <= TIME_MAX).then(|| [&time.to_be_bytes()[..], signature].concat())
}

/// The time and the signature in those bytes.
pub fn decode(bytes: &[u8]) -> Option<(u64, [u8; 64])> {
    let (time, signature) = bytes.split_first_chunk()?;
    let time = u64::from_be_bytes(*time);
    (time <= TIME_MAX).then_some((time, signature.try_into().ok()?))
}

/// The note with a witness's signature, made at `time` in seconds since 1970. Whoever calls this
/// has compared the checkpoint with the last one that the witness signed.
pub fn cosign(note: Note, name: &str, time: u64, signer: &dyn Signer) -> Result<Note, NoteSignError> {
    let key = VerifierKey::new(name, SignatureType::CosignatureV1, signer.public_key())?;
    let signature = made_by(&key, signer, &message(time, note.unverified_text()))?;
    let bytes = encode(time, &signature).ok_or(NoteSignError::Time(time))?;
    Ok(note.and(NoteSignature { name: name.to_owned(), id: key.id(), bytes })?)
}

#[cfg(test)]
#[path = "tests/cosignature.rs"]
mod tests;
