//! What somebody owes: one subject and one requirement, with its history.

use super::Status;
use crate::record::date::Date;

/// Who owes, as a position in the model's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A person.
    Person(u32),
    /// The organisation, a system or a vendor.
    Other(u32),
}

/// Something to be said beside a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// There is a record, but it is not accepted.
    Unverified,
    /// The text of the edition was not kept, or only an outline.
    WeakMaterial,
    /// Done after the due date.
    Late,
    /// Done in time, recorded long after.
    LateDocumented,
}

impl Mark {
    /// The word of the JSON output.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Unverified => "unverified",
            Mark::WeakMaterial => "weak_material",
            Mark::Late => "late",
            Mark::LateDocumented => "late_documented",
        }
    }

    /// The word that people read.
    pub fn label(self) -> &'static str {
        match self {
            Mark::Unverified => "Unverified",
            Mark::WeakMaterial => "Weak material",
            Mark::Late => "Done late",
            Mark::LateDocumented => "Documented late",
        }
    }
}

/// A stretch of time in which an obligation had one status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The first day.
    pub from: Date,
    /// The last day; open where there is none.
    pub until: Option<Date>,
    /// The status.
    pub status: Status,
    /// What it would be without an exemption, a leave, or `state: proposed`.
    pub underlying: Option<Status>,
}

/// One due date and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// From which day it could be served.
    pub opened: Date,
    /// The last good day, as it was at first.
    pub due: Date,
    /// Where it was moved to, and why.
    pub moved: Option<(Date, &'static str)>,
    /// The completion that served it.
    pub served_by: Option<Date>,
    /// Whether it passed without being served.
    pub missed: bool,
}

impl Due {
    /// The last good day in the end.
    pub fn last_day(&self) -> Date {
        self.moved.as_ref().map_or(self.due, |m| m.0)
    }
}

/// One step of how a date came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was concluded, for people.
    pub text: String,
    /// The number of the rule behind it, or `status`.
    pub rule: &'static str,
    /// What it rests on.
    pub givens: Vec<Given>,
}

/// Something that a step rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What it is called, as in `within`.
    pub name: &'static str,
    /// Its value, as in `30 days`.
    pub value: String,
    /// The file and line where it stands.
    pub place: Option<String>,
}

/// One subject and one requirement that applies to it.
#[derive(Debug, Clone)]
pub struct Obligation {
    /// Who owes.
    pub who: Who,
    /// The requirement, as a position in the model's list.
    pub requirement: u32,
    /// The status on the day of the report.
    pub status: Status,
    /// What it would be without an exemption, a leave, or `state: proposed`.
    pub underlying: Option<Status>,
    /// The last good day for the next completion.
    pub due: Option<Date>,
    /// The last completion that counts.
    pub completed_on: Option<Date>,
    /// Since when the status holds.
    pub since: Option<Date>,
    /// How many days the due date lies back; 0 where it does not.
    pub days_late: i64,
    /// How strong the evidence of the last completion is.
    pub assurance: Option<&'static str>,
    /// What is to be said beside the status.
    pub marks: Vec<Mark>,
    /// The history, tiling the time in which it applied.
    pub segments: Vec<Segment>,
    /// The due dates, oldest first.
    pub dues: Vec<Due>,
    /// How the present due date came about: every step, or the last ones alone where there
    /// are too many obligations to show all of each.
    pub why: Vec<Step>,
}

impl Obligation {
    /// The status on a day; none where nothing was owed.
    pub fn status_on(&self, day: Date) -> Option<Status> {
        let at = self.segments.partition_point(|s| s.from <= day).checked_sub(1)?;
        self.segments.get(at).filter(|s| s.until.is_none_or(|u| day <= u)).map(|s| s.status)
    }

    /// Whether there is a mark.
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// What counts and pictures take it for: one with a record that is not accepted is
    /// `unverified`, unless something worse is known.
    pub fn counts_as(&self) -> Status {
        let is_calm = !self.status.needs_action() && self.status != Status::NotApplicable;
        if is_calm && self.status != Status::Proposed && self.has(Mark::Unverified) {
            Status::Unverified
        } else {
            self.status
        }
    }

    /// Whether somebody has to act now, or to answer what the records do not.
    pub fn needs_action(&self) -> bool {
        self.counts_as().needs_action()
    }

    /// The key by which lists show the worst first.
    pub fn urgency(&self) -> (u8, i64, Option<Date>) {
        (self.counts_as() as u8, -self.days_late, self.due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_on_a_day_is_a_look_up() {
        let day = |t: &str| Date::parse(t).unwrap();
        let segment = |from: &str, until: Option<&str>, status| Segment {
            from: day(from),
            until: until.map(day),
            status,
            underlying: None,
        };
        let obligation = Obligation {
            who: Who::Person(0),
            requirement: 0,
            status: Status::Current,
            underlying: None,
            due: None,
            completed_on: None,
            since: None,
            days_late: 0,
            assurance: None,
            marks: Vec::new(),
            segments: vec![
                segment("2025-01-01", Some("2025-01-31"), Status::Pending),
                segment("2025-02-01", Some("2025-02-10"), Status::Overdue),
                segment("2025-03-01", None, Status::Current),
            ],
            dues: Vec::new(),
            why: Vec::new(),
        };
        assert_eq!(obligation.status_on(day("2024-12-31")), None);
        assert_eq!(obligation.status_on(day("2025-01-31")), Some(Status::Pending));
        assert_eq!(obligation.status_on(day("2025-02-10")), Some(Status::Overdue));
        assert_eq!(obligation.status_on(day("2025-02-11")), None, "nothing applied in between");
        assert_eq!(obligation.status_on(day("2030-01-01")), Some(Status::Current));
    }
}
