//! Programs that nobody here wrote make what is read and check what is made: `ssh-keygen` and
//! `openssl`. They are part of the test, so a machine without them fails it.

use super::super::check::check;
use super::super::dsse::pae;
use super::super::point::CheckedKey;
use super::super::private_key_file::{load, write_new};
use super::super::signer::{Signer as _, sign_payload};
use super::super::text64;
use super::super::{armour, pem};
use super::{checked, key, run, try_run};
use crate::record::kind::Kind;
use crate::record::node::Spot;
use crate::record::public_key::PublicKey;
use crate::record::signed::{Scheme, Signature};
use std::path::Path;
use std::process::Command;

const PAYLOAD: &[u8] = "{\"_type\":\"é\u{1f602}\"}".as_bytes();

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn ssh_keygen_signs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    write_new(&key(1), &path, "", None).unwrap();
    let sign = |namespace: &str, hash: &str| {
        let mut command = Command::new("ssh-keygen");
        command.args(["-Y", "sign", "-n", namespace, "-O", hash, "-f"]).arg(&path);
        let made = armour::read(&run(&mut command, PAYLOAD)).map_err(|e| e.to_string())?;
        let signature = Signature {
            scheme: Scheme::Sshsig,
            key: made.public_key().fingerprint().clone(),
            sig: text64::encode(&made.to_bytes()),
            spot: Spot::default(),
        };
        check(&signature, &checked(1), Kind::Attestation, PAYLOAD).map_err(|e| e.to_string())?;
        Ok::<_, String>(signature)
    };
    let ours = sign_payload(&key(1), Scheme::Sshsig, Kind::Attestation, PAYLOAD).unwrap();
    assert_eq!(sign("attestation.v1@duly", "hashalg=sha512"), Ok(ours));
    assert!(sign("attestation.v1@duly", "hashalg=sha256").unwrap_err().contains("sha256"));
    assert!(sign("root.v1@duly", "hashalg=sha512").unwrap_err().contains("namespace"));
    assert!(sign("git", "hashalg=sha512").unwrap_err().contains("namespace"));
}

#[test]
fn ssh_keygen_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let signature = sign_payload(&key(1), Scheme::Sshsig, Kind::Attestation, PAYLOAD).unwrap();
    let text = armour::encode(&text64::decode(signature.sig.as_bytes()).unwrap());
    let file = write(folder.path(), "payload.sig", text);
    let line = format!("w-0042 namespaces=\"attestation.v1@duly\" {}\n", key(1).public_key().line());
    let allowed = write(folder.path(), "allowed_signers", line);
    let verify = |namespace: &str, payload: &[u8]| {
        let mut command = Command::new("ssh-keygen");
        command.args(["-Y", "verify", "-I", "w-0042", "-n", namespace]);
        try_run(command.arg("-f").arg(&allowed).arg("-s").arg(&file), payload)
    };
    let (said, fine) = verify("attestation.v1@duly", PAYLOAD);
    assert!(fine, "{}", String::from_utf8_lossy(&said));
    assert!(String::from_utf8(said).unwrap().contains(key(1).public_key().fingerprint().as_str()));
    assert!(!verify("attestation.v1@duly", b"{}").1);
    assert!(!verify("root.v1@duly", PAYLOAD).1);
}

#[test]
fn openssl_signs() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.pem");
    run(Command::new("openssl").args(["genpkey", "-algorithm", "ed25519", "-out"]).arg(&secret), b"");
    let mut command = Command::new("openssl");
    let der = run(command.args(["pkey", "-pubout", "-outform", "DER", "-in"]).arg(&secret), b"");
    let point: [u8; 32] = der[der.len() - 32..].try_into().unwrap();
    let public = PublicKey::from_point(point).unwrap();
    let mut command = Command::new("openssl");
    let text = run(command.args(["pkey", "-pubout", "-in"]).arg(&secret), b"");
    assert_eq!(pem::public_key(&public).unwrap().as_bytes(), text);

    let encoded = write(folder.path(), "pae", pae(PAYLOAD));
    let mut command = Command::new("openssl");
    command.args(["pkeyutl", "-sign", "-rawin", "-inkey"]).arg(&secret).arg("-in").arg(&encoded);
    let signature = Signature {
        scheme: Scheme::Dsse,
        key: public.fingerprint().clone(),
        sig: text64::encode(&run(&mut command, b"")),
        spot: Spot::default(),
    };
    let key = CheckedKey::new(&public).unwrap();
    assert_eq!(check(&signature, &key, Kind::Attestation, PAYLOAD), Ok(()));
    assert!(check(&signature, &key, Kind::Attestation, b"{}").is_err());
}

#[test]
fn openssl_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let signature = sign_payload(&key(1), Scheme::Dsse, Kind::Attestation, PAYLOAD).unwrap();
    let public = write(folder.path(), "key.pem", pem::public_key(key(1).public_key()).unwrap());
    let sig = write(folder.path(), "sig", text64::decode(signature.sig.as_bytes()).unwrap());
    let verify = |bytes: &[u8]| {
        let file = write(folder.path(), "bytes", bytes);
        let mut command = Command::new("openssl");
        command.args(["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey"]).arg(&public);
        try_run(command.arg("-sigfile").arg(&sig).arg("-in").arg(&file), b"").1
    };
    assert!(verify(&pae(PAYLOAD)));
    assert!(!verify(PAYLOAD));
}

#[test]
fn a_key_of_ssh_keygen_signs_what_it_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let mut command = Command::new("ssh-keygen");
    run(command.args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"]).arg(&path), b"");
    let loaded = load(&path, &mut || panic!("no passphrase is needed")).unwrap();
    let signature = sign_payload(&loaded, Scheme::Sshsig, Kind::Key, PAYLOAD).unwrap();
    let text = armour::encode(&text64::decode(signature.sig.as_bytes()).unwrap());
    let file = write(folder.path(), "sig", text);
    let mut command = Command::new("ssh-keygen");
    let said = run(command.args(["-Y", "check-novalidate", "-n", "key.v1@duly", "-s"]).arg(&file), PAYLOAD);
    assert!(String::from_utf8(said).unwrap().contains(loaded.public_key().fingerprint().as_str()));
}
