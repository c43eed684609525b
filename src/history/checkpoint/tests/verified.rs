use super::super::tests::known;
use super::super::tests::vectors::*;
use super::*;
use crate::trust::crypto::private_key::PrivateKey;
use crate::trust::crypto::signer::Signer as _;

fn parse(text: &str) -> Note {
    Note::parse(text.as_bytes()).unwrap()
}

fn names<'a>(verified: &Verified<'a>) -> Vec<(&'a str, Option<u64>)> {
    verified.good.iter().map(|good| (good.key.name(), good.time)).collect()
}

#[test]
fn notes_of_others_verify() {
    let neumann = format!("{NEUMANN_TEXT}\n{NEUMANN_LINE}\n");
    for (text, key) in [(C2SP_NOTE, C2SP_KEY), (&neumann, NEUMANN_KEY)] {
        let (note, key) = (parse(text), [VerifierKey::parse(key).unwrap()]);
        let verified = note.verify(&key).unwrap();
        assert_eq!((names(&verified), verified.unchecked.len()), (vec![(key[0].name(), None)], 0));
    }
}

/// The example of the documents says another name than the log that it was taken from. Under
/// that log's names its signature is good, and under its own it is nobody's.
#[test]
fn the_example_of_the_documents_is_a_checkpoint_of_go() {
    let key = [VerifierKey::parse(GO_KEY).unwrap()];
    assert_eq!(parse(SOFA).verify(&key), Err(VerifyError::Nobody));
    let named = SOFA.replace("\u{2014} example.com/behind-the-sofa", "\u{2014} sum.golang.org");
    assert_eq!(parse(&named).verify(&key), Err(VerifyError::Bad("sum.golang.org".to_owned())));
    let original = named.replace("example.com/behind-the-sofa", "go.sum database tree");
    let original = parse(&original);
    let verified = original.verify(&key).unwrap();
    assert_eq!(names(&verified), [("sum.golang.org", None)]);
    assert_eq!(verified.unchecked[0].name, "witness.example.com/w1");
}

#[test]
fn a_real_checkpoint_with_four_witnesses() {
    let mut keys: Vec<VerifierKey> = WITNESSES.iter().map(|key| VerifierKey::parse(key).unwrap()).collect();
    keys.push(VerifierKey::parse(ARCHE_KEY).unwrap());
    let note = parse(ARCHE);
    let verified = note.verify(&keys).unwrap();
    let mut expected = vec![(keys[4].name(), None)];
    expected.extend(keys[..4].iter().map(|key| (key.name(), Some(1_779_573_024))));
    assert_eq!(names(&verified), expected);
    // The signature of another type has the log's name, too, and another number.
    assert_eq!(verified.unchecked, [&note.signatures()[0]]);
}

#[test]
fn a_bad_signature_by_a_known_key_refuses_the_note() {
    let note = parse(C2SP_NOTE);
    let (good, other) = (VerifierKey::parse(C2SP_KEY).unwrap(), known(1, "other", SignatureType::Ed25519));
    let witness = known(1, "other", SignatureType::CosignatureV1);
    for key in [&other, &witness] {
        for length in [1, 63, 64, 65, 72] {
            let bytes = vec![1; length];
            let bad = NoteSignature { name: "other".to_owned(), id: key.id(), bytes };
            let note = note.clone().and(bad).unwrap();
            let both = [good.clone(), key.clone()];
            assert_eq!(note.verify(&both), Err(VerifyError::Bad("other".to_owned())));
            // To whom the key is unknown, it is one more line that shows nothing.
            let one = [good.clone()];
            assert_eq!(note.verify(&one).unwrap().unchecked.len(), 1);
        }
    }
    assert_eq!(note.verify(&[]), Err(VerifyError::Nobody));
    assert_eq!(note.verify(&[other]), Err(VerifyError::Nobody));
    let twice = [good.clone(), good];
    assert_eq!(note.verify(&twice).unwrap().good.len(), 1);
}

#[test]
fn name_and_number_must_both_fit() {
    let key = VerifierKey::parse(C2SP_KEY).unwrap();
    let known = [key.clone()];
    let (text, signature) = (text_of_c2sp(), parse(C2SP_NOTE).signatures()[0].clone());
    let with =
        |signature: NoteSignature| Note::new(text, vec![signature]).unwrap().verify(&known).map(|_| ());
    assert_eq!(with(signature.clone()), Ok(()));
    assert_eq!(with(NoteSignature { id: [0; 4], ..signature.clone() }), Err(VerifyError::Nobody));
    assert_eq!(with(NoteSignature { name: "b".to_owned(), ..signature }), Err(VerifyError::Nobody));
}

fn text_of_c2sp() -> &'static str {
    "This is an example message.\n"
}

/// Two keys whose short numbers under the name `twin` are the same, found by trying many.
#[test]
fn keys_that_cannot_be_told_apart_check_nothing() {
    let [one, two] = [138_435_u32, 143_585].map(|seed| {
        let private = PrivateKey::from_seed(&seed.to_be_bytes().repeat(8).try_into().unwrap()).unwrap();
        let key = VerifierKey::new("twin", SignatureType::Ed25519, private.public_key()).unwrap();
        let bytes = private.sign(text_of_c2sp().as_bytes()).unwrap().bytes.to_vec();
        (NoteSignature { name: "twin".to_owned(), id: key.id(), bytes }, key)
    });
    assert_eq!(one.1.id(), two.1.id());
    let note = Note::new(text_of_c2sp(), vec![one.0, two.0]).unwrap();
    let both = [one.1.clone(), two.1];
    assert_eq!(note.verify(&both), Err(VerifyError::Ambiguous("twin".to_owned())));
    // To whom one of them is known, the other's signature is a bad one of the first.
    assert_eq!(note.verify(&[one.1]), Err(VerifyError::Bad("twin".to_owned())));
}
