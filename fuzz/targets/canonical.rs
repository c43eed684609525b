//! Signed files: what our own reader reads, a YAML parser reads as the same values, and a record
//! made from it has exactly one payload.

#![no_main]

use duly::ledger::{read_draft, signed_kind};
use duly::record::approval::Approval;
use duly::record::attestation::Attestation;
use duly::record::countersignature::Countersignature;
use duly::record::exemption::Exemption;
use duly::record::extension::Extension;
use duly::record::grant::Grant;
use duly::record::key::Key;
use duly::record::kind::Kind;
use duly::record::node::{Node, Value};
use duly::record::revocation::Revocation;
use duly::record::root::Root;
use duly::record::signed::Record;
use duly::trust::crypto::statement;
use duly::yaml::canonical;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(node) = canonical::read("x.yaml", bytes) else { return };
    let other = serde_yaml::from_slice(bytes).expect("the canonical form is YAML");
    assert!(same(&node, &other), "two parsers read two things");
    match signed_kind("x.yaml", bytes) {
        Ok(Kind::Approval) => record::<Approval>(bytes),
        Ok(Kind::Attestation) => record::<Attestation>(bytes),
        Ok(Kind::Countersignature) => record::<Countersignature>(bytes),
        Ok(Kind::Exemption) => record::<Exemption>(bytes),
        Ok(Kind::Extension) => record::<Extension>(bytes),
        Ok(Kind::Revocation) => record::<Revocation>(bytes),
        Ok(Kind::Root) => record::<Root>(bytes),
        Ok(Kind::Key) => record::<Key>(bytes),
        Ok(Kind::Grant) => record::<Grant>(bytes),
        _ => {}
    }
});

fn same(node: &Node<'_>, other: &serde_yaml::Value) -> bool {
    match (&node.value, other) {
        (Value::Text(a), serde_yaml::Value::String(b)) => a == b,
        (Value::List(a), serde_yaml::Value::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), serde_yaml::Value::Mapping(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, (key, b))| key.as_str() == Some(&a.key) && same(&a.node, b))
        }
        _ => false,
    }
}

fn record<R: Record>(bytes: &[u8]) {
    let Ok(signed) = read_draft::<R>("x.yaml", bytes) else { return };
    assert_eq!(canonical::write(&signed.tree()), bytes, "a second form of the same record");
    let payload: serde_json::Value =
        serde_json::from_slice(&statement::payload(&signed.record)).expect("the payload is JSON");
    assert_eq!(payload["predicateType"], statement::predicate_type(R::KIND));
}
