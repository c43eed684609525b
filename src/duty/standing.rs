//! The status on days between which nothing becomes known: the order of section 7.

use super::applies::Run;
use super::pass::Pass;
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
    decided: Decided,
    grace: Option<(Date, Date)>,
    notice: Option<Date>,
    counted: bool,
}

/// What the earliest of all due dates says.
#[derive(Debug)]
pub(super) struct Decided {
    due: Option<Date>,
    /// The rule that gave the date, or moved it last.
    rule: Rule,
    /// The days on which a leave defers it.
    deferred: Vec<(Date, Date)>,
}

impl Decided {
    /// Of dates on one day the first decides, and each of them can be deferred.
    pub(super) fn by<'m>(own: &'m Moved, external: impl Iterator<Item = &'m Moved> + Clone) -> Decided {
        let last = |moved: &Moved| moved.due.unwrap_or(Date::MAX);
        let first = external.clone().fold(own, |a, b| if last(b) < last(a) { b } else { a });
        let equal = std::iter::once(own).chain(external).filter(|moved| moved.due == first.due);
        let deferred = equal.flat_map(|moved| moved.deferred.iter().copied()).collect();
        Decided { due: first.due, rule: first.rule, deferred }
    }
}

impl Standing {
    pub(super) fn new(pass: &Pass<'_, '_, '_>, decided: Decided, known: Date) -> Standing {
        let requirement = pass.facts.rules.requirement;
        let due = &requirement.due;
        let exemptions = pass.facts.records.exemptions.iter().take_while(|e| e.from <= known);
        Standing {
            proposed: requirement.state == State::Proposed,
            exempt: exemptions.map(|e| (e.from, e.until)).collect(),
            grace: decided.due.map(|d| (d, d.after(due.grace))),
            notice: decided.due.map(|d| d.before(due.notice_days())),
            counted: pass.schedule.has_counted(),
            decided,
        }
    }

    /// Cuts a run where the status may change.
    pub(super) fn parts(&self, run: Run) -> Vec<Run> {
        let mut cuts: Vec<Date> = self.notice.into_iter().collect();
        cuts.extend(self.grace.iter().flat_map(|(due, last)| [due.next(), last.next()]));
        for (from, until) in self.exempt.iter().chain(&self.decided.deferred) {
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
            due: self.decided.due,
            rule: Some(self.decided.rule),
            completion,
        }
    }

    /// The status on a day and the one beneath it: the first and the second that hold.
    pub(super) fn on(&self, day: Date) -> (Status, Option<Status>) {
        let within = |list: &[(Date, Date)]| list.iter().any(|(from, until)| *from <= day && day <= *until);
        let above = [
            (self.proposed, Status::Proposed),
            (within(&self.exempt), Status::Exempt),
            (within(&self.decided.deferred), Status::Deferred),
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
