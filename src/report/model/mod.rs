//! The view model: everything that a report shows, and nothing about how it is shown.
//!
//! It is filled from the ledger and the engine by the room's `build`, and knows no other
//! room's types but dates and findings, so that a report can be made from anything that can
//! fill it. Every obligation is held once; people and requirements refer to it by position.

mod duty;
mod finding;
mod person;
mod requirement;
mod status;
mod trail;
mod trust;

pub use duty::{Due, Given, Mark, Obligation, Segment, Step, Who};
pub use finding::{FoundGroup, FoundItem, group_findings};
pub use person::{Other, Person, Record};
pub use requirement::{Edition, Requirement};
pub use status::{Count, Status, count};
pub use trail::{TrailEntry, TrailLine};
pub use trust::{Exemption, KeyRow, Officer, Standing, Trust};

use crate::record::date::Date;

/// How much a report shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Names, texts, everything: for those who run the programme and audit it.
    #[default]
    Internal,
    /// Ids and counts: no name, no e-mail address, no free text.
    Public,
}

/// What a report says about itself.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The organisation.
    pub organization: String,
    /// The day that the report speaks of.
    pub as_of: Date,
    /// The version of the program.
    pub version: String,
    /// The commit that the report was made from, in full; none outside git or where the
    /// working tree differs from it.
    pub commit: Option<String>,
    /// Whether a root was pinned from outside the repository.
    pub pinned: bool,
    /// sha256 of the newest root's payload.
    pub root: Option<String>,
    /// sha256 of root 1's payload: what ties records to this repository.
    pub audience: Option<String>,
    /// Where the report will be published, for links that need a full address.
    pub address: Option<String>,
    /// How much is shown.
    pub profile: Profile,
    /// The team that the report is limited to.
    pub team: Option<String>,
}

/// A word that is declared in the organisation's file: a role or a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The id.
    pub id: String,
    /// How to write it for people.
    pub title: String,
}

/// Everything that a report shows.
#[derive(Debug, Clone)]
pub struct Model {
    /// What the report says about itself.
    pub facts: Facts,
    /// Roles, in the order of declaration.
    pub roles: Vec<Word>,
    /// Teams, in the order of declaration.
    pub teams: Vec<Word>,
    /// Everybody who is or was employed, by id.
    pub people: Vec<Person>,
    /// The organisation, systems and vendors that owe something.
    pub others: Vec<Other>,
    /// The requirements, by id.
    pub requirements: Vec<Requirement>,
    /// Every obligation, by subject and then by requirement.
    pub obligations: Vec<Obligation>,
    /// What was found, worst first.
    pub findings: Vec<FoundGroup>,
    /// Keys, officers, thresholds.
    pub trust: Trust,
    /// Exemptions and extensions.
    pub exemptions: Vec<Exemption>,
    /// What each commit did, the first one first; none where the history is not at hand or not
    /// shown.
    pub trail: Option<Vec<TrailEntry>>,
    /// For each person, the positions of their obligations.
    by_person: Vec<Vec<u32>>,
    /// For each of the others.
    by_other: Vec<Vec<u32>>,
    /// For each requirement.
    by_requirement: Vec<Vec<u32>>,
}

/// What a [`Model`] is made of.
#[derive(Debug)]
pub struct Parts {
    /// See [`Model::facts`].
    pub facts: Facts,
    /// See [`Model::roles`].
    pub roles: Vec<Word>,
    /// See [`Model::teams`].
    pub teams: Vec<Word>,
    /// See [`Model::people`].
    pub people: Vec<Person>,
    /// See [`Model::others`].
    pub others: Vec<Other>,
    /// See [`Model::requirements`].
    pub requirements: Vec<Requirement>,
    /// See [`Model::obligations`].
    pub obligations: Vec<Obligation>,
    /// See [`Model::findings`].
    pub findings: Vec<FoundGroup>,
    /// See [`Model::trust`].
    pub trust: Trust,
    /// See [`Model::exemptions`].
    pub exemptions: Vec<Exemption>,
    /// See [`Model::trail`].
    pub trail: Option<Vec<TrailEntry>>,
}

