//! `incidents/*.yaml`: what happened when, whom it touched, and the retraining it calls for.
//! Not signed: protected by review in git.

use super::date::Date;
use super::id::{Id, Subject};
use super::node::{At, Node, Spot};
use super::reader::{Fields, FromNode, Reader};

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Incident {
    /// The id, as `2026-03-lost-laptop`.
    pub id: At<Id>,
    /// What happened, in a few words that name nobody.
    pub title: String,
    /// The incident's day: what is dated on it is not provably before it, and only what is
    /// dated after it serves the retraining.
    pub occurred_on: Date,
    /// The day on which the organisation knew of it (45 CFR 164.404(a)(2)).
    pub discovered_on: Date,
    /// Whom and what it touched.
    pub subjects: Vec<At<Subject>>,
    /// What has to be done again, by whom, by when.
    pub retraining: Vec<Retraining>,
}

/// What some subjects have to do again after an incident.
#[derive(Debug, Clone)]
pub struct Retraining {
    /// Who; where the file names nobody, everybody whom the incident touched.
    pub subjects: Vec<At<Subject>>,
    /// What.
    pub requirement: At<Id>,
    /// The last good day.
    pub by: Date,
    /// Where it stands in its file.
    pub spot: Spot,
}

impl Incident {
    /// Who has to do something again.
    pub fn called<'i>(&'i self, retraining: &'i Retraining) -> &'i [At<Subject>] {
        if retraining.subjects.is_empty() { &self.subjects } else { &retraining.subjects }
    }
}

impl FromNode for Incident {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Incident> {
        let mut fields = Fields::of(node, "incident", reader)?;
        super::envelope(&mut fields);
        let id = fields.need("id", reader);
        let title = fields.need("title", reader);
        let occurred_on = fields.need("occurred_on", reader);
        let discovered_on = fields.need("discovered_on", reader);
        let subjects = fields.need("subjects", reader);
        let retraining = fields.list("retraining", reader);
        fields.finish(reader);
        Some(Incident {
            id: id?,
            title: title?,
            occurred_on: occurred_on?,
            discovered_on: discovered_on?,
            subjects: subjects?,
            retraining,
        })
    }
}

impl FromNode for Retraining {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Retraining> {
        let mut fields = Fields::of(node, "retraining", reader)?;
        let subjects = fields.list("subjects", reader);
        let requirement = fields.need("requirement", reader);
        let by = fields.need("by", reader);
        let spot = fields.spot();
        fields.finish(reader);
        Some(Retraining { subjects, requirement: requirement?, by: by?, spot })
    }
}
