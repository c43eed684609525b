//! What the engine answers: one obligation, and all of them.

use super::status::{Marks, Status};
use super::timeline::Timeline;
use crate::record::date::Date;
use crate::record::id::Subject;
use crate::record::policy::{Assurance, Requirement};
use crate::trust::accepted::{Accepted, Origin};

/// One subject × one requirement that applies to it, or did.
#[derive(Debug, Clone)]
pub struct Obligation<'a> {
    /// Who owes it.
    pub subject: Subject,
    /// What is owed.
    pub requirement: &'a Requirement,
    /// D: the civil date that the answer is for.
    pub as_of: Date,
    /// Where it stands on D.
    pub status: Status,
    /// What it would be, beneath `proposed`, `exempt` and `deferred`.
    pub underlying: Option<Status>,
    /// The last good day, after all moves; none where nothing is due.
    pub due: Option<Date>,
    /// The completion that the due date rests on.
    pub completion: Option<&'a Accepted>,
    /// The last completion that counts.
    pub last_counted: Option<&'a Accepted>,
    /// The first day of the current run of the status; none where it has no beginning.
    pub since: Option<Date>,
    /// What else is to be said.
    pub marks: Marks,
    /// Days after the due date on D; 0 where it has not passed.
    pub days_late: u32,
    /// Every other day.
    pub timeline: Timeline<'a>,
    /// The field that cannot be read, where the status is unknown because of one.
    pub unreadable: Option<Origin>,
}

impl Obligation<'_> {
    /// The civil date of the last completion that counts.
    pub fn completed_on(&self) -> Option<Date> {
        self.last_counted.map(Accepted::completed_on)
    }

    /// How strong the evidence for that completion is.
    pub fn assurance(&self) -> Option<Assurance> {
        self.last_counted.map(Accepted::assurance)
    }
}

/// Everything that anybody owes, or owed.
#[derive(Debug, Clone, Default)]
pub struct Duties<'a> {
    /// Sorted by subject, then by the requirement's id.
    pub obligations: Vec<Obligation<'a>>,
}

impl<'a> Duties<'a> {
    /// The obligations of one subject, in order of requirements.
    pub fn of(&self, subject: &Subject) -> &[Obligation<'a>] {
        let from = self.obligations.partition_point(|o| o.subject < *subject);
        let until = self.obligations.partition_point(|o| o.subject <= *subject);
        self.obligations.get(from..until).unwrap_or_default()
    }

    /// One obligation.
    pub fn find(&self, subject: &Subject, requirement: &str) -> Option<&Obligation<'a>> {
        let of = self.of(subject);
        let at = of.binary_search_by(|o| o.requirement.id.as_str().cmp(requirement)).ok()?;
        of.get(at)
    }

    /// The obligations by subject, in order.
    pub fn by_subject(&self) -> impl Iterator<Item = &[Obligation<'a>]> {
        self.obligations.chunk_by(|a, b| a.subject == b.subject)
    }

    /// Rule 16: the strictest status of a subject's obligations; `not_applicable` where it
    /// has none.
    pub fn strictest(&self, subject: &Subject) -> Status {
        strictest(self.of(subject))
    }
}

/// Rule 16: the strictest status of some obligations.
pub fn strictest(obligations: &[Obligation<'_>]) -> Status {
    obligations.iter().map(|o| o.status).fold(Status::NotApplicable, Status::stricter)
}
