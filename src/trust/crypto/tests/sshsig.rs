//! SSHSIG: signatures of OpenSSH, and each thing that must be refused.

use super::super::armour::{self, encode};
use super::super::point::CheckedKey;
use super::super::private_key::PrivateKey;
use super::super::signer::Signer as _;
use super::super::sshsig::{SSHSIG_MAX, SshSignature, SshsigError, to_be_signed};
use super::super::verify::BadSignature;
use super::security_key::SoftKey;
use super::{checked, key, run};
use crate::record::public_key::PublicKey;
use sha2::{Digest as _, Sha256, Sha512};
use std::path::Path;
use std::process::Command;

struct Vector {
    key: CheckedKey,
    armoured: Vec<u8>,
}

const NAMESPACE: &str = "unittest";

/// A key and a signature by OpenSSH itself.
fn by_openssh(folder: &Path) -> Vector {
    let path = folder.join("key");
    run(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&path), b"");
    let mut sign = Command::new("ssh-keygen");
    let armoured = run(sign.args(["-Y", "sign", "-q", "-n", NAMESPACE, "-f"]).arg(&path), MESSAGE);
    let line = std::fs::read_to_string(path.with_extension("pub")).unwrap();
    Vector { key: CheckedKey::new(&PublicKey::parse(&line).unwrap()).unwrap(), armoured }
}

/// A signature by a security key. OpenSSH makes none without the device, and checks it without.
fn by_security_key(folder: &Path) -> Vector {
    let signer = SoftKey::new(1);
    let signature = super::super::sshsig::sign(&signer, NAMESPACE, MESSAGE).unwrap();
    let armoured = encode(&signature.to_bytes()).into_bytes();
    let file = folder.join("security-key.sig");
    std::fs::write(&file, &armoured).unwrap();
    let mut check = Command::new("ssh-keygen");
    run(check.args(["-Y", "check-novalidate", "-n", NAMESPACE, "-s"]).arg(&file), MESSAGE);
    Vector { key: CheckedKey::new(signer.public_key()).unwrap(), armoured }
}

fn both() -> [(&'static str, Vector); 2] {
    let folder = tempfile::tempdir().unwrap();
    [("ed25519", by_openssh(folder.path())), ("ed25519_sk", by_security_key(folder.path()))]
}

#[test]
fn signatures_of_openssh_verify() {
    for (name, Vector { key, armoured }) in both() {
        let blob = armour::decode(&armoured).unwrap();
        let parsed = armour::read(&armoured).unwrap();
        assert_eq!(parsed, SshSignature::parse(&blob).unwrap());
        assert_eq!(parsed.verify(&key, NAMESPACE, MESSAGE), Ok(()), "{name}");
        assert_eq!(parsed.to_bytes(), blob);
        assert_eq!(encode(&blob).as_bytes(), armoured);
        let other = parsed.verify(&key, "unittes", MESSAGE);
        assert!(matches!(other, Err(SshsigError::Namespace { .. })), "{other:?}");
        assert_eq!(parsed.verify(&key, NAMESPACE, b"other"), Err(SshsigError::Bad(BadSignature)));
    }
}

#[test]
fn no_bit_of_them_can_be_flipped() {
    for (name, Vector { key, armoured }) in both() {
        let verifies = |file: &[u8]| {
            armour::read(file).is_ok_and(|parsed| parsed.verify(&key, NAMESPACE, MESSAGE).is_ok())
        };
        assert!(verifies(&armoured), "{name}");
        let blob = armour::decode(&armoured).unwrap();
        let parsed = |blob: &[u8]| {
            SshSignature::parse(blob).is_ok_and(|parsed| parsed.verify(&key, NAMESPACE, MESSAGE).is_ok())
        };
        assert!(parsed(&blob), "{name}");
        every_flip(&blob, |flipped| !parsed(flipped), name);
        every_flip(&armoured, |flipped| !verifies(flipped), name);
    }
}

/// Flips each bit by itself.
fn every_flip(whole: &[u8], refused: impl Fn(&[u8]) -> bool, name: &str) {
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(refused(&flipped), "{name}: bit {bit}");
    }
}

