//! Signatures and keys that look almost right.

use super::super::check::{CheckError, check};
use super::super::dsse::{DsseError, PAYLOAD_TYPE, pae, pae_of};
use super::super::point::{CheckedKey, PointError};
use super::super::signer::{Signer as _, sign_payload};
use super::super::sshsig;
use super::super::text64::{self, Base64Error};
use super::super::verify::{BadSignature, SignatureTextError};
use super::{checked, key};
use crate::record::kind::Kind;
use crate::record::node::Spot;
use crate::record::public_key::PublicKey;
use crate::record::signed::{Scheme, Signature};
use curve25519_dalek::Scalar;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::EdwardsPoint;
use sha2::{Digest as _, Sha512};

const PAYLOAD: &[u8] = br#"{"_type":"https://in-toto.io/Statement/v1"}"#;

fn stored(scheme: Scheme, sig: String) -> Signature {
    Signature { scheme, key: key(1).public_key().fingerprint().clone(), sig, spot: Spot::default() }
}

fn verdict(signature: &Signature) -> Result<(), CheckError> {
    check(signature, &checked(1), Kind::Attestation, PAYLOAD)
}

fn dsse(bytes: &[u8]) -> Result<(), CheckError> {
    verdict(&stored(Scheme::Dsse, text64::encode(bytes)))
}

const BAD: Result<(), CheckError> = Err(CheckError::Dsse(DsseError::Bad(BadSignature)));

fn good(scheme: Scheme) -> Signature {
    sign_payload(&key(1), scheme, Kind::Attestation, PAYLOAD).unwrap()
}

#[test]
fn good_ones_are_accepted() {
    assert_eq!(verdict(&good(Scheme::Dsse)), Ok(()));
    assert_eq!(verdict(&good(Scheme::Sshsig)), Ok(()));
    assert_eq!(dsse(&key(1).sign(&pae(PAYLOAD)).unwrap().bytes), Ok(()));
}

#[test]
fn each_signature_is_for_one_kind_payload_and_key() {
    for scheme in [Scheme::Dsse, Scheme::Sshsig] {
        let signature = good(scheme);
        assert!(check(&signature, &checked(1), Kind::Attestation, b"{}").is_err());
        let other = check(&signature, &checked(2), Kind::Attestation, PAYLOAD);
        assert!(matches!(other, Err(CheckError::OtherKey { .. })), "{other:?}");
        let hint = Signature { key: key(2).public_key().fingerprint().clone(), ..signature };
        assert!(matches!(verdict(&hint), Err(CheckError::OtherKey { .. })));
        assert!(check(&hint, &checked(2), Kind::Attestation, PAYLOAD).is_err());
    }
    // DSSE has the kind in its payload; SSHSIG in its namespace too.
    assert!(check(&good(Scheme::Sshsig), &checked(1), Kind::Grant, PAYLOAD).is_err());
}

#[test]
fn one_scheme_is_not_the_other() {
    let swapped = |scheme, other| verdict(&Signature { scheme, ..good(other) });
    assert!(matches!(swapped(Scheme::Dsse, Scheme::Sshsig), Err(CheckError::Text(_))));
    assert!(matches!(swapped(Scheme::Sshsig, Scheme::Dsse), Err(CheckError::Sshsig(_))));
    let over_sshsig = key(1).sign(&sshsig::to_be_signed("attestation.v1@duly", PAYLOAD)).unwrap();
    assert_eq!(dsse(&over_sshsig.bytes), BAD);
}

#[test]
fn other_bytes_than_the_encoding() {
    assert_eq!(dsse(&key(1).sign(PAYLOAD).unwrap().bytes), BAD, "the payload without its encoding");
    for kind in ["application/json", "application/vnd.in-toto+json ", "application/vnd.in-toto", ""] {
        assert_eq!(dsse(&key(1).sign(&pae_of(kind, PAYLOAD)).unwrap().bytes), BAD, "{kind}");
    }
    // A payload that moves the border between the type and itself.
    let moved = format!("DSSEv1 {} {PAYLOAD_TYPE} ", PAYLOAD_TYPE.len());
    assert_eq!(dsse(&key(1).sign(&[moved.as_bytes(), PAYLOAD].concat()).unwrap().bytes), BAD);
}

