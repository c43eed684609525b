//! A small world for tests: one organisation, one requirement, one worker, written briefly.

use crate::duty::{
    AsOf, Duties, Exemption, Extension, ExternalDueDate, ExternalKind, Inputs, NonWorkerSubject, Obligation,
    compute,
};
use crate::record::attestation::Outcome;
use crate::record::date::{Date, Days, Period, Zone};
use crate::record::id::{Id, Subject};
use crate::record::node::{At, Spot};
use crate::record::organization::{Organization, Settings};
use crate::record::policy::{
    Anchor, Applies, Assurance, Change, Due, Edition, Evidence, Material, Requirement, RequirementType,
    Selector, State,
};
use crate::record::roster::{Dated, Leave, Spell, Worker};
use crate::trust::accepted::{Accepted, Origin, Unverified};

/// Everything that the engine is given.
#[derive(Debug, Clone)]
pub struct World {
    pub organization: Organization,
    pub workers: Vec<Worker>,
    pub others: Vec<NonWorkerSubject>,
    pub requirements: Vec<Requirement>,
    pub accepted: Vec<Accepted>,
    pub unverified: Vec<Unverified>,
    pub exemptions: Vec<Exemption>,
    pub extensions: Vec<Extension>,
    pub external: Vec<ExternalDueDate>,
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

pub fn days(text: &str) -> Days {
    Days::parse(text).unwrap()
}

pub fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

pub fn at<T>(value: T) -> At<T> {
    At { value, spot: Spot::default() }
}

pub fn ana() -> Subject {
    Subject::Worker(id("w-1"))
}

pub fn origin() -> Origin {
    Origin { file: 0, spot: Spot::default() }
}

/// `within` and nothing else.
pub fn due(within: &str) -> Due {
    Due {
        within: period(within),
        every: None,
        anchor: None,
        early: None,
        max_gap: None,
        notice: None,
        grace: Days::new(0),
        min_active: None,
        carry_in: None,
        after_leave: None,
        rehire_gap: None,
    }
}

/// `within`, `every` and `anchor: completion`.
pub fn rolling(within: &str, every: &str) -> Due {
    Due { every: Some(period(every)), anchor: Some(Anchor::Completion), ..due(within) }
}

/// `within`, `every` and `anchor: start` with `early`.
pub fn from_start(within: &str, every: &str, early: &str) -> Due {
    Due { every: Some(period(every)), anchor: Some(Anchor::Start), early: Some(days(early)), ..due(within) }
}

/// `within`, `every` and `anchor: calendar` with `period_start`.
pub fn calendar(within: &str, every: &str, period_start: &str) -> Due {
    let anchor = Anchor::Calendar { period_start: day(period_start) };
    Due { every: Some(period(every)), anchor: Some(anchor), ..due(within) }
}

pub fn requirement(name: &str, due: Due) -> Requirement {
    Requirement {
        id: at(id(name)),
        title: name.to_owned(),
        kind: RequirementType::Training,
        state: State::InForce,
        owner: None,
        citations: vec!["45 CFR 164.308(a)(5)(i)".to_owned()],
        applies_to: Applies::Workers(Selector::Everyone),
        effective_from: None,
        effective_until: None,
        due,
        editions: Vec::new(),
        declaration: None,
        signed_by: Vec::new(),
        evidence: Evidence::default(),
        retain: None,
        spot: Spot { line: 3, column: 5 },
    }
}

pub fn edition(name: &str, published: &str, change: Change) -> Edition {
    Edition {
        id: at(id(name)),
        material: Material::None,
        published: day(published),
        change,
        within: None,
        affects: None,
        spot: Spot::default(),
    }
}

pub fn employment(start: Option<&str>, end: Option<&str>, kind: &str) -> Spell {
    Spell { start: start.map(day), end: end.map(day), kind: at(id(kind)), spot: Spot::default() }
}

pub fn dated(value: &str, from: Option<&str>, until: Option<&str>) -> Dated<Id> {
    Dated { value: at(id(value)), from: from.map(day), until: until.map(day) }
}

pub fn worker(name: &str, employment: Vec<Spell>) -> Worker {
    Worker {
        id: at(id(name)),
        name: None,
        email: None,
        employment,
        roles: Vec::new(),
        managers: Vec::new(),
        departments: Vec::new(),
        locations: Vec::new(),
        attributes: Vec::new(),
        leave: Vec::new(),
    }
}

pub fn organization() -> Organization {
    Organization {
        name: "Clinic".to_owned(),
        timezone: Zone::UTC,
        locations: Vec::new(),
        roles: Vec::new(),
        departments: Vec::new(),
        employment_types: Vec::new(),
        attributes: Vec::new(),
        services: Vec::new(),
        history_begins: None,
        identities: None,
        settings: Settings::default(),
        shard: false,
    }
}

impl World {
    /// A worker hired on a day and one requirement for everyone.
    pub fn hired(on: &str, due: Due) -> World {
        World {
            organization: organization(),
            workers: vec![worker("w-1", vec![employment(Some(on), None, "full-time")])],
            others: Vec::new(),
            requirements: vec![requirement("training", due)],
            accepted: Vec::new(),
            unverified: Vec::new(),
            exemptions: Vec::new(),
            extensions: Vec::new(),
            external: Vec::new(),
        }
    }

