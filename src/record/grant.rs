//! `trust/keys/*.yaml` of kind Grant: what an issuer's key may sign, and until when.

use super::date::Date;
use super::digest::Sha256;
use super::id::Id;
use super::kind::Kind;
use super::node::{At, Node, Spot};
use super::public_key::Fingerprint;
use super::reader::{Fields, FromNode, Reader};
use super::signed::Record;
use super::tree::Tree;

/// What an issuer's key may sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// Which repository it was signed for.
    pub audience: Sha256,
    /// The key that is granted to.
    pub key: Fingerprint,
    /// The requirements that the key may sign completions of.
    pub scope: Vec<At<Id>>,
    /// The day of the grant.
    pub granted_on: Date,
    /// The last day on which a completion may lie; at most the root's `max_grant` ahead.
    pub until: Date,
    /// Where the record stands in its file.
    pub spot: Spot,
}

impl Record for Grant {
    const KIND: Kind = Kind::Grant;

    fn tree(&self) -> Tree {
        Tree::map()
            .text("audience", self.audience.prefixed())
            .text("key", &self.key)
            .list("scope", self.scope.iter().map(|id| Tree::text(&id.value)))
            .text("granted_on", self.granted_on)
            .text("until", self.until)
            .build()
    }

    fn audience(&self) -> Option<Sha256> {
        Some(self.audience)
    }

    fn subject(&self) -> (String, Sha256) {
        (format!("key/{}", self.key), self.key.digest())
    }

    fn dated(&self) -> Date {
        self.granted_on
    }
}

impl FromNode for Grant {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Grant> {
        let mut fields = Fields::of(node, "grant", reader)?;
        let spot = fields.spot();
        let audience = fields.need("audience", reader);
        let key = fields.need("key", reader);
        let scope = fields.need::<Vec<At<Id>>>("scope", reader);
        let granted_on = fields.need("granted_on", reader);
        let until = fields.need("until", reader);
        fields.finish(reader);
        Some(Grant {
            audience: audience?,
            key: key?,
            scope: scope?,
            granted_on: granted_on?,
            until: until?,
            spot,
        })
    }
}
