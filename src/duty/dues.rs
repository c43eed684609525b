//! The list of due dates and what became of each.

use super::counts::Candidate;
use super::inputs::ExternalDueDate;
use super::pass::{Pass, later};
use super::schedule::Base;
use super::shifts::Moved;
use super::status::Rule;
use super::timeline::DueDate;
use crate::record::date::Date;
use crate::trust::accepted::Accepted;

/// How many due dates in a row that nothing served are listed at each end.
const LISTED: usize = 500;

/// The due dates of one span up to the day that the pass has reached. Of those of rules 3 to
/// 10 one stands at any time; a completion that moves it on has served it, and no other of
/// them. Those of incidents and assignments stand beside it, each by itself.
#[derive(Debug)]
pub(super) struct Dues<'a> {
    pub(super) list: Vec<DueDate<'a>>,
    /// Which span this is, from 0.
    span: usize,
    /// From when the one that stands is open.
    opened: Date,
    /// The number of the one that stands, where they are fixed beforehand.
    number: usize,
    /// The number of a fixed one that was served while rule 8 held the due date where it was.
    quiet: Option<usize>,
}

impl<'a> Dues<'a> {
    pub(super) fn new(pass: &Pass<'_, '_, 'a>) -> Dues<'a> {
        let opened = pass.schedule.first_opens();
        Dues { list: Vec::new(), span: pass.at_span(), opened, number: 0, quiet: None }
    }

    /// Takes a completion that the pass has just taken. `fixed` is the number of the fixed
    /// due date that it serves, `before` what held without it and what was known.
    pub(super) fn take(
        &mut self,
        pass: &Pass<'_, '_, 'a>,
        done: Candidate<'a>,
        fixed: Option<usize>,
        before: (Base, Date),
    ) {
        if later(pass.base(before.1), before.0) {
            return self.advance(pass, done, fixed, before);
        }
        self.quiet = fixed.or(self.quiet);
    }

    /// Writes down what a completion served for incidents and assignments.
    pub(super) fn serve(&mut self, done: Candidate<'a>, served: &[(&'a ExternalDueDate, Moved)]) {
        for (external, moved) in served {
            self.close((external.from, external.by, external.rule()), moved, Some(done.accepted));
        }
    }

    /// Closes the due date that stands, those that are overtaken, and opens the next one.
    fn advance(
        &mut self,
        pass: &Pass<'_, '_, 'a>,
        done: Candidate<'a>,
        fixed: Option<usize>,
        (base, known): (Base, Date),
    ) {
        let day = done.day();
        let due = base.due.unwrap_or(day);
        let overtaken = self.quiet.is_none() && fixed.is_some_and(|number| number > self.number);
        let served = (!overtaken).then_some(done.accepted);
        self.close((self.opened, due, base.rule), &pass.moved(base, known), served);
        if let Some(last) = fixed.filter(|_| overtaken) {
            self.overtake(pass, last, done, known);
        }
        self.opened = day;
        self.quiet = None;
        if pass.schedule.next_fixed() != self.number {
            self.number = pass.schedule.next_fixed();
            self.opened = pass.schedule.fixed(self.number).map_or(day, |(opens, _, _)| opens);
        }
    }

    /// The fixed due dates between the one that stood and the one that is served.
    fn overtake(&mut self, pass: &Pass<'_, '_, 'a>, last: usize, done: Candidate<'a>, known: Date) {
        let from = self.list.len();
        if let Some(open) = self.list.last_mut() {
            open.closed_on = Some(done.day());
            open.missed = open.last_good_day().is_some_and(|due| due < done.day());
        }
        for number in self.number + 1..=last {
            let Some((opens, due, rule)) = pass.schedule.fixed(number) else { return };
            let served = (number == last).then_some(done.accepted);
            let base = Base { due: Some(due), rule, after: None };
            self.close((opens, due, rule), &pass.moved(base, known), served);
            if let Some(closed) = self.list.last_mut().filter(|_| served.is_none()) {
                closed.closed_on = Some(done.day());
                closed.missed = closed.last_good_day().is_some_and(|due| due < done.day());
            }
        }
        self.thin(from);
    }

    /// Leaves out the middle of a long run that nothing served: a daily duty of decades must
    /// not fill the memory.
    fn thin(&mut self, from: usize) {
        let until = self.list.len().saturating_sub(LISTED);
        if from + LISTED < until {
            self.list.drain(from + LISTED..until);
        }
    }

    /// Writes a due date down, with the completion that served it.
    fn close(
        &mut self,
        (opened, due, rule): (Date, Date, Rule),
        standing: &Moved,
        served_by: Option<&'a Accepted>,
    ) {
        let after = |due: Option<Date>| {
            let done = served_by.map(Accepted::completed_on);
            due.zip(done).is_some_and(|(due, done)| done > due)
        };
        self.list.push(DueDate {
            span: self.span,
            opened,
            due,
            rule,
            missed: after(standing.due),
            late: after(standing.strict),
            moves: standing.moves.clone(),
            served_by,
            closed_on: served_by.map(Accepted::completed_on),
        });
    }

    /// Writes down what stands on the last day that is looked at.
    pub(super) fn finish(&mut self, pass: &Pass<'_, '_, 'a>, end: Date) {
        let base = pass.base(end);
        if let Some(due) = base.due {
            self.stand((self.opened, due, base.rule), pass, &pass.moved(base, end), end);
        }
        for (external, moved) in pass.external() {
            let moved = moved.clone().learned(&pass.facts.grants.external, end);
            self.stand((external.from, external.by, external.rule()), pass, &moved, end);
        }
        let from = self.list.len();
        for number in pass.schedule.next_fixed() + 1.. {
            let fixed = pass.schedule.fixed(number).filter(|(opens, _, _)| *opens <= end);
            let Some((opens, due, rule)) = fixed else { break };
            let base = Base { due: Some(due), rule, after: None };
            self.stand((opens, due, rule), pass, &pass.moved(base, end), end);
        }
        self.thin(from);
    }

    fn stand(&mut self, of: (Date, Date, Rule), pass: &Pass<'_, '_, 'a>, standing: &Moved, end: Date) {
        self.close(of, standing, None);
        if let Some(last) = self.list.last_mut() {
            last.missed = standing.due.is_some_and(|due| due < end);
            last.closed_on = pass.over_by(pass.as_of());
        }
    }
}
