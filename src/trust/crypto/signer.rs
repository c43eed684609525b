//! Making signatures, with whatever holds the private key.

use super::check::{self, CheckError};
use super::dsse::{self, DsseError};
use super::point::{CheckedKey, PointError};
use super::sshsig::{self, RawSignature};
use super::text64;
use crate::record::kind::Kind;
use crate::record::node::Spot;
use crate::record::public_key::PublicKey;
use crate::record::signed::{Scheme, Signature};

/// Something that can sign: a private key, or an agent that holds one.
pub trait Signer {
    /// The public half of the key.
    fn public_key(&self) -> &PublicKey;

    /// Signs a message as it is. A security key adds what it puts between the message and the
    /// signature.
    fn sign(&self, message: &[u8]) -> Result<RawSignature, SignError>;

    /// The scheme to sign records with: plain keys make DSSE signatures, security keys can
    /// only make SSH ones.
    fn scheme(&self) -> Scheme {
        if self.public_key().application().is_some() { Scheme::Sshsig } else { Scheme::Dsse }
    }
}

/// A signer for whom somebody chose the scheme.
pub struct WithScheme {
    /// What signs.
    pub signer: Box<dyn Signer>,
    /// The scheme that was chosen.
    pub scheme: Scheme,
}

impl Signer for WithScheme {
    fn public_key(&self) -> &PublicKey {
        self.signer.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<RawSignature, SignError> {
        self.signer.sign(message)
    }

    fn scheme(&self) -> Scheme {
        self.scheme
    }
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The key is one that no verifier here would take.
    #[error(transparent)]
    Key(#[from] PointError),
    /// The scheme needs another kind of key.
    #[error(transparent)]
    Scheme(#[from] DsseError),
    /// The answer was of a security key where the key is none, or the other way round.
    #[error("what signed is not the kind of key that it says it is")]
    Mixed,
    /// What holds the private key did not sign.
    #[error(transparent)]
    Refused(Box<dyn std::error::Error + Send + Sync>),
    /// What was made does not verify, so it is not given out.
    #[error("the signature that was made does not verify: {0}")]
    Faulty(#[from] CheckError),
}

/// Signs a payload of a kind, and checks what was made before giving it out: a faulty machine
/// or a lying agent is noticed here and not by an auditor.
pub fn sign_payload(
    signer: &dyn Signer,
    scheme: Scheme,
    kind: Kind,
    payload: &[u8],
) -> Result<Signature, SignError> {
    let key = CheckedKey::new(signer.public_key())?;
    let made = match scheme {
        Scheme::Dsse => sign_dsse(signer, payload)?.to_vec(),
        Scheme::Sshsig => sshsig::sign(signer, &sshsig::namespace(kind), payload)?.to_bytes(),
    };
    let signature = Signature {
        scheme,
        key: key.public_key().fingerprint().clone(),
        sig: text64::encode(&made),
        spot: Spot::default(),
    };
    check::check(&signature, &key, kind, payload)?;
    Ok(signature)
}

/// Signs a payload as DSSE does. A security key is not even asked: what it makes is no plain
/// Ed25519 signature.
fn sign_dsse(signer: &dyn Signer, payload: &[u8]) -> Result<[u8; 64], SignError> {
    if signer.public_key().application().is_some() {
        return Err(DsseError::SecurityKey.into());
    }
    let made = signer.sign(&dsse::pae(payload))?;
    if made.presence.is_some() { Err(SignError::Mixed) } else { Ok(made.bytes) }
}
