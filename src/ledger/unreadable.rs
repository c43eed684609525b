//! Facts that could not be read, and what must therefore stay unknown.
//!
//! Nothing is computed as if such a field were not there: an impossible day in a leave would
//! make it open-ended, a slip in `within` would make a requirement vanish.

use super::parse::Content;
use super::{FileIndex, Ledger, layout};
use crate::finding::{Finding, Severity};
use crate::record::id::{Id, Subject};
use crate::record::kind::Kind;
use crate::record::node::{Node, Spot, Value};

/// A field that could not be read, and the obligations that rest on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its file.
    pub file: FileIndex,
    /// Its place in the file.
    pub spot: Spot,
    /// Whose obligations rest on it; none where everybody's do.
    pub subject: Option<Subject>,
    /// Which requirement rests on it; none where all do.
    pub requirement: Option<Id>,
}

impl Unreadable {
    /// Tells if an obligation rests on the field.
    pub fn concerns(&self, subject: &Subject, requirement: &Id) -> bool {
        self.subject.as_ref().is_none_or(|s| s == subject)
            && self.requirement.as_ref().is_none_or(|r| r == requirement)
    }
}

/// The subject and requirement that rest on a field; none stands for all of them.
type Concerned = (Option<Subject>, Option<Id>);

impl Ledger {
    /// Notes what cannot be computed because of a file that people wrote. `named` are the
    /// subjects that the file names, where its kind says whom it concerns by naming them.
    pub(super) fn note_unreadable(
        &mut self,
        file: FileIndex,
        content: &Content,
        findings: &[Finding],
        named: Option<Vec<Subject>>,
    ) {
        let Some(error) = findings.iter().find(|f| f.severity == Severity::Error) else { return };
        let place = error.place.as_ref();
        let first = place.map_or(Spot::default(), |p| Spot { line: p.line, column: p.column });
        let of_file = |concerned: Concerned| (first, concerned);
        let mut noted: Vec<(Spot, Concerned)> = Vec::new();
        match content {
            Content::Roster(roster) => noted.extend(
                roster.workers.iter().filter_map(|w| Some((w.unreadable?, (Some(w.subject()), None)))),
            ),
            Content::Policy(policy) => noted.extend(
                policy
                    .requirements
                    .iter()
                    .filter_map(|r| Some((r.unreadable?, (None, Some(r.id.value.clone()))))),
            ),
            Content::System(system) => noted.push(of_file((Some(system.subject()), None))),
            Content::Vendor(vendor) => noted.push(of_file((Some(vendor.subject()), None))),
            _ if self.concerns_everybody(file) => match named {
                Some(subjects) => noted.extend(subjects.into_iter().map(|s| of_file((Some(s), None)))),
                None => noted.push(of_file((None, None))),
            },
            _ => {}
        }
        let unreadable = |(spot, (subject, requirement))| Unreadable { file, spot, subject, requirement };
        self.unreadable.extend(noted.into_iter().map(unreadable));
    }

    /// Tells if a file may say something about anybody: the settings, incidents, assignments.
    fn concerns_everybody(&self, file: FileIndex) -> bool {
        let layout::Room::Record(kinds) = layout::room(self.path(file)) else { return false };
        kinds.iter().any(|k| matches!(k, Kind::Organization | Kind::Incident | Kind::Assignment))
    }
}

/// The subjects that a file names; none where it names nobody, or somebody who cannot be read.
pub(super) fn subjects_named(node: &Node<'_>) -> Option<Vec<Subject>> {
    let mut subjects = Vec::new();
    collect(node, &mut subjects).filter(|()| !subjects.is_empty())?;
    Some(subjects)
}

fn collect(node: &Node<'_>, out: &mut Vec<Subject>) -> Option<()> {
    match &node.value {
        Value::Map(fields) => fields.iter().try_for_each(|field| match field.key.as_ref() {
            "subjects" => listed(&field.node, out),
            _ => collect(&field.node, out),
        }),
        Value::List(items) => items.iter().try_for_each(|item| collect(item, out)),
        _ => Some(()),
    }
}

fn listed(node: &Node<'_>, out: &mut Vec<Subject>) -> Option<()> {
    let Value::List(items) = &node.value else { return None };
    for item in items {
        let Value::Text(text) = &item.value else { return None };
        out.push(Subject::parse(text)?);
    }
    Some(())
}