#[test]
fn base64_has_one_spelling() {
    for scheme in [Scheme::Dsse, Scheme::Sshsig] {
        // Some payload gives a signature with a `+` or a `/` in it. An SSH signature is padded or
        // not by the length of its namespace; that of a key's is.
        let (payload, signature) = (0_u8..=255)
            .map(|n| (vec![n], sign_payload(&key(1), scheme, Kind::Key, &[n]).unwrap()))
            .find(|(_, s)| s.sig.contains(['+', '/']) && s.sig.ends_with('='))
            .unwrap();
        let with = |sig: String| {
            let signature = Signature { sig, ..signature.clone() };
            match check(&signature, &checked(1), Kind::Key, &payload) {
                Err(CheckError::Base64(e) | CheckError::Text(SignatureTextError::Base64(e))) => Some(e),
                Ok(()) => None,
                Err(other) => panic!("{other}"),
            }
        };
        let sig = &signature.sig;
        assert_eq!(with(sig.clone()), None);
        assert_eq!(with(sig.replace('+', "-").replace('/', "_")), Some(Base64Error::UrlSafe));
        assert_eq!(with(sig.trim_end_matches('=').to_owned()), Some(Base64Error::Padding));
        assert_eq!(with(format!("{sig}\n")), Some(Base64Error::Character));
        assert_eq!(with(format!(" {sig}")), Some(Base64Error::Character));
        // The last character's free bits.
        let at = sig.trim_end_matches('=').len() - 1;
        let next = char::from(sig.as_bytes()[at] + 1);
        let respelled = format!("{}{next}{}", &sig[..at], &sig[at + 1..]);
        assert_eq!(with(respelled), Some(Base64Error::TrailingBits));
    }
}

#[test]
fn lengths() {
    let signature = key(1).sign(&pae(PAYLOAD)).unwrap().bytes;
    for wrong in [&signature[..63], &[&signature[..], &[0]].concat(), &[]] {
        let expected = CheckError::Text(SignatureTextError::Length(wrong.len()));
        assert_eq!(dsse(wrong), Err(expected));
    }
}

/// The group's order, little-endian (RFC 8032 section 5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[test]
fn s_is_below_the_order() {
    let mut signature = key(1).sign(&pae(PAYLOAD)).unwrap().bytes;
    let mut carry = 0;
    for (byte, add) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
    assert_eq!(carry, 0);
    assert_eq!(dsse(&signature), BAD);
}

fn hash(parts: &[&[u8]]) -> [u8; 64] {
    Sha512::digest(parts.concat()).into()
}

/// The secret scalar of a seed, and what nonces are made from (RFC 8032 section 5.1.5).
fn expand(seed: [u8; 32]) -> (Scalar, [u8; 32]) {
    let expanded = hash(&[&seed]);
    let mut low: [u8; 32] = expanded[..32].try_into().unwrap();
    (low[0], low[31]) = (low[0] & 248, low[31] & 127 | 64);
    (Scalar::from_bytes_mod_order(low), expanded[32..].try_into().unwrap())
}

/// RFC 8032 section 5.1.6 with a prefix for the hashes: empty for Ed25519, dom2 for the others.
fn sign_with(prefix: &[u8], seed: [u8; 32], point: &EdwardsPoint, message: &[u8]) -> [u8; 64] {
    let r = Scalar::from_bytes_mod_order_wide(&hash(&[prefix, &expand(seed).1, message]));
    sign_with_nonce(r, prefix, seed, point, message)
}

fn sign_with_nonce(
    r: Scalar,
    prefix: &[u8],
    seed: [u8; 32],
    point: &EdwardsPoint,
    message: &[u8],
) -> [u8; 64] {
    let big_r = (ED25519_BASEPOINT_POINT * r).compress();
    let a = point.compress();
    let k = Scalar::from_bytes_mod_order_wide(&hash(&[prefix, big_r.as_bytes(), a.as_bytes(), message]));
    let s = r + k * expand(seed).0;
    [big_r.to_bytes(), s.to_bytes()].concat().try_into().unwrap()
}

