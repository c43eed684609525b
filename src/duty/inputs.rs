//! What the engine computes from: records that earlier rooms have read, resolved and accepted.

use crate::record::date::{Date, Instant};
use crate::record::id::{Id, Subject};
use crate::record::organization::Organization;
use crate::record::policy::Requirement;
use crate::record::roster::Worker;
use crate::trust::accepted::{Accepted, Origin, Unverified};

/// Everything that decides who owes what, by when. All of it is borrowed: nothing here is
/// copied per obligation.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The organisation, for its settings and time zones.
    pub organization: &'a Organization,
    /// The workforce, every id once.
    pub workers: &'a [Worker],
    /// The subjects that are neither workers nor the organisation.
    pub others: &'a [NonWorkerSubject],
    /// The requirements, every id once.
    pub requirements: &'a [Requirement],
    /// The rows that trust has accepted.
    pub accepted: &'a [Accepted],
    /// The rows that are recorded and not accepted.
    pub unverified: &'a [Unverified],
    /// What officers have exempted.
    pub exemptions: &'a [Exemption],
    /// What officers have extended.
    pub extensions: &'a [Extension],
    /// What incidents and assignments ask for.
    pub external: &'a [ExternalDueDate],
}

/// The day that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// The same civil date for everybody.
    Date(Date),
    /// A moment: for each worker the civil date in the time zone of their location, for all
    /// others that of the organisation's time zone.
    Now(Instant),
}

impl AsOf {
    /// The civil date for the organisation as a whole.
    pub fn date(self, organization: &Organization) -> Date {
        match self {
            AsOf::Date(date) => date,
            AsOf::Now(instant) => organization.timezone.date_at(instant),
        }
    }

    /// The civil date where a worker works. The location is that of the organisation's
    /// civil date, because a worker's own date is what is being asked for.
    pub fn date_for(self, organization: &Organization, worker: &Worker) -> Date {
        match self {
            AsOf::Date(date) => date,
            AsOf::Now(instant) => {
                let location = worker.location_on(organization.timezone.date_at(instant));
                organization.zone_of(location).date_at(instant)
            }
        }
    }
}

/// A subject that is no worker: a system or a vendor, and when it was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonWorkerSubject {
    /// Which one.
    pub subject: Subject,
    /// The days on which it was there, in any order.
    pub terms: Vec<Term>,
    /// Where it is recorded.
    pub origin: Origin,
}

/// An unbroken time in which a subject was there. Days are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first day; unknown where there is none.
    pub start: Option<Date>,
    /// The last day, if it has one.
    pub end: Option<Date>,
}

/// An accepted exemption (rule 11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// Who need not.
    pub subject: Subject,
    /// What.
    pub requirement: Id,
    /// The first day of it.
    pub from: Date,
    /// The last day of it.
    pub until: Date,
    /// Where it is recorded.
    pub origin: Origin,
}

/// An accepted extension (rule 12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Who has more time.
    pub subject: Subject,
    /// For what.
    pub requirement: Id,
    /// The day on which it was given.
    pub given_on: Date,
    /// Its last day: no due date falls before it.
    pub until: Date,
    /// Where it is recorded.
    pub origin: Origin,
}

/// A due date from outside the requirement (rule 14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalDueDate {
    /// Who is called.
    pub subject: Subject,
    /// To what.
    pub requirement: Id,
    /// The incident's day, or the day of the assignment.
    pub from: Date,
    /// The last good day.
    pub by: Date,
    /// What it comes from.
    pub kind: ExternalKind,
    /// Where it is recorded.
    pub origin: Origin,
}

/// Where a [`ExternalDueDate`] comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExternalKind {
    /// An incident: served by a completion dated after its day, not on it.
    Retraining,
    /// An assignment: served on its day or after it.
    Assignment,
}

impl ExternalKind {
    /// Whether a completion of a day serves a call of another.
    pub fn served(self, from: Date, completed_on: Date) -> bool {
        match self {
            ExternalKind::Retraining => completed_on > from,
            ExternalKind::Assignment => completed_on >= from,
        }
    }
}
