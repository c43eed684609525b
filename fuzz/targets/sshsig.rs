//! SSH signatures, armoured or bare: what is read has one form.

#![no_main]

use duly::trust::crypto::armour;
use duly::trust::crypto::point::CheckedKey;
use duly::trust::crypto::sshsig::SshSignature;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(signature) = SshSignature::parse(bytes) {
        assert_eq!(signature.to_bytes(), bytes, "a second form of the same signature");
        if let Ok(key) = CheckedKey::new(signature.public_key()) {
            let _ = signature.verify(&key, "attestation.v1@duly", b"payload");
        }
    }
    if let Ok(signature) = armour::read(bytes) {
        let blob = signature.to_bytes();
        assert_eq!(SshSignature::parse(&blob).as_ref(), Ok(&signature));
        assert_eq!(armour::decode(armour::encode(&blob).as_bytes()).as_ref(), Ok(&blob));
    }
});
