//! SSHSIG: what `ssh-keygen -Y sign` makes (OpenSSH's PROTOCOL.sshsig).
//!
//! An own codec that takes exactly one form: version 1, an empty reserved field, SHA-512, an
//! Ed25519 key or an Ed25519 security key that was touched, and no byte more.

use sha2::{Digest as _, Sha512};

use super::point::CheckedKey;
use super::signer::{SignError, Signer};
use super::verify::{self, BadSignature, Presence};
use super::wire::{Wire, put_number, put_string};
use crate::record::kind::Kind;
use crate::record::public_key::PublicKey;
use crate::record::text::visible;

const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;
const HASH: &str = "sha512";
const KEY_TYPE: &str = "ssh-ed25519";
const SECURITY_KEY_TYPE: &str = "sk-ssh-ed25519@openssh.com";

/// The most bytes that a signature may have; an ordinary one has about 200.
pub const SSHSIG_MAX: usize = 4096;

/// A signature with the key that is said to have made it. Nothing in it is proven before
/// [`SshSignature::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshSignature {
    key: PublicKey,
    namespace: String,
    signature: RawSignature,
}

/// The 64 bytes, and what a security key adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawSignature {
    /// R and S (RFC 8032 section 5.1.6).
    pub bytes: [u8; 64],
    /// There if a security key signed.
    pub presence: Option<Presence>,
}

/// Why an SSH signature is refused: one reason for each thing that can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SshsigError {
    /// More than [`SSHSIG_MAX`] bytes.
    #[error("the SSH signature is {0} bytes long; the most is {SSHSIG_MAX}")]
    TooLong(usize),
    /// The first six bytes are not `SSHSIG`.
    #[error("this is not an SSH signature: it does not start with SSHSIG")]
    Magic,
    /// It ends inside the named field.
    #[error("the SSH signature is cut off in its {0}")]
    Truncated(&'static str),
    /// Only version 1 is defined.
    #[error("the SSH signature is of version {0}, not 1")]
    Version(u32),
    /// The key is of a type that is not used here.
    #[error("the SSH signature is by a key of type {0:?}, not {KEY_TYPE} or {SECURITY_KEY_TYPE}")]
    KeyType(String),
    /// The key's own bytes are not as its type says.
    #[error("the public key in the SSH signature is damaged")]
    Key,
    /// The namespace is not UTF-8 text.
    #[error("the namespace of the SSH signature is not text")]
    NamespaceText,
    /// It was made for another purpose, as for another kind of record.
    #[error("the SSH signature is for the namespace {found:?}, not {expected:?}")]
    Namespace {
        /// What it is for.
        found: String,
        /// What it should be for.
        expected: String,
    },
    /// The reserved field holds something. Verifiers disagree on what it would mean.
    #[error("the reserved field of the SSH signature is not empty")]
    Reserved,
    /// The message was hashed with something else than SHA-512.
    #[error("the SSH signature is over a {0:?} hash, not {HASH}")]
    Hash(String),
    /// The signature's type is not that of the key.
    #[error("the SSH signature is of type {signature:?}, and its key of type {key:?}")]
    SignatureType {
        /// Type of the key.
        key: &'static str,
        /// Type of the signature.
        signature: String,
    },
    /// An Ed25519 signature is 64 bytes.
    #[error("the SSH signature holds {0} bytes of signature, not 64")]
    SignatureLength(usize),
    /// Bytes behind the end of the signature field's content.
    #[error("{0} bytes stand behind the end of the signature in the SSH signature")]
    SignatureTrailing(usize),
    /// Bytes behind the end.
    #[error("{0} bytes stand behind the end of the SSH signature")]
    Trailing(usize),
    /// Another key made it than the one that is said to have.
    #[error("the SSH signature is by the key {0}")]
    OtherKey(String),
    /// Nobody touched the security key when it signed.
    #[error("the security key signed without being touched")]
    NotTouched,
    /// The signature is over something else, or by another key.
    #[error(transparent)]
    Bad(#[from] BadSignature),
}

/// The namespace of a kind, as in `attestation.v1@duly`: a signature for one kind of record,
/// or for git or a mail, is none for another.
pub fn namespace(kind: Kind) -> String {
    format!("{}.v1@duly", kind.slug())
}

/// The bytes that the key signs for a message in a namespace.
pub fn to_be_signed(namespace: &str, message: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    put_string(namespace.as_bytes(), &mut out);
    put_string(b"", &mut out);
    put_string(HASH.as_bytes(), &mut out);
    put_string(&Sha512::digest(message), &mut out);
    out
}

/// Has a message signed in a namespace.
pub fn sign(signer: &dyn Signer, namespace: &str, message: &[u8]) -> Result<SshSignature, SignError> {
    let signature = signer.sign(&to_be_signed(namespace, message))?;
    let key = signer.public_key().clone();
    if key.application().is_some() != signature.presence.is_some() {
        return Err(SignError::Mixed);
    }
    Ok(SshSignature { key, namespace: namespace.to_owned(), signature })
}

impl SshSignature {
    /// Reads a signature's bytes; for the text that `ssh-keygen` writes, take
    /// [`armour::decode`](super::armour::decode) first.
    pub fn parse(blob: &[u8]) -> Result<SshSignature, SshsigError> {
        if blob.len() > SSHSIG_MAX {
            return Err(SshsigError::TooLong(blob.len()));
        }
        let mut wire = Wire::new(blob);
        if wire.bytes(MAGIC.len()) != Some(MAGIC) {
            return Err(SshsigError::Magic);
        }
        match wire.number().ok_or(SshsigError::Truncated("version"))? {
            VERSION => {}
            other => return Err(SshsigError::Version(other)),
        }
        let parsed = SshSignature::fields(&mut wire)?;
        match wire.left() {
            0 => Ok(parsed),
            left => Err(SshsigError::Trailing(left)),
        }
    }

    fn fields(wire: &mut Wire<'_>) -> Result<SshSignature, SshsigError> {
        let mut field = |name| wire.string().ok_or(SshsigError::Truncated(name));
        let key = parse_key(field("public key")?)?;
        let namespace =
            std::str::from_utf8(field("namespace")?).map_err(|_| SshsigError::NamespaceText)?.to_owned();
        if !field("reserved field")?.is_empty() {
            return Err(SshsigError::Reserved);
        }
        match field("hash algorithm")? {
            name if name == HASH.as_bytes() => {}
            other => return Err(SshsigError::Hash(shown(other))),
        }
        let signature = RawSignature::parse(field("signature")?, &key)?;
        Ok(SshSignature { key, namespace, signature })
    }

    /// The signature's bytes: what [`SshSignature::parse`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        put_number(VERSION, &mut out);
        put_string(self.key.wire(), &mut out);
        put_string(self.namespace.as_bytes(), &mut out);
        put_string(b"", &mut out);
        put_string(HASH.as_bytes(), &mut out);
        put_string(&self.signature.to_wire(), &mut out);
        out
    }

    /// The key that is said to have signed.
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// The namespace that is said to be signed for.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Checks that the signature is by this key, for this namespace, over this message, and
    /// that a security key was touched.
    pub fn verify(&self, key: &CheckedKey, namespace: &str, message: &[u8]) -> Result<(), SshsigError> {
        if self.key != *key.public_key() {
            return Err(SshsigError::OtherKey(self.key.fingerprint().to_string()));
        }
        if self.namespace != namespace {
            let found = shown(self.namespace.as_bytes());
            return Err(SshsigError::Namespace { found, expected: namespace.to_owned() });
        }
        let signed = to_be_signed(namespace, message);
        let RawSignature { bytes, presence } = &self.signature;
        match (key.public_key().application(), *presence) {
            (None, None) => Ok(verify::verify(key, &signed, bytes)?),
            (Some(_), Some(presence)) if presence.flags & Presence::TOUCHED == 0 => {
                Err(SshsigError::NotTouched)
            }
            (Some(application), Some(presence)) => {
                Ok(verify::verify_presence(key, application, presence, &signed, bytes)?)
            }
            _ => Err(BadSignature.into()),
        }
    }
}

