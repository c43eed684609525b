//! Random and damaged bytes: an error, never a panic, and never another reading.

use super::super::armour;
use super::super::check::check;
use super::super::envelope::{self, Envelope};
use super::super::private_key::PrivateKey;
use super::super::signer::Signer as _;
use super::super::sshsig::{SshSignature, sign};
use super::super::text64;
use super::{checked, key};
use crate::record::kind::Kind;
use crate::record::node::Spot;
use crate::record::public_key::PublicKey;
use crate::record::signed::{Scheme, Signature};
use proptest::collection::vec;
use proptest::prelude::*;

/// Bytes with some of them changed, cut out or put in.
fn damaged(whole: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = whole.len();
    vec((0..length, any::<u8>(), 0..3_u8), 1..6).prop_map(move |changes| {
        let mut bytes = whole.clone();
        for (at, byte, what) in changes {
            let at = at.min(bytes.len().saturating_sub(1));
            match what {
                0 => bytes[at] = byte,
                1 if bytes.len() > 1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}

fn a_signature() -> Vec<u8> {
    sign(&key(1), "attestation.v1@duly", b"payload").unwrap().to_bytes()
}

fn an_envelope() -> Vec<u8> {
    envelope::write(b"payload", &[(key(1).public_key().fingerprint().clone(), [7; 64])])
}

fn read_all(bytes: &[u8]) {
    let _ = armour::read(bytes);
    let _ = Envelope::parse(bytes);
    let _ = PublicKey::from_wire(bytes);
    let _ = PrivateKey::from_openssh(bytes, &mut || Err(std::io::ErrorKind::NotFound.into()));
    // What can be read has one spelling.
    if let Ok(parsed) = SshSignature::parse(bytes) {
        assert_eq!(parsed.to_bytes(), bytes);
    }
    if let Ok(decoded) = text64::decode(bytes) {
        assert_eq!(text64::encode(&decoded).as_bytes(), bytes);
    }
}

proptest! {
    #[test]
    fn random_bytes(bytes in vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn random_bytes_behind_a_good_start(bytes in vec(any::<u8>(), 0..300)) {
        read_all(&[b"SSHSIG\0\0\0\x01", &bytes[..]].concat());
        read_all(&[b"{\"payload\":", &bytes[..]].concat());
        read_all(armour::encode(&bytes).as_bytes());
    }

    #[test]
    fn damaged_signatures_do_not_verify(bytes in damaged(a_signature())) {
        read_all(&bytes);
        prop_assume!(bytes != a_signature());
        let verified = SshSignature::parse(&bytes)
            .is_ok_and(|s| s.verify(&checked(1), "attestation.v1@duly", b"payload").is_ok());
        prop_assert!(!verified);
    }

    #[test]
    fn damaged_envelopes(bytes in damaged(an_envelope())) {
        read_all(&bytes);
    }

    #[test]
    fn envelopes_read_back(payload in vec(any::<u8>(), 0..200), sigs in vec(any::<[u8; 32]>(), 1..16)) {
        let id = key(1).public_key().fingerprint().clone();
        let sigs: Vec<[u8; 64]> = sigs.iter().map(|half| [*half, *half].concat().try_into().unwrap()).collect();
        let given: Vec<_> = sigs.iter().map(|sig| (id.clone(), *sig)).collect();
        let read = Envelope::parse(&envelope::write(&payload, &given)).unwrap();
        prop_assert_eq!(read.payload, payload);
        prop_assert_eq!(read.signatures.iter().map(|s| s.signature).collect::<Vec<_>>(), sigs);
    }

    #[test]
    fn any_text_as_a_signature(sig in any::<String>(), dsse in any::<bool>()) {
        let scheme = if dsse { Scheme::Dsse } else { Scheme::Sshsig };
        let key_hint = key(1).public_key().fingerprint().clone();
        let signature = Signature { scheme, key: key_hint, sig, spot: Spot::default() };
        prop_assert!(check(&signature, &checked(1), Kind::Attestation, b"payload").is_err());
    }
}
