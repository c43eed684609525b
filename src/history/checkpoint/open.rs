//! Reading a checkpoint that somebody kept.

use super::note::{Note, NoteError, NoteSignature};
use super::verified::VerifyError;
use super::verifier_key::{SignatureType, VerifierKey};
use super::{Checkpoint, CheckpointError};
use crate::record::text::visible;

/// A checkpoint that was signed for the repository that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// Who signed for the repository: known keys that go by its origin; at least one.
    pub signers: Vec<VerifierKey>,
    /// The known witnesses, with the time that each of them gives, in seconds since 1970.
    pub witnesses: Vec<(VerifierKey, u64)>,
    /// The signatures that were not checked, because their keys are not known.
    pub unchecked: Vec<NoteSignature>,
}

/// Why a file is no checkpoint to go by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is not a note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A signature is bad, or none is by a known key.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// What was signed is not a checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// It is about another repository.
    #[error("the checkpoint is of {}, not of {expected}", visible(.found))]
    Origin {
        /// The origin in the note.
        found: String,
        /// The origin that was asked for.
        expected: String,
    },
    /// Witnesses alone signed it.
    #[error("nobody who speaks for the repository signed the checkpoint")]
    NotSigned,
}

/// Reads a checkpoint of a repository. Nothing of it is given out unless a known key that goes
/// by the origin signed it, every signature by a known key is good, and it is about this origin.
pub fn open(bytes: &[u8], origin: &str, known: &[VerifierKey]) -> Result<Opened, OpenError> {
    let note = Note::parse(bytes)?;
    let verified = note.verify(known)?;
    let checkpoint = Checkpoint::parse(verified.text)?;
    if checkpoint.origin() != origin {
        return Err(OpenError::Origin { found: checkpoint.origin, expected: origin.to_owned() });
    }
    let speaks = |key: &VerifierKey| key.kind() == SignatureType::Ed25519 && key.name() == origin;
    let mut signers: Vec<VerifierKey> = Vec::new();
    for good in verified.good.iter().filter(|good| speaks(good.key)) {
        // One person's two signatures are one person's.
        if !signers.contains(good.key) {
            signers.push(good.key.clone());
        }
    }
    if signers.is_empty() {
        return Err(OpenError::NotSigned);
    }
    let witnesses = verified.good.iter().filter_map(|good| Some((good.key.clone(), good.time?))).collect();
    let unchecked = verified.unchecked.into_iter().cloned().collect();
    Ok(Opened { checkpoint, signers, witnesses, unchecked })
}
