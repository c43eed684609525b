//! What a reader takes stands in the table, and what stands there a reader takes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::walk::{at, group_at, walk};
use super::{faults, node, of, sample};
use crate::ledger::read_signed;
use crate::record::attestation::Attestation;
use crate::record::fields::Form;
use crate::record::grant::Grant;
use crate::record::key::Key;
use crate::record::kind::Kind;
use crate::record::node::{Field, Spot, Value};
use crate::record::root::Root;

#[test]
fn every_sample_is_in_order() {
    for kind in Kind::ALL {
        assert_eq!(faults(*kind, &node(*kind)), [], "{kind}");
    }
}

#[test]
fn signed_samples_are_canonical() {
    let bytes = |kind| sample(kind).as_bytes();
    assert!(read_signed::<Attestation>("sample", bytes(Kind::Attestation)).is_ok());
    assert!(read_signed::<Root>("sample", bytes(Kind::Root)).is_ok());
    assert!(read_signed::<Key>("sample", bytes(Kind::Key)).is_ok());
    assert!(read_signed::<Grant>("sample", bytes(Kind::Grant)).is_ok());
}

#[test]
fn every_row_occurs_in_a_sample_once_in_the_table() {
    for kind in Kind::ALL {
        // The walk itself panics at a key that the table lacks.
        let met: BTreeSet<&str> = walk(*kind, &node(*kind)).fields.iter().map(|(_, f)| f.path).collect();
        let rows: Vec<&str> = of(*kind).map(|f| f.path).collect();
        let missing: Vec<&&str> = rows.iter().filter(|p| !met.contains(**p)).collect();
        assert!(missing.is_empty(), "the sample of {kind} lacks {missing:?}");
        assert_eq!(rows.len(), rows.iter().collect::<BTreeSet<_>>().len(), "{kind} has a row twice");
    }
}

#[test]
fn an_unknown_key_is_refused_in_every_group() {
    for kind in Kind::ALL {
        let sample = node(*kind);
        for steps in walk(*kind, &sample).groups {
            let mut changed = sample.clone();
            let text =
                crate::record::node::Node { spot: Spot::default(), value: Value::Text(Cow::Borrowed("x")) };
            let key = Cow::Borrowed("unheard_of");
            group_at(&mut changed, &steps).push(Field { key, spot: Spot::default(), node: text });
            let codes: Vec<&str> = faults(*kind, &changed).iter().map(|f| f.entry.code).collect();
            assert!(codes.contains(&"D109"), "{kind} {steps:?}: {codes:?}");
        }
    }
}

#[test]
fn what_must_be_there_is_missed_and_nothing_else_is() {
    for kind in Kind::ALL {
        let sample = node(*kind);
        for (steps, field) in walk(*kind, &sample).fields {
            // What opens a file is read before its kind is known.
            if matches!(field.path, "apiVersion" | "kind") {
                continue;
            }
            let mut changed = sample.clone();
            let (last, group) = steps.split_last().unwrap();
            group_at(&mut changed, group).remove(*last);
            let missed = faults(*kind, &changed)
                .iter()
                .any(|f| f.entry.code == "D110" && f.message.contains(&format!("`{}`", field.name())));
            assert_eq!(missed, field.required, "{kind} {}", field.path);
        }
    }
}

#[test]
fn a_value_of_another_form_is_refused() {
    for kind in Kind::ALL {
        let sample = node(*kind);
        for (steps, form, field) in walk(*kind, &sample).leaves {
            if matches!(field.path, "apiVersion" | "kind") {
                continue;
            }
            let mut changed = sample.clone();
            at(&mut changed, &steps).value = Value::Text(Cow::Borrowed("§ no"));
            let found = faults(*kind, &changed);
            assert_eq!(found.is_empty(), form == Form::Text, "{kind} {}: {found:?}", field.path);
            if let Form::Words(words) = form {
                let help = format!("It is one of: {}.", words.join(", "));
                assert!(found.iter().any(|f| f.help == help), "{kind} {}: {found:?}", field.path);
            }
            at(&mut changed, &steps).value = Value::Empty;
            assert!(!faults(*kind, &changed).is_empty(), "{kind} {} may be empty", field.path);
        }
    }
}

#[test]
fn every_kind_lives_where_the_table_says() {
    use crate::ledger::layout::{Room, room};
    for kind in Kind::ALL {
        let (place, sentence) = crate::record::fields::about(*kind);
        if *kind == Kind::Identities {
            assert_eq!(place, "(outside)");
            continue;
        }
        let path = place.replace("YYYY/MM", "2026/11").replace("NNNN", "0001");
        let path = path.replace("**/", "a/").replace('*', "x");
        let Room::Record(kinds) = room(&path) else { panic!("{path} holds no record") };
        assert!(kinds.contains(kind) && sentence.ends_with('.'), "{path}");
    }
}
