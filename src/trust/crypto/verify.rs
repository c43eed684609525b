//! One Ed25519 signature, checked strictly.

use ed25519_dalek::Signature;
use sha2::{Digest as _, Sha256};

use super::point::CheckedKey;
use super::text64::{self, Base64Error};

/// The signature was not made by this key over this message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature was not made by this key over these bytes")]
pub struct BadSignature;

/// What a security key adds to what it signs (OpenSSH's PROTOCOL.u2f).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// Bit 0: somebody touched the key. Bit 2: and was identified by a PIN or a finger.
    pub flags: u8,
    /// Counts the key's signatures.
    pub counter: u32,
}

impl Presence {
    /// The flag that somebody touched the key.
    pub const TOUCHED: u8 = 1;
}

/// Why a text is not the base64 of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureTextError {
    /// The text is not base64 in its one form.
    #[error(transparent)]
    Base64(#[from] Base64Error),
    /// An Ed25519 signature is 64 bytes.
    #[error("the signature is {0} bytes long, not 64")]
    Length(usize),
}

/// Checks an Ed25519 signature (RFC 8032 section 5.1.7, without the cofactor): S below the
/// group's order, R not of small order and in its one spelling. Never in batches: a batch
/// accepts, at random, what this refuses.
pub fn verify(key: &CheckedKey, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
    key.point().verify_strict(message, &Signature::from_bytes(signature)).map_err(|_| BadSignature)
}

/// Checks a security key's signature: it is over the digests of the application and of the
/// message, with the flags and the counter between them. Whether the flags are enough is the
/// caller's question.
pub(super) fn verify_presence(
    key: &CheckedKey,
    application: &str,
    presence: Presence,
    message: &[u8],
    signature: &[u8; 64],
) -> Result<(), BadSignature> {
    verify(key, &with_presence(application, presence, message), signature)
}

/// The bytes that a security key signs for a message.
pub(super) fn with_presence(application: &str, presence: Presence, message: &[u8]) -> Vec<u8> {
    let mut signed = Vec::with_capacity(69);
    signed.extend_from_slice(&Sha256::digest(application));
    signed.push(presence.flags);
    signed.extend_from_slice(&presence.counter.to_be_bytes());
    signed.extend_from_slice(&Sha256::digest(message));
    signed
}

/// Reads a 64-byte signature from standard base64 with padding.
pub fn signature_from_base64(text: &str) -> Result<[u8; 64], SignatureTextError> {
    let bytes = text64::decode(text.as_bytes())?;
    <[u8; 64]>::try_from(bytes.as_slice()).map_err(|_| SignatureTextError::Length(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_64_bytes() {
        let text = text64::encode(&[0xfb; 64]);
        assert_eq!(signature_from_base64(&text), Ok([0xfb; 64]));
        assert_eq!(signature_from_base64(&text64::encode(&[0; 65])), Err(SignatureTextError::Length(65)));
        let for_urls = text.replace('+', "-").replace('/', "_");
        assert_eq!(signature_from_base64(&for_urls), Err(SignatureTextError::Base64(Base64Error::UrlSafe)));
        assert_eq!(
            signature_from_base64(text.trim_end_matches('=')),
            Err(SignatureTextError::Base64(Base64Error::Padding))
        );
    }
}