/// A foreign text for a message: short, and without characters that act on a terminal.
fn shown(bytes: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(bytes).chars().take(60).collect();
    visible(&text).into_owned()
}

fn parse_key(blob: &[u8]) -> Result<PublicKey, SshsigError> {
    let name = Wire::new(blob).string().ok_or(SshsigError::Key)?;
    if name != KEY_TYPE.as_bytes() && name != SECURITY_KEY_TYPE.as_bytes() {
        return Err(SshsigError::KeyType(shown(name)));
    }
    PublicKey::from_wire(blob).ok_or(SshsigError::Key)
}

fn type_of(key: &PublicKey) -> &'static str {
    if key.application().is_some() { SECURITY_KEY_TYPE } else { KEY_TYPE }
}

impl RawSignature {
    /// Reads the signature field, which an agent's answer holds too: a type, 64 bytes, and for
    /// a security key the flags and the counter.
    pub(super) fn parse(blob: &[u8], key: &PublicKey) -> Result<RawSignature, SshsigError> {
        let cut = SshsigError::Truncated("signature");
        let mut wire = Wire::new(blob);
        let name = wire.string().ok_or(cut.clone())?;
        if name != type_of(key).as_bytes() {
            return Err(SshsigError::SignatureType { key: type_of(key), signature: shown(name) });
        }
        let bytes = wire.string().ok_or(cut.clone())?;
        let bytes = bytes.try_into().map_err(|_| SshsigError::SignatureLength(bytes.len()))?;
        let presence = match key.application() {
            None => None,
            Some(_) => {
                let flags = wire.byte().ok_or(cut.clone())?;
                Some(Presence { flags, counter: wire.number().ok_or(cut)? })
            }
        };
        match wire.left() {
            0 => Ok(RawSignature { bytes, presence }),
            left => Err(SshsigError::SignatureTrailing(left)),
        }
    }

    fn to_wire(self) -> Vec<u8> {
        let name = if self.presence.is_some() { SECURITY_KEY_TYPE } else { KEY_TYPE };
        let mut out = Vec::with_capacity(104);
        put_string(name.as_bytes(), &mut out);
        put_string(&self.bytes, &mut out);
        if let Some(Presence { flags, counter }) = self.presence {
            out.push(flags);
            put_number(counter, &mut out);
        }
        out
    }
}
