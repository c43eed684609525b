//! DSSE: Ed25519 over the pre-authentication encoding of a payload and its type
//! (<https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md>).
//!
//! The encoding says what kind of thing was signed, so a signature over the bare payload, or
//! over the same bytes as another type, is none over this.

use super::point::CheckedKey;
use super::verify::{self, BadSignature};

/// The payload type of in-toto statements.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// Why a DSSE signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DsseError {
    /// A security key never signs bytes as they are, so it cannot have made the signature.
    #[error("a security key signs with the scheme `sshsig` only")]
    SecurityKey,
    /// The signature is over something else, or by another key.
    #[error(transparent)]
    Bad(#[from] BadSignature),
}

/// The bytes that are signed for a payload.
pub fn pae(payload: &[u8]) -> Vec<u8> {
    pae_of(PAYLOAD_TYPE, payload)
}

/// `DSSEv1`, the type's length, the type, the payload's length, the payload, with one space
/// between each; lengths are in bytes, in decimal.
pub(super) fn pae_of(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

/// Checks a signature over a payload.
pub fn verify(key: &CheckedKey, payload: &[u8], signature: &[u8; 64]) -> Result<(), DsseError> {
    if key.public_key().application().is_some() {
        return Err(DsseError::SecurityKey);
    }
    Ok(verify::verify(key, &pae(payload), signature)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_protocol() {
        let encoded = pae_of("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        assert_eq!(pae("é".as_bytes()), "DSSEv1 28 application/vnd.in-toto+json 2 é".as_bytes());
        assert_eq!(pae(b""), b"DSSEv1 28 application/vnd.in-toto+json 0 ");
    }
}
