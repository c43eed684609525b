//! One pass over what is recorded about an obligation, in order of days, to its timeline.

use super::applies::{Run, Span};
use super::case::Case;
use super::counts::{Candidate, Touched, Uncounted};
use super::dues::Dues;
use super::schedule::{Base, Schedule};
use super::shifts::{Known, Moved, moved};
use super::standing::Standing;
use super::status::Status;
use super::timeline::{Segment, Timeline};
use crate::record::date::Date;
use crate::trust::accepted::Accepted;

/// The timeline with only what is dated up to `as_of`.
pub(super) fn timeline<'a>(case: &Case<'_, 'a>, as_of: Date) -> Timeline<'a> {
    let mut timeline = Timeline::default();
    for span in &case.spans {
        fill(&mut timeline, span.first());
        timeline.spans.push(Run { from: span.first(), until: span.last() });
        if span.unknown {
            unknown(&mut timeline, span);
        } else {
            Pass::run(case, span, as_of, &mut timeline);
        }
    }
    fill(&mut timeline, Date::MAX);
    if let Some(last) = timeline.segments.last_mut() {
        last.until = None;
    }
    // There are as many timelines as obligations: nothing is kept for what will not come.
    timeline.segments.shrink_to_fit();
    timeline.dues.shrink_to_fit();
    timeline
}

/// Says "not applicable" from the end of the timeline up to the day before another.
fn fill(timeline: &mut Timeline<'_>, to: Date) {
    let Some(end) = timeline.segments.last().map(|s| s.until.unwrap_or(Date::MAX)) else { return };
    if end < Date::MAX {
        let until = if to == Date::MAX { Date::MAX } else { to.previous() };
        timeline.push(plain(Run { from: end.next(), until }, Status::NotApplicable));
    }
}

fn plain<'a>(run: Run, status: Status) -> Segment<'a> {
    Segment {
        from: run.from,
        until: Some(run.until),
        status,
        underlying: None,
        due: None,
        rule: None,
        completion: None,
    }
}

fn unknown(timeline: &mut Timeline<'_>, span: &Span) {
    for run in &span.days {
        fill(timeline, run.from);
        timeline.push(plain(*run, Status::Unknown));
    }
}

/// The state of the pass through one span.
#[derive(Debug)]
pub(super) struct Pass<'p, 'c, 'a> {
    pub(super) case: &'p Case<'c, 'a>,
    span: &'p Span,
    /// Only what is dated up to this day counts.
    as_of: Date,
    touched: Touched,
    pub(super) schedule: Schedule<'a>,
    /// How many of the candidates have been taken.
    taken: usize,
    /// The latest completion that can serve a call, whether it counts for this span or not.
    latest: Option<Date>,
    /// The completion that the due date rests on.
    rests_on: Option<Candidate<'a>>,
}

