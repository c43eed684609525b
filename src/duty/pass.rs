//! One pass over what is recorded about an obligation, in order of days, through one span.

use super::applies::{Run, Span};
use super::counts::{Candidate, Touched, Uncounted};
use super::dues::Dues;
use super::external::External;
use super::facts::Facts;
use super::inputs::ExternalDueDate;
use super::schedule::{Again, Base, Schedule};
use super::shifts::Moved;
use super::standing::{Decided, Standing};
use super::status::Status;
use super::timeline::Timeline;
use super::walk::plain;
use crate::record::date::{Date, Period};
use crate::record::policy::Edition;
use crate::trust::accepted::Accepted;

/// A span, its place among the spans, and the due date that it begins with by rule 15.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) at: usize,
    pub(super) span: &'p Span,
    pub(super) again: Option<Again>,
}

/// The state of the pass through one span.
#[derive(Debug)]
pub(super) struct Pass<'p, 'c, 'a> {
    pub(super) facts: &'p Facts<'c, 'a>,
    place: Place<'p>,
    /// Only what is dated up to this day counts.
    as_of: Date,
    touched: Touched,
    pub(super) schedule: Schedule<'a>,
    /// How many of the candidates have been taken.
    taken: usize,
    /// The latest completion that can serve what rule 14 asks for, whether it counts for this
    /// span or not.
    latest: Option<Date>,
    external: External<'a>,
    /// The due date of rules 3 to 10 as it was moved, kept while that stands.
    own: Option<(Base, Moved)>,
    /// The completion that the due date rests on.
    rests_on: Option<Candidate<'a>>,
}

