//! The keys that signed notes are checked with, as C2SP `signed-note` writes them in one line:
//! the name, `+`, the key's number in 8 hex digits, `+`, and base64 of its type and its bytes.

use std::fmt;

use sha2::Digest as _;

use crate::record::public_key::PublicKey;
use crate::record::text::visible;
use crate::trust::crypto::point::{CheckedKey, PointError};
use crate::trust::crypto::text64;

/// What a key signs in notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureType {
    /// The text of the note as it is.
    Ed25519,
    /// A time and the text: what a witness signs (C2SP `tlog-cosignature`).
    CosignatureV1,
}

/// A key with the name that it goes by in notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: SignatureType,
    id: [u8; 4],
    key: CheckedKey,
}

/// Why a key cannot check notes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifierKeyError {
    /// It is not in the form of one line.
    #[error("this is not a name, 8 hex digits and base64, with `+` between each")]
    Form,
    /// A name that is empty or holds white space or `+`.
    #[error("a key cannot be called {}", visible(.0))]
    Name(String),
    /// A type that is not used here.
    #[error("the key {} is of type {kind}; only 1 and 4, for Ed25519, are used", visible(.name))]
    Type {
        /// The name in the line.
        name: String,
        /// The type in the line.
        kind: u8,
    },
    /// The digits are not those of this name and key.
    #[error("the digits of the key {} are not those of its name and bytes", visible(.0))]
    Digits(String),
    /// The key is one that nobody gets by making a key.
    #[error(transparent)]
    Point(#[from] PointError),
    /// A security key signs more than the bytes of a note.
    #[error("a security key cannot sign notes; an ordinary key can")]
    SecurityKey,
}

impl SignatureType {
    fn byte(self) -> u8 {
        match self {
            SignatureType::Ed25519 => 1,
            SignatureType::CosignatureV1 => 4,
        }
    }

    fn of(byte: u8) -> Option<SignatureType> {
        [SignatureType::Ed25519, SignatureType::CosignatureV1].into_iter().find(|kind| kind.byte() == byte)
    }
}

impl VerifierKey {
    /// The key of somebody who signs notes under a name.
    pub fn new(name: &str, kind: SignatureType, key: &PublicKey) -> Result<VerifierKey, VerifierKeyError> {
        if !is_key_name(name) {
            return Err(VerifierKeyError::Name(name.to_owned()));
        }
        if key.application().is_some() {
            return Err(VerifierKeyError::SecurityKey);
        }
        let id = id(name, kind, key);
        Ok(VerifierKey { name: name.to_owned(), kind, id, key: CheckedKey::new(key)? })
    }

    /// Reads a key from its line, without a line end.
    pub fn parse(line: &str) -> Result<VerifierKey, VerifierKeyError> {
        let form = || VerifierKeyError::Form;
        let (name, rest) = line.split_once('+').ok_or_else(form)?;
        let (digits, code) = rest.split_once('+').ok_or_else(form)?;
        let bytes = text64::decode(code.as_bytes()).map_err(|_| form())?;
        let (kind, point) = bytes.split_first().ok_or_else(form)?;
        let Some(kind) = SignatureType::of(*kind) else {
            return Err(VerifierKeyError::Type { name: name.to_owned(), kind: *kind });
        };
        let point = point.try_into().map_err(|_| form())?;
        let key = VerifierKey::new(name, kind, &PublicKey::from_point(point).ok_or_else(form)?)?;
        if digits == key.digits() { Ok(key) } else { Err(VerifierKeyError::Digits(name.to_owned())) }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the key signs.
    pub fn kind(&self) -> SignatureType {
        self.kind
    }

    /// The number that stands before each of its signatures.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The key itself.
    pub fn key(&self) -> &CheckedKey {
        &self.key
    }

    fn digits(&self) -> String {
        format!("{:08x}", u32::from_be_bytes(self.id))
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&[self.kind.byte()], self.key.public_key().point().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, self.digits(), text64::encode(&bytes))
    }
}

/// Whether a key may be called so in a note.
pub fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c == '+' || c.is_whitespace() || c.is_control())
}

fn id(name: &str, kind: SignatureType, key: &PublicKey) -> [u8; 4] {
    let [a, b, c, d, ..]: [u8; 32] = sha2::Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', kind.byte()])
        .chain_update(key.point())
        .finalize()
        .into();
    [a, b, c, d]
}

#[cfg(test)]
#[path = "tests/verifier_key.rs"]
mod tests;
