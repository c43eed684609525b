//! Public keys in PEM, as `openssl` reads them (RFC 8410 section 4).

use super::text64;
use crate::record::public_key::PublicKey;

/// What stands before the 32 bytes: a SubjectPublicKeyInfo with the algorithm id-Ed25519.
const PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A public key in PEM. None for a security key: its signatures are not plain Ed25519, and
/// `openssl` cannot check them.
pub fn public_key(key: &PublicKey) -> Option<String> {
    if key.application().is_some() {
        return None;
    }
    let code = text64::encode(&[&PREFIX[..], key.point()].concat());
    Some(format!("-----BEGIN PUBLIC KEY-----\n{code}\n-----END PUBLIC KEY-----\n"))
}
