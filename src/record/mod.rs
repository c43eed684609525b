//! The records of a repository: their types, and what can be said of one record alone.
//!
//! One file per kind. No I/O: a record is made from a [`node::Node`] that the
//! [`yaml`](crate::yaml) room read, and a signed one gives a [`tree::Tree`] to write.

pub mod approval;
pub mod assignment;
pub mod attestation;
pub mod countersignature;
pub mod date;
pub mod digest;
pub mod exemption;
pub mod extension;
pub mod fields;
pub mod grant;
pub mod id;
pub mod identities;
pub mod incident;
pub mod key;
pub mod kind;
pub mod node;
pub mod organization;
pub mod policy;
pub mod public_key;
pub mod reader;
pub mod revocation;
pub mod root;
pub mod roster;
pub mod scalar;
pub mod signed;
pub mod signed_kinds;
pub mod system;
pub mod text;
pub mod tree;
pub mod vendor;

/// Marks the two fields that open every file as known; the ledger has read them to tell the
/// kind.
fn envelope(fields: &mut reader::Fields<'_, '_>) {
    fields.node("apiVersion");
    fields.node("kind");
}
