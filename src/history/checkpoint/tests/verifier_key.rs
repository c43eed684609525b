use super::super::tests::vectors::{ARCHE_KEY, C2SP_KEY, GO_KEY, NEUMANN_KEY, WITNESSES};
use super::super::tests::{key, known};
use super::*;
use crate::trust::crypto::signer::Signer as _;

#[test]
fn keys_of_others_are_read_and_written() {
    for line in [C2SP_KEY, GO_KEY, NEUMANN_KEY, ARCHE_KEY].iter().chain(&WITNESSES) {
        let key = VerifierKey::parse(line).unwrap();
        assert_eq!(key.to_string(), *line);
        assert_eq!(key.kind() == SignatureType::CosignatureV1, WITNESSES.contains(line));
    }
    let key = VerifierKey::parse(C2SP_KEY).unwrap();
    assert_eq!((key.name(), key.id()), ("example.com/foo", [0x53, 0x0d, 0x90, 0x3a]));
}

#[test]
fn no_part_and_no_changed_byte_of_a_key_is_one() {
    for start in 0..C2SP_KEY.len() {
        for end in start..=C2SP_KEY.len() {
            let whole = (start, end) == (0, C2SP_KEY.len());
            assert_eq!(VerifierKey::parse(&C2SP_KEY[start..end]).is_ok(), whole, "{start}..{end}");
        }
    }
    for at in 0..C2SP_KEY.len() {
        for byte in 0..128 {
            let mut changed = C2SP_KEY.as_bytes().to_vec();
            changed[at] = byte;
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(VerifierKey::parse(&changed).is_ok(), changed == C2SP_KEY, "{changed:?}");
        }
    }
}

#[test]
fn each_fault_has_its_name() {
    let public = key(1);
    let public = public.public_key();
    let new = |name: &str| VerifierKey::new(name, SignatureType::Ed25519, public);
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{7f}b", "\u{3000}"] {
        assert_eq!(new(name), Err(VerifierKeyError::Name(name.to_owned())), "{name:?}");
    }
    assert_eq!(VerifierKey::parse("a+b"), Err(VerifierKeyError::Form));
    // The two keys that Go's package refuses: 35 bytes, and type 0x65, each with its right digits.
    assert_eq!(
        VerifierKey::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="),
        Err(VerifierKeyError::Form)
    );
    assert_eq!(
        VerifierKey::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
        Err(VerifierKeyError::Type { name: "PeterNeumann".to_owned(), kind: 0x65 })
    );
    let weak = PublicKey::from_point([0; 32]).unwrap();
    assert_eq!(VerifierKey::new("a", SignatureType::Ed25519, &weak), Err(PointError::Weak.into()));
}

#[test]
fn the_same_key_for_two_purposes_is_two_keys() {
    let log = known(1, "a", SignatureType::Ed25519);
    let witness = known(1, "a", SignatureType::CosignatureV1);
    assert_ne!(log.id(), witness.id());
    assert_eq!(VerifierKey::parse(&witness.to_string()), Ok(witness));
}
