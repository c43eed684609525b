//! An Ed25519 private key in memory. It is wiped when it is dropped and never printed.

use ed25519_dalek::{Signer as _, SigningKey};
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::rand_core::{OsRng, RngCore as _};
use ssh_key::{Algorithm, Cipher, Kdf, LineEnding};
use zeroize::Zeroizing;

use super::signer::{SignError, Signer};
use super::sshsig::RawSignature;
use crate::record::public_key::PublicKey;

/// Rounds of bcrypt for a new passphrase, as recent OpenSSH takes.
const BCRYPT_ROUNDS: u32 = 24;

/// A private key with its public half.
pub struct PrivateKey {
    signing: SigningKey,
    public: PublicKey,
}

/// Asks for a passphrase. It is called once, and only where one is needed.
pub type AskPassphrase<'a> = &'a mut dyn FnMut() -> std::io::Result<Zeroizing<String>>;

/// Why a private key cannot be used or written.
#[derive(Debug, thiserror::Error)]
pub enum PrivateKeyError {
    /// It is not a private key in OpenSSH's form.
    #[error("this is not a private key in OpenSSH's form")]
    NotOpenssh,
    /// It is of another type than Ed25519.
    #[error("this is a private key of type {0}; only ssh-ed25519 is used")]
    OtherType(String),
    /// A security key keeps its private key to itself; the file is only a handle.
    #[error("this file is only the handle of a security key; sign with `ssh-keygen -Y sign` or an agent")]
    SecurityKey,
    /// Nobody gave the passphrase.
    #[error("the passphrase could not be asked for: {0}")]
    NoPassphrase(#[source] std::io::Error),
    /// The passphrase does not open the key.
    #[error("the passphrase is not the one of this key")]
    WrongPassphrase,
    /// A passphrase for a new key that is no secret at all.
    #[error("an empty passphrase protects nothing")]
    EmptyPassphrase,
    /// The operating system gave no random bytes.
    #[error("no random bytes could be had: {0}")]
    Random(String),
    /// The key could not be put into OpenSSH's form.
    #[error("the key cannot be written in OpenSSH's form: {0}")]
    Encode(String),
}

impl PrivateKey {
    /// A new key from the operating system's random bytes.
    pub fn generate() -> Result<PrivateKey, PrivateKeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *seed).map_err(|e| PrivateKeyError::Random(e.to_string()))?;
        PrivateKey::from_seed(&seed)
    }

    /// The key of a seed (RFC 8032 section 5.1.5). Whoever knows the seed has the key: seeds
    /// that are written down anywhere are for examples and tests only.
    pub fn from_seed(seed: &[u8; 32]) -> Result<PrivateKey, PrivateKeyError> {
        let signing = SigningKey::from_bytes(seed);
        let public = PublicKey::from_point(signing.verifying_key().to_bytes())
            .ok_or_else(|| PrivateKeyError::Encode("it has no public half".to_owned()))?;
        Ok(PrivateKey { signing, public })
    }

    /// Reads the text of a private key file in OpenSSH's form.
    pub fn from_openssh(text: &[u8], ask: AskPassphrase<'_>) -> Result<PrivateKey, PrivateKeyError> {
        let key = ssh_key::PrivateKey::from_openssh(text).map_err(reading)?;
        match key.algorithm() {
            Algorithm::Ed25519 => {}
            Algorithm::SkEd25519 => return Err(PrivateKeyError::SecurityKey),
            other => return Err(PrivateKeyError::OtherType(other.to_string())),
        }
        let key = if key.is_encrypted() { decrypted(&key, ask)? } else { key };
        let pair = key.key_data().ed25519().ok_or(PrivateKeyError::NotOpenssh)?;
        PrivateKey::from_seed(&Zeroizing::new(pair.private.to_bytes()))
    }

    /// The text of a private key file in OpenSSH's form, encrypted if there is a passphrase.
    pub fn to_openssh(
        &self,
        comment: &str,
        passphrase: Option<&str>,
    ) -> Result<Zeroizing<String>, PrivateKeyError> {
        let pair = KeypairData::Ed25519(Ed25519Keypair::from(&self.signing));
        let key = ssh_key::PrivateKey::new(pair, comment).map_err(writing)?;
        let key = match passphrase {
            None => key,
            Some("") => return Err(PrivateKeyError::EmptyPassphrase),
            Some(passphrase) => encrypted(&key, passphrase)?,
        };
        key.to_openssh(LineEnding::LF).map_err(writing)
    }
}

impl Signer for PrivateKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<RawSignature, SignError> {
        Ok(RawSignature { bytes: self.signing.sign(message).to_bytes(), presence: None })
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the private key of {}", self.public.fingerprint())
    }
}

fn decrypted(
    key: &ssh_key::PrivateKey,
    ask: AskPassphrase<'_>,
) -> Result<ssh_key::PrivateKey, PrivateKeyError> {
    let passphrase = ask().map_err(PrivateKeyError::NoPassphrase)?;
    key.decrypt(passphrase.as_bytes()).map_err(|_| PrivateKeyError::WrongPassphrase)
}

fn encrypted(key: &ssh_key::PrivateKey, passphrase: &str) -> Result<ssh_key::PrivateKey, PrivateKeyError> {
    let mut salt = vec![0; 16];
    getrandom::fill(&mut salt).map_err(|e| PrivateKeyError::Random(e.to_string()))?;
    let kdf = Kdf::Bcrypt { salt, rounds: BCRYPT_ROUNDS };
    key.encrypt_with(Cipher::Aes256Ctr, kdf, OsRng.next_u32(), passphrase).map_err(writing)
}

fn reading(error: ssh_key::Error) -> PrivateKeyError {
    match error {
        ssh_key::Error::AlgorithmUnsupported { algorithm } => {
            PrivateKeyError::OtherType(algorithm.to_string())
        }
        ssh_key::Error::AlgorithmUnknown => PrivateKeyError::OtherType("unknown".to_owned()),
        _ => PrivateKeyError::NotOpenssh,
    }
}

fn writing(error: ssh_key::Error) -> PrivateKeyError {
    PrivateKeyError::Encode(error.to_string())
}