/// A signature as a hostile or careless program might make it: every field free, and signed
/// over what `signed` says.
struct Forge {
    version: u32,
    key: Vec<u8>,
    namespace: &'static [u8],
    reserved: &'static [u8],
    hash: &'static [u8],
    signature_type: &'static [u8],
    signature_tail: &'static [u8],
    tail: &'static [u8],
    signed: Vec<u8>,
}

const SPACE: &str = "attestation.v1@duly";
const MESSAGE: &[u8] = b"payload";

fn string(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u32).to_be_bytes()[..], bytes].concat()
}

/// What is signed, by hand (PROTOCOL.sshsig, section 3).
fn signed(namespace: &[u8], reserved: &[u8], hash: &[u8], digest: &[u8]) -> Vec<u8> {
    [b"SSHSIG".to_vec(), string(namespace), string(reserved), string(hash), string(digest)].concat()
}

fn honest() -> Forge {
    Forge {
        version: 1,
        key: key(1).public_key().wire().to_vec(),
        namespace: SPACE.as_bytes(),
        reserved: b"",
        hash: b"sha512",
        signature_type: b"ssh-ed25519",
        signature_tail: b"",
        tail: b"",
        signed: signed(SPACE.as_bytes(), b"", b"sha512", &Sha512::digest(MESSAGE)),
    }
}

impl Forge {
    fn blob(&self, signer: &PrivateKey) -> Vec<u8> {
        let signature = signer.sign(&self.signed).unwrap().bytes;
        let inner = [string(self.signature_type), string(&signature), self.signature_tail.to_vec()].concat();
        [
            b"SSHSIG".to_vec(),
            self.version.to_be_bytes().to_vec(),
            string(&self.key),
            string(self.namespace),
            string(self.reserved),
            string(self.hash),
            string(&inner),
            self.tail.to_vec(),
        ]
        .concat()
    }

    fn verdict(&self) -> Result<(), SshsigError> {
        SshSignature::parse(&self.blob(&key(1)))?.verify(&checked(1), SPACE, MESSAGE)
    }
}

#[test]
fn the_honest_one_is_accepted() {
    assert_eq!(honest().verdict(), Ok(()));
    assert_eq!(to_be_signed(SPACE, MESSAGE), honest().signed);
    let ours = super::super::sshsig::sign(&key(1), SPACE, MESSAGE).unwrap();
    assert_eq!(ours.to_bytes(), honest().blob(&key(1)));
}

#[test]
fn versions_and_magic() {
    for version in [0, 2] {
        assert_eq!(Forge { version, ..honest() }.verdict(), Err(SshsigError::Version(version)));
    }
    let mut blob = honest().blob(&key(1));
    blob[5] = b'g';
    assert_eq!(SshSignature::parse(&blob), Err(SshsigError::Magic));
    assert_eq!(SshSignature::parse(b"SSH"), Err(SshsigError::Magic));
    assert_eq!(SshSignature::parse(&vec![0; SSHSIG_MAX + 1]), Err(SshsigError::TooLong(SSHSIG_MAX + 1)));
}

#[test]
fn the_reserved_field_is_empty_signed_or_not() {
    let with = signed(SPACE.as_bytes(), b"x", b"sha512", &Sha512::digest(MESSAGE));
    assert_eq!(Forge { reserved: b"x", signed: with, ..honest() }.verdict(), Err(SshsigError::Reserved));
    assert_eq!(Forge { reserved: b"x", ..honest() }.verdict(), Err(SshsigError::Reserved));
}