impl<'p, 'c, 'a> Pass<'p, 'c, 'a> {
    fn new(facts: &'p Facts<'c, 'a>, place: Place<'p>, as_of: Date, day: Date) -> Pass<'p, 'c, 'a> {
        let (rules, due) = (facts.rules, &facts.rules.requirement.due);
        Pass {
            facts,
            place,
            as_of,
            touched: rules.editions.touched(|edition| facts.came(place.at, edition, day)),
            schedule: Schedule::new(due, place.span.first(), &rules.editions, place.again),
            taken: 0,
            latest: None,
            external: External::default(),
            own: None,
            rests_on: None,
        }
    }

    /// The pass as it stands on a day, with only what is dated up to another.
    fn known(facts: &'p Facts<'c, 'a>, place: Place<'p>, day: Date, known: Date) -> Pass<'p, 'c, 'a> {
        let mut pass = Pass::new(facts, place, known, day.clamp(place.span.first(), place.span.last()));
        pass.learn(known, None);
        pass
    }

    /// The pass through the span of a place as it stands on a day, with only what is dated up
    /// to it.
    pub(super) fn at(facts: &'p Facts<'c, 'a>, at: usize, day: Date) -> Option<Pass<'p, 'c, 'a>> {
        let mut again = None;
        for (before, span) in facts.spans.iter().enumerate().take(at) {
            let last = span.last();
            let place = Place { at: before, span, again };
            let over = || Pass::known(facts, place, last, last.min(day));
            again = if span.unknown { None } else { over().owed() };
        }
        let place = Place { at, span: facts.spans.get(at)?, again };
        Some(Pass::known(facts, place, day, day))
    }

    /// The edition that had ended those of a candidate by its day.
    pub(super) fn edition_ending(&self, candidate: &Candidate<'a>) -> Option<&'a Edition> {
        let end =
            candidate.edition.and_then(|e| self.facts.rules.editions.end(e, &self.touched, candidate.day()));
        end.filter(|(end, _)| candidate.day() > *end).map(|(_, edition)| edition)
    }

    /// Why a candidate does not count for this span; none where it does.
    pub(super) fn uncounted(&self, candidate: &Candidate<'a>) -> Option<Uncounted> {
        if candidate.had_run_out(&self.facts.rules.editions, &self.touched) {
            return Some(Uncounted::RunOut);
        }
        (candidate.day() < self.schedule.opens).then_some(Uncounted::BeforeSpan)
    }

    /// Writes the timeline of a span, and says which date it leaves to the next one.
    pub(super) fn run(
        facts: &'p Facts<'c, 'a>,
        place: Place<'p>,
        as_of: Date,
        timeline: &mut Timeline<'a>,
    ) -> Option<Again> {
        let span = place.span;
        let mut pass = Pass::new(facts, place, as_of, span.first());
        let mut dues = Dues::new(&pass);
        let days = pass.days();
        let end = as_of.min(span.last());
        for (i, day) in days.iter().enumerate() {
            if *day > span.first() {
                pass.turn(*day);
            }
            let next = days.get(i + 1);
            pass.learn(as_of.min(*day), (i == 0 || *day <= as_of).then_some(&mut dues));
            if (i == 0 || *day <= as_of) && next.is_none_or(|next| *next > as_of) {
                dues.finish(&pass, end);
            }
            let until = next.map_or(span.last(), |next| next.previous());
            pass.emit(Run { from: *day, until }, timeline);
        }
        timeline.dues.append(&mut dues.list);
        pass.owed()
    }

    /// Rule 15: the due date that was missed when the span ended, if the next one begins soon
    /// enough to owe it.
    fn owed(&self) -> Option<Again> {
        let last = self.place.span.last();
        let next = self.facts.spans.get(self.place.at + 1)?;
        let in_time = next.first() <= last.plus(Period::months(12), 1);
        let due = self.own(last.min(self.as_of)).due?;
        (in_time && due < last).then_some(Again { due, left: last })
    }

    /// The days of the span on which anything becomes known or changes, its first day first.
    fn days(&self) -> Vec<Date> {
        let records = &self.facts.records;
        let mut known: Vec<Date> = self.facts.candidates.iter().map(Candidate::day).collect();
        known.extend(self.facts.rules.editions.changes());
        known.extend(records.external.iter().map(|c| c.from));
        known.extend(self.facts.grants.own.iter().map(|g| g.from));
        known.extend(self.facts.grants.external.iter().map(|g| g.from));
        known.retain(|day| *day <= self.as_of);
        let span = Run { from: self.place.span.first(), until: self.place.span.last() };
        if self.facts.rules.editions.limited() {
            known.extend(self.facts.presence.changes_in(span));
        }
        known.extend(self.place.span.days.iter().flat_map(|run| {
            let after = Some(run.until).filter(|last| *last < Date::MAX).map(Date::next);
            [Some(run.from), after].into_iter().flatten()
        }));
        known.retain(|day| span.from < *day && *day <= span.until);
        known.push(span.from);
        known.sort_unstable();
        known.dedup();
        known
    }

    /// Starts again where a change of what the subject is makes other editions matter.
    fn turn(&mut self, day: Date) {
        if !self.facts.rules.editions.limited() || !self.place.span.days.iter().any(|days| days.has(day)) {
            return;
        }
        let next = Pass::new(self.facts, self.place, self.as_of, day);
        if next.touched != self.touched {
            *self = next;
            self.learn(day.previous().min(self.as_of), None);
        }
    }

    /// Takes every completion up to a day. What becomes of the due dates goes to `dues`.
    fn learn(&mut self, known: Date, mut dues: Option<&mut Dues<'a>>) {
        let facts = self.facts;
        self.external.learn(facts, known, self.latest);
        while let Some(day) = facts.candidates.get(self.taken).map(Candidate::day).filter(|d| *d <= known) {
            let end = facts.candidates.partition_point(|c| c.day() <= day);
            let group = facts.candidates.get(self.taken..end).unwrap_or_default();
            self.taken = end;
            self.take(group, day, known, dues.as_deref_mut());
        }
    }

    /// Takes the completions of one day.
    fn take(&mut self, group: &[Candidate<'a>], day: Date, known: Date, dues: Option<&mut Dues<'a>>) {
        let (editions, touched) = (&self.facts.rules.editions, &self.touched);
        let valid: Vec<_> = group.iter().filter(|c| !c.had_run_out(editions, touched)).copied().collect();
        let Some(first) = valid.first().copied() else { return };
        let before = self.base(known);
        self.latest = Some(day);
        let external = self.external.serve(day);
        let mut fixed = None;
        if day >= self.schedule.opens {
            for candidate in valid {
                fixed = fixed.or(self.schedule.add(candidate));
            }
            let raised = later(self.base(known), before) || fixed.is_some();
            if raised || self.rests_on.is_none() {
                self.rests_on = Some(first);
            }
        }
        if let Some(dues) = dues {
            dues.take(self, first, fixed, (before, known));
            if self.former().is_none_or(|last| last < day) {
                dues.serve(first, &external);
            }
        }
    }

    /// The last day of the span before.
    fn former(&self) -> Option<Date> {
        self.facts.spans.get(self.place.at.checked_sub(1)?).map(Span::last)
    }

    pub(super) fn base(&self, known: Date) -> Base {
        self.schedule.base(&self.facts.rules.editions, &self.touched, known)
    }

    /// The due date of rules 3 to 10, moved by what is known on a day.
    pub(super) fn own(&self, known: Date) -> Moved {
        self.moved(self.base(known), known)
    }

    /// A due date of rules 3 to 10, moved by what is known on a day.
    pub(super) fn moved(&self, base: Base, known: Date) -> Moved {
        let moved = Moved::of(base.due, base.rule, base.after, Date::MIN);
        moved.learned(&self.facts.grants.own, known)
    }

    /// The edition whose change ends what was done before on a day, and since when the subject
    /// is one of those that it is limited to.
    pub(super) fn ended_by(&self, day: Date, known: Date) -> Option<(&'a Edition, Option<Date>)> {
        let (at, edition) = self.facts.rules.editions.ending(day, &self.touched, known)?;
        Some((edition, self.facts.came(self.place.at, at, known)))
    }

    /// The due dates of incidents and assignments that are open.
    pub(super) fn external(&self) -> &[(&'a ExternalDueDate, Moved)] {
        self.external.open()
    }

    /// Which of the spans this is, from 0.
    pub(super) fn at_span(&self) -> usize {
        self.place.at
    }

    /// The span.
    pub(super) fn span(&self) -> &'p Span {
        self.place.span
    }

    /// The first day after the span, if it has an end that lies before a day.
    pub(super) fn over_by(&self, day: Date) -> Option<Date> {
        Some(self.place.span.last()).filter(|last| *last < day).map(Date::next)
    }

    /// The day asked about.
    pub(super) fn as_of(&self) -> Date {
        self.as_of
    }

    /// Writes the segments of days between which nothing becomes known.
    fn emit(&mut self, run: Run, timeline: &mut Timeline<'a>) {
        if !self.place.span.days.iter().any(|days| days.has(run.from)) {
            return timeline.push(plain(run, Status::NotApplicable));
        }
        let known = run.from.min(self.as_of);
        let decided = self.decided(known);
        let standing = Standing::new(self, decided, known);
        for part in standing.parts(run) {
            timeline.push(standing.segment(part, self.completion()));
        }
    }

    /// The earliest of the due date of rules 3 to 10 and of each of rule 14.
    fn decided(&mut self, known: Date) -> Decided {
        let base = self.base(known);
        let kept = self.own.take().filter(|(of, _)| *of == base).map(|(_, moved)| moved);
        let fresh = || Moved::of(base.due, base.rule, base.after, Date::MIN);
        let moved = kept.unwrap_or_else(fresh).learned(&self.facts.grants.own, known);
        let decided = Decided::by(&moved, self.external().iter().map(|(_, moved)| moved));
        self.own = Some((base, moved));
        decided
    }

    fn completion(&self) -> Option<&'a Accepted> {
        self.rests_on.map(|c| c.accepted)
    }
}

pub(super) fn later(after: Base, before: Base) -> bool {
    after.due.unwrap_or(Date::MAX) > before.due.unwrap_or(Date::MAX)
}
