//! The edge cases on which verifiers of Ed25519 disagree, each computed here. A verifier that
//! multiplies by the cofactor and reads every spelling accepts all of them, which is shown first.

use super::vectors::accepted;
use curve25519_dalek::Scalar;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::traits::IsIdentity as _;
use sha2::{Digest as _, Sha512};

const MESSAGE: &[u8] = b"payload";

/// A secret scalar times the base point, plus a point of small order.
#[derive(Clone, Copy)]
struct Mixed {
    scalar: Scalar,
    small: EdwardsPoint,
}

impl Mixed {
    fn new(scalar: u64, small: usize) -> Mixed {
        Mixed { scalar: Scalar::from(scalar), small: EIGHT_TORSION[small] }
    }

    fn bytes(self) -> [u8; 32] {
        (ED25519_BASEPOINT_POINT * self.scalar + self.small).compress().to_bytes()
    }
}

fn challenge(r: &[u8; 32], a: &[u8; 32]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&Sha512::digest([&r[..], a, MESSAGE].concat()).into())
}

/// The signature with R and the key in these spellings: S = r + k·a.
fn signature(key: Mixed, key_bytes: &[u8; 32], nonce: Mixed, r: [u8; 32]) -> [u8; 64] {
    let s = nonce.scalar + challenge(&r, key_bytes) * key.scalar;
    [r, s.to_bytes()].concat().try_into().unwrap()
}

/// 8·S·B = 8·R + 8·k·A, with any spelling of R, A and S.
fn loosely_valid(key: &[u8; 32], signature: &[u8; 64]) -> bool {
    let r: [u8; 32] = signature[..32].try_into().unwrap();
    let s = Scalar::from_bytes_mod_order(signature[32..].try_into().unwrap());
    let point = |bytes| CompressedEdwardsY(bytes).decompress().unwrap();
    let difference = ED25519_BASEPOINT_POINT * s - point(r) - point(*key) * challenge(&r, key);
    difference.mul_by_cofactor().is_identity()
}

#[track_caller]
fn refused(key: &[u8; 32], signature: &[u8; 64], name: &str) {
    assert!(loosely_valid(key, signature), "{name}: not made as it should be");
    assert!(!accepted(key, MESSAGE, signature), "{name}");
}

#[test]
fn the_edge_cases_are_refused() {
    let honest = (Mixed::new(11, 0), Mixed::new(7, 0));
    let made = signature(honest.0, &honest.0.bytes(), honest.1, honest.1.bytes());
    assert!(accepted(&honest.0.bytes(), MESSAGE, &made), "the honest one");
    for (a, r) in [(0, 0), (0, 7), (11, 0), (11, 7)] {
        for (key_small, r_small) in (0..8).flat_map(|k| (0..8).map(move |r| (k, r))) {
            let (key, nonce) = (Mixed::new(a, key_small), Mixed::new(r, r_small));
            if (a, key_small, r_small) == (11, 0, 0) && r == 7 {
                continue;
            }
            let made = signature(key, &key.bytes(), nonce, nonce.bytes());
            refused(&key.bytes(), &made, &format!("A = {a}B + T{key_small}, R = {r}B + T{r_small}"));
        }
    }
}

/// Little-endian addition of 32 bytes; none where the sum needs more.
fn sum(a: [u8; 32], b: [u8; 32]) -> Option<[u8; 32]> {
    let (mut out, mut carry) = ([0; 32], 0);
    for i in 0..32 {
        let digit = u16::from(a[i]) + u16::from(b[i]) + carry;
        (out[i], carry) = (digit as u8, digit >> 8);
    }
    (carry == 0).then_some(out)
}

#[test]
fn an_s_of_the_order_or_more_is_refused() {
    let (key, nonce) = (Mixed::new(11, 0), Mixed::new(7, 0));
    let good = signature(key, &key.bytes(), nonce, nonce.bytes());
    // The order of the group is one more than the greatest scalar.
    let order = sum((-Scalar::ONE).to_bytes(), Scalar::ONE.to_bytes()).unwrap();
    let mut s: [u8; 32] = good[32..].try_into().unwrap();
    let mut tried = 0;
    while let Some(more) = sum(s, order) {
        s = more;
        tried += 1;
        let respelled = [nonce.bytes(), s].concat().try_into().unwrap();
        refused(&key.bytes(), &respelled, &format!("S + {tried}L"));
    }
    assert!(tried >= 14, "{tried}");
}

/// Every second spelling of a point: y + p for y below 19, and a sign on x = 0.
fn respelled_points() -> Vec<[u8; 32]> {
    let mut prime = [0xff; 32];
    (prime[0], prime[31]) = (0xed, 0x7f);
    let digit = |n: u8| std::array::from_fn(|i| if i == 0 { n } else { 0 });
    let mut all: Vec<[u8; 32]> = (0..19).map(|y| sum(prime, digit(y)).unwrap()).collect();
    all.extend([
        digit(1),
        sum(prime, digit(0))
            .map(|mut p| {
                p[0] -= 1;
                p
            })
            .unwrap(),
    ]);
    let signed = all.iter().map(|y| std::array::from_fn(|i| if i == 31 { y[31] | 0x80 } else { y[i] }));
    all = signed.collect::<Vec<_>>().into_iter().chain(all).collect();
    all.retain(|bytes| {
        CompressedEdwardsY(*bytes).decompress().is_some_and(|p| p.compress().as_bytes() != bytes)
    });
    all
}

#[test]
fn respelled_points_are_refused() {
    let all = respelled_points();
    let small = |b: &&[u8; 32]| CompressedEdwardsY(**b).decompress().unwrap().is_small_order();
    let (key, nonce, nothing) = (Mixed::new(11, 0), Mixed::new(7, 0), Mixed::new(0, 0));
    assert!(all.len() > 20 && all.iter().filter(small).count() >= 6, "{}", all.len());
    for spelling in &all {
        // No point of large order has a second spelling whose secret scalar anybody knows: of
        // those the key alone is judged.
        if small(&spelling) {
            let made = signature(nothing, spelling, nonce, nonce.bytes());
            refused(spelling, &made, &format!("A as {spelling:x?}"));
            let made = signature(key, &key.bytes(), nothing, *spelling);
            refused(&key.bytes(), &made, &format!("R as {spelling:x?}"));
        }
        let key = crate::record::public_key::PublicKey::from_point(*spelling).unwrap();
        let fault = super::super::point::CheckedKey::new(&key).unwrap_err();
        assert_eq!(fault, super::super::point::PointError::NotCanonical, "{spelling:x?}");
    }
}