    pub fn row(&self, on: &str) -> Accepted {
        Accepted::for_tests(ana(), id("training"), day(on))
    }

    pub fn done(mut self, on: &str) -> World {
        self.accepted.push(self.row(on));
        self
    }

    pub fn done_edition(mut self, on: &str, edition: &str) -> World {
        self.accepted.push(self.row(on).of_edition(id(edition)));
        self
    }

    pub fn done_until(mut self, on: &str, expires: &str) -> World {
        self.accepted.push(self.row(on).expiring(day(expires)));
        self
    }

    pub fn done_with(mut self, on: &str, outcome: Outcome, score: Option<u32>) -> World {
        self.accepted.push(self.row(on).with(outcome, score, Assurance::Own));
        self
    }

    pub fn edition(mut self, edition: Edition) -> World {
        self.requirements[0].editions.push(edition);
        self
    }

    pub fn leave(mut self, from: &str, until: Option<&str>) -> World {
        let leave = Leave { from: day(from), until: until.map(day), spot: Spot::default() };
        self.workers[0].leave.push(leave);
        self
    }

    pub fn exempt(mut self, from: &str, until: &str) -> World {
        self.exemptions.push(Exemption {
            subject: ana(),
            requirement: id("training"),
            from: day(from),
            until: day(until),
            origin: origin(),
        });
        self
    }

    pub fn extend(mut self, given_on: &str, until: &str) -> World {
        self.extensions.push(Extension {
            subject: ana(),
            requirement: id("training"),
            given_on: day(given_on),
            until: day(until),
            origin: origin(),
        });
        self
    }

    pub fn external(mut self, kind: ExternalKind, from: &str, by: &str) -> World {
        let call = ExternalDueDate {
            subject: ana(),
            requirement: id("training"),
            from: day(from),
            by: day(by),
            kind,
            origin: origin(),
        };
        self.external.push(call);
        self
    }

    pub fn claimed(mut self, on: &str) -> World {
        self.unverified.push(Unverified {
            subject: ana(),
            requirement: id("training"),
            completed_on: day(on),
            reason: "nobody signed".to_owned(),
            origin: origin(),
        });
        self
    }

    /// The same world with a change to the requirement.
    pub fn asking(mut self, change: impl FnOnce(&mut Requirement)) -> World {
        change(&mut self.requirements[0]);
        self
    }

    /// The same world with a change to the worker.
    pub fn who(mut self, change: impl FnOnce(&mut Worker)) -> World {
        change(&mut self.workers[0]);
        self
    }

    pub fn inputs(&self) -> Inputs<'_> {
        Inputs {
            organization: &self.organization,
            workers: &self.workers,
            others: &self.others,
            requirements: &self.requirements,
            accepted: &self.accepted,
            unverified: &self.unverified,
            exemptions: &self.exemptions,
            extensions: &self.extensions,
            external: &self.external,
        }
    }

    pub fn duties(&self, as_of: Date) -> Duties<'_> {
        compute(&self.inputs(), AsOf::Date(as_of))
    }

    /// The worker's obligation as of a day; none where it has not begun.
    pub fn try_on(&self, as_of: Date) -> Option<Obligation<'_>> {
        self.duties(as_of).find(&ana(), "training").cloned()
    }

    pub fn on(&self, as_of: &str) -> Obligation<'_> {
        self.try_on(day(as_of)).expect("the requirement applies")
    }

    /// The due date as of a day, as text; `-` where there is none.
    pub fn due_on(&self, as_of: &str) -> String {
        self.on(as_of).due.map_or("-".to_owned(), |d| d.to_string())
    }
}
