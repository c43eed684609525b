//! The list of due dates and what became of each.

use super::counts::Candidate;
use super::pass::{Pass, later};
use super::schedule::Base;
use super::shifts::{Known, Moved, moved, open_call};
use super::status::Rule;
use super::timeline::DueDate;
use crate::record::date::Date;
use crate::trust::accepted::Accepted;

/// How many due dates in a row that nothing served are listed at each end.
const LISTED: usize = 500;

/// The due dates of one span up to the day that the pass has reached. One of them stands at
/// any time; a completion that moves it on has served it, and no other.
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
    pub(super) fn new(pass: &Pass<'_, '_, 'a>, span: usize) -> Dues<'a> {
        Dues { list: Vec::new(), span, opened: pass.schedule.opens, number: 0, quiet: None }
    }

    /// Takes a completion that the pass has just taken. `fixed` is the number of the fixed
    /// due date that it serves, `before` what held without it.
    pub(super) fn take(
        &mut self,
        pass: &Pass<'_, '_, 'a>,
        done: Candidate<'a>,
        fixed: Option<usize>,
        before: (Base, Known),
    ) {
        let (base, known) = before;
        let call = open_call(pass.case, known).filter(|c| c.kind.served(c.from, done.day()));
        let known = Known { calls: call.is_some(), ..known };
        if later(pass.base(known.day), base) {
            return self.advance(pass, done, fixed, (base, known));
        }
        self.quiet = fixed.or(self.quiet);
        if let Some(call) = call
            && base.due.is_none_or(|due| call.by < due)
        {
            self.close(
                (call.from, call.by, call.rule()),
                moved(pass.case, base.due, known),
                Some(done.accepted),
            );
        }
    }

    /// Closes the due date that stands, those that are overtaken, and opens the next one.
    fn advance(
        &mut self,
        pass: &Pass<'_, '_, 'a>,
        done: Candidate<'a>,
        fixed: Option<usize>,
        (base, known): (Base, Known),
    ) {
        let day = done.day();
        let standing = moved(pass.case, base.due, known);
        let due = base.due.unwrap_or(day);
        let overtaken = self.quiet.is_none() && fixed.is_some_and(|number| number > self.number);
        let served = (!overtaken).then_some(done.accepted);
        self.close((self.opened, due, base.rule), standing, served);
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
    fn overtake(&mut self, pass: &Pass<'_, '_, 'a>, last: usize, done: Candidate<'a>, known: Known) {
        let from = self.list.len();
        if let Some(open) = self.list.last_mut() {
            open.closed_on = Some(done.day());
            open.missed = open.last_good_day().is_some_and(|due| due < done.day());
        }
        for number in self.number + 1..=last {
            let Some((opens, due, rule)) = pass.schedule.fixed(number) else { return };
            let served = (number == last).then_some(done.accepted);
            let known = Known { calls: known.calls && number == last, ..known };
            self.close((opens, due, rule), moved(pass.case, Some(due), known), served);
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
        standing: Moved,
        served_by: Option<&'a Accepted>,
    ) {
        let after = |due: Option<Date>| {
            let done = served_by.map(Accepted::completed_on);
            due.zip(done).is_some_and(|(due, done)| done > due)
        };
        let moves = standing.moves.iter().filter(|m| m.from.is_some() && m.rule != rule).copied().collect();
        self.list.push(DueDate {
            span: self.span,
            opened,
            due,
            rule,
            missed: after(standing.due),
            late: after(standing.strict),
            moves,
            served_by,
            closed_on: served_by.map(Accepted::completed_on),
        });
    }

    /// Writes down what stands on the last day that is looked at.
    pub(super) fn finish(&mut self, pass: &Pass<'_, '_, 'a>, end: Date) {
        let known = pass.known(end);
        let base = pass.base(end);
        match (base.due, open_call(pass.case, known)) {
            (Some(due), _) => self.stand((self.opened, due, base.rule), pass, Some(due), known, end),
            (None, Some(call)) => {
                self.stand((call.from, call.by, call.rule()), pass, None, known, end);
            }
            (None, None) => {}
        }
        let known = Known { calls: false, ..known };
        let from = self.list.len();
        for number in pass.schedule.next_fixed() + 1.. {
            let fixed = pass.schedule.fixed(number).filter(|(opens, _, _)| *opens <= end);
            let Some((opens, due, rule)) = fixed else { break };
            self.stand((opens, due, rule), pass, Some(due), known, end);
        }
        self.thin(from);
    }

    fn stand(
        &mut self,
        of: (Date, Date, Rule),
        pass: &Pass<'_, '_, 'a>,
        due: Option<Date>,
        known: Known,
        end: Date,
    ) {
        let standing = moved(pass.case, due, known);
        let missed = standing.due.is_some_and(|due| due < end);
        self.close(of, standing, None);
        if let Some(last) = self.list.last_mut() {
            last.missed = missed;
            last.closed_on = pass.over_by(pass.as_of());
        }
    }
}
