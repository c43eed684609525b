//! Private keys in files, against `ssh-keygen`.

use super::super::private_key::{PrivateKey, PrivateKeyError};
use super::super::private_key_file::{KeyFileError, load, refuse_inside, write_new};
use super::super::signer::Signer as _;
use super::{key, run};
use std::io;
use std::path::Path;
use std::process::Command;
use zeroize::Zeroizing;

fn no_question() -> io::Result<Zeroizing<String>> {
    panic!("a passphrase was asked for")
}

fn load_plain(path: &Path) -> Result<PrivateKey, KeyFileError> {
    load(path, &mut no_question)
}

fn load_with(path: &Path, passphrase: &str) -> Result<PrivateKey, KeyFileError> {
    load(path, &mut || Ok(Zeroizing::new(passphrase.to_owned())))
}

fn keygen(path: &Path, kind: &[&str], passphrase: &str) {
    let mut command = Command::new("ssh-keygen");
    run(command.args(["-q", "-C", "", "-N", passphrase, "-f"]).arg(path).arg("-t").args(kind), b"");
}

#[test]
fn ssh_keygen_reads_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (name, passphrase) in [("plain", None), ("secret", Some("correct horse"))] {
        let path = folder.path().join(name);
        write_new(&key(1), &path, "an example", passphrase).unwrap();
        let mut command = Command::new("ssh-keygen");
        let line = run(command.args(["-y", "-P", passphrase.unwrap_or("")]).arg("-f").arg(&path), b"");
        let public = std::fs::read_to_string(path.with_extension("pub")).unwrap();
        assert_eq!(public, format!("{} an example\n", key(1).public_key().line()));
        assert!(public.starts_with(String::from_utf8(line).unwrap().trim_end()));
        let text = std::fs::read(&path).unwrap();
        assert!(text.starts_with(b"-----BEGIN OPENSSH PRIVATE KEY-----\n"));
    }
}

#[test]
fn what_ssh_keygen_writes_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, secret) = (folder.path().join("plain"), folder.path().join("secret"));
    keygen(&plain, &["ed25519"], "");
    keygen(&secret, &["ed25519"], "pass phrase");
    let public = |path: &Path| std::fs::read_to_string(path.with_extension("pub")).unwrap();
    assert_eq!(load_plain(&plain).unwrap().public_key().line(), public(&plain).trim_end());
    let opened = load_with(&secret, "pass phrase").unwrap();
    assert_eq!(opened.public_key().line(), public(&secret).trim_end());
    let wrong = load_with(&secret, "pass phrases").unwrap_err();
    assert!(matches!(wrong, KeyFileError::Key { source: PrivateKeyError::WrongPassphrase, .. }), "{wrong}");
}

#[test]
fn other_keys_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for (name, kind) in [("ecdsa", &["ecdsa"][..]), ("rsa", &["rsa", "-b", "2048"])] {
        for passphrase in ["", "secret"] {
            let path = folder.path().join(format!("{name}{passphrase}"));
            keygen(&path, kind, passphrase);
            let error = load_plain(&path).unwrap_err();
            let other = matches!(&error, KeyFileError::Key { source: PrivateKeyError::OtherType(_), .. });
            assert!(other, "{name}: {error}");
        }
    }
    let path = folder.path().join("other");
    write_new(&key(1), &path, "", None).unwrap();
    std::fs::write(&path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").unwrap();
    let error = load_plain(&path).unwrap_err();
    assert!(matches!(error, KeyFileError::Key { source: PrivateKeyError::NotOpenssh, .. }), "{error}");
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    std::fs::write(path.with_extension("pub"), "mine").unwrap();
    assert!(matches!(write_new(&key(1), &path, "", None), Err(KeyFileError::Exists(_))));
    assert!(!path.exists(), "half of a pair was written");
    std::fs::remove_file(path.with_extension("pub")).unwrap();
    write_new(&key(1), &path, "", None).unwrap();
    assert!(matches!(write_new(&key(2), &path, "", None), Err(KeyFileError::Exists(_))));
    assert_eq!(load_plain(&path).unwrap().public_key(), key(1).public_key());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "something was left behind");
    let empty = write_new(&key(1), &folder.path().join("empty"), "", Some(""));
    assert!(matches!(empty, Err(KeyFileError::Key { source: PrivateKeyError::EmptyPassphrase, .. })));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    write_new(&key(1), &path, "", None).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    for (bits, fine) in [(0o400, true), (0o640, false), (0o604, false), (0o610, false)] {
        std::fs::set_permissions(&path, PermissionsExt::from_mode(bits)).unwrap();
        match load_plain(&path) {
            Ok(_) => assert!(fine, "{bits:o}"),
            Err(KeyFileError::Permissions { mode, .. }) => assert_eq!((fine, mode), (false, bits)),
            Err(other) => panic!("{bits:o}: {other}"),
        }
    }
    assert!(matches!(load_plain(folder.path()), Err(KeyFileError::NotAKeyFile(_))));
    std::fs::write(&path, vec![b'-'; 20_000]).unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    assert!(matches!(load_plain(&path), Err(KeyFileError::NotAKeyFile(_))));
}

#[cfg(unix)]
#[test]
fn no_key_lies_in_a_repository() {
    let folder = tempfile::tempdir().unwrap();
    let (tree, outside) = (folder.path().join("tree"), folder.path().join("outside"));
    std::fs::create_dir_all(tree.join("deep")).unwrap();
    std::fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(tree.join("deep"), outside.join("link")).unwrap();
    let refused = |path: &Path| match refuse_inside(path, &tree) {
        Ok(()) => false,
        Err(KeyFileError::InsideRepository { .. }) => true,
        Err(other) => panic!("{other}"),
    };
    assert!(refused(&tree.join("key")));
    assert!(refused(&tree.join("deep/not/there/key")));
    assert!(refused(&outside.join("link/key")));
    assert!(refused(&outside.join("../tree/key")));
    assert!(!refused(&outside.join("key")));
    assert!(!refused(&outside.join("not/there/key")));
    let upwards = refuse_inside(&outside.join("missing/../../tree/key"), &tree);
    assert!(matches!(upwards, Err(KeyFileError::Io { .. })), "{upwards:?}");
    assert!(!refused(&folder.path().join("tree-2/key")));
}

#[test]
fn new_keys_differ_and_show_nothing() {
    let (one, two) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
    assert_ne!(one.public_key(), two.public_key());
    assert_eq!(format!("{one:?}"), format!("the private key of {}", one.public_key().fingerprint()));
}