impl<'p, 'c, 'a> Pass<'p, 'c, 'a> {
    fn new(case: &'p Case<'c, 'a>, span: &'p Span, as_of: Date, day: Date) -> Pass<'p, 'c, 'a> {
        let rules = case.rules;
        Pass {
            case,
            span,
            as_of,
            touched: rules.editions.touched(|selector| case.life.selected(selector, day)),
            schedule: Schedule::new(&rules.requirement.due, span.first(), &rules.editions),
            taken: 0,
            latest: None,
            rests_on: None,
        }
    }

    /// The pass as it stands on a day, with only what is dated up to it.
    pub(super) fn at(case: &'p Case<'c, 'a>, span: &'p Span, day: Date) -> Pass<'p, 'c, 'a> {
        let mut pass = Pass::new(case, span, day, day.max(span.first()));
        pass.learn(day, None);
        pass
    }

    /// Why a candidate does not count for this span; none where it does.
    pub(super) fn uncounted(&self, candidate: &Candidate<'a>) -> Option<Uncounted> {
        if candidate.had_run_out(&self.case.rules.editions, &self.touched) {
            return Some(Uncounted::RunOut);
        }
        (candidate.day() < self.schedule.opens).then_some(Uncounted::BeforeSpan)
    }

    fn run(case: &'p Case<'c, 'a>, span: &'p Span, as_of: Date, timeline: &mut Timeline<'a>) {
        let mut pass = Pass::new(case, span, as_of, span.first());
        let mut dues = Dues::new(&pass, timeline.spans.len().saturating_sub(1));
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
    }

    /// The days of the span on which anything becomes known or changes, its first day first.
    fn days(&self) -> Vec<Date> {
        let records = &self.case.records;
        let mut known: Vec<Date> = self.case.candidates.iter().map(Candidate::day).collect();
        known.extend(self.case.rules.editions.changes());
        known.extend(records.calls.iter().map(|c| c.from));
        known.extend(records.exemptions.iter().map(|e| e.from));
        known.extend(records.extensions.iter().map(|e| e.given_on));
        known.extend(self.case.life.leaves.iter().map(|l| l.from));
        known.retain(|day| *day <= self.as_of);
        let span = Run { from: self.span.first(), until: self.span.last() };
        if self.case.rules.editions.limited() {
            known.extend(self.case.life.changes_in(span));
        }
        known.extend(self.span.days.iter().flat_map(|run| {
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
        if !self.case.rules.editions.limited() {
            return;
        }
        let next = Pass::new(self.case, self.span, self.as_of, day);
        if next.touched != self.touched {
            *self = next;
            self.learn(day.previous().min(self.as_of), None);
        }
    }

    /// Takes every completion up to a day. What becomes of the due dates goes to `dues`.
    fn learn(&mut self, known: Date, mut dues: Option<&mut Dues<'a>>) {
        let case = self.case;
        while let Some(day) = case.candidates.get(self.taken).map(Candidate::day).filter(|d| *d <= known) {
            let end = case.candidates.partition_point(|c| c.day() <= day);
            let group = case.candidates.get(self.taken..end).unwrap_or_default();
            self.taken = end;
            self.take(group, day, known, dues.as_deref_mut());
        }
    }

    /// Takes the completions of one day.
    fn take(&mut self, group: &[Candidate<'a>], day: Date, known: Date, dues: Option<&mut Dues<'a>>) {
        let (editions, touched) = (&self.case.rules.editions, &self.touched);
        let valid: Vec<_> = group.iter().filter(|c| !c.had_run_out(editions, touched)).copied().collect();
        let Some(first) = valid.first().copied() else { return };
        let before = (self.base(known), self.known(known));
        self.latest = Some(day);
        let mut fixed = None;
        if day >= self.schedule.opens {
            for candidate in valid {
                fixed = fixed.or(self.schedule.add(candidate));
            }
            let raised = later(self.base(known), before.0) || fixed.is_some();
            if raised || self.rests_on.is_none() {
                self.rests_on = Some(first);
            }
        }
        if let Some(dues) = dues {
            dues.take(self, first, fixed, before);
        }
    }

    pub(super) fn base(&self, known: Date) -> Base {
        self.schedule.base(&self.case.rules.editions, &self.touched, known)
    }

    pub(super) fn known(&self, day: Date) -> Known {
        Known { day, latest: self.latest, calls: true }
    }

    /// The first day after the span, if it has an end that lies before a day.
    pub(super) fn over_by(&self, day: Date) -> Option<Date> {
        Some(self.span.last()).filter(|last| *last < day).map(Date::next)
    }

    /// The day asked about.
    pub(super) fn as_of(&self) -> Date {
        self.as_of
    }

    /// Writes the segments of days between which nothing becomes known.
    fn emit(&self, run: Run, timeline: &mut Timeline<'a>) {
        if !self.span.days.iter().any(|days| days.has(run.from)) {
            return timeline.push(plain(run, Status::NotApplicable));
        }
        let known = self.known(run.from.min(self.as_of));
        let base = self.base(known.day);
        let moved: Moved = moved(self.case, base.due, known);
        let standing = Standing::new(self, base, moved, known.day);
        for part in standing.parts(run) {
            timeline.push(standing.segment(part, self.completion()));
        }
    }

    fn completion(&self) -> Option<&'a Accepted> {
        self.rests_on.map(|c| c.accepted)
    }
}

pub(super) fn later(after: Base, before: Base) -> bool {
    after.due.unwrap_or(Date::MAX) > before.due.unwrap_or(Date::MAX)
}
