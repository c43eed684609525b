//! `attestations/YYYY/MM/*.yaml` of kind Countersignature: a later signature that joins an
//! attestation. Signed files never change, so whoever signs later signs a file of their own.

use super::date::Date;
use super::digest::Sha256;
use super::kind::Kind;
use super::node::{Node, Spot};
use super::public_key::Fingerprint;
use super::reader::{Fields, FromNode, Reader};
use super::signed::{Home, Record};
use super::tree::Tree;

/// A later signature to an attestation.
#[derive(Debug, Clone, PartialEq)]
pub struct Countersignature {
    /// Which repository it was signed for.
    pub audience: Sha256,
    /// sha256 of the payload that it joins.
    pub payload: Sha256,
    /// The key that signs, and alone may sign the file: two people who join the same payload
    /// on one day would otherwise make the same record.
    pub key: Fingerprint,
    /// The day, for people; no proof of anything.
    pub signed_on: Date,
    /// Where the record stands in its file.
    pub spot: Spot,
}

impl Record for Countersignature {
    const KIND: Kind = Kind::Countersignature;

    fn tree(&self) -> Tree {
        Tree::map()
            .text("audience", self.audience.prefixed())
            .text("payload", self.payload.prefixed())
            .text("key", &self.key)
            .text("signed_on", self.signed_on)
            .build()
    }

    fn audience(&self) -> Option<Sha256> {
        Some(self.audience)
    }

    fn subject(&self) -> (String, Sha256) {
        (format!("payload/{}", self.payload), self.payload)
    }

    fn home(&self) -> Home {
        Home::Beside(self.payload)
    }

    fn dated(&self) -> Date {
        self.signed_on
    }

    fn names(&self) -> Vec<Sha256> {
        vec![self.payload]
    }
}

impl FromNode for Countersignature {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Countersignature> {
        let mut fields = Fields::of(node, "countersignature", reader)?;
        let spot = fields.spot();
        let audience = fields.need("audience", reader);
        let payload = fields.need("payload", reader);
        let key = fields.need("key", reader);
        let signed_on = fields.need("signed_on", reader);
        fields.finish(reader);
        Some(Countersignature {
            audience: audience?,
            payload: payload?,
            key: key?,
            signed_on: signed_on?,
            spot,
        })
    }
}
