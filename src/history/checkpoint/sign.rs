//! Signing checkpoints.

use super::Checkpoint;
use super::note::{Note, NoteError, NoteSignature};
use super::verifier_key::{SignatureType, VerifierKey, VerifierKeyError};
use crate::record::text::visible;
use crate::trust::crypto::signer::{SignError, Signer};
use crate::trust::crypto::verify::{self, BadSignature};

/// Why no note was signed.
#[derive(Debug, thiserror::Error)]
pub enum NoteSignError {
    /// The checkpoint is not of an organisation's repository, and so not ours to sign.
    #[error("{} is not the origin of a repository of duly", visible(.0))]
    Origin(String),
    /// The key cannot sign notes, or not under this name.
    #[error(transparent)]
    Key(#[from] VerifierKeyError),
    /// What holds the private key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// What was made does not verify, so it is not given out.
    #[error("the signature that was made does not verify: {0}")]
    Faulty(#[from] BadSignature),
    /// The time of a cosignature is out of bounds.
    #[error("{0} is not a time")]
    Time(u64),
    /// The note would not be one.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// A checkpoint as a note that a key has signed under a name, which is the checkpoint's origin
/// where the signer speaks for the repository.
///
/// The same keys sign records. A note that begins with `duly/` can be taken for nothing else
/// that they sign, so no other origin is signed.
pub fn sign(checkpoint: &Checkpoint, name: &str, signer: &dyn Signer) -> Result<Note, NoteSignError> {
    if checkpoint.audience().is_none() {
        return Err(NoteSignError::Origin(checkpoint.origin().to_owned()));
    }
    let text = checkpoint.to_string();
    let signature = signature(&text, name, signer)?;
    Ok(Note::new(text, vec![signature])?)
}

/// The note with the signature of one more who speaks for the repository. The text must be a
/// checkpoint that [`sign`] would sign.
pub fn sign_too(note: Note, name: &str, signer: &dyn Signer) -> Result<Note, NoteSignError> {
    let text = note.unverified_text();
    match Checkpoint::parse(text).ok().and_then(|checkpoint| checkpoint.audience()) {
        None => Err(NoteSignError::Origin(text.lines().next().unwrap_or_default().to_owned())),
        Some(_) => {
            let signature = signature(text, name, signer)?;
            Ok(note.and(signature)?)
        }
    }
}

fn signature(text: &str, name: &str, signer: &dyn Signer) -> Result<NoteSignature, NoteSignError> {
    let key = VerifierKey::new(name, SignatureType::Ed25519, signer.public_key())?;
    let bytes = made_by(&key, signer, text.as_bytes())?.to_vec();
    Ok(NoteSignature { name: name.to_owned(), id: key.id(), bytes })
}

/// What the signer makes over a message, checked before it is given out: a faulty machine or a
/// lying agent is noticed here and not by an auditor.
pub(super) fn made_by(
    key: &VerifierKey,
    signer: &dyn Signer,
    message: &[u8],
) -> Result<[u8; 64], NoteSignError> {
    let made = signer.sign(message)?;
    if made.presence.is_some() {
        return Err(SignError::Mixed.into());
    }
    verify::verify(key.key(), message, &made.bytes)?;
    Ok(made.bytes)
}
