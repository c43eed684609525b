//! Which Ed25519 public keys may be used at all.
//!
//! RFC 8032 lets a verifier take points that nobody gets by making a key: points of small
//! order, under which one signature fits many messages; points with a part of small order, on
//! which verifiers disagree; and second spellings of a point, which would make one key two.
//! All of them are refused before any signature is looked at.

use curve25519_dalek::edwards::CompressedEdwardsY;
use ed25519_dalek::VerifyingKey;

use crate::record::public_key::PublicKey;

/// A public key that passed every check of this file: the only thing that signatures are
/// verified with.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckedKey {
    key: PublicKey,
    point: VerifyingKey,
}

/// What is wrong with the point of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    /// The 32 bytes are no point of the curve (RFC 8032 section 5.1.3).
    #[error("the key is not a point of the curve")]
    NotAPoint,
    /// The bytes are a second spelling of a point: y is not below 2^255-19, or x is 0 and its
    /// sign bit is set.
    #[error("the key is a second spelling of another key")]
    NotCanonical,
    /// The point's order is 1, 2, 4 or 8.
    #[error("the key is weak: its point is of small order")]
    Weak,
    /// The point has a part of small order, so it is in none of the groups that keys are made in.
    #[error("the key is outside the prime-order group")]
    Torsion,
}

impl CheckedKey {
    /// Checks a key. The point is decoded once, here; one check costs about as much as one
    /// verification, so keys are checked once and kept.
    pub fn new(key: &PublicKey) -> Result<CheckedKey, PointError> {
        let point = check_point(key.point())?;
        Ok(CheckedKey { key: key.clone(), point })
    }

    /// The key as it is written.
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    pub(super) fn point(&self) -> &VerifyingKey {
        &self.point
    }
}

fn check_point(bytes: &[u8; 32]) -> Result<VerifyingKey, PointError> {
    let point = CompressedEdwardsY(*bytes).decompress().ok_or(PointError::NotAPoint)?;
    if point.compress().as_bytes() != bytes {
        return Err(PointError::NotCanonical);
    }
    if point.is_small_order() {
        return Err(PointError::Weak);
    }
    if !point.is_torsion_free() {
        return Err(PointError::Torsion);
    }
    Ok(VerifyingKey::from(point))
}

impl std::fmt::Debug for CheckedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.key.fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};

    fn bytes(low: u8, middle: u8, high: u8) -> [u8; 32] {
        let mut bytes = [middle; 32];
        (bytes[0], bytes[31]) = (low, high);
        bytes
    }

    #[test]
    fn each_fault_has_its_name() {
        assert_eq!(check_point(&bytes(2, 0, 0)), Err(PointError::NotAPoint));
        // y = p + 1 is y = 1; y = 1 with the sign bit of x = 0 set.
        assert_eq!(check_point(&bytes(0xee, 0xff, 0x7f)), Err(PointError::NotCanonical));
        assert_eq!(check_point(&bytes(1, 0, 0x80)), Err(PointError::NotCanonical));
        // y = p + 3, a point that is not of small order.
        assert_eq!(check_point(&bytes(0xf0, 0xff, 0x7f)), Err(PointError::NotCanonical));
    }

    #[test]
    fn small_order_and_torsion() {
        for small in EIGHT_TORSION {
            assert_eq!(check_point(small.compress().as_bytes()), Err(PointError::Weak));
        }
        for small in &EIGHT_TORSION[1..] {
            let mixed = ED25519_BASEPOINT_POINT + small;
            assert_eq!(check_point(mixed.compress().as_bytes()), Err(PointError::Torsion));
        }
    }

    #[test]
    fn the_base_point_passes() {
        let base = ED25519_BASEPOINT_POINT.compress().0;
        let key = PublicKey::from_point(base).unwrap();
        assert_eq!(CheckedKey::new(&key).unwrap().point().as_bytes(), &base);
    }
}
