//! The schemas, judged by a validator of others.

use std::borrow::Cow;

use serde_json::{Value as Json, json};

use super::samples::all;
use super::walk::{at, group_at, walk};
use crate::record::fields::{Form, schema};
use crate::record::kind::Kind;
use crate::record::node::{Field, Node, Spot, Value};

fn json(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Text(text) => json!(text),
        Value::Whole(number) => json!(number),
        Value::Decimal => json!(0.5),
        Value::Flag(flag) => json!(flag),
        Value::Empty => Json::Null,
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(fields) => fields.iter().map(|f| (f.key.to_string(), json(&f.node))).collect(),
    }
}

/// Says whether the kind's own schema and the one of all kinds take a file; they agree.
struct Judge {
    one: jsonschema::Validator,
    any: jsonschema::Validator,
}

impl Judge {
    fn of(kind: Kind) -> Judge {
        let validator = |schema| jsonschema::draft7::new(&schema).unwrap();
        Judge { one: validator(schema::one(kind)), any: validator(schema::any()) }
    }

    fn takes(&self, node: &Node<'_>) -> bool {
        let json = json(node);
        let taken = self.one.is_valid(&json);
        assert_eq!(taken, self.any.is_valid(&json), "{json:#}");
        taken
    }
}

#[test]
fn every_schema_is_one() {
    for kind in Kind::ALL {
        jsonschema::draft7::meta::validate(&schema::one(*kind)).unwrap();
    }
    jsonschema::draft7::meta::validate(&schema::any()).unwrap();
}

#[test]
fn samples_fit_their_schema_alone() {
    for kind in Kind::ALL {
        let judge = Judge::of(*kind);
        for (other, sample) in all() {
            assert_eq!(judge.one.is_valid(&json(&sample)), *kind == other, "{other} as {kind}");
            assert!(judge.any.is_valid(&json(&sample)), "{other}");
        }
    }
}

#[test]
fn a_schema_refuses_an_unknown_key_in_every_group() {
    for (kind, sample) in all() {
        let judge = Judge::of(kind);
        for (steps, _) in walk(kind, &sample).groups {
            let mut changed = sample.clone();
            let node = Node { spot: Spot::default(), value: Value::Text(Cow::Borrowed("x")) };
            let key = Cow::Borrowed("unheard_of");
            group_at(&mut changed, &steps).push(Field { key, spot: Spot::default(), node });
            assert!(!judge.takes(&changed), "{kind} {steps:?}");
        }
    }
}

#[test]
fn a_schema_misses_what_must_be_there() {
    for (kind, sample) in all() {
        let judge = Judge::of(kind);
        for (steps, field) in walk(kind, &sample).fields {
            let mut changed = sample.clone();
            let (last, group) = steps.split_last().unwrap();
            group_at(&mut changed, group).remove(*last);
            // A condition without its one field says nothing.
            let condition = field.path.starts_with("requirements[].applies_to.");
            assert_eq!(!judge.takes(&changed), field.required || condition, "{kind} {}", field.path);
        }
    }
}

#[test]
fn a_schema_refuses_a_value_of_another_form() {
    for (kind, sample) in all() {
        let judge = Judge::of(kind);
        for (steps, form, field) in walk(kind, &sample).leaves {
            let mut changed = sample.clone();
            at(&mut changed, &steps).value = Value::Text(Cow::Borrowed("§ no"));
            assert_eq!(judge.takes(&changed), form == Form::Text, "{kind} {}", field.path);
            at(&mut changed, &steps).value = Value::Empty;
            assert!(!judge.takes(&changed), "{kind} {}", field.path);
        }
    }
}

#[test]
fn periods_of_zero_are_refused_by_the_schema() {
    let (kind, sample) = all().into_iter().find(|(kind, _)| *kind == Kind::Policy).unwrap();
    let judge = Judge::of(kind);
    let mut tried = Vec::new();
    for (steps, form, field) in walk(kind, &sample).leaves {
        if matches!(form, Form::Period | Form::PeriodInDays) {
            for (text, taken) in [("0 days", false), ("0 weeks", false), ("1 day", true), ("10 weeks", true)]
            {
                let mut changed = sample.clone();
                at(&mut changed, &steps).value = Value::Text(Cow::Borrowed(text));
                assert_eq!(judge.takes(&changed), taken, "{} {text}", field.path);
            }
            tried.push(field.path);
        }
    }
    tried.sort_unstable();
    tried.dedup();
    let expected = ["requirements[].due.every", "requirements[].due.max_gap", "requirements[].retain"];
    assert_eq!(tried, expected);
}
