//! The page that says what duly proves: each of its answers has a code and a test.

use std::path::Path;

fn sources(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push_str(&std::fs::read_to_string(path).expect("text"));
        }
    }
}

/// What stands between backticks in a cell.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_threat_has_an_answer_with_a_code_and_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/what-duly-proves.md")).expect("the page");
    let mut text = String::new();
    sources(&root.join("src"), &mut text);
    sources(&root.join("tests/it"), &mut text);
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|l| l.starts_with("| ") && l.as_bytes().get(2).is_some_and(u8::is_ascii_digit))
        .map(|l| l.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let mut last = 0;
    for row in &rows {
        let [number, threat, answer, tests] = row.as_slice() else { panic!("{row:?} has four cells") };
        let n: u32 = number.parse().expect("a number");
        assert!(n > last, "row {n} comes after {last}: each number once, in order");
        assert!(n == last + 1 || n > 68, "row {} is missing", last + 1);
        last = n;
        assert!(!threat.is_empty() && !answer.is_empty(), "{n} says what is tried, and what happens");
        for code in answer.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_code) {
            assert!(duly::finding::catalogue::find(code).is_some(), "{n}: no code {code}");
        }
        let named = quoted(tests);
        assert!(!named.is_empty(), "{n} has no test");
        for test in named {
            assert!(
                text.contains(&format!("#[test]\nfn {test}("))
                    || text.contains(&format!("#[test]\n    fn {test}("))
                    || text.contains(&format!("#[test]\n        fn {test}(")),
                "{n}: no test {test}"
            );
        }
    }
    // From 69 on, a number is there as soon as its tests are.
    assert!(rows.len() >= 81, "{} rows", rows.len());
}

fn is_code(word: &&str) -> bool {
    word.len() == 4 && word.starts_with('D') && word.bytes().skip(1).all(|b| b.is_ascii_digit())
}
