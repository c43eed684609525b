//! The list of codes. A code never changes its meaning and is never used again, so this list
//! only grows; adding a code is adding a line here.

use duly::finding::catalogue;

const CODES: &str = include_str!("codes.txt");

#[test]
fn the_list_of_codes_is_the_one_that_was_agreed() {
    let listed: Vec<String> =
        catalogue::all().map(|e| format!("{} {} {}", e.code, e.name, e.severity)).collect();
    let agreed: Vec<&str> = CODES.lines().collect();
    assert_eq!(listed, agreed, "update tests/it/codes.txt on purpose, or not at all");
}

#[test]
fn every_code_explains_itself() {
    let mut codes = std::collections::HashSet::new();
    let mut names = std::collections::HashSet::new();
    for entry in catalogue::all() {
        assert!(codes.insert(entry.code) && names.insert(entry.name), "{} stands twice", entry.code);
        let family = entry.code.as_bytes()[1];
        assert!(entry.code.len() == 4 && entry.code.starts_with('D') && (b'1'..=b'7').contains(&family));
        assert!(entry.why.len() > 40, "{} says too little", entry.code);
        assert!(entry.bad != entry.good && !entry.bad.is_empty() && !entry.good.is_empty(), "{}", entry.code);
        assert!(entry.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
    }
}

#[test]
fn integrity_can_never_be_ignored() {
    for entry in catalogue::all() {
        let integrity = matches!(entry.code.as_bytes()[1], b'1'..=b'4');
        assert_eq!(entry.can_be_ignored(), !integrity, "{}", entry.code);
    }
}

#[test]
fn the_reference_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes.md");
    let wanted = catalogue::reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "docs/codes.md is out of date: run this test with UPDATE_DOCS=1");
}
