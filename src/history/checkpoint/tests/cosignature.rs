use super::super::tests::vectors::{NEUMANN_TEXT, SOFA};
use super::super::tests::{key, known};
use super::super::verified::VerifyError;
use super::*;

/// The message in C2SP `tlog-cosignature`, section "Ed25519 signed message".
#[test]
fn the_message_of_the_document() {
    let note = Note::parse(SOFA.as_bytes()).unwrap();
    let (time, signature) = decode(&note.signatures()[1].bytes).unwrap();
    let expected = "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n\
         CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    assert_eq!(message(time, note.unverified_text()), expected.as_bytes());
    assert_eq!(encode(time, &signature).as_ref(), Some(&note.signatures()[1].bytes));
}

#[test]
fn a_time_is_below_two_to_the_63() {
    let largest = (1 << 63) - 1;
    assert_eq!(decode(&encode(largest, &[7; 64]).unwrap()), Some((largest, [7; 64])));
    assert_eq!(encode(largest + 1, &[7; 64]), None);
    assert_eq!(decode(&[&(largest + 1).to_be_bytes()[..], &[7; 64]].concat()), None);
    for length in [0, 7, 8, 71, 73] {
        assert_eq!(decode(&vec![0; length]), None, "{length}");
    }
}

#[test]
fn a_witness_signs_its_time() {
    let keys = [known(2, "witness", SignatureType::CosignatureV1)];
    let note = cosign(Note::parse(SOFA.as_bytes()).unwrap(), "witness", 5, &key(2)).unwrap();
    assert_eq!(note.signatures().len(), 3);
    let good = note.verify(&keys).unwrap().good;
    assert_eq!((good.len(), good[0].time), (1, Some(5)));

    let mut signature = note.signatures()[2].clone();
    signature.bytes[7] = 6;
    let later = Note::new(note.unverified_text(), vec![signature]).unwrap();
    assert_eq!(later.verify(&keys), Err(VerifyError::Bad("witness".to_owned())));
    let other = Note::new(NEUMANN_TEXT, vec![note.signatures()[2].clone()]).unwrap();
    assert_eq!(other.verify(&keys), Err(VerifyError::Bad("witness".to_owned())));

    let made = cosign(note, "witness", 1 << 63, &key(2));
    assert!(matches!(made, Err(NoteSignError::Time(_))));
}
