//! No field of any file changes without an event. The samples have every field there is.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Kept, between, from_node};
use crate::record::node::{Node, Value};

type Make = fn(&Node<'_>) -> Option<Kept>;

const SAMPLES: [(&str, Make); 7] = [
    (include_str!("../../../record/fields/samples/organization.yaml"), |n| {
        from_node(n).map(Kept::Organization)
    }),
    (include_str!("../../../record/fields/samples/roster.yaml"), |n| from_node(n).map(Kept::Roster)),
    (include_str!("../../../record/fields/samples/policy.yaml"), |n| from_node(n).map(Kept::Policy)),
    (include_str!("../../../record/fields/samples/system.yaml"), |n| from_node(n).map(Kept::System)),
    (include_str!("../../../record/fields/samples/vendor.yaml"), |n| from_node(n).map(Kept::Vendor)),
    (include_str!("../../../record/fields/samples/incident.yaml"), |n| from_node(n).map(Kept::Incident)),
    (include_str!("../../../record/fields/samples/assignment.yaml"), |n| from_node(n).map(Kept::Assignment)),
];

/// Some of these fit whatever field there is.
const OTHER_VALUES: [&str; 25] = [
    "2026-03-03",
    "2040-03-03",
    "5 days",
    "5 years",
    "zz-9",
    "worker/zz-9",
    "org",
    "America/Phoenix",
    "control",
    "training",
    "proposed",
    "in_force",
    "start",
    "minor",
    "material",
    "outline",
    "not_retained",
    "officer",
    "failed",
    "self",
    "audit",
    "0c770c770c770c770c770c770c770c770c770c770c770c770c770c770c770c77",
    "everyone",
    "documents/other.md",
    "../other",
];

/// Where the line may as well be missing: the sample has what holds without it.
const USUAL: [&str; 4] = ["state", "change", "stale_after", "after_leave"];

fn sample(text: &'static str) -> Node<'static> {
    crate::yaml::people::read("x.yaml", text.as_bytes()).unwrap()
}

/// Every value below a node: the steps to it, and the key that it stands behind.
fn values(node: &Node<'_>, steps: &[usize], key: &str, found: &mut Vec<(Vec<usize>, String)>) {
    if !steps.is_empty() {
        found.push((steps.to_vec(), key.to_owned()));
    }
    let inner: Vec<(&Node<'_>, &str)> = match &node.value {
        Value::Map(fields) => fields.iter().map(|f| (&f.node, f.key.as_ref())).collect(),
        Value::List(items) => items.iter().map(|n| (n, key)).collect(),
        _ => Vec::new(),
    };
    for (at, (node, key)) in inner.into_iter().enumerate() {
        values(node, &[steps, &[at]].concat(), key, found);
    }
}

fn at<'n, 'a>(node: &'n mut Node<'a>, steps: &[usize]) -> &'n mut Node<'a> {
    steps.iter().fold(node, |node, step| match &mut node.value {
        Value::Map(fields) => &mut fields[*step].node,
        Value::List(items) => &mut items[*step],
        other => panic!("{other:?} holds nothing"),
    })
}

fn removed(node: &Node<'static>, steps: &[usize]) -> Node<'static> {
    let mut node = node.clone();
    let (last, group) = steps.split_last().unwrap();
    match &mut at(&mut node, group).value {
        Value::Map(fields) => drop(fields.remove(*last)),
        Value::List(items) => drop(items.remove(*last)),
        other => panic!("{other:?} holds nothing"),
    }
    node
}

/// The tree with other values at a place, where that place holds one and not several.
fn altered(node: &Node<'static>, steps: &[usize]) -> Vec<Node<'static>> {
    let mut copy = node.clone();
    let was = at(&mut copy, steps).value.clone();
    let mut others: Vec<Value<'static>> = match was {
        Value::Map(_) | Value::List(_) => Vec::new(),
        _ => OTHER_VALUES.iter().map(|t| Value::Text(Cow::Borrowed(*t))).collect(),
    };
    others.extend([Value::Flag(true), Value::Flag(false), Value::Whole(12)]);
    others.retain(|other| *other != was);
    let with = |value| {
        at(&mut copy, steps).value = value;
        copy.clone()
    };
    others.into_iter().map(with).collect()
}

#[test]
fn where_a_record_stands_makes_no_event() {
    for (text, make) in SAMPLES {
        let lower = format!("# one\n\n# two\n{}", text.replace(": ", ":   ")).leak();
        let (before, after) = (make(&sample(text)).unwrap(), make(&sample(lower)).unwrap());
        assert_eq!(between(&before.view(), &before.view()), [""; 0]);
        assert_eq!(between(&before.view(), &after.view()), [""; 0], "{text}");
    }
}

#[test]
fn no_field_changes_without_an_event() {
    let mut silent = BTreeSet::new();
    let mut untried = BTreeSet::new();
    for (text, make) in SAMPLES {
        let node = sample(text);
        let before = make(&node).unwrap();
        let mut places = Vec::new();
        values(&node, &[], "", &mut places);
        places.retain(|(_, key)| !["apiVersion", "kind"].contains(&key.as_str()));
        for (steps, key) in places {
            let missing = Some(removed(&node, &steps)).filter(|_| !USUAL.contains(&key.as_str()));
            let tried = altered(&node, &steps).into_iter().chain(missing);
            let made: Vec<Kept> = tried.filter_map(|n| make(&n)).collect();
            let leaf = !matches!(at(&mut node.clone(), &steps).value, Value::Map(_) | Value::List(_));
            if leaf && made.is_empty() {
                untried.insert(key.clone());
            }
            for after in made {
                if between(&before.view(), &after.view()).is_empty() {
                    silent.insert(key.clone());
                }
            }
        }
    }
    assert_eq!(silent, BTreeSet::new(), "changes that nobody is told of");
    // It goes together with other fields, and has its own test.
    assert_eq!(untried, BTreeSet::from(["anchor".to_owned()]));
}
