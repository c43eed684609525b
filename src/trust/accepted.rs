//! What trust has accepted: the only evidence that anything downstream may count.

use crate::record::attestation::{Attestation, Completion, Outcome};
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::exemption::{self, Exemption};
use crate::record::extension::{self, Extension};
use crate::record::id::{Id, Subject};
use crate::record::node::Spot;
use crate::record::policy::Assurance;

/// Where evidence stands: a file of the ledger, and the place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Index of the file in the ledger's list of paths.
    pub file: u32,
    /// Place of the row in the file.
    pub spot: Spot,
}

/// One row of an attestation that trust has accepted: signed by the right people for this
/// subject, this requirement and this day.
///
/// Nothing outside [`trust`](crate::trust) can make one, so nothing that computes a status
/// can take a row that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    subject: Subject,
    requirement: Id,
    edition: Option<Id>,
    completed_on: Date,
    outcome: Outcome,
    score: Option<u32>,
    expires_on: Option<Date>,
    assurance: Assurance,
    payload: Sha256,
    origin: Origin,
    marks: Marks,
}

/// What is to be said wherever a row that counts is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// An officer signed in the place of people who had the capacity and have all left.
    pub witness_left: bool,
    /// It lies far back, and counts by its own subject's word as the only officer.
    pub own_approval: bool,
}

/// A row that is recorded and not accepted, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified {
    /// Who would have completed it.
    pub subject: Subject,
    /// The requirement.
    pub requirement: Id,
    /// The civil date that the record gives.
    pub completed_on: Date,
    /// Why it is not accepted, for people.
    pub reason: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A row that would count if nothing had been revoked: the gap that it closed is open again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    /// Who completed it.
    pub subject: Subject,
    /// The requirement.
    pub requirement: Id,
    /// The civil date that the record gives.
    pub completed_on: Date,
    /// What was revoked, and why, for people.
    pub reason: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A record that a later one replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Superseded {
    /// The file of the record.
    pub file: u32,
    /// The file of the one in its place.
    pub by: u32,
}

/// One subject of an exemption that trust has accepted (rule 11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedExemption {
    subject: Subject,
    requirement: Id,
    reason: exemption::Reason,
    from: Date,
    until: Date,
    payload: Sha256,
    origin: Origin,
}

/// One subject of an extension that trust has accepted (rule 12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedExtension {
    subject: Subject,
    requirement: Id,
    reason: extension::Reason,
    given_on: Date,
    until: Date,
    payload: Sha256,
    origin: Origin,
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident: $type:ty),+ $(,)?) => {
        $($(#[$doc])* pub fn $name(&self) -> $type { self.$name })+
    };
}

impl Accepted {
    /// Who completed it.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The requirement.
    pub fn requirement(&self) -> &Id {
        &self.requirement
    }

    /// The edition; none where the requirement has none.
    pub fn edition(&self) -> Option<&Id> {
        self.edition.as_ref()
    }

    getters! {
        /// The civil date of the completion.
        completed_on: Date,
        /// How it ended.
        outcome: Outcome,
        /// The score in hundredths of a point.
        score: Option<u32>,
        /// The last day on which it is good, where the record says one.
        expires_on: Option<Date>,
        /// How strong the evidence is.
        assurance: Assurance,
        /// sha256 of the payload that was signed.
        payload: Sha256,
        /// Where it stands.
        origin: Origin,
        /// What is to be said wherever it is shown.
        marks: Marks,
    }
}

impl Accepted {
    /// A row that trust accepts.
    pub(in crate::trust) fn new(
        record: &Attestation,
        row: &Completion,
        payload: Sha256,
        assurance: Assurance,
        origin: Origin,
    ) -> Accepted {
        Accepted {
            subject: row.subject.clone(),
            requirement: record.requirement.clone(),
            edition: record.edition.clone(),
            completed_on: row.completed_on,
            outcome: row.outcome,
            score: row.score,
            expires_on: row.expires_on,
            assurance,
            payload,
            origin,
            marks: Marks::default(),
        }
    }

    /// The same row with its marks.
    pub(in crate::trust) fn marked(self, marks: Marks) -> Accepted {
        Accepted { marks, ..self }
    }
}

#[cfg(test)]
impl Accepted {
    /// An accepted row for tests, which have no signatures to accept it by: passed, without
    /// edition, score or end, by an issuer.
    pub(crate) fn for_tests(subject: Subject, requirement: Id, completed_on: Date) -> Accepted {
        let payload = Sha256::of(format!("{subject} {requirement} {completed_on}").as_bytes());
        Accepted {
            subject,
            requirement,
            edition: None,
            completed_on,
            outcome: Outcome::Passed,
            score: None,
            expires_on: None,
            assurance: Assurance::Issuer,
            payload,
            origin: Origin { file: 0, spot: Spot::default() },
            marks: Marks::default(),
        }
    }

    /// The same row of an edition.
    pub(crate) fn of_edition(mut self, edition: Id) -> Accepted {
        self.edition = Some(edition);
        self
    }

    /// The same row with a last day.
    pub(crate) fn expiring(mut self, expires_on: Date) -> Accepted {
        self.expires_on = Some(expires_on);
        self
    }

    /// The same row with another outcome, score and assurance.
    pub(crate) fn with(mut self, outcome: Outcome, score: Option<u32>, assurance: Assurance) -> Accepted {
        (self.outcome, self.score, self.assurance) = (outcome, score, assurance);
        self
    }
}

impl AcceptedExemption {
    pub(in crate::trust) fn new(
        record: &Exemption,
        subject: &Subject,
        payload: Sha256,
        origin: Origin,
    ) -> AcceptedExemption {
        AcceptedExemption {
            subject: subject.clone(),
            requirement: record.requirement.value.clone(),
            reason: record.reason,
            from: record.from,
            until: record.until,
            payload,
            origin,
        }
    }

    /// Who is exempt.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// From what.
    pub fn requirement(&self) -> &Id {
        &self.requirement
    }

    getters! {
        /// Why.
        reason: exemption::Reason,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
        /// sha256 of the payload that was signed.
        payload: Sha256,
        /// Where it stands.
        origin: Origin,
    }
}

impl AcceptedExtension {
    pub(in crate::trust) fn new(
        record: &Extension,
        subject: &Subject,
        payload: Sha256,
        origin: Origin,
    ) -> AcceptedExtension {
        AcceptedExtension {
            subject: subject.clone(),
            requirement: record.requirement.value.clone(),
            reason: record.reason,
            given_on: record.given_on,
            until: record.until,
            payload,
            origin,
        }
    }

    /// Who has more time.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// For what.
    pub fn requirement(&self) -> &Id {
        &self.requirement
    }

    getters! {
        /// Why.
        reason: extension::Reason,
        /// The day on which it was given.
        given_on: Date,
        /// The last day of the delay.
        until: Date,
        /// sha256 of the payload that was signed.
        payload: Sha256,
        /// Where it stands.
        origin: Origin,
    }
}
