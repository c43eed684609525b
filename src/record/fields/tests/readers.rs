//! What a reader takes stands in the table, and what stands there a reader takes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::of;
use super::samples::{all, codes_of_file, faults, texts};
use super::walk::{at, group_at, walk};
use crate::ledger::layout::{Room, room};
use crate::record::fields::{Form, about};
use crate::record::kind::Kind;
use crate::record::node::{Field, Node, Spot, Value};

/// These are asked for before the kind's own reader comes, or after it.
const ELSEWHERE: [&str; 3] = ["apiVersion", "kind", "signatures"];

#[test]
fn every_sample_is_in_order() {
    for (kind, sample) in all() {
        assert_eq!(faults(kind, &sample), [], "{kind}");
    }
}

#[test]
fn signed_samples_are_canonical_and_need_signatures() {
    for kind in Kind::ALL.iter().filter(|k| k.is_signed()) {
        for text in texts(*kind) {
            assert_eq!(codes_of_file(*kind, text), [""; 0], "{kind}");
            let (unsigned, _) = text.split_once("signatures:").unwrap();
            assert_eq!(codes_of_file(*kind, unsigned), ["D110"], "{kind}");
            assert_eq!(codes_of_file(*kind, &text.replace("duly/v1", "duly/v0")), ["D121"], "{kind}");
        }
    }
}

#[test]
fn every_row_occurs_in_a_sample_once_in_the_table() {
    for kind in Kind::ALL {
        // The walk itself panics at a key that the table lacks.
        let samples = all().filter(|(k, _)| k == kind);
        let met: BTreeSet<&str> =
            samples.flat_map(|(_, s)| walk(*kind, &s).fields).map(|(_, f)| f.path).collect();
        let rows: Vec<&str> = of(*kind).map(|f| f.path).collect();
        let missing: Vec<&&str> = rows.iter().filter(|p| !met.contains(**p)).collect();
        assert!(missing.is_empty(), "the samples of {kind} lack {missing:?}");
        assert_eq!(rows.len(), rows.iter().collect::<BTreeSet<_>>().len(), "{kind} has a row twice");
    }
}

/// The reader lists the fields that it knows where somebody writes another one.
#[test]
fn an_unknown_key_is_refused_in_every_group_and_the_table_has_the_known_ones() {
    for (kind, sample) in all() {
        for (steps, prefix) in walk(kind, &sample).groups {
            let mut changed = sample.clone();
            let node = Node { spot: Spot::default(), value: Value::Text(Cow::Borrowed("x")) };
            let key = Cow::Borrowed("unheard_of");
            group_at(&mut changed, &steps).push(Field { key, spot: Spot::default(), node });
            let found = faults(kind, &changed);
            let refused = found.iter().find(|f| f.entry.code == "D109" && f.message.contains("unheard_of"));
            let refused = refused.unwrap_or_else(|| panic!("{kind} {prefix}: {found:?}"));
            let known = refused.help.strip_prefix("The fields are: ").unwrap().trim_end_matches('.');
            let known: BTreeSet<&str> = known.split(", ").collect();
            let mut rows: BTreeSet<&str> =
                of(kind).filter(|f| f.group() == prefix).map(super::super::Field::name).collect();
            if prefix == "requirements[].applies_to." {
                // With another field beside them, these two say nothing about a worker.
                assert!(rows.remove("system") && rows.remove("vendor"));
            }
            assert_eq!(rows, known, "{kind} {prefix}");
        }
    }
}

#[test]
fn what_must_be_there_is_missed_and_nothing_else_is() {
    for (kind, sample) in all() {
        for (steps, field) in walk(kind, &sample).fields {
            if ELSEWHERE.contains(&field.path) {
                continue;
            }
            let mut changed = sample.clone();
            let (last, group) = steps.split_last().unwrap();
            group_at(&mut changed, group).remove(*last);
            let missed = faults(kind, &changed)
                .iter()
                .any(|f| f.entry.code == "D110" && f.message.contains(&format!("`{}`", field.name())));
            assert_eq!(missed, field.required, "{kind} {}", field.path);
        }
    }
}

#[test]
fn a_value_of_another_form_is_refused() {
    for (kind, sample) in all() {
        for (steps, form, field) in walk(kind, &sample).leaves {
            if ELSEWHERE.contains(&field.path) {
                continue;
            }
            let mut changed = sample.clone();
            at(&mut changed, &steps).value = Value::Text(Cow::Borrowed("§ no"));
            let found = faults(kind, &changed);
            assert_eq!(found.is_empty(), form == Form::Text, "{kind} {}: {found:?}", field.path);
            if let Form::Words(words) = form {
                let help = format!("It is one of: {}.", words.join(", "));
                assert!(found.iter().any(|f| f.help == help), "{kind} {}: {found:?}", field.path);
            }
            at(&mut changed, &steps).value = Value::Empty;
            assert!(!faults(kind, &changed).is_empty(), "{kind} {} may be empty", field.path);
        }
    }
}

#[test]
fn every_kind_lives_where_the_table_says() {
    for kind in Kind::ALL {
        let (place, sentence) = about(*kind);
        assert!(sentence.ends_with('.'), "{kind}");
        if *kind == Kind::Identities {
            assert_eq!(place, "(outside)");
            continue;
        }
        let path = place.replace("YYYY/MM", "2026/11").replace("NNNN", "0001");
        let path = path.replace("**/", "a/").replace('*', "x");
        let Room::Record(kinds) = room(&path) else { panic!("{path} holds no record") };
        assert!(kinds.contains(kind), "{path}");
    }
}
