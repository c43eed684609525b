//! The samples, and the real readers on them.

use crate::finding::Finding;
use crate::ledger::read_signed;
use crate::record::approval::Approval;
use crate::record::assignment::Assignment;
use crate::record::attestation::Attestation;
use crate::record::countersignature::Countersignature;
use crate::record::exemption::Exemption;
use crate::record::extension::Extension;
use crate::record::grant::Grant;
use crate::record::identities::Identities;
use crate::record::incident::Incident;
use crate::record::key::Key;
use crate::record::kind::Kind;
use crate::record::node::Node;
use crate::record::organization::Organization;
use crate::record::policy::Policy;
use crate::record::reader::{FromNode, Reader};
use crate::record::revocation::Revocation;
use crate::record::root::Root;
use crate::record::roster::Roster;
use crate::record::signed::{Record, Signed};
use crate::record::signed_kinds::signed_kinds;
use crate::record::system::System;
use crate::record::vendor::Vendor;
use crate::yaml::{canonical, people};

macro_rules! samples {
    ($($kind:ident $made:ty: $($file:literal)+;)+) => {
        /// The files of a kind that together have every field that it can have.
        pub fn texts(kind: Kind) -> &'static [&'static str] {
            match kind {
                $(Kind::$kind => &[$(include_str!(concat!("../samples/", $file, ".yaml"))),+],)+
            }
        }

        /// What the kind's reader finds wrong with a tree.
        pub fn faults(kind: Kind, node: &Node<'_>) -> Vec<Finding> {
            match kind {
                $(Kind::$kind => read::<$made>(node),)+
            }
        }
    };
}

samples! {
    Organization Organization: "organization";
    Roster Roster: "roster";
    Policy Policy: "policy";
    Assignment Assignment: "assignment";
    System System: "system";
    Vendor Vendor: "vendor";
    Incident Incident: "incident";
    Attestation Signed<Attestation>: "attestation";
    Countersignature Signed<Countersignature>: "countersignature";
    Exemption Signed<Exemption>: "exemption";
    Extension Signed<Extension>: "extension";
    Revocation Signed<Revocation>: "revocation-of-key" "revocation-of-old-key" "revocation-of-rows";
    Root Signed<Root>: "root";
    Key Signed<Key>: "key";
    Grant Signed<Grant>: "grant";
    Approval Signed<Approval>: "approval-of-files" "approval-of-commit";
    Identities Identities: "identities";
}

fn read<T: FromNode>(node: &Node<'_>) -> Vec<Finding> {
    let mut reader = Reader::new("sample");
    let made = T::from_node(node, &mut reader).is_some();
    assert!(made || !reader.findings.is_empty(), "nothing made and nothing said");
    reader.findings
}

/// Every sample of every kind, as the readers of files give it.
pub fn all() -> impl Iterator<Item = (Kind, Node<'static>)> {
    Kind::ALL.iter().flat_map(|kind| texts(*kind).iter().map(|text| (*kind, node(*kind, text))))
}

fn node(kind: Kind, text: &'static str) -> Node<'static> {
    let bytes = text.as_bytes();
    let node =
        if kind.is_signed() { canonical::read("sample", bytes) } else { people::read("sample", bytes) };
    node.unwrap_or_else(|f| panic!("{kind}: {f:?}"))
}

/// The codes of what is wrong with a signed file, its form included.
pub fn codes_of_file(kind: Kind, text: &str) -> Vec<&'static str> {
    fn codes<R: Record>(text: &str) -> Vec<&'static str> {
        let found = read_signed::<R>("sample", text.as_bytes()).err().unwrap_or_default();
        found.iter().map(|f| f.entry.code).collect()
    }
    macro_rules! each {
        ($($kind:ident, $module:ident, $list:ident, $says:expr;)+) => {
            match kind {
                $(Kind::$kind => codes::<$kind>(text),)+
                other => panic!("{other} is not signed"),
            }
        };
    }
    signed_kinds!(each)
}
