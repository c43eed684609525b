//! From records to obligations: every subject × every requirement, in parallel.

use std::collections::HashMap;

use rayon::prelude::*;

use super::answer::{FirstSeen, answer};
use super::applies::Presence;
use super::facts::{Facts, Records, Rules};
use super::inputs::{AsOf, Inputs};
use super::obligation::{Duties, Obligation};
use super::unreadable::{UnreadableFields, unknown};
use super::walk;
use crate::ledger::Unreadable;
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::record::roster::Worker;

/// Computes every obligation as of a day.
pub fn compute<'a>(inputs: &Inputs<'a>, as_of: AsOf) -> Duties<'a> {
    compute_with(inputs, as_of, None)
}

/// Computes every obligation as of a day, with what history says about when records first
/// appeared.
pub fn compute_with<'a>(inputs: &Inputs<'a>, as_of: AsOf, seen: Option<FirstSeen<'_>>) -> Duties<'a> {
    let engine = Engine::new(inputs);
    let presences: Vec<(Presence<'a>, Date)> = engine.presences(as_of);
    let mut obligations: Vec<Obligation<'a>> =
        presences.par_iter().flat_map_iter(|(presence, day)| engine.of(presence, *day, seen)).collect();
    obligations.par_sort_by(|a, b| {
        a.subject.cmp(&b.subject).then_with(|| a.requirement.id.value.cmp(&b.requirement.id.value))
    });
    Duties { obligations }
}

/// The inputs, indexed.
pub(super) struct Engine<'a> {
    inputs: Inputs<'a>,
    pub(super) rules: Vec<Rules<'a>>,
    workers: HashMap<&'a Id, &'a Worker>,
    records: HashMap<&'a Subject, HashMap<&'a Id, Records<'a>>>,
    unreadable: UnreadableFields<'a>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(inputs: &Inputs<'a>) -> Engine<'a> {
        let rules = inputs.requirements.iter().map(|r| Rules::of(r, inputs)).collect();
        let workers = inputs.workers.iter().map(|w| (&w.id.value, w)).collect();
        let unreadable = UnreadableFields::new(inputs.unreadable);
        Engine { inputs: *inputs, rules, workers, records: index(inputs), unreadable }
    }

    /// Every subject, and the day asked about for it.
    fn presences(&self, as_of: AsOf) -> Vec<(Presence<'a>, Date)> {
        let organization = self.inputs.organization;
        let day = as_of.date(organization);
        let workers = self.inputs.workers.iter();
        let workers = workers.map(|w| (Presence::of_worker(w), as_of.date_for(organization, w)));
        let others = self.inputs.others.iter().map(|o| (Presence::of_other(o), day));
        let org = Presence::of_organization(organization.history_begins);
        workers.chain(others).chain([(org, day)]).collect()
    }

    /// One subject and the day asked about for it.
    pub(super) fn presence(&self, subject: &Subject, as_of: AsOf) -> Option<(Presence<'a>, Date)> {
        let organization = self.inputs.organization;
        let day = as_of.date(organization);
        match subject {
            Subject::Worker(id) => {
                let worker = *self.workers.get(id)?;
                Some((Presence::of_worker(worker), as_of.date_for(organization, worker)))
            }
            Subject::Org => Some((Presence::of_organization(organization.history_begins), day)),
            _ => {
                let other = self.inputs.others.iter().find(|o| o.subject == *subject)?;
                Some((Presence::of_other(other), day))
            }
        }
    }

    /// A requirement with what follows from it.
    pub(super) fn rules(&self, requirement: &str) -> Option<&Rules<'a>> {
        self.rules.iter().find(|r| r.requirement.id.as_str() == requirement)
    }

    /// The field that an obligation rests on and that cannot be read.
    pub(super) fn unreadable(&self, subject: &Subject, requirement: &Id) -> Option<&'a Unreadable> {
        self.unreadable.find(subject, requirement)
    }

    /// What is recorded about a subject and a requirement.
    pub(super) fn records(&self, subject: &Subject, requirement: &Id) -> Records<'a> {
        let found = self.records.get(subject).and_then(|of| of.get(requirement));
        found.cloned().unwrap_or_default()
    }

    /// The obligations of one subject that have begun by a day.
    fn of(&self, presence: &Presence<'a>, day: Date, seen: Option<FirstSeen<'_>>) -> Vec<Obligation<'a>> {
        let mut out = Vec::new();
        for rules in &self.rules {
            if let Some(field) = self.unreadable(&presence.subject, &rules.requirement.id.value) {
                out.extend(unknown(presence, rules, field, day));
                continue;
            }
            let records = || self.records(&presence.subject, &rules.requirement.id.value);
            if let Some(facts) = Facts::of(presence, rules, records)
                && facts.spans.first().is_some_and(|span| span.first() <= day)
            {
                out.push(answer(&facts, walk::timeline(&facts, day), day, seen));
            }
        }
        out
    }
}

/// Everything that is recorded, by subject and requirement.
fn index<'a>(inputs: &Inputs<'a>) -> HashMap<&'a Subject, HashMap<&'a Id, Records<'a>>> {
    let mut index: HashMap<&'a Subject, HashMap<&'a Id, Records<'a>>> = HashMap::new();
    let mut at = |subject: &'a Subject, requirement: &'a Id, put: &dyn Fn(&mut Records<'a>)| {
        put(index.entry(subject).or_default().entry(requirement).or_default());
    };
    for row in inputs.accepted {
        at(row.subject(), row.requirement(), &|r| r.accepted.push(row));
    }
    for row in inputs.unverified {
        at(&row.subject, &row.requirement, &|r| r.unverified.push(row));
    }
    for exemption in inputs.exemptions {
        at(&exemption.subject, &exemption.requirement, &|r| r.exemptions.push(exemption));
    }
    for extension in inputs.extensions {
        at(&extension.subject, &extension.requirement, &|r| r.extensions.push(extension));
    }
    for call in inputs.external {
        at(&call.subject, &call.requirement, &|r| r.external.push(call));
    }
    index
}
