//! Checking the signatures of a note.

use super::cosignature;
use super::note::{Note, NoteSignature};
use super::verifier_key::{SignatureType, VerifierKey};
use crate::record::text::visible;
use crate::trust::crypto::verify;

/// What the signatures of a note show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<'a> {
    /// What was signed.
    pub text: &'a str,
    /// The signatures by known keys, all of them good; at least one.
    pub good: Vec<Good<'a>>,
    /// The signatures by keys that are not known. They were not checked and show nothing.
    pub unchecked: Vec<&'a NoteSignature>,
}

/// A signature that was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Good<'a> {
    /// The key that made it.
    pub key: &'a VerifierKey,
    /// When the witness says that it signed, in seconds since 1970; only for a cosignature.
    pub time: Option<u64>,
}

/// Why a note shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// A signature that names a known key was not made by it over this text.
    #[error("the signature by {} is not valid: the text or the signature was changed", visible(.0))]
    Bad(String),
    /// None of the signatures is by a known key.
    #[error("none of the signatures is by a key that is known here")]
    Nobody,
    /// Two of the known keys have the same name and the same short number.
    #[error("two of the known keys called {} cannot be told apart", visible(.0))]
    Ambiguous(String),
}

impl Note {
    /// Checks the signatures by known keys.
    ///
    /// Stricter than C2SP demands, which lets a reader go on where one of several signatures is
    /// bad: here a bad signature that names a known key refuses the note, however many good ones
    /// stand beside it. Nobody makes such a note by accident.
    pub fn verify<'a>(&'a self, known: &'a [VerifierKey]) -> Result<Verified<'a>, VerifyError> {
        let mut verified = Verified { text: self.unverified_text(), good: Vec::new(), unchecked: Vec::new() };
        for signature in self.signatures() {
            match find(known, signature)? {
                None => verified.unchecked.push(signature),
                Some(key) => verified.good.push(self.check_one(key, signature)?),
            }
        }
        if verified.good.is_empty() { Err(VerifyError::Nobody) } else { Ok(verified) }
    }

    fn check_one<'a>(
        &self,
        key: &'a VerifierKey,
        signature: &NoteSignature,
    ) -> Result<Good<'a>, VerifyError> {
        let bad = || VerifyError::Bad(signature.name.clone());
        let (time, message, bytes) = match key.kind() {
            SignatureType::Ed25519 => {
                let bytes = signature.bytes.as_slice().try_into().map_err(|_| bad())?;
                (None, self.unverified_text().as_bytes().to_vec(), bytes)
            }
            SignatureType::CosignatureV1 => {
                let (time, bytes) = cosignature::decode(&signature.bytes).ok_or_else(bad)?;
                (Some(time), cosignature::message(time, self.unverified_text()), bytes)
            }
        };
        verify::verify(key.key(), &message, &bytes).map_err(|_| bad())?;
        Ok(Good { key, time })
    }
}

/// The known key that a signature names. Name and number must both be its own.
fn find<'a>(
    known: &'a [VerifierKey],
    signature: &NoteSignature,
) -> Result<Option<&'a VerifierKey>, VerifyError> {
    let mut fitting = known.iter().filter(|key| key.name() == signature.name && key.id() == signature.id);
    let first = fitting.next();
    match fitting.find(|other| Some(*other) != first) {
        None => Ok(first),
        Some(other) => Err(VerifyError::Ambiguous(other.name().to_owned())),
    }
}

#[cfg(test)]
#[path = "tests/verified.rs"]
mod tests;
