//! Files that people write: whatever the bytes are, they are read or refused, never a panic.

#![no_main]

use duly::record::organization::Organization;
use duly::record::policy::Policy;
use duly::record::reader::{FromNode, Reader};
use duly::record::roster::Roster;
use duly::yaml::people;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(node) = people::read("x.yaml", bytes) else { return };
    let mut reader = Reader::new("x.yaml");
    let _ = Organization::from_node(&node, &mut reader);
    let _ = Roster::from_node(&node, &mut reader);
    let _ = Policy::from_node(&node, &mut reader);
    // Every finding must have a place that is in the file.
    let lines = bytes.split(|b| *b == b'\n').count();
    for finding in &reader.findings {
        let place = finding.place.as_ref().expect("a place");
        assert!(place.line as usize <= lines + 1, "line {} of {lines}", place.line);
    }
});
