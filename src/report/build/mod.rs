//! From the ledger and the engine to the view model: the one place of the report that knows
//! the other rooms. It computes no status: it copies what the engine found, once, in a time
//! that grows with the number of rows.

mod duties;
mod people;
mod records;
mod requirements;
mod trail;
mod trust;
mod waivers;
mod why;
mod words;

use std::collections::HashMap;

use super::model::{Facts, Model, Other, Parts, Who, Word, group_findings};
use crate::duty::{Duties, Inputs};
use crate::finding::Finding;
use crate::history::log::Entry;
use crate::history::seen::FirstSeen;
use crate::ledger::Ledger;
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::record::organization::Declared;
use crate::record::roster::Worker;
use crate::trust::Trust;
use crate::trust::accepted::{Accepted, AcceptedExemption, AcceptedExtension, Unverified};

/// Everything that a model is made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The repository.
    pub ledger: &'a Ledger,
    /// What the engine computed as of the day of the facts.
    pub duties: &'a Duties<'a>,
    /// What the duties were computed from; none without an organisation.
    pub inputs: Option<Inputs<'a>>,
    /// The rows that trust accepted.
    pub accepted: &'a [Accepted],
    /// The rows that are recorded and not accepted.
    pub unverified: &'a [Unverified],
    /// What trust says of roots and keys; none where it was not asked.
    pub trust: Option<&'a Trust>,
    /// What officers have exempted.
    pub exempted: &'a [AcceptedExemption],
    /// What officers have extended.
    pub extended: &'a [AcceptedExtension],
    /// Everything that was found, in its one order.
    pub findings: &'a [Finding],
    /// What the report says about itself.
    pub facts: &'a Facts,
    /// The bytes of an edition's text, by its path in the repository.
    pub document: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// When files appeared, where the history is at hand.
    pub seen: Option<&'a FirstSeen>,
    /// What each commit did, where the history is at hand.
    pub trail: Option<&'a [Entry]>,
}

/// What the parts of a model share: who has which position.
struct Builder<'a> {
    input: Input<'a>,
    ledger: &'a Ledger,
    as_of: Date,
    /// The workers by id, as people of the model.
    workers: Vec<&'a Worker>,
    people: HashMap<&'a Id, u32>,
    requirements: HashMap<&'a Id, u32>,
    roles: HashMap<&'a Id, u32>,
    teams: HashMap<&'a Id, u32>,
    others: Vec<Subject>,
}

/// Makes the model of a report.
pub fn build(input: &Input<'_>) -> Model {
    let builder = Builder::new(input);
    let subjects = || {
        let (mut people, mut others) = (builder.people(), builder.others());
        builder.records(&mut people, &mut others);
        (people, others)
    };
    let ((people, others), obligations) = rayon::join(subjects, || builder.obligations());
    let organization = input.ledger.organization.as_ref();
    Model::new(Parts {
        facts: input.facts.clone(),
        roles: organization.map(|o| titled(&o.roles)).unwrap_or_default(),
        teams: organization.map(|o| titled(&o.departments)).unwrap_or_default(),
        people,
        others,
        requirements: builder.requirements(),
        obligations,
        findings: group_findings(input.findings),
        trust: builder.trust(),
        exemptions: builder.waivers(),
        trail: input.trail.map(|entries| builder.trail(entries)),
    })
}

fn titled(declared: &[Declared]) -> Vec<Word> {
    let word = |d: &Declared| Word {
        id: d.id.to_string(),
        title: d.title.clone().unwrap_or_else(|| d.id.to_string()),
    };
    declared.iter().map(word).collect()
}

/// The position of each id in a list.
fn positions<'a>(ids: impl Iterator<Item = &'a Id>) -> HashMap<&'a Id, u32> {
    ids.zip(0..).collect()
}

impl<'a> Builder<'a> {
    fn new(input: &Input<'a>) -> Builder<'a> {
        let ledger = input.ledger;
        let mut workers: Vec<&Worker> = ledger.workers.iter().collect();
        workers.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        let organization = ledger.organization.as_ref();
        let roles = organization.map(|o| o.roles.as_slice()).unwrap_or_default();
        let teams = organization.map(|o| o.departments.as_slice()).unwrap_or_default();
        Builder {
            input: *input,
            ledger,
            as_of: input.facts.as_of,
            people: positions(workers.iter().map(|w| &w.id.value)),
            workers,
            requirements: positions(ledger.requirements.iter().map(|r| &r.id.value)),
            roles: positions(roles.iter().map(|d| &d.id.value)),
            teams: positions(teams.iter().map(|d| &d.id.value)),
            others: other_subjects(input),
        }
    }

    /// The position of a subject; none where the roster does not have it.
    fn who(&self, subject: &Subject) -> Option<Who> {
        match subject {
            Subject::Worker(id) => self.people.get(id).copied().map(Who::Person),
            other => {
                let at = self.others.binary_search(other).ok()?;
                u32::try_from(at).ok().map(Who::Other)
            }
        }
    }

    fn others(&self) -> Vec<Other> {
        let name = self.ledger.organization.as_ref().map_or("The organisation", |o| &o.name);
        let title = |subject: &Subject| match subject {
            Subject::Org => name.to_owned(),
            other => self.ledger.title(other).map_or_else(|| other.to_string(), str::to_owned),
        };
        let make = |s: &Subject| Other { subject: s.to_string(), title: title(s), records: Vec::new() };
        self.others.iter().map(make).collect()
    }

    /// A place of the ledger as `path:line`.
    fn place(&self, file: u32, line: u32) -> String {
        format!("{}:{line}", self.ledger.path(file))
    }
}

/// The subjects that owe something or are recorded and are no workers, each once.
fn other_subjects(input: &Input<'_>) -> Vec<Subject> {
    let owing = input.duties.obligations.iter().map(|o| &o.subject);
    let recorded = input.accepted.iter().map(Accepted::subject);
    let claimed = input.unverified.iter().map(|u| &u.subject);
    let others = owing.chain(recorded).chain(claimed).filter(|s| s.worker().is_none());
    let others: std::collections::BTreeSet<&Subject> = others.collect();
    others.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests;
