use super::super::tests::vectors::*;
use super::*;
use proptest::prelude::*;

fn parse(text: &str) -> Result<Note, NoteError> {
    Note::parse(text.as_bytes())
}

#[test]
fn notes_of_others_are_written_as_they_were() {
    for (text, signatures) in [(C2SP_NOTE, 1), (POEM, 1), (SOFA, 2), (ARCHE, 6)] {
        let note = parse(text).unwrap();
        assert_eq!((note.to_string().as_str(), note.signatures().len()), (text, signatures));
    }
    // The text is all until the last empty line.
    assert!(parse(POEM).unwrap().unverified_text().ends_with("sole:\n\ned è subito sera.\n"));
    let witness = parse(SOFA).unwrap().signatures()[1].clone();
    assert_eq!((witness.id, witness.bytes.len()), ([0x8d, 0x66, 0xcf, 0x3f], 72));
}

#[test]
fn each_fault_has_its_name() {
    let (text, line) = C2SP_NOTE.split_once("\n\n").unwrap();
    let with = |text: &str, line: &str| parse(&format!("{text}\n\n{line}")).unwrap_err();
    let name = "example.com/foo".to_owned();
    assert_eq!(Note::parse(b"\xff\n\n\n"), Err(NoteError::NotText));
    assert_eq!(parse(""), Err(NoteError::NoSignatures));
    assert_eq!(parse(&format!("{text}\n{line}")), Err(NoteError::NoSignatures));
    assert_eq!(parse(&format!("\n{line}")), Err(NoteError::NoSignatures));
    assert_eq!(parse(C2SP_NOTE.trim_end()), Err(NoteError::Unfinished));
    assert_eq!(parse(&format!("{C2SP_NOTE}\n")), Err(NoteError::Unfinished));
    for control in ['\0', '\t', '\r', '\u{1b}', '\u{7f}', '\u{9b}'] {
        assert_eq!(with(&format!("{text}{control}"), line), NoteError::Control(control));
    }
    for (from, to) in [("\u{2014} ", "- "), ("\u{2014} ", "\u{2014}"), ("\u{2014} ", ""), ("foo ", "foo")] {
        assert_eq!(with(text, &line.replace(from, to)), NoteError::Line(1), "{from:?} {to:?}");
    }
    assert_eq!(with(text, &format!("{line}x\n")), NoteError::Line(2));
    for name in ["", "a+b", "a\u{a0}b", "a\tb"] {
        assert_eq!(with(text, &line.replace("example.com/foo", name)), NoteError::Name(name.to_owned()));
    }
    let fault = |from: &str, to: &str| with(text, &line.replace(from, to));
    for (from, to, fault_of) in [
        ("aQM=", "aQM", Base64Error::Padding),
        ("aQM=", "aQN=", Base64Error::TrailingBits),
        ("aQM=", "aQ-=", Base64Error::UrlSafe),
        ("foo ", "foo  ", Base64Error::Character),
    ] {
        assert_eq!(fault(from, to), NoteError::Base64 { name: name.clone(), fault: fault_of });
    }
    for code in ["", "AAAA", "AAAAAA=="] {
        let line = format!("\u{2014} example.com/foo {code}\n");
        assert_eq!(with(text, &line), NoteError::Short(name.clone()), "{code}");
    }
    assert_eq!(with(text, &format!("{line}{line}")), NoteError::Twice(name));
}

#[test]
fn sixteen_signatures_and_no_more() {
    let (text, _) = C2SP_NOTE.split_once("\n\n").unwrap();
    let signature = |id: u8| NoteSignature { name: "a".to_owned(), id: [id; 4], bytes: vec![0; 4700] };
    let note = Note::new(format!("{text}\n"), (0..16).map(signature).collect()).unwrap();
    assert_eq!(Note::parse(note.to_string().as_bytes()), Ok(note.clone()));
    let written = format!("{note}{}\n", signature(16));
    assert_eq!(note.and(signature(16)), Err(NoteError::TooMany(17)));
    assert_eq!(parse(&written), Err(NoteError::TooMany(17)));
    assert_eq!(Note::new("a\n", Vec::new()), Err(NoteError::NoSignatures));
    let long = "a".repeat(NOTE_MAX) + "\n";
    assert!(matches!(Note::new(long.clone(), vec![signature(0)]), Err(NoteError::TooLong(_))));
    assert_eq!(parse(&long), Err(NoteError::TooLong(NOTE_MAX + 1)));
}

/// Anything like a note, and the parts of which notes are made in any order.
fn like_a_note() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just(DASH.to_owned()),
        Just(" ".to_owned()),
        Just(NEUMANN_LINE.to_owned()),
        "[a-zA-Z0-9+/=]{0,12}",
        ".{0,3}",
    ];
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat().into_bytes()),
    ]
}

prop_compose! {
    fn any_note()(
        text in "([^\\p{Cc}]{0,9}\n){1,4}",
        lines in prop::collection::btree_map(
            ("[^\\p{Cc}\\s+]{1,5}", any::<[u8; 4]>()),
            prop::collection::vec(any::<u8>(), 1..90),
            1..=16,
        ),
    ) -> Note {
        let signatures = lines.into_iter().map(|((name, id), bytes)| NoteSignature { name, id, bytes });
        Note::new(text, signatures.collect()).unwrap()
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_and_written_as_they_were(bytes in like_a_note()) {
        if let Ok(note) = Note::parse(&bytes) {
            prop_assert_eq!(note.to_string().into_bytes(), bytes);
        }
    }

    #[test]
    fn what_is_written_is_read(note in any_note()) {
        prop_assert_eq!(Note::parse(note.to_string().as_bytes()), Ok(note));
    }
}