impl Model {
    /// Puts a model together: obligations that name a subject or requirement which is not
    /// there are left out of the lists of the other side, never a reason to fail.
    pub fn new(parts: Parts) -> Model {
        let mut model = Model {
            by_person: vec![Vec::new(); parts.people.len()],
            by_other: vec![Vec::new(); parts.others.len()],
            by_requirement: vec![Vec::new(); parts.requirements.len()],
            facts: parts.facts,
            roles: parts.roles,
            teams: parts.teams,
            people: parts.people,
            others: parts.others,
            requirements: parts.requirements,
            obligations: parts.obligations,
            findings: parts.findings,
            trust: parts.trust,
            exemptions: parts.exemptions,
            trail: parts.trail,
        };
        model.index();
        model
    }

    /// Takes the model apart, to make a smaller one of it.
    pub fn into_parts(self) -> Parts {
        Parts {
            facts: self.facts,
            roles: self.roles,
            teams: self.teams,
            people: self.people,
            others: self.others,
            requirements: self.requirements,
            obligations: self.obligations,
            findings: self.findings,
            trust: self.trust,
            exemptions: self.exemptions,
            trail: self.trail,
        }
    }

    fn index(&mut self) {
        for (at, obligation) in (0u32..).zip(&self.obligations) {
            let list = match obligation.who {
                Who::Person(i) => self.by_person.get_mut(i as usize),
                Who::Other(i) => self.by_other.get_mut(i as usize),
            };
            list.into_iter().for_each(|l| l.push(at));
            let list = self.by_requirement.get_mut(obligation.requirement as usize);
            list.into_iter().for_each(|l| l.push(at));
        }
    }

    fn at<'m>(&'m self, list: Option<&'m Vec<u32>>) -> impl Iterator<Item = &'m Obligation> {
        list.into_iter().flatten().filter_map(|i| self.obligations.get(*i as usize))
    }

    /// The obligations of a person, by requirement.
    pub fn of_person(&self, person: usize) -> impl Iterator<Item = &Obligation> {
        self.at(self.by_person.get(person))
    }

    /// The obligations of the organisation, a system or a vendor.
    pub fn of_other(&self, other: usize) -> impl Iterator<Item = &Obligation> {
        self.at(self.by_other.get(other))
    }

    /// The obligations of a requirement, by subject.
    pub fn of_requirement(&self, requirement: usize) -> impl Iterator<Item = &Obligation> {
        self.at(self.by_requirement.get(requirement))
    }

    /// The person who owes an obligation, if a person does.
    pub fn person(&self, obligation: &Obligation) -> Option<&Person> {
        match obligation.who {
            Who::Person(i) => self.people.get(i as usize),
            Who::Other(_) => None,
        }
    }

    /// Whether an obligation is one that somebody owes today: what people who have left owed
    /// is shown with them and counted nowhere else.
    pub fn is_active(&self, obligation: &Obligation) -> bool {
        obligation.status != Status::NotApplicable && self.person(obligation).is_none_or(|p| p.active)
    }

    /// Every obligation that somebody owes today.
    pub fn active(&self) -> impl Iterator<Item = &Obligation> {
        self.obligations.iter().filter(|o| self.is_active(o))
    }

    /// The requirement of an obligation.
    pub fn requirement(&self, obligation: &Obligation) -> Option<&Requirement> {
        self.requirements.get(obligation.requirement as usize)
    }

    /// The worst status among the obligations of a person who is active; none where nothing
    /// is owed. Proposed requirements bind nobody and do not count.
    pub fn worst_of(&self, person: usize) -> Option<Status> {
        self.of_person(person)
            .map(Obligation::counts_as)
            .filter(|s| !matches!(s, Status::NotApplicable | Status::Proposed))
            .min()
    }
}
