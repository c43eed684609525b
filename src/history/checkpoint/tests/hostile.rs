//! A signed note of which one byte is another.

use super::super::cosignature::cosign;
use super::super::note::Note;
use super::super::open::open;
use super::super::sign::sign;
use super::*;

/// No changed byte shows anybody another text or another time as verified. Whether a note is
/// refused or only its witness is no longer known depends on where the byte is.
#[test]
fn no_changed_byte_is_verified() {
    let note = sign(&checkpoint(5), ORIGIN, &key(1)).unwrap();
    let note = cosign(note, "auditor.example/w", 1_700_000_000, &key(3)).unwrap();
    let keys = [
        known(1, ORIGIN, SignatureType::Ed25519),
        known(3, "auditor.example/w", SignatureType::CosignatureV1),
    ];
    let bytes = note.to_string().into_bytes();
    let (mut read, mut opened) = (0, 0);
    for at in 0..bytes.len() {
        for byte in (0..=255).filter(|byte| *byte != bytes[at]) {
            let mut changed = bytes.clone();
            changed[at] = byte;
            let Ok(other) = Note::parse(&changed) else { continue };
            read += 1;
            let Ok(verified) = other.verify(&keys) else { continue };
            assert_eq!(verified.text, note.unverified_text(), "byte {at} as {byte}");
            // One of the two lines is not that of a known key any more.
            assert_eq!((verified.good.len(), verified.unchecked.len()), (1, 1), "byte {at} as {byte}");
            if let Ok(other) = open(&changed, ORIGIN, &keys) {
                opened += 1;
                assert_eq!(other.checkpoint, checkpoint(5), "byte {at} as {byte}");
                assert!(other.witnesses.is_empty(), "byte {at} as {byte}");
            }
        }
    }
    assert!(read > 10_000 && opened > 1_000, "{read} read, {opened} opened");
}

/// Nor does a byte that is left out or put in.
#[test]
fn no_byte_more_or_less_is_verified() {
    let note = sign(&checkpoint(5), ORIGIN, &key(1)).unwrap();
    let keys = [known(1, ORIGIN, SignatureType::Ed25519)];
    let bytes = note.to_string().into_bytes();
    assert!(open(&bytes, ORIGIN, &keys).is_ok());
    for at in 0..=bytes.len() {
        let (before, behind) = bytes.split_at(at);
        for byte in 0..=255 {
            let more = [before, &[byte], behind].concat();
            assert!(open(&more, ORIGIN, &keys).is_err(), "{byte} before byte {at}");
        }
        let less = [before, behind.get(1..).unwrap_or_default()].concat();
        assert_eq!(open(&less, ORIGIN, &keys).is_ok(), at == bytes.len(), "without byte {at}");
        assert_eq!(open(before, ORIGIN, &keys).is_ok(), at == bytes.len(), "cut at {at}");
    }
}
