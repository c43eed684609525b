//! Private keys do not belong into a repository, in whatever file.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::finding::Finding;
use crate::finding::catalogue::files;
use crate::record::text::visible;
use crate::source::{Entry, Source};

/// Files outside the managed folders are looked at up to this size, in bytes: 4 MiB.
pub const LOOKED_AT: u64 = 4 << 20;

/// Looks into a file outside the managed folders.
pub(super) fn in_file(source: &dyn Source, entry: &Entry) -> Option<Finding> {
    if entry.size > LOOKED_AT {
        return Some(unsought(&entry.path, "is larger than what is read"));
    }
    // What duly does not manage may be unreadable; it is nobody's evidence.
    in_bytes(&entry.path, &source.read(&entry.path).ok()?)
}

/// Looks into the bytes of a file.
pub fn in_bytes(path: &str, bytes: &[u8]) -> Option<Finding> {
    let line = match line_of(bytes) {
        Some(line) => u32::try_from(line + 1).unwrap_or(u32::MAX),
        None if is_archive(bytes) => return Some(unsought(path, "is packed")),
        None => return None,
    };
    let message = format!("{} holds a private key", visible(path));
    let help = "Move it out of the repository, have it revoked, and make a new one with `duly key new`.";
    Some(Finding::new(&files::PRIVATE_KEY, message, help).at(crate::finding::Place::new(path, line, 1)))
}

/// Says that a file was not looked into.
pub fn unsought(path: &str, why: &str) -> Finding {
    let message = format!("{} {why}, and was not searched for private keys", visible(path));
    let help = "See that it holds none, or keep it in another place.";
    Finding::new(&files::KEYS_NOT_SOUGHT, message, help).in_file(path)
}

/// The line, from 0, on which a private key begins.
fn line_of(bytes: &[u8]) -> Option<usize> {
    let text = narrow(bytes);
    let mut lines = text.split(|b| *b == b'\n').peekable();
    let mut at = 0;
    while let Some(line) = lines.next() {
        if is_private_key(line, lines.peek().copied().unwrap_or_default()) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// A text of two bytes a character as one of one byte: what is not ASCII is of no matter here.
fn narrow(bytes: &[u8]) -> Cow<'_, [u8]> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).take(64).filter(|b| **b == 0).count();
    let pairs = bytes.len().min(128) / 2;
    match (bytes, pairs) {
        ([0xff, 0xfe, rest @ ..], _) => Cow::Owned(rest.iter().step_by(2).copied().collect()),
        ([0xfe, 0xff, rest @ ..], _) => Cow::Owned(rest.iter().skip(1).step_by(2).copied().collect()),
        (_, 8..) if zeros(1) * 10 > pairs * 9 => Cow::Owned(bytes.iter().step_by(2).copied().collect()),
        (_, 8..) if zeros(0) * 10 > pairs * 9 => {
            Cow::Owned(bytes.iter().skip(1).step_by(2).copied().collect())
        }
        _ => Cow::Borrowed(bytes),
    }
}

/// Whether a line opens a private key: in PEM form (RFC 7468) or OpenSSH's, PuTTY's, or either in
/// base64; bare, quoted, indented, or as a text of JSON. Source code that only names the opening
/// line does not: a key's own text must follow it, or the line end there.
fn is_private_key(line: &[u8], next: &[u8]) -> bool {
    opens(line, next) || is_putty(line) || in_base64(line)
}

fn opens(line: &[u8], next: &[u8]) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN ";
    const END: &[u8] = b"PRIVATE KEY-----";
    let mut rest = line;
    while let Some(at) = find(rest, BEGIN) {
        let before = &rest[..at];
        let label = &rest[at + BEGIN.len()..];
        let Some(end) = find(&label[..label.len().min(60)], END) else {
            rest = label;
            continue;
        };
        let after = &label[end + END.len()..];
        let bare = before.iter().all(|b| !b.is_ascii_alphanumeric());
        let below = [b" ", next].concat();
        if (closes(after) && (bare || body(&below))) || body(after) {
            return true;
        }
        rest = label;
    }
    false
}

