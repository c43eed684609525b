//! `exemptions/*.yaml` of kind Extension: officers give subjects more time, and say why: the
//! record of a delay that 29 CFR 1910.1030(g)(2) and others ask for.

use super::date::Date;
use super::digest::Sha256;
use super::id::{Id, Subject};
use super::kind::Kind;
use super::node::{At, Node, Spot};
use super::reader::{Fields, FromNode, Reader};
use super::scalar::words;
use super::signed::Record;
use super::tree::Tree;

/// More time for a requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// Which repository it was signed for.
    pub audience: Sha256,
    /// Who has more time, at least one.
    pub subjects: Vec<At<Subject>>,
    /// For what.
    pub requirement: At<Id>,
    /// Why.
    pub reason: Reason,
    /// The day on which it was given; it acts from that day on.
    pub given_on: Date,
    /// Its last day: no due date falls before it.
    pub until: Date,
    /// Where the record stands in its file.
    pub spot: Spot,
}

/// Why there is more time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Nobody could train.
    TrainerUnavailable,
    /// The course or text was not to be had.
    MaterialUnavailable,
    /// A program or a place was not to be had.
    Outage,
    /// Something unforeseen that concerned everybody.
    Emergency,
    /// The person was not there for a short time.
    Absence,
    /// A law or a regulator says so.
    Law,
}

words!(Reason, "a reason to extend";
    TrainerUnavailable = "trainer_unavailable", MaterialUnavailable = "material_unavailable",
    Outage = "outage", Emergency = "emergency", Absence = "absence", Law = "law");

impl Record for Extension {
    const KIND: Kind = Kind::Extension;

    fn tree(&self) -> Tree {
        Tree::map()
            .text("audience", self.audience.prefixed())
            .list("subjects", self.subjects.iter().map(|s| Tree::text(&s.value)))
            .text("requirement", &self.requirement.value)
            .text("reason", self.reason)
            .text("given_on", self.given_on)
            .text("until", self.until)
            .build()
    }

    fn audience(&self) -> Option<Sha256> {
        Some(self.audience)
    }

    fn subject(&self) -> (String, Sha256) {
        let name = format!("requirement/{}", self.requirement.value);
        let digest = Sha256::of(name.as_bytes());
        (name, digest)
    }

    fn dated(&self) -> Date {
        self.given_on
    }

    fn rows(&self) -> Vec<&Subject> {
        self.subjects.iter().map(|s| &s.value).collect()
    }
}

impl FromNode for Extension {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Extension> {
        let mut fields = Fields::of(node, "extension", reader)?;
        let spot = fields.spot();
        let audience = fields.need("audience", reader);
        let subjects = fields.need("subjects", reader);
        let requirement = fields.need("requirement", reader);
        let reason = fields.need("reason", reader);
        let given_on = fields.need("given_on", reader);
        let until = fields.need("until", reader);
        fields.finish(reader);
        Some(Extension {
            audience: audience?,
            subjects: subjects?,
            requirement: requirement?,
            reason: reason?,
            given_on: given_on?,
            until: until?,
            spot,
        })
    }
}
