//! DSSE envelopes: what is read is written and read again as the same.

#![no_main]

use duly::record::public_key::Fingerprint;
use duly::trust::crypto::envelope::{self, Envelope};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(read) = Envelope::parse(bytes) else { return };
    let key = Fingerprint::parse(&format!("SHA256:{}", "A".repeat(43))).expect("a fingerprint");
    let signatures: Vec<_> = read.signatures.iter().map(|s| (key.clone(), s.signature)).collect();
    let again = Envelope::parse(&envelope::write(&read.payload, &signatures)).expect("what was written");
    assert_eq!(again.payload, read.payload);
    let bare = |e: &Envelope| e.signatures.iter().map(|s| s.signature).collect::<Vec<_>>();
    assert_eq!(bare(&again), bare(&read));
});
