//! `trust/root/NNNN.yaml`: who the officers are, and how many of them each action needs.

use super::date::{Date, Days};
use super::digest::Sha256;
use super::id::{Holder, Id};
use super::kind::Kind;
use super::node::{Node, Spot};
use super::public_key::PublicKey;
use super::reader::{Fields, FromNode, Reader};
use super::scalar::{parsed, words};
use super::signed::{Home, Record};
use super::tree::Tree;

/// One root of the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Root {
    /// 128 random bits in hex that make root 1 unlike any other; root 1 alone has them.
    pub id: Option<String>,
    /// 1 for the first root, then one more each.
    pub version: u32,
    /// sha256 of the payload of the root before; none for root 1.
    pub previous: Option<Sha256>,
    /// The day it was made, for people; no proof of anything.
    pub created_on: Date,
    /// The last day on which it may be relied on, if it has one.
    pub expires_on: Option<Date>,
    /// The officers and their keys.
    pub officers: Vec<Officer>,
    /// Keys kept elsewhere that together count as one person, for a new root alone.
    pub recovery: Vec<PublicKey>,
    /// Who signs checkpoints, and nothing else.
    pub notaries: Vec<Notary>,
    /// How many officers each action needs.
    pub thresholds: Thresholds,
    /// How long a completion may lie back when its record appears.
    pub max_backdate: Days,
    /// How far ahead the end of an issuer's grant may lie.
    pub max_grant: Days,
    /// How long after its request an issuer may sign with a key, if officers set a limit.
    pub max_key_age: Option<Days>,
    /// Where the record stands in its file.
    pub spot: Spot,
}

/// An officer and the keys that are theirs.
#[derive(Debug, Clone, PartialEq)]
pub struct Officer {
    /// The worker who is the officer.
    pub worker: Id,
    /// The officer's keys, at least one.
    pub keys: Vec<PublicKey>,
}

/// Who signs checkpoints.
#[derive(Debug, Clone, PartialEq)]
pub struct Notary {
    /// The holder of the key.
    pub holder: Holder,
    /// The key, which signs nothing else.
    pub key: PublicKey,
}

/// Something that officers do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Replacing the root.
    Root,
    /// Enrolling a key.
    Key,
    /// Granting what an issuer may sign.
    Grant,
    /// Revoking a key or a record.
    Revoke,
    /// Exempting a subject from a requirement.
    Exempt,
    /// Extending a due date.
    Extend,
    /// Approving an edit that review alone would not carry.
    Approve,
}

words!(Action, "an action";
    Root = "root", Key = "key", Grant = "grant", Revoke = "revoke", Exempt = "exempt",
    Extend = "extend", Approve = "approve");

/// How many officers each action needs, in the order of [`Action::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds([u32; 7]);

impl Thresholds {
    /// The same number for every action.
    pub fn all(count: u32) -> Thresholds {
        Thresholds([count; 7])
    }

    /// How many officers an action needs.
    pub fn of(&self, action: Action) -> u32 {
        self.0[action as usize]
    }

    /// The same thresholds with another number for one action.
    #[must_use]
    pub fn with(mut self, action: Action, count: u32) -> Thresholds {
        self.set(action, count);
        self
    }

    /// Sets how many officers an action needs.
    pub fn set(&mut self, action: Action, count: u32) {
        self.0[action as usize] = count;
    }
}

impl Record for Root {
    const KIND: Kind = Kind::Root;

    fn tree(&self) -> Tree {
        let thresholds =
            Action::ALL.iter().fold(Tree::map(), |map, a| map.text(a.word(), self.thresholds.of(*a)));
        Tree::map()
            .maybe("id", self.id.as_ref())
            .text("version", self.version)
            .maybe("previous", self.previous.map(|d| d.prefixed()))
            .text("created_on", self.created_on)
            .maybe("expires_on", self.expires_on)
            .list("officers", self.officers.iter().map(Officer::tree))
            .list("recovery", self.recovery.iter().map(Tree::text))
            .list("notaries", self.notaries.iter().map(Notary::tree))
            .tree("thresholds", thresholds.build())
            .text("max_backdate", self.max_backdate)
            .text("max_grant", self.max_grant)
            .maybe("max_key_age", self.max_key_age)
            .build()
    }

