//! `exemptions/*.yaml` of kind Exemption: officers free subjects from a requirement for a time.

use super::date::Date;
use super::digest::Sha256;
use super::id::{Id, Subject};
use super::kind::Kind;
use super::node::{At, Node, Spot};
use super::reader::{Fields, FromNode, Reader};
use super::scalar::words;
use super::signed::Record;
use super::tree::Tree;

/// Freedom from a requirement, from a first to a last day.
#[derive(Debug, Clone, PartialEq)]
pub struct Exemption {
    /// Which repository it was signed for.
    pub audience: Sha256,
    /// Who is exempt, at least one.
    pub subjects: Vec<At<Subject>>,
    /// From what.
    pub requirement: At<Id>,
    /// Why.
    pub reason: Reason,
    /// The day on which it was given, for people; no proof of anything.
    pub given_on: Date,
    /// The first day.
    pub from: Date,
    /// The last day; there is no exemption without one.
    pub until: Date,
    /// Where the record stands in its file.
    pub spot: Spot,
}

/// Why somebody is exempt: codes, because a sentence about a person could never be erased, and
/// a medical reason does not belong here at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Something equivalent was done elsewhere.
    Equivalent,
    /// The risk does not arise in this work.
    NoExposure,
    /// A law or a regulator says so.
    Law,
    /// An agreement with the person, kept elsewhere.
    Accommodation,
    /// It cannot be done at present.
    NotPracticable,
}

words!(Reason, "a reason to exempt";
    Equivalent = "equivalent", NoExposure = "no_exposure", Law = "law",
    Accommodation = "accommodation", NotPracticable = "not_practicable");

impl Record for Exemption {
    const KIND: Kind = Kind::Exemption;

    fn tree(&self) -> Tree {
        Tree::map()
            .text("audience", self.audience.prefixed())
            .list("subjects", self.subjects.iter().map(|s| Tree::text(&s.value)))
            .text("requirement", &self.requirement.value)
            .text("reason", self.reason)
            .text("given_on", self.given_on)
            .text("from", self.from)
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

impl FromNode for Exemption {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Exemption> {
        let mut fields = Fields::of(node, "exemption", reader)?;
        let spot = fields.spot();
        let audience = fields.need("audience", reader);
        let subjects = fields.need("subjects", reader);
        let requirement = fields.need("requirement", reader);
        let reason = fields.need("reason", reader);
        let given_on = fields.need("given_on", reader);
        let from = fields.need("from", reader);
        let until = fields.need("until", reader);
        fields.finish(reader);
        Some(Exemption {
            audience: audience?,
            subjects: subjects?,
            requirement: requirement?,
            reason: reason?,
            given_on: given_on?,
            from: from?,
            until: until?,
            spot,
        })
    }
}