#[test]
fn other_hashes() {
    let with = signed(SPACE.as_bytes(), b"", b"sha256", &Sha256::digest(MESSAGE));
    let sha256 = Forge { hash: b"sha256", signed: with, ..honest() };
    assert_eq!(sha256.verdict(), Err(SshsigError::Hash("sha256".into())));
    let sha1 = Forge { hash: b"sha1", ..honest() };
    assert_eq!(sha1.verdict(), Err(SshsigError::Hash("sha1".into())));
    // Says SHA-512 and signed SHA-256.
    let with = signed(SPACE.as_bytes(), b"", b"sha512", &Sha256::digest(MESSAGE));
    assert_eq!(Forge { signed: with, ..honest() }.verdict(), Err(BadSignature.into()));
}

#[test]
fn other_namespaces() {
    for other in ["git", "file", "root.v1@duly", "attestation.v2@duly", "attestation.v1@duly ", ""] {
        let with = signed(other.as_bytes(), b"", b"sha512", &Sha512::digest(MESSAGE));
        let forged = Forge { namespace: other.as_bytes(), signed: with.clone(), ..honest() };
        let expected = SshsigError::Namespace { found: other.into(), expected: SPACE.into() };
        assert_eq!(forged.verdict(), Err(expected), "{other}");
        // Says the right namespace and signed for the other.
        assert_eq!(Forge { signed: with, ..honest() }.verdict(), Err(BadSignature.into()), "{other}");
    }
    assert_eq!(Forge { namespace: b"\xff", ..honest() }.verdict(), Err(SshsigError::NamespaceText));
}

#[test]
fn no_byte_behind_and_none_missing() {
    assert_eq!(Forge { tail: b"\0", ..honest() }.verdict(), Err(SshsigError::Trailing(1)));
    assert_eq!(Forge { signature_tail: b"\0", ..honest() }.verdict(), Err(SshsigError::SignatureTrailing(1)));
    let blob = honest().blob(&key(1));
    for length in 0..blob.len() {
        assert!(SshSignature::parse(&blob[..length]).is_err(), "{length} bytes");
    }
    let wire = [key(1).public_key().wire(), b"\0"].concat();
    assert_eq!(Forge { key: wire, ..honest() }.verdict(), Err(SshsigError::Key));
}

#[test]
fn key_and_signature_are_of_one_type() {
    let sk: &[u8] = b"sk-ssh-ed25519@openssh.com";
    let apart = Forge { signature_type: sk, signature_tail: b"\x01\0\0\0\x01", ..honest() };
    assert!(matches!(apart.verdict(), Err(SshsigError::SignatureType { key: "ssh-ed25519", .. })));
    let sk_key = [string(sk), string(key(1).public_key().point()), string(b"ssh:")].concat();
    let apart = Forge { key: sk_key, ..honest() };
    let expected =
        SshsigError::SignatureType { key: "sk-ssh-ed25519@openssh.com", signature: "ssh-ed25519".into() };
    assert_eq!(apart.verdict(), Err(expected));
    let rsa = [string(b"ssh-rsa"), string(b"\x03"), string(b"\x05")].concat();
    assert_eq!(Forge { key: rsa, ..honest() }.verdict(), Err(SshsigError::KeyType("ssh-rsa".into())));
    let short = [string(b"ssh-ed25519"), string(&[1; 31])].concat();
    assert_eq!(Forge { key: short, ..honest() }.verdict(), Err(SshsigError::Key));
}

#[test]
fn the_key_inside_is_the_key_that_was_asked_for() {
    let other = key(2).public_key().clone();
    let forged = Forge { key: other.wire().to_vec(), ..honest() };
    assert_eq!(forged.verdict(), Err(SshsigError::OtherKey(other.fingerprint().to_string())));
    // Names the right key and is by another.
    let parsed = SshSignature::parse(&honest().blob(&key(2))).unwrap();
    assert_eq!(parsed.verify(&checked(1), SPACE, MESSAGE), Err(BadSignature.into()));
}
