//! Obligations, as the engine computed them.

use rayon::prelude::*;

use super::{Builder, why};
use crate::duty::{self, DueDate, Rule};
use crate::judgement::uncounted::Uncounted;
use crate::record::date::Date;
use crate::report::model::{Due, Mark, Obligation, Segment, Status, Step};

impl Builder<'_> {
    /// Every obligation, by subject and then by requirement.
    pub(super) fn obligations(&self) -> Vec<Obligation> {
        let uncounted = self.input.trust.map(|trust| Uncounted::new(self.ledger, trust)).unwrap_or_default();
        let whys = why::all(self.input.duties, self.input.inputs.as_ref(), self.ledger, &uncounted);
        let duties = self.input.duties.obligations.par_iter().zip(whys);
        duties.filter_map(|(duty, why)| self.obligation(duty, why)).collect()
    }

    fn obligation(&self, duty: &duty::Obligation<'_>, why: Vec<Step>) -> Option<Obligation> {
        Some(Obligation {
            who: self.who(&duty.subject)?,
            requirement: *self.requirements.get(&duty.requirement.id.value)?,
            status: status(duty.status),
            underlying: duty.underlying.map(status),
            due: duty.due,
            completed_on: duty.completed_on(),
            since: duty.since,
            days_late: i64::from(duty.days_late),
            assurance: duty.assurance().map(|a| a.word()),
            marks: marks(&duty.marks),
            segments: segments(duty),
            dues: duty.timeline.dues.iter().filter_map(|d| due(d, duty.as_of)).collect(),
            why,
        })
    }
}

/// What a rule says, in words.
fn reason(rule: Rule) -> &'static str {
    match rule {
        Rule::First => "counted from the first day it applied",
        Rule::Once => "done once, which is enough",
        Rule::Chain => "counted from the last completion",
        Rule::Start => "counted from the first day it applied, again and again",
        Rule::Calendar => "the last day of a period of the calendar",
        Rule::Expires => "the day on which the last record expires",
        Rule::MaxGap => "the longest that a completion lasts",
        Rule::Edition => "a later edition asks for it again",
        Rule::Exemption => "an exemption",
        Rule::Extension => "an extension",
        Rule::Leave => "a leave",
        Rule::Retraining => "retraining after an incident",
        Rule::Assignment => "an assignment",
        Rule::Again => "missed before it ended, and owed again",
    }
}

fn status(status: duty::Status) -> Status {
    match status {
        duty::Status::Unknown => Status::Unknown,
        duty::Status::NotApplicable => Status::NotApplicable,
        duty::Status::Proposed => Status::Proposed,
        duty::Status::Exempt => Status::Exempt,
        duty::Status::Deferred => Status::Deferred,
        duty::Status::Overdue => Status::Overdue,
        duty::Status::Grace => Status::Grace,
        duty::Status::DueSoon => Status::DueSoon,
        duty::Status::Pending => Status::Pending,
        duty::Status::Current => Status::Current,
    }
}

fn marks(marks: &duty::Marks) -> Vec<Mark> {
    let all = [
        (marks.unverified, Mark::Unverified),
        (marks.weak_material, Mark::WeakMaterial),
        (marks.late, Mark::Late),
        (marks.late_documented == Some(true), Mark::LateDocumented),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect()
}

/// The segments up to the day of the report: what would follow is no history. Neighbours
/// that differ only in what a reader does not see become one.
fn segments(duty: &duty::Obligation<'_>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for segment in duty.timeline.segments.iter().take_while(|s| s.from <= duty.as_of) {
        let until = segment.until.filter(|until| *until < duty.as_of);
        let (now, beneath) = (status(segment.status), segment.underlying.map(status));
        match out.last_mut() {
            Some(last) if (last.status, last.underlying) == (now, beneath) => last.until = until,
            _ => out.push(Segment { from: segment.from, until, status: now, underlying: beneath }),
        }
    }
    out.shrink_to_fit();
    out
}

fn due(due: &DueDate<'_>, today: Date) -> Option<Due> {
    if due.opened > today && due.served_by.is_none() {
        return None;
    }
    let last = due.moves.last();
    Some(Due {
        opened: due.opened,
        due: due.due,
        moved: last.and_then(|m| Some((m.to?, reason(m.rule)))),
        served_by: due.served_by.map(crate::trust::accepted::Accepted::completed_on),
        missed: due.missed,
    })
}
