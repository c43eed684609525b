//! The check of one stored signature.

use super::dsse::{self, DsseError};
use super::point::CheckedKey;
use super::sshsig::{self, SshSignature, SshsigError};
use super::text64::{self, Base64Error};
use super::verify::{SignatureTextError, signature_from_base64};
use crate::record::kind::Kind;
use crate::record::signed::{Scheme, Signature};

/// Why a stored signature does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The file names another key than the one that was looked up.
    #[error("the signature names the key {named}, and was checked with {given}")]
    OtherKey {
        /// The fingerprint in the file.
        named: String,
        /// The fingerprint of the key that was given.
        given: String,
    },
    /// `sig` is not the base64 of an Ed25519 signature.
    #[error(transparent)]
    Text(#[from] SignatureTextError),
    /// `sig` is not base64.
    #[error(transparent)]
    Base64(#[from] Base64Error),
    /// The DSSE signature is not valid.
    #[error(transparent)]
    Dsse(#[from] DsseError),
    /// The SSH signature is not valid.
    #[error(transparent)]
    Sshsig(#[from] SshsigError),
}

/// Checks that a signature of a file was made by this key over this payload of this kind.
///
/// The file's `key` is only a hint for finding the key; a hint that names another is an error,
/// and no other key is ever tried.
pub fn check(signature: &Signature, key: &CheckedKey, kind: Kind, payload: &[u8]) -> Result<(), CheckError> {
    let given = key.public_key().fingerprint();
    if signature.key != *given {
        return Err(CheckError::OtherKey { named: signature.key.to_string(), given: given.to_string() });
    }
    match scheme_bytes(signature)? {
        Stored::Dsse(bytes) => dsse::verify(key, payload, &bytes)?,
        Stored::Sshsig(parsed) => parsed.verify(key, &sshsig::namespace(kind), payload)?,
    }
    Ok(())
}

enum Stored {
    Dsse([u8; 64]),
    Sshsig(Box<SshSignature>),
}

fn scheme_bytes(signature: &Signature) -> Result<Stored, CheckError> {
    Ok(match signature.scheme {
        Scheme::Dsse => Stored::Dsse(signature_from_base64(&signature.sig)?),
        Scheme::Sshsig => {
            let blob = text64::decode(signature.sig.as_bytes())?;
            Stored::Sshsig(Box::new(SshSignature::parse(&blob)?))
        }
    })
}
