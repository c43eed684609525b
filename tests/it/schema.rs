//! Schemas, the reference of fields, completions and manual pages, as a user gets them.

use std::path::Path;

use duly::ledger::layout;
use duly::record::node::{Node, Value};
use duly::source::{Source, WorkTree};
use duly::yaml::people;

use crate::harness::Place;

fn committed(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn what_is_printed_is_what_is_committed() {
    let place = Place::new();
    assert_eq!(place.run(&["schema", "Roster"]).exits(0).out, committed("schema/roster.json"));
    assert_eq!(place.run(&["schema", "policy"]).exits(0).out, committed("schema/policy.json"));
    assert_eq!(place.run(&["schema"]).exits(0).out, committed("schema/duly.json"));
    assert_eq!(place.run(&["schema", "--format", "markdown"]).exits(0).out, committed("docs/fields.md"));
    let wrong = place.run(&["schema", "Rooster"]).exits(2);
    assert!(wrong.err.contains("Organization, Roster"), "{}", wrong.err);
}

#[test]
fn all_schemas_are_written_at_once() {
    let place = Place::new();
    place.run(&["schema", "--out", "new"]).exits(0);
    let names = |folder: &Path| {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let mut there = names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("schema"));
    // The shapes of outputs have a version in their names.
    there.retain(|name| !name.contains(".v"));
    assert_eq!(names(&place.path("new")), there);
    for name in there {
        let new = std::fs::read_to_string(place.path("new").join(&name)).unwrap();
        assert_eq!(new, committed(&format!("schema/{name}")), "{name}");
    }
}

fn json(node: &Node<'_>) -> serde_json::Value {
    match &node.value {
        Value::Text(text) => text.as_ref().into(),
        Value::Whole(number) => (*number).into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Decimal | Value::Empty => serde_json::Value::Null,
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(fields) => fields.iter().map(|f| (f.key.to_string(), json(&f.node))).collect(),
    }
}

/// What `init` writes is what newcomers edit first.
#[test]
fn a_new_repository_fits_the_schemas() {
    let place = Place::initialised();
    for (path, schema) in [
        ("duly.yaml", "organization"),
        ("roster/main.yaml", "roster"),
        ("policies/training.yaml", "policy"),
        ("trust/root/0001.yaml", "root"),
    ] {
        let node = people::read(path, place.read(path).as_bytes()).unwrap();
        let schema = serde_json::from_str(&committed(&format!("schema/{schema}.json"))).unwrap();
        let validator = jsonschema::draft7::new(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(&json(&node)).map(|e| e.to_string()).collect();
        assert_eq!(errors, [""; 0], "{path}");
    }
}

#[test]
fn the_example_fits_the_schema_of_all_kinds() {
    let schema = serde_json::from_str(&committed("schema/duly.json")).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let source = WorkTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clinic"));
    let entries = source.list(&layout::is_managed).entries.into_iter();
    let records: Vec<String> =
        entries.map(|e| e.path).filter(|p| matches!(layout::room(p), layout::Room::Record(_))).collect();
    assert!(records.len() > 100, "{} records", records.len());
    for path in records {
        let node = people::read(&path, &source.read(&path).unwrap()).unwrap();
        assert!(validator.is_valid(&json(&node)), "{path}");
    }
}

#[test]
fn shells_complete_every_subcommand() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.run(&["completions", shell]).exits(0).out;
        for word in ["attest", "check", "completions", "trust-root"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
    place.run(&["completions", "cmd"]).exits(2);
}

#[test]
fn every_subcommand_has_its_page() {
    let place = Place::new();
    let page = place.run(&["man"]).exits(0).out;
    assert!(page.contains(".TH duly 1") && page.contains("duly\\-check(1)"), "{page}");
    place.run(&["man", "--out", "pages"]).exits(0);
    for name in ["duly", "duly-check", "duly-key-approve", "duly-man"] {
        let page = std::fs::read_to_string(place.path(&format!("pages/{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {name} 1")), "{page}");
    }
}
