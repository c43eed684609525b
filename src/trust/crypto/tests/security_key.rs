//! A security key in software: what it may sign, and what does not count.

use super::super::check::{CheckError, check};
use super::super::dsse::{self, DsseError};
use super::super::pem;
use super::super::point::CheckedKey;
use super::super::private_key::PrivateKey;
use super::super::signer::{SignError, Signer, sign_payload};
use super::super::sshsig::{RawSignature, SshSignature, SshsigError};
use super::super::text64;
use super::super::verify::Presence;
use super::key;
use crate::record::kind::Kind;
use crate::record::public_key::PublicKey;
use crate::record::signed::{Scheme, Signature};
use sha2::{Digest as _, Sha256};

pub(super) struct SoftKey {
    inner: PrivateKey,
    public: PublicKey,
    flags: u8,
}

impl SoftKey {
    pub(super) fn new(flags: u8) -> SoftKey {
        let inner = key(9);
        let mut wire = Vec::new();
        for field in [&b"sk-ssh-ed25519@openssh.com"[..], inner.public_key().point(), b"ssh:"] {
            wire.extend_from_slice(&(field.len() as u32).to_be_bytes());
            wire.extend_from_slice(field);
        }
        SoftKey { public: PublicKey::from_wire(&wire).unwrap(), inner, flags }
    }
}

impl Signer for SoftKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<RawSignature, SignError> {
        let counter = 258_u32;
        let mut signed = Sha256::digest(b"ssh:").to_vec();
        signed.push(self.flags);
        signed.extend_from_slice(&[0, 0, 1, 2]);
        signed.extend_from_slice(&Sha256::digest(message));
        let presence = Some(Presence { flags: self.flags, counter });
        Ok(RawSignature { presence, ..self.inner.sign(&signed)? })
    }
}

fn stored(signature: &Signature) -> SshSignature {
    SshSignature::parse(&text64::decode(signature.sig.as_bytes()).unwrap()).unwrap()
}

#[test]
fn a_touched_key_signs() {
    for flags in [1, 5] {
        let signer = SoftKey::new(flags);
        let signature = sign_payload(&signer, Scheme::Sshsig, Kind::Attestation, b"payload").unwrap();
        assert_eq!(stored(&signature).public_key(), signer.public_key());
        let key = CheckedKey::new(signer.public_key()).unwrap();
        assert_eq!(check(&signature, &key, Kind::Attestation, b"payload"), Ok(()));
        assert!(check(&signature, &key, Kind::Root, b"payload").is_err());
        assert!(check(&signature, &key, Kind::Attestation, b"Payload").is_err());
    }
}

#[test]
fn an_untouched_key_signs_nothing() {
    for flags in [0, 4] {
        let error = sign_payload(&SoftKey::new(flags), Scheme::Sshsig, Kind::Key, b"payload").unwrap_err();
        assert!(matches!(error, SignError::Faulty(CheckError::Sshsig(SshsigError::NotTouched))), "{error}");
    }
}

#[test]
fn flags_and_counter_are_signed() {
    let signer = SoftKey::new(1);
    let key = CheckedKey::new(signer.public_key()).unwrap();
    let signature = sign_payload(&signer, Scheme::Sshsig, Kind::Key, b"payload").unwrap();
    let blob = stored(&signature).to_bytes();
    for behind in 1..=5 {
        let mut changed = blob.clone();
        // Bit 1 of the flags says nothing that is looked at, so only the signature can refuse it.
        changed[blob.len() - behind] ^= 2;
        let parsed = SshSignature::parse(&changed).unwrap();
        assert!(matches!(parsed.verify(&key, "key.v1@duly", b"payload"), Err(SshsigError::Bad(_))));
    }
}

#[test]
fn a_security_key_is_none_for_dsse() {
    let signer = SoftKey::new(1);
    let error = sign_payload(&signer, Scheme::Dsse, Kind::Key, b"payload").unwrap_err();
    assert!(matches!(error, SignError::Scheme(DsseError::SecurityKey)), "{error}");
    // The point itself may well have signed the right bytes: it does not count.
    let key = CheckedKey::new(signer.public_key()).unwrap();
    let made = signer.inner.sign(&dsse::pae(b"payload")).unwrap().bytes;
    assert_eq!(dsse::verify(&key, b"payload", &made), Err(DsseError::SecurityKey));
    assert_eq!(pem::public_key(signer.public_key()), None);
}

/// Says that it is one kind of key, and signs as the other.
struct Mixed(PublicKey, Option<Presence>);

impl Signer for Mixed {
    fn public_key(&self) -> &PublicKey {
        &self.0
    }

    fn sign(&self, message: &[u8]) -> Result<RawSignature, SignError> {
        Ok(RawSignature { presence: self.1, ..key(9).sign(message)? })
    }
}

#[test]
fn a_signer_of_two_kinds_is_refused() {
    let presence = Some(Presence { flags: 1, counter: 1 });
    let plain = Mixed(key(9).public_key().clone(), presence);
    for scheme in [Scheme::Dsse, Scheme::Sshsig] {
        let error = sign_payload(&plain, scheme, Kind::Key, b"payload").unwrap_err();
        assert!(matches!(error, SignError::Mixed), "{error}");
    }
    let security = Mixed(SoftKey::new(1).public, None);
    let error = sign_payload(&security, Scheme::Sshsig, Kind::Key, b"payload").unwrap_err();
    assert!(matches!(error, SignError::Mixed), "{error}");
}
