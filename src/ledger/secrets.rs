//! Private keys do not belong into a repository, in whatever file.

use crate::finding::Finding;
use crate::finding::catalogue::files;
use crate::record::text::visible;
use crate::source::{Entry, Source};

/// Files outside the managed folders are looked at up to this size, in bytes: 4 MiB.
pub const LOOKED_AT: u64 = 4 << 20;

/// Looks into a file outside the managed folders.
pub(super) fn in_file(source: &dyn Source, entry: &Entry) -> Option<Finding> {
    if entry.size > LOOKED_AT {
        return None;
    }
    // What duly does not manage may be unreadable; it is nobody's evidence.
    in_bytes(&entry.path, &source.read(&entry.path).ok()?)
}

/// Looks into the bytes of a file.
pub fn in_bytes(path: &str, bytes: &[u8]) -> Option<Finding> {
    let line = bytes.split(|b| *b == b'\n').position(is_private_key)?;
    let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
    let message = format!("{} holds a private key", visible(path));
    let help = "Move it out of the repository, have it revoked, and make a new one with `duly key new`.";
    Some(Finding::new(&files::PRIVATE_KEY, message, help).at(crate::finding::Place::new(path, line, 1)))
}

/// Whether a line opens a private key in PEM form (RFC 7468) or OpenSSH's. Source code that
/// names the line in a string does not: the line must start with the dashes.
fn is_private_key(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"-----BEGIN ") && line.ends_with(b"PRIVATE KEY-----") && line.len() < 80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_keys_are_seen_in_any_file() {
        let begin = |kind: &str| format!("x\n  -----BEGIN {kind}PRIVATE KEY-----\r\nAAAA\n");
        for kind in ["OPENSSH ", "", "EC ", "RSA ", "ENCRYPTED "] {
            let finding = in_bytes("notes.txt", begin(kind).as_bytes()).unwrap();
            assert_eq!((finding.entry.code, finding.place.unwrap().line), ("D129", 2));
        }
        assert!(in_bytes("a", b"-----BEGIN PUBLIC KEY-----\n").is_none());
        assert!(in_bytes("a.rs", b"let x = \"-----BEGIN PRIVATE KEY-----\";\n").is_none());
    }
}
