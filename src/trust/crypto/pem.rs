//! Public keys in PEM, as `openssl` reads them (RFC 8410 section 4).

use super::text64;
use crate::record::public_key::PublicKey;

/// What stands before the 32 bytes: a SubjectPublicKeyInfo with the algorithm id-Ed25519.
const PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// Reads a public key in PEM, as `openssl pkey -pubout` writes it. None for a key of another
/// type, or where anything stands before, behind or between.
pub fn read(text: &str) -> Option<PublicKey> {
    let mut lines = text.trim_end().lines();
    let (BEGIN, code, END, None) = (lines.next()?, lines.next()?, lines.next()?, lines.next()) else {
        return None;
    };
    let bytes = text64::decode(code.as_bytes()).ok()?;
    PublicKey::from_point(bytes.strip_prefix(&PREFIX)?.try_into().ok()?)
}

/// A public key in PEM. None for a security key: its signatures are not plain Ed25519, and
/// `openssl` cannot check them.
pub fn public_key(key: &PublicKey) -> Option<String> {
    if key.application().is_some() {
        return None;
    }
    let code = text64::encode(&[&PREFIX[..], key.point()].concat());
    Some(format!("{BEGIN}\n{code}\n{END}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::crypto::signer::Signer as _;
    use crate::trust::crypto::tests::key;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let text = public_key(key(1).public_key()).unwrap();
        assert_eq!(read(&text).as_ref(), Some(key(1).public_key()));
        assert_eq!(read(text.trim_end()).as_ref(), Some(key(1).public_key()));
        for bad in [
            format!("x\n{text}"),
            format!("{text}x\n"),
            text.replace("PUBLIC", "PRIVATE"),
            text.replace("MCow", "MCox"),
            text.replace("=\n", "\n"),
            String::new(),
        ] {
            assert_eq!(read(&bad), None, "{bad}");
        }
    }
}