    fn audience(&self) -> Option<Sha256> {
        None
    }

    fn subject(&self) -> (String, Sha256) {
        let id = self.id.as_deref().unwrap_or_default();
        (format!("root/{}", self.version), self.previous.unwrap_or_else(|| Sha256::of(id.as_bytes())))
    }

    fn home(&self) -> Home {
        Home::Path(format!("trust/root/{:04}.yaml", self.version))
    }

    fn dated(&self) -> Date {
        self.created_on
    }
}

impl Officer {
    fn tree(&self) -> Tree {
        Tree::map()
            .text("officer", format!("worker/{}", self.worker))
            .list("keys", self.keys.iter().map(Tree::text))
            .build()
    }
}

impl Notary {
    fn tree(&self) -> Tree {
        Tree::map().text("notary", &self.holder).text("key", &self.key).build()
    }
}

fn count(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<u32> {
    let plain = |t: &str| t.parse().ok().filter(|n: &u32| n.to_string() == t && (1..=9999).contains(n));
    parsed(node, reader, plain, "a number from 1 to 9999", "Write a whole number from 1.")
}

impl FromNode for Root {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Root> {
        let mut fields = Fields::of(node, "root", reader)?;
        let spot = fields.spot();
        let hex = |t: &str| {
            (t.len() == 32 && t.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
                .then(|| t.to_owned())
        };
        let id = fields
            .node("id")
            .and_then(|n| parsed(n, reader, hex, "32 hex digits", "Let `duly init` make the root."));
        let version = fields.node("version").and_then(|n| count(n, reader));
        let previous = fields.get("previous", reader);
        let created_on = fields.need("created_on", reader);
        let expires_on = fields.get("expires_on", reader);
        let officers = fields.need("officers", reader);
        let recovery = fields.list("recovery", reader);
        let notaries = fields.list("notaries", reader);
        let thresholds = fields.need("thresholds", reader);
        let max_backdate = fields.need("max_backdate", reader);
        let max_grant = fields.need("max_grant", reader);
        let max_key_age = fields.get("max_key_age", reader);
        if !fields.has("version") {
            fields.missing("version", reader);
        }
        fields.finish(reader);
        Some(Root {
            id,
            version: version?,
            previous,
            created_on: created_on?,
            expires_on,
            officers: officers?,
            recovery,
            notaries,
            thresholds: thresholds?,
            max_backdate: max_backdate?,
            max_grant: max_grant?,
            max_key_age,
            spot,
        })
    }
}

impl FromNode for Officer {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Officer> {
        let mut fields = Fields::of(node, "officer", reader)?;
        let worker = |t: &str| t.strip_prefix("worker/").and_then(Id::parse);
        let named = fields.node("officer");
        let officer = named.and_then(|n| {
            parsed(n, reader, worker, "a worker", "Write `worker/` and the id of the officer.")
        });
        if named.is_none() {
            fields.missing("officer", reader);
        }
        let keys = fields.need("keys", reader);
        fields.finish(reader);
        Some(Officer { worker: officer?, keys: keys? })
    }
}

impl FromNode for Notary {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Notary> {
        let mut fields = Fields::of(node, "notary", reader)?;
        let holder = fields.need("notary", reader);
        let key = fields.need("key", reader);
        fields.finish(reader);
        Some(Notary { holder: holder?, key: key? })
    }
}

impl FromNode for Thresholds {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Thresholds> {
        let mut fields = Fields::of(node, "threshold group", reader)?;
        let mut thresholds = Thresholds::all(0);
        let mut complete = true;
        for action in Action::ALL {
            match fields.node(action.word()) {
                Some(node) => match count(node, reader) {
                    Some(count) => thresholds.set(*action, count),
                    None => complete = false,
                },
                None => {
                    fields.missing(action.word(), reader);
                    complete = false;
                }
            }
        }
        fields.finish(reader);
        complete.then_some(thresholds)
    }
}
