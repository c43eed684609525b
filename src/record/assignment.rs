//! `assignments/*.yaml`: one-off duties. Not signed: protected by review in git.

use super::date::Date;
use super::id::{Id, Subject};
use super::node::{At, Node, Spot};
use super::reader::{Fields, FromNode, Reader};
use super::scalar::words;
use crate::finding::catalogue::files;

/// Somebody was told to do something by a day, whatever the requirement's own rule says.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// The id.
    pub id: At<Id>,
    /// Who was told, at least one.
    pub subjects: Vec<At<Subject>>,
    /// What.
    pub requirement: At<Id>,
    /// The day on which they were told: the assignment's day.
    pub told_on: Date,
    /// The last good day.
    pub by: Date,
    /// Why.
    pub reason: Reason,
    /// Where the assignment stands in its file.
    pub spot: Spot,
}

/// Why something was assigned: codes, because a sentence about a person could never be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Somebody takes something on.
    NewDuty,
    /// An audit or a risk analysis asked for it.
    Audit,
    /// Something happened elsewhere, or nearly.
    Incident,
    /// A regulator asked for it.
    Regulator,
    /// A customer or partner asked for it.
    Contract,
    /// Whoever was told asked for it.
    Request,
}

words!(Reason, "a reason to assign";
    NewDuty = "new_duty", Audit = "audit", Incident = "incident",
    Regulator = "regulator", Contract = "contract", Request = "request");

impl FromNode for Assignment {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Assignment> {
        let mut fields = Fields::of(node, "assignment", reader)?;
        super::envelope(&mut fields);
        let spot = fields.spot();
        let id = fields.need("id", reader);
        let subjects = fields.need::<Vec<At<Subject>>>("subjects", reader);
        let requirement = fields.need("requirement", reader);
        let told_on = fields.need("told_on", reader);
        let by = fields.need("by", reader);
        let reason = fields.need("reason", reader);
        fields.finish(reader);
        if subjects.as_ref().is_some_and(Vec::is_empty) {
            let help = "Name who was told, as in `subjects: [worker/w-0042]`.";
            reader.report(&files::BAD_VALUE, spot, "this assignment is for nobody", help);
        }
        Some(Assignment {
            id: id?,
            subjects: subjects?,
            requirement: requirement?,
            told_on: told_on?,
            by: by?,
            reason: reason?,
            spot,
        })
    }
}
