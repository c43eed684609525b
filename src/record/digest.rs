//! SHA-256 digests, written as 64 lower-case hex digits.

use sha2::Digest as _;

use super::node::Node;
use super::reader::{FromNode, Reader};
use super::scalar::parsed;

/// A SHA-256 digest (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Sha256 {
        Sha256(sha2::Sha256::digest(bytes).into())
    }

    /// The digest whose bytes these are.
    pub fn from_bytes(bytes: [u8; 32]) -> Sha256 {
        Sha256(bytes)
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 lower-case hex digits.
    pub fn parse(text: &str) -> Option<Sha256> {
        if text.len() != 64 {
            return None;
        }
        let mut out = [0; 32];
        for (byte, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Sha256(out))
    }

    /// Reads `sha256:` and 64 lower-case hex digits.
    pub fn parse_prefixed(text: &str) -> Option<Sha256> {
        text.strip_prefix("sha256:").and_then(Sha256::parse)
    }

    /// `sha256:` and the hex digits, as signed records write it.
    pub fn prefixed(&self) -> String {
        format!("sha256:{self}")
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl std::fmt::Display for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0u8; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = HEX[usize::from(byte >> 4)];
            pair[1] = HEX[usize::from(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl std::fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl FromNode for Sha256 {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Sha256> {
        let read = |text: &str| Sha256::parse(text.strip_prefix("sha256:").unwrap_or(text));
        let help = "Write the 64 hex digits that `sha256sum FILE` prints, between double quotes.";
        parsed(node, reader, read, "a sha256 digest", help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fips_180_vectors() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256::of(b"abc").to_string(), abc);
        assert_eq!(Sha256::parse(abc), Some(Sha256::of(b"abc")));
        assert_eq!(Sha256::parse(&abc.to_uppercase()), None);
        assert_eq!(Sha256::parse(&abc[1..]), None);
    }
}
