//! Signing checkpoints and opening them again.

use super::super::cosignature::cosign;
use super::super::note::{Note, NoteError, NoteSignature};
use super::super::open::{OpenError, open};
use super::super::sign::{NoteSignError, sign, sign_too};
use super::super::verified::VerifyError;
use super::vectors::{NEUMANN_KEY, NEUMANN_LINE, NEUMANN_SEED, NEUMANN_TEXT};
use super::*;
use crate::record::public_key::PublicKey;
use crate::trust::crypto::signer::{SignError, Signer};
use crate::trust::crypto::sshsig::RawSignature;
use crate::trust::crypto::verify::Presence;

/// A signer that answers with whatever it was given.
struct Liar(PublicKey, RawSignature);

impl Signer for Liar {
    fn public_key(&self) -> &PublicKey {
        &self.0
    }

    fn sign(&self, _: &[u8]) -> Result<RawSignature, SignError> {
        Ok(self.1)
    }
}

/// Ed25519 has one signature for a key and a text, so the program of others made the same.
#[test]
fn the_signature_of_go_is_made_again() {
    let seed = text64::decode(NEUMANN_SEED.as_bytes()).unwrap().try_into().unwrap();
    let private = PrivateKey::from_seed(&seed).unwrap();
    let key = VerifierKey::new("PeterNeumann", SignatureType::Ed25519, private.public_key()).unwrap();
    assert_eq!(key.to_string(), NEUMANN_KEY);
    let bytes = private.sign(NEUMANN_TEXT.as_bytes()).unwrap().bytes.to_vec();
    let line = NoteSignature { name: key.name().to_owned(), id: key.id(), bytes };
    assert_eq!(line.to_string(), NEUMANN_LINE);
}

#[test]
fn what_is_signed_is_opened() {
    let note = sign(&checkpoint(5), ORIGIN, &key(1)).unwrap();
    let note = sign_too(note, ORIGIN, &key(2)).unwrap();
    let note = cosign(note, "auditor.example/w", 1_700_000_000, &key(3)).unwrap();
    let note = cosign(note, "nobody.example/w", 1_700_000_001, &key(4)).unwrap();
    let keys = [
        known(1, ORIGIN, SignatureType::Ed25519),
        known(2, ORIGIN, SignatureType::Ed25519),
        known(3, "auditor.example/w", SignatureType::CosignatureV1),
    ];
    let opened = open(note.to_string().as_bytes(), ORIGIN, &keys).unwrap();
    assert_eq!(opened.checkpoint, checkpoint(5));
    assert_eq!(opened.signers, keys[..2]);
    assert_eq!(opened.witnesses, [(keys[2].clone(), 1_700_000_000)]);
    assert_eq!(opened.unchecked, note.signatures()[3..]);
}

#[test]
fn who_does_not_speak_for_the_repository_does_not_count() {
    let text = checkpoint(5).to_string();
    let note = sign(&checkpoint(5), ORIGIN, &key(1)).unwrap();
    let open = |note: &Note, origin: &str, keys: &[VerifierKey]| {
        open(note.to_string().as_bytes(), origin, keys).map(|opened| opened.checkpoint)
    };
    let other = origin(&Sha256::of(b""));
    let known_as = |name: &str| [known(1, name, SignatureType::Ed25519)];
    assert_eq!(open(&note, ORIGIN, &known_as(ORIGIN)), Ok(checkpoint(5)));
    assert_eq!(open(&note, ORIGIN, &known_as("a")), Err(VerifyError::Nobody.into()));
    let elsewhere = OpenError::Origin { found: ORIGIN.to_owned(), expected: other.clone() };
    assert_eq!(open(&note, &other, &known_as(ORIGIN)), Err(elsewhere));
    // A key of another repository, and a witness that takes the origin for its name.
    let note = sign(&checkpoint(5), &other, &key(1)).unwrap();
    assert_eq!(open(&note, ORIGIN, &known_as(&other)), Err(OpenError::NotSigned));
    let note = cosign(note, ORIGIN, 5, &key(1)).unwrap();
    let witness = [known(1, ORIGIN, SignatureType::CosignatureV1)];
    assert_eq!(open(&note, ORIGIN, &witness), Err(OpenError::NotSigned));
    // Signed, but no checkpoint.
    let text = text.replacen("\n5\n", "\n05\n", 1);
    let bytes = key(1).sign(text.as_bytes()).unwrap().bytes.to_vec();
    let line = NoteSignature { name: ORIGIN.to_owned(), id: known_as(ORIGIN)[0].id(), bytes };
    let note = Note::new(text, vec![line]).unwrap();
    assert_eq!(open(&note, ORIGIN, &known_as(ORIGIN)), Err(CheckpointError::Size.into()));
}

#[test]
fn only_checkpoints_of_ours_are_signed() {
    for origin in
        ["example.com/log", "DSSEv1 28 application/vnd.in-toto+json 2 {}", "duly/", "cosignature/v1"]
    {
        let foreign = Checkpoint::of(origin, &files(1), COMMIT).unwrap();
        let made = sign(&foreign, ORIGIN, &key(1));
        assert!(matches!(made, Err(NoteSignError::Origin(found)) if found == origin));
    }
    let foreign = Note::parse(super::vectors::C2SP_NOTE.as_bytes()).unwrap();
    assert!(matches!(sign_too(foreign, ORIGIN, &key(1)), Err(NoteSignError::Origin(_))));
    assert!(matches!(sign(&checkpoint(1), "a b", &key(1)), Err(NoteSignError::Key(_))));
    let note = sign(&checkpoint(1), ORIGIN, &key(1)).unwrap();
    assert!(matches!(sign_too(note, ORIGIN, &key(1)), Err(NoteSignError::Note(NoteError::Twice(_)))));
}

#[test]
fn what_a_signer_gets_wrong_is_not_given_out() {
    let good = key(1).sign(checkpoint(1).to_string().as_bytes()).unwrap();
    let signed =
        |public: &PublicKey, raw| sign(&checkpoint(1), ORIGIN, &Liar(public.clone(), raw)).unwrap_err();
    let (ours, other) = (key(1), key(2));
    assert!(sign(&checkpoint(1), ORIGIN, &Liar(ours.public_key().clone(), good)).is_ok());
    assert!(matches!(signed(other.public_key(), good), NoteSignError::Faulty(_)));
    let touched = RawSignature { presence: Some(Presence { flags: 1, counter: 1 }), ..good };
    assert!(matches!(signed(ours.public_key(), touched), NoteSignError::Sign(SignError::Mixed)));
    let security_key = PublicKey::parse(
        "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAILM+rvN+ot98qgEN796jTiQ\
         fZfG1KaT0PtFDJ/XFSqtiAAAABHNzaDo=",
    )
    .unwrap();
    let refused = signed(&security_key, touched).to_string();
    assert!(refused.contains("security key"), "{refused}");
}
