//! Public keys in OpenSSH's form, and their fingerprints.

use ssh_key::HashAlg;
use ssh_key::public::KeyData;

use super::digest::Sha256;
use super::node::Node;
use super::reader::{FromNode, Reader};
use super::scalar::parsed;

/// An Ed25519 public key as one line of OpenSSH's form, without a comment:
/// `ssh-ed25519 AAAA…` or `sk-ssh-ed25519@openssh.com AAAA…` for a security key.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicKey {
    line: String,
    point: [u8; 32],
    application: Option<String>,
    fingerprint: Fingerprint,
    wire: Box<[u8]>,
}

/// OpenSSH's fingerprint of a public key: `SHA256:` and 43 characters of base64. Every
/// signature names one, so it lies in place.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 50]);

impl PublicKey {
    /// Reads one line; a comment behind the key is dropped. None where the line is not an
    /// Ed25519 key exactly as OpenSSH writes it. Whether the point is a good one is judged by
    /// [`trust`](crate::trust).
    pub fn parse(line: &str) -> Option<PublicKey> {
        let line = line.trim();
        let key = PublicKey::of(ssh_key::PublicKey::from_openssh(line).ok()?)?;
        line.split_ascii_whitespace().take(2).eq(key.line.split(' ')).then_some(key)
    }

    /// Reads a key in SSH's wire form (RFC 8709 section 4; for security keys OpenSSH's
    /// PROTOCOL.u2f), with nothing before or behind it.
    pub fn from_wire(wire: &[u8]) -> Option<PublicKey> {
        let key = PublicKey::of(ssh_key::PublicKey::from_bytes(wire).ok()?)?;
        (*key.wire == *wire).then_some(key)
    }

    /// The ordinary key of these 32 bytes (RFC 8032 section 5.1.2).
    pub fn from_point(point: [u8; 32]) -> Option<PublicKey> {
        PublicKey::of(ssh_key::PublicKey::from(ssh_key::public::Ed25519PublicKey(point)))
    }

    fn of(mut key: ssh_key::PublicKey) -> Option<PublicKey> {
        key.set_comment("");
        let (point, application) = match key.key_data() {
            KeyData::Ed25519(key) => (key.0, None),
            KeyData::SkEd25519(key) => (key.public_key().0, Some(key.application().to_owned())),
            _ => return None,
        };
        Some(PublicKey {
            line: key.to_openssh().ok()?,
            point,
            application,
            fingerprint: Fingerprint::parse(&key.fingerprint(HashAlg::Sha256).to_string())?,
            wire: key.to_bytes().ok()?.into(),
        })
    }

    /// The line of OpenSSH's form, without a comment.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The 32 bytes of the Ed25519 key.
    pub fn point(&self) -> &[u8; 32] {
        &self.point
    }

    /// The application of a security key; none for an ordinary key.
    pub fn application(&self) -> Option<&str> {
        self.application.as_deref()
    }

    /// The fingerprint.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// The key in SSH's wire form.
    pub fn wire(&self) -> &[u8] {
        &self.wire
    }

    /// sha256 of the key's SSH wire form.
    pub fn blob_digest(&self) -> Sha256 {
        Sha256::of(&self.wire)
    }
}

impl Fingerprint {
    /// Reads a fingerprint as OpenSSH prints it.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let code = text.strip_prefix("SHA256:")?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'+' || b == b'/';
        // 43 characters are two bits more than 32 bytes; others than 0 would be a second spelling.
        let ends = code.bytes().last().is_some_and(|b| b"AEIMQUYcgkosw048".contains(&b));
        let good = code.bytes().all(plain) && ends;
        text.as_bytes().try_into().ok().filter(|_| good).map(Fingerprint)
    }

    /// The digest that the fingerprint is the base64 of: sha256 of the key's SSH wire form.
    pub fn digest(&self) -> Sha256 {
        use base64::Engine as _;
        let code = self.as_str().strip_prefix("SHA256:").unwrap_or_default();
        let bytes = base64::engine::general_purpose::STANDARD_NO_PAD.decode(code).unwrap_or_default();
        Sha256::from_bytes(bytes.try_into().unwrap_or_default())
    }

    /// The text, with its `SHA256:`.
    pub fn as_str(&self) -> &str {
        // It was read from text, so it is text.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.line)
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.fingerprint)
    }
}

impl FromNode for PublicKey {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<PublicKey> {
        let exact = |text: &str| PublicKey::parse(text).filter(|key| key.line() == text);
        let help = "Copy the first two words of the `.pub` file; the key must be of type ssh-ed25519.";
        parsed(node, reader, exact, "an Ed25519 public key", help)
    }
}

impl FromNode for Fingerprint {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Fingerprint> {
        let help = "Copy it as `duly key list` or `ssh-keygen -l` print it.";
        parsed(node, reader, Fingerprint::parse, "a key's fingerprint", help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    /// An ordinary key in wire form, with so many bytes behind it.
    fn wire(behind: usize) -> Vec<u8> {
        [&b"\0\0\0\x0bssh-ed25519\0\0\0\x20"[..], &[7; 32], &vec![0; behind]].concat()
    }

    #[test]
    fn the_line_and_the_wire_form_are_one_key() {
        let line = format!("ssh-ed25519 {}", STANDARD.encode(wire(0)));
        let key = PublicKey::parse(&format!("{line} someone@example.com\n")).unwrap();
        assert_eq!((key.line(), key.point(), key.application()), (line.as_str(), &[7; 32], None));
        assert_eq!((key.wire(), key.blob_digest()), (&wire(0)[..], Sha256::of(&wire(0))));
        assert_eq!(PublicKey::from_wire(&wire(0)), Some(key.clone()));
        assert_eq!(PublicKey::from_point([7; 32]), Some(key.clone()));
        let code = STANDARD.encode(Sha256::of(&wire(0)).bytes());
        assert_eq!(key.fingerprint().as_str(), format!("SHA256:{}", code.trim_end_matches('=')));
        assert_eq!(key.fingerprint().digest(), key.blob_digest());
        assert_eq!(Fingerprint::parse(key.fingerprint().as_str()), Some(key.fingerprint().clone()));
        assert_eq!(Fingerprint::parse(&format!("SHA256:{}B", "A".repeat(42))), None);
    }

    #[test]
    fn nothing_hides_behind_a_key() {
        for behind in [1, 2, 3, 4] {
            assert_eq!(PublicKey::from_wire(&wire(behind)), None);
            assert_eq!(PublicKey::parse(&format!("ssh-ed25519 {}", STANDARD.encode(wire(behind)))), None);
        }
        assert_eq!(PublicKey::from_wire(&wire(0)[..50]), None);
        let code = STANDARD.encode(wire(0));
        assert_eq!(PublicKey::parse(&format!("sk-ssh-ed25519@openssh.com {code}")), None);
        assert_eq!(PublicKey::parse(&format!("restrict ssh-ed25519 {code}")), None);
    }
}