/// Whether nothing but blanks follows: the key's text stands on the next lines.
fn closes(after: &[u8]) -> bool {
    after.trim_ascii().is_empty() || after.trim_ascii() == b"\\"
}

/// Whether the beginning of a key's text follows on the same line, after escaped or real breaks.
fn body(after: &[u8]) -> bool {
    let mut rest = after;
    while let [b'\\', b'n' | b'r', more @ ..] | [b' ' | b'\t' | b'\r', more @ ..] = rest {
        rest = more;
    }
    let is_base64 = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    rest.len() < after.len() && rest.iter().take_while(|b| is_base64(b)).count() >= 16
}

/// The first line of PuTTY's files, which hold the private half.
fn is_putty(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"PuTTY-User-Key-File-") && line.contains(&b':')
}

/// Whether a long word of the line is base64 of a text that opens a key.
fn in_base64(line: &[u8]) -> bool {
    // "-----BEGIN " and "PuTTY-User" begin so, whatever follows.
    [&b"LS0tLS1CRUdJTi"[..], b"UHVUVFktVXNlci"].iter().any(|start| {
        find(line, start).is_some_and(|at| {
            let word: Vec<u8> = line[at..]
                .iter()
                .copied()
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
                .take(80)
                .collect();
            let whole = &word[..word.len() / 4 * 4];
            let text = STANDARD.decode(whole).unwrap_or_default();
            find(&text, b"PRIVATE KEY-----").is_some() || is_putty(&[&text[..], b":"].concat())
        })
    })
}

/// Whether a file is packed, by how it begins.
fn is_archive(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 9] = [
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ\0",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
        b"\x28\xb5\x2f\xfd",
        b"\x04\x22\x4d\x18",
        b"LZIP",
    ];
    STARTS.iter().any(|start| bytes.starts_with(start))
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|w| w == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(bytes: &[u8]) -> Option<(&'static str, u32)> {
        in_bytes("notes.txt", bytes).map(|f| (f.entry.code, f.place.unwrap().line))
    }

    #[test]
    fn private_keys_are_seen_in_any_file() {
        let begin = |kind: &str| format!("x\n  -----BEGIN {kind}PRIVATE KEY-----\r\nAAAA\n");
        for kind in ["OPENSSH ", "", "EC ", "RSA ", "ENCRYPTED "] {
            assert_eq!(line(begin(kind).as_bytes()), Some(("D129", 2)));
        }
        assert!(in_bytes("a", b"-----BEGIN PUBLIC KEY-----\n").is_none());
        assert!(in_bytes("a.rs", b"let x = \"-----BEGIN PRIVATE KEY-----\";\n").is_none());
    }

    #[test]
    fn private_keys_are_seen_in_every_dress() {
        let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n";
        let json = format!("{{\"key\": \"{}\"}}", key.replace('\n', "\\n"));
        let quoted: String = key.lines().map(|l| format!("> > {l}\n")).collect();
        let wide: Vec<u8> = key.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<u8> = key.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let packed = format!("data: {}", STANDARD.encode(key));
        let putty = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n";
        let marked = [&[0xff, 0xfe][..], &wide].concat();
        for text in [json.as_bytes(), quoted.as_bytes(), &wide, &high, &marked, packed.as_bytes()] {
            assert_eq!(line(text), Some(("D129", 1)), "{}", String::from_utf8_lossy(text));
        }
        assert_eq!(line(putty.as_bytes()), Some(("D129", 1)));
        assert_eq!(line(STANDARD.encode(putty).as_bytes()), Some(("D129", 1)));
        let shell = format!("KEY='{key}'");
        assert_eq!(line(shell.as_bytes()), Some(("D129", 1)));
    }

    #[test]
    fn what_is_packed_is_told() {
        assert_eq!(in_bytes("a.zip", b"PK\x03\x04...").unwrap().entry.code, "D147");
        assert_eq!(in_bytes("a.gz", b"\x1f\x8b\x08").unwrap().entry.code, "D147");
        assert!(in_bytes("a.png", b"\x89PNG\r\n").is_none());
    }
}