/// With the nonce 0, R is the neutral point. The equation holds, and the signature gives the
/// private key away: only the strict check refuses it.
#[test]
fn r_is_not_of_small_order() {
    use ed25519_dalek::Verifier as _;
    let message = pae(PAYLOAD);
    let point = point_of(key(1).public_key().point());
    let signature = sign_with_nonce(Scalar::ZERO, b"", [1; 32], &point, &message);
    let loose = ed25519_dalek::VerifyingKey::from(point);
    assert!(loose.verify(&message, &ed25519_dalek::Signature::from_bytes(&signature)).is_ok());
    assert_eq!(dsse(&signature), BAD);
}

fn dom2(flag: u8, context: &[u8]) -> Vec<u8> {
    [b"SigEd25519 no Ed25519 collisions", &[flag, context.len() as u8][..], context].concat()
}

fn point_of(bytes: &[u8; 32]) -> EdwardsPoint {
    curve25519_dalek::edwards::CompressedEdwardsY(*bytes).decompress().unwrap()
}

#[test]
fn signatures_of_the_other_variants() {
    let point = point_of(key(1).public_key().point());
    let make = |prefix: &[u8], message: &[u8]| sign_with(prefix, [1; 32], &point, message);
    assert_eq!(make(b"", &pae(PAYLOAD)), key(1).sign(&pae(PAYLOAD)).unwrap().bytes, "the helper is wrong");
    let hashed = Sha512::digest(pae(PAYLOAD));
    for context in [&b""[..], b"duly"] {
        assert_eq!(dsse(&make(&dom2(1, context), &hashed)), BAD, "Ed25519ph");
        assert_eq!(dsse(&make(&dom2(0, context), &pae(PAYLOAD))), BAD, "Ed25519ctx");
    }
    assert_eq!(dsse(&make(b"", &hashed)), BAD, "Ed25519 over a hash");
}

/// The test vector of RFC 8032 section 7.3, so that the helper above is known to make what it says.
#[test]
fn the_helper_makes_ed25519ph() {
    let hex = |text: &str| -> Vec<u8> {
        (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
    };
    let seed = hex("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42");
    let expected = hex(concat!(
        "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41",
        "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406"
    ));
    let seed: [u8; 32] = seed.try_into().unwrap();
    let key = super::super::private_key::PrivateKey::from_seed(&seed).unwrap();
    let point = point_of(key.public_key().point());
    assert_eq!(sign_with(&dom2(1, b""), seed, &point, &Sha512::digest(b"abc")).to_vec(), expected);
}

/// Under a key with a part of order 8, the signer can find signatures that verify without the
/// cofactor, so only the check of the key can refuse them.
#[test]
fn a_key_with_torsion_is_refused_though_its_signature_verifies() {
    let mixed = point_of(key(1).public_key().point()) + EIGHT_TORSION[1];
    let found = (0_u8..=255).find_map(|n| {
        let signature = sign_with(b"", [1; 32], &mixed, &[n]);
        let loose = ed25519_dalek::VerifyingKey::from(mixed);
        let signature = ed25519_dalek::Signature::from_bytes(&signature);
        loose.verify_strict(&[n], &signature).ok()
    });
    assert_eq!(found, Some(()), "no message gave a challenge that is a multiple of eight");
    let key = PublicKey::from_point(mixed.compress().to_bytes()).unwrap();
    assert_eq!(CheckedKey::new(&key).unwrap_err(), PointError::Torsion);
}

#[test]
fn weak_and_respelled_keys_are_refused_from_their_lines() {
    let fault = |point| CheckedKey::new(&PublicKey::from_point(point).unwrap()).unwrap_err();
    assert_eq!(fault([0; 32]), PointError::Weak);
    let mut respelled = [0xff; 32];
    (respelled[0], respelled[31]) = (0xed, 0x7f);
    assert_eq!(fault(respelled), PointError::NotCanonical);
    let mut identity = [0; 32];
    identity[0] = 1;
    let line = PublicKey::from_point(identity).unwrap().line().to_owned();
    assert_eq!(CheckedKey::new(&PublicKey::parse(&line).unwrap()).unwrap_err(), PointError::Weak);
}
