//! The status on days between which nothing becomes known: the order of section 7.

use super::applies::Run;
use super::pass::Pass;
use super::schedule::Base;
use super::shifts::Moved;
use super::status::{Rule, Status};
use super::timeline::Segment;
use crate::record::date::Date;
use crate::record::policy::State;
use crate::trust::accepted::Accepted;

/// Everything that the status on a day depends on, but the day.
#[derive(Debug)]
pub(super) struct Standing {
    proposed: bool,
    exempt: Vec<(Date, Date)>,
    moved: Moved,
    rule: Rule,
    grace: Option<(Date, Date)>,
    notice: Option<Date>,
    counted: bool,
}

impl Standing {
    pub(super) fn new(pass: &Pass<'_, '_, '_>, base: Base, moved: Moved, known: Date) -> Standing {
        let requirement = pass.case.rules.requirement;
        let due = &requirement.due;
        let exemptions = pass.case.records.exemptions.iter().take_while(|e| e.from <= known);
        Standing {
            proposed: requirement.state == State::Proposed,
            exempt: exemptions.map(|e| (e.from, e.until)).collect(),
            rule: moved.moves.last().map_or(base.rule, |m| m.rule),
            grace: moved.due.map(|d| (d, d.after(due.grace))),
            notice: moved.due.map(|d| d.before(due.notice_days())),
            counted: pass.schedule.has_counted(),
            moved,
        }
    }

    /// Cuts a run where the status may change.
    pub(super) fn parts(&self, run: Run) -> Vec<Run> {
        let mut cuts: Vec<Date> = self.notice.into_iter().collect();
        cuts.extend(self.grace.iter().flat_map(|(due, last)| [due.next(), last.next()]));
        for (from, until) in self.exempt.iter().chain(&self.moved.deferred) {
            cuts.extend([*from, until.next()]);
        }
        cuts.retain(|day| run.from < *day && *day <= run.until);
        cuts.push(run.from);
        cuts.sort_unstable();
        cuts.dedup();
        let ends = cuts.iter().skip(1).map(|d| d.previous()).chain([run.until]);
        cuts.iter().zip(ends).map(|(from, until)| Run { from: *from, until }).collect()
    }

    /// The segment of a run within which the status does not change.
    pub(super) fn segment<'a>(&self, run: Run, completion: Option<&'a Accepted>) -> Segment<'a> {
        let (status, underlying) = self.on(run.from);
        Segment {
            from: run.from,
            until: Some(run.until),
            status,
            underlying,
            due: self.moved.due,
            rule: Some(self.rule),
            completion,
        }
    }

    /// The status on a day and the one beneath it: the first and the second that hold.
    pub(super) fn on(&self, day: Date) -> (Status, Option<Status>) {
        let within = |list: &[(Date, Date)]| list.iter().any(|(from, until)| *from <= day && day <= *until);
        let above = [
            (self.proposed, Status::Proposed),
            (within(&self.exempt), Status::Exempt),
            (within(&self.moved.deferred), Status::Deferred),
        ];
        let mut holding = above.iter().filter(|(holds, _)| *holds).map(|(_, status)| *status);
        let plain = self.plain(day);
        match holding.next() {
            Some(status) => (status, Some(holding.next().unwrap_or(plain))),
            None => (plain, None),
        }
    }

    fn plain(&self, day: Date) -> Status {
        match (self.grace, self.notice) {
            (Some((_, last)), _) if day > last => Status::Overdue,
            (Some((due, _)), _) if day > due => Status::Grace,
            (_, Some(notice)) if day >= notice => Status::DueSoon,
            _ if self.counted => Status::Current,
            _ => Status::Pending,
        }
    }
}
