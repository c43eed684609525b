//! The table against the readers, on one full sample of every kind.

mod committed;
mod readers;
mod schemas;
mod walk;

use super::of;
use crate::finding::Finding;
use crate::record::attestation::Attestation;
use crate::record::grant::Grant;
use crate::record::identities::Identities;
use crate::record::key::Key;
use crate::record::kind::Kind;
use crate::record::node::Node;
use crate::record::organization::Organization;
use crate::record::policy::Policy;
use crate::record::reader::{FromNode, Reader};
use crate::record::root::Root;
use crate::record::roster::Roster;
use crate::record::signed::Signed;
use crate::yaml::{canonical, people};

/// A file of the kind with every field that it can have.
fn sample(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization => include_str!("../samples/organization.yaml"),
        Kind::Roster => include_str!("../samples/roster.yaml"),
        Kind::Policy => include_str!("../samples/policy.yaml"),
        Kind::Attestation => include_str!("../samples/attestation.yaml"),
        Kind::Root => include_str!("../samples/root.yaml"),
        Kind::Key => include_str!("../samples/key.yaml"),
        Kind::Grant => include_str!("../samples/grant.yaml"),
        Kind::Identities => include_str!("../samples/identities.yaml"),
    }
}

/// The sample as the real readers of files give it.
fn node(kind: Kind) -> Node<'static> {
    let bytes = sample(kind).as_bytes();
    let node =
        if kind.is_signed() { canonical::read("sample", bytes) } else { people::read("sample", bytes) };
    node.unwrap_or_else(|f| panic!("{kind}: {f:?}"))
}

/// What the kind's reader finds wrong with a tree.
fn faults(kind: Kind, node: &Node<'_>) -> Vec<Finding> {
    let mut reader = Reader::new("sample");
    let made = match kind {
        Kind::Organization => Organization::from_node(node, &mut reader).is_some(),
        Kind::Roster => Roster::from_node(node, &mut reader).is_some(),
        Kind::Policy => Policy::from_node(node, &mut reader).is_some(),
        Kind::Attestation => Signed::<Attestation>::from_node(node, &mut reader).is_some(),
        Kind::Root => Signed::<Root>::from_node(node, &mut reader).is_some(),
        Kind::Key => Signed::<Key>::from_node(node, &mut reader).is_some(),
        Kind::Grant => Signed::<Grant>::from_node(node, &mut reader).is_some(),
        Kind::Identities => Identities::from_node(node, &mut reader).is_some(),
    };
    assert!(made || !reader.findings.is_empty(), "{kind}: nothing made and nothing said");
    reader.findings
}
