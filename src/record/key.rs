//! `trust/keys/*.yaml` of kind Key: a key and the one who holds it.
//!
//! Its holder signs the request with the key itself, an officer signs the same payload: what
//! lands in the folder carries both signatures.

use super::date::Date;
use super::digest::Sha256;
use super::id::Holder;
use super::kind::Kind;
use super::node::{Node, Spot};
use super::public_key::PublicKey;
use super::reader::{Fields, FromNode, Reader};
use super::signed::Record;
use super::tree::Tree;

/// A key and its holder.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Which repository it was signed for.
    pub audience: Sha256,
    /// Who holds the private key.
    pub owner: Holder,
    /// The public key.
    pub public_key: PublicKey,
    /// The day of the request, for people; no proof of anything.
    pub requested_on: Date,
    /// Where the record stands in its file.
    pub spot: Spot,
}

impl Record for Key {
    const KIND: Kind = Kind::Key;

    fn tree(&self) -> Tree {
        Tree::map()
            .text("audience", self.audience.prefixed())
            .text("owner", &self.owner)
            .text("public_key", &self.public_key)
            .text("requested_on", self.requested_on)
            .build()
    }

    fn audience(&self) -> Option<Sha256> {
        Some(self.audience)
    }

    fn subject(&self) -> (String, Sha256) {
        (format!("key/{}", self.public_key.fingerprint()), self.public_key.blob_digest())
    }

    fn dated(&self) -> Date {
        self.requested_on
    }
}

impl FromNode for Key {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Key> {
        let mut fields = Fields::of(node, "key", reader)?;
        let spot = fields.spot();
        let audience = fields.need("audience", reader);
        let owner = fields.need("owner", reader);
        let public_key = fields.need("public_key", reader);
        let requested_on = fields.need("requested_on", reader);
        fields.finish(reader);
        Some(Key {
            audience: audience?,
            owner: owner?,
            public_key: public_key?,
            requested_on: requested_on?,
            spot,
        })
    }
}
