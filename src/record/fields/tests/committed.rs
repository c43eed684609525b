//! What is generated from the table is what lies in the repository.

use std::path::Path;

use crate::record::fields::{reference, schema};
use crate::record::kind::Kind;

#[track_caller]
fn same(path: &str, generated: &str) {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let committed = std::fs::read_to_string(&full).unwrap_or_default();
    assert!(
        committed == generated,
        "{path} is not what the table gives: CONTRIBUTING.md says how to renew it"
    );
}

#[test]
fn the_schemas_are_those_of_the_table() {
    for kind in Kind::ALL {
        same(&format!("schema/{}.json", kind.slug()), &schema::text(&schema::one(*kind)));
    }
    same("schema/duly.json", &schema::text(&schema::any()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let names = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name());
    // The shapes of outputs have a version in their names.
    let of_files = names.filter(|name| !name.to_string_lossy().contains(".v")).count();
    assert_eq!(of_files, Kind::ALL.len() + 1, "a schema of nothing");
}

#[test]
fn the_reference_is_that_of_the_table() {
    same("docs/fields.md", &reference::markdown());
}
