//! The headline: where the organisation stands, in four numbers and one word.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::duty::{Obligation, Status};
use crate::finding::catalogue::gaps;
use crate::finding::{Finding, Severity};
use crate::record::date::Date;

/// Where the organisation stands. It is never better than the exit code of `duly check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Headline {
    /// Findings that say that something is wrong or cannot be trusted.
    pub errors: usize,
    /// Obligations that are overdue.
    pub gaps: usize,
    /// Obligations about which nobody can say, or with a record that is not accepted.
    pub open: usize,
    /// Obligations that are in force and apply on the day.
    pub owed: usize,
}

/// The word for a headline: the first of these that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Something is wrong with the repository, or with who can get at protected data.
    Errors,
    /// Somebody is overdue.
    Gaps,
    /// Nobody is known to be overdue, and questions are open.
    Open,
    /// Nobody owes anything.
    Empty,
    /// No gap was found.
    Clean,
}

/// An obligation as far as the headline counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does not bind on the day.
    Aside,
    /// It is overdue.
    Gap,
    /// Nobody can say, or the record of it is not accepted.
    Open,
    /// Anything else.
    Fine,
}

impl Headline {
    /// The headline of findings and obligations.
    pub fn of(findings: &[Finding], obligations: impl Iterator<Item = Standing>) -> Headline {
        let wrong = |f: &&Finding| f.severity == Severity::Error && f.entry != &gaps::UNKNOWN;
        Headline::counting(findings.iter().filter(wrong).count(), obligations)
    }

    /// The headline of a number of errors and of obligations.
    pub fn counting(errors: usize, obligations: impl Iterator<Item = Standing>) -> Headline {
        let mut headline = Headline { errors, ..Headline::default() };
        for standing in obligations {
            headline.owed += usize::from(standing != Standing::Aside);
            headline.gaps += usize::from(standing == Standing::Gap);
            headline.open += usize::from(standing == Standing::Open);
        }
        headline
    }

    /// The word.
    pub fn state(&self) -> State {
        match self {
            Headline { errors: 1.., .. } => State::Errors,
            Headline { gaps: 1.., .. } => State::Gaps,
            Headline { open: 1.., .. } => State::Open,
            Headline { owed: 0, .. } => State::Empty,
            _ => State::Clean,
        }
    }

    /// The headline as a sentence.
    pub fn sentence(&self, day: Date) -> String {
        match self.state() {
            State::Errors | State::Gaps => {
                format!("{} against the requirements configured here, as of {day}.", self.in_words())
            }
            State::Open => format!("{} as of {day}: nobody is known to be overdue.", self.in_words()),
            State::Empty => format!("Nothing is owed as of {day}: the policies ask nobody for anything."),
            State::Clean => {
                format!("No gap found against the requirements configured here, as of {day}.")
            }
        }
    }

    /// The numbers that are not good news, in words, as in `2 errors, 1 gap`; empty where there
    /// are none.
    pub fn in_words(&self) -> String {
        let some = |n: usize, one: &str, many: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        };
        let parts = [
            some(self.errors, "error", "errors"),
            some(self.gaps, "gap", "gaps"),
            some(self.open, "open question", "open questions"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl Serialize for Headline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Headline", 4)?;
        map.serialize_field("state", self.state().word())?;
        map.serialize_field("errors", &self.errors)?;
        map.serialize_field("gaps", &self.gaps)?;
        map.serialize_field("open_questions", &self.open)?;
        map.end()
    }
}

impl State {
    /// The word used in machine-readable output.
    pub fn word(self) -> &'static str {
        match self {
            State::Errors => "errors",
            State::Gaps => "gaps",
            State::Open => "open",
            State::Empty => "empty",
            State::Clean => "clean",
        }
    }
}

/// How the headline counts an obligation.
pub(super) fn standing(obligation: &Obligation<'_>) -> Standing {
    match obligation.status {
        Status::NotApplicable | Status::Proposed => Standing::Aside,
        Status::Overdue => Standing::Gap,
        Status::Unknown => Standing::Open,
        Status::Grace => Standing::Fine,
        _ if obligation.marks.unverified => Standing::Open,
        _ => Standing::Fine,
    }
}
