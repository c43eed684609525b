use super::*;
use crate::trust::crypto::signer::Signer as _;
use crate::trust::crypto::tests::key;

fn sig(fill: u8) -> String {
    text64::encode(&[fill; 64])
}

fn envelope(payload: &str, kind: &str, signatures: &str) -> String {
    format!(r#"{{"payload":"{payload}","payloadType":"{kind}","signatures":[{signatures}]}}"#)
}

fn parse(json: &str) -> Result<Envelope, EnvelopeError> {
    Envelope::parse(json.as_bytes())
}

#[test]
fn written_by_hand() {
    let id = key(1).public_key().fingerprint().clone();
    let json = write(b"\xfb\xff?", &[(id.clone(), [0xfb; 64]), (id.clone(), [7; 64])]);
    let one = format!(r#"{{"keyid":"{id}","sig":"{}"}}"#, sig(0xfb));
    let two = format!(r#"{{"keyid":"{id}","sig":"{}"}}"#, sig(7));
    let by_hand = envelope("+/8/", PAYLOAD_TYPE, &format!("{one},{two}")) + "\n";
    assert_eq!(String::from_utf8(json).unwrap(), by_hand);
    let read = parse(&by_hand).unwrap();
    assert_eq!(read.payload, b"\xfb\xff?");
    assert_eq!(read.signatures[0].key_id.as_deref(), Some(id.as_str()));
    assert_eq!((read.signatures[0].signature, read.signatures[1].signature), ([0xfb; 64], [7; 64]));
}

#[test]
fn the_alphabet_for_urls_is_read() {
    let signature = format!(r#"{{"sig":"{}"}}"#, sig(0xfb).replace('+', "-").replace('/', "_"));
    let read = parse(&envelope("-_8_", PAYLOAD_TYPE, &signature)).unwrap();
    assert_eq!(read.payload, b"\xfb\xff?");
    assert_eq!(read.signatures, [EnvelopeSignature { key_id: None, signature: [0xfb; 64] }]);
    assert_eq!(write(&read.payload, &[]).iter().filter(|b| **b == b'_').count(), 0);
}

#[test]
fn what_is_refused() {
    let one = format!(r#"{{"sig":"{}"}}"#, sig(1));
    let good = envelope("YWJj", PAYLOAD_TYPE, &one);
    assert!(parse(&good).is_ok());
    let many = vec![one.as_str(); 17].join(",");
    for (json, expected) in [
        (envelope("YWJj", "application/json", &one), EnvelopeError::PayloadType("application/json".into())),
        (envelope("YWJj", PAYLOAD_TYPE, ""), EnvelopeError::Count(0)),
        (envelope("YWJj", PAYLOAD_TYPE, &many), EnvelopeError::Count(17)),
        (envelope("YWI", PAYLOAD_TYPE, &one), EnvelopeError::Payload(Base64Error::Padding)),
        (envelope("-/8=", PAYLOAD_TYPE, &one), EnvelopeError::Payload(Base64Error::Character)),
        (envelope("YWJj", PAYLOAD_TYPE, r#"{"sig":"YWJj"}"#), EnvelopeError::Length(3)),
        (
            envelope("YWJj", PAYLOAD_TYPE, r#"{"sig":"YW Jj"}"#),
            EnvelopeError::Signature(Base64Error::Character),
        ),
    ] {
        assert_eq!(parse(&json), Err(expected), "{json}");
    }
    assert!(parse(&envelope("YWJj", PAYLOAD_TYPE, &vec![one.as_str(); 16].join(","))).is_ok());
    let long = " ".repeat(ENVELOPE_MAX + 1);
    assert_eq!(parse(&long), Err(EnvelopeError::TooLong(ENVELOPE_MAX + 1)));
}

#[test]
fn only_the_one_form_of_json() {
    let one = format!(r#"{{"keyid":"k","sig":"{}"}}"#, sig(1));
    let good = envelope("YWJj", PAYLOAD_TYPE, &one);
    for (json, word) in [
        (good.replace(r#"{"payload""#, r#"{"payload":"YWJk","payload""#), "duplicate field `payload`"),
        (good.replace(r#"{"payload""#, r#"{"p\u0061yload":"YWJk","payload""#), "duplicate field `payload`"),
        (good.replace(r#""payloadType""#, r#""payloadType":"x","payloadType""#), "duplicate"),
        (good.replace(r#""signatures""#, r#""signatures":[],"signatures""#), "duplicate"),
        (good.replace(r#""keyid""#, r#""keyid":"x","keyid""#), "duplicate field `keyid`"),
        (good.replace(r#""sig""#, r#""sig":"x","sig""#), "duplicate field `sig`"),
        (good.replace(r#""sig""#, r#""cert":"x","sig""#), "unknown field `cert`"),
        (good.replace(r#"{"payload""#, r#"{"x\u001b":1,"payload""#), "unknown field `x\\u{1b}`"),
        (good.replace(r#""k""#, "null"), "invalid type"),
        (format!("{good}{{}}"), "trailing characters"),
        (format!("\u{feff}{good}"), "expected value"),
        (format!(r#"["YWJj","{PAYLOAD_TYPE}",[{one}]]"#), "invalid type"),
        (envelope("YWJj", PAYLOAD_TYPE, &format!(r#"["k","{}"]"#, sig(1))), "invalid type"),
        (r#"{"payload":"YWJj","signatures":[]}"#.to_owned(), "missing field `payloadType`"),
    ] {
        match parse(&json) {
            Err(EnvelopeError::Json(message)) => assert!(message.contains(word), "{message}"),
            other => panic!("{json}: {other:?}"),
        }
    }
}

#[test]
fn the_signature_of_a_key_is_found_whatever_its_id() {
    let made = key(1).sign(&dsse::pae(b"abc")).unwrap().bytes;
    let foreign = format!(r#"{{"keyid":"other","sig":"{}"}}"#, sig(1));
    let own = format!(r#"{{"keyid":"0123","sig":"{}"}}"#, text64::encode(&made));
    let read = parse(&envelope("YWJj", PAYLOAD_TYPE, &format!("{foreign},{own}"))).unwrap();
    let checked = |seed| CheckedKey::new(key(seed).public_key()).unwrap();
    assert_eq!(read.signature_by(&checked(1)), Some(&made));
    assert_eq!(read.signature_by(&checked(2)), None);
}
