//! Vectors that others made.

use std::path::Path;

use duly::record::public_key::PublicKey;
use duly::trust::crypto::armour;
use duly::trust::crypto::point::CheckedKey;
use duly::trust::crypto::verify::verify;
use serde_json::Value;

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

pub fn the_twelve_edge_cases_are_refused(shared: &Path) {
    let json = std::fs::read(shared.join("vectors/ed25519-speccheck.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_slice(&json).unwrap();
    assert_eq!(cases.len(), 12);
    for (number, case) in cases.iter().enumerate() {
        let field = |name: &str| unhex(case[name].as_str().unwrap());
        let key = PublicKey::from_point(field("pub_key").try_into().unwrap()).unwrap();
        let signature: [u8; 64] = field("signature").try_into().unwrap();
        let accepted = CheckedKey::new(&key).is_ok_and(|k| verify(&k, &field("message"), &signature).is_ok());
        assert!(!accepted, "case {number}");
    }
}

pub fn signatures_of_openssh_verify(shared: &Path) {
    let folder = shared.join("vectors/sshsig");
    let namespace = std::fs::read_to_string(folder.join("namespace")).unwrap();
    let message = std::fs::read(folder.join("signed-data")).unwrap();
    for name in ["ed25519", "ed25519_sk"] {
        let line = std::fs::read_to_string(folder.join(format!("{name}.pub"))).unwrap();
        let key = CheckedKey::new(&PublicKey::parse(&line).unwrap()).unwrap();
        let signature = armour::read(&std::fs::read(folder.join(format!("{name}.sig"))).unwrap()).unwrap();
        assert_eq!(signature.verify(&key, &namespace, &message), Ok(()), "{name}");
    }
}
