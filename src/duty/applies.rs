//! Rule 1: on which days a requirement applies to a subject.
//!
//! A subject's presence is cut at every date on which anything about it changes; within such a
//! piece every day is like the first. Nothing here goes day by day.

use super::inputs::NonWorkerSubject;
use crate::record::date::{Date, Days};
use crate::record::id::{Id, Subject};
use crate::record::node::Spot;
use crate::record::policy::{Applies, Requirement, Selector, Traits};
use crate::record::roster::{Dated, Leave, Worker, covers};

/// Days from one to another, both inclusive. [`Date::MAX`] is an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// The days of one obligation: unbroken but for breaks that are short enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The days on which the requirement applies, in order, apart from each other.
    pub days: Vec<Run>,
    /// Whether the first day cannot be told.
    pub unknown: bool,
}

/// What a subject is, over time.
#[derive(Debug)]
pub(super) struct Presence<'a> {
    pub(super) subject: Subject,
    /// None for subjects that are no workers.
    pub(super) worker: Option<&'a Worker>,
    pieces: Vec<Piece>,
    /// The days of each leave and where it stands, by first day. One without an end has that
    /// of the employment in which it began.
    pub(super) leaves: Vec<(Run, Spot)>,
    /// Where nothing else says when a duty of the organisation begins.
    begins: Option<Date>,
}

/// Days that are all alike.
#[derive(Debug, Clone, Copy)]
struct Piece {
    run: Run,
    /// Employed, or there.
    there: bool,
    /// Perhaps only because of an employment whose first day is missing.
    startless: bool,
}

/// A worker on one day.
struct OnDay<'a> {
    worker: &'a Worker,
    day: Date,
}

impl Run {
    /// Whether a day is one of them.
    pub fn has(self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

impl Span {
    /// S: the first day.
    pub fn first(&self) -> Date {
        self.days.first().map_or(Date::MIN, |run| run.from)
    }

    /// The last day; [`Date::MAX`] where it is open.
    pub fn last(&self) -> Date {
        self.days.last().map_or(Date::MAX, |run| run.until)
    }
}

impl<'a> Presence<'a> {
    pub(super) fn of_worker(worker: &'a Worker) -> Presence<'a> {
        let terms: Vec<_> = worker.employment.iter().map(|s| (s.start, s.end)).collect();
        // A roster that says nothing about employment does not say that there was none.
        let terms = if terms.is_empty() { vec![(None, None)] } else { terms };
        let mut cuts = Vec::new();
        for list in [&worker.roles, &worker.departments, &worker.locations, &worker.attributes] {
            cuts.extend(list.iter().flat_map(|d: &Dated<Id>| cut(d.from, d.until)));
        }
        let pieces = pieces(&terms, cuts);
        let mut leaves: Vec<_> =
            worker.leave.iter().filter_map(|l| Some((leave(l, &pieces)?, l.spot))).collect();
        leaves.sort_by_key(|(days, _)| *days);
        Presence { subject: worker.subject(), worker: Some(worker), pieces, leaves, begins: None }
    }

    pub(super) fn of_other(other: &'a NonWorkerSubject) -> Presence<'a> {
        let terms: Vec<_> = other.terms.iter().map(|t| (t.start, t.end)).collect();
        let terms = if terms.is_empty() { vec![(None, None)] } else { terms };
        let subject = other.subject.clone();
        Presence {
            subject,
            worker: None,
            pieces: pieces(&terms, Vec::new()),
            leaves: Vec::new(),
            begins: None,
        }
    }

    /// The organisation is always there; its duties begin when they take effect.
    pub(super) fn of_organization(history_begins: Option<Date>) -> Presence<'a> {
        let always = Piece { run: Run { from: Date::MIN, until: Date::MAX }, there: true, startless: false };
        Presence {
            subject: Subject::Org,
            worker: None,
            pieces: vec![always],
            leaves: Vec::new(),
            begins: history_begins,
        }
    }

    /// The spans of a requirement, in order.
    pub(super) fn spans(&self, requirement: &Requirement, rehire_gap: Days) -> Vec<Span> {
        let from = requirement.effective_from.or(self.begins).unwrap_or(Date::MIN);
        let until = requirement.effective_until.unwrap_or(Date::MAX);
        let mut spans = Vec::new();
        for piece in &self.pieces {
            let run = Run { from: piece.run.from.max(from), until: piece.run.until.min(until) };
            if piece.there && run.from <= run.until && self.matches(&requirement.applies_to, run.from) {
                join(&mut spans, run, piece.startless || run.from == Date::MIN, rehire_gap);
            }
        }
        spans
    }

    /// The days of a span on which a selector matches.
    pub(super) fn matching(&self, span: &Span, selector: &Selector) -> Vec<Run> {
        let mut matching = Vec::new();
        for days in &span.days {
            let first = self.pieces.partition_point(|p| p.run.until < days.from);
            let within = self.pieces.iter().skip(first).take_while(|p| p.run.from <= days.until);
            let runs =
                within.map(|p| Run { from: p.run.from.max(days.from), until: p.run.until.min(days.until) });
            matching.extend(runs.filter(|run| self.selected(selector, run.from)));
        }
        matching
    }

    /// Whether a selector of the requirement matches what the subject is on a day.
    fn matches(&self, applies: &Applies, day: Date) -> bool {
        match (applies, &self.subject) {
            (Applies::Workers(selector), Subject::Worker(_)) => self.selected(selector, day),
            (Applies::Org, Subject::Org) => true,
            (Applies::Systems(ids), Subject::System(id)) | (Applies::Vendors(ids), Subject::Vendor(id)) => {
                ids.is_empty() || ids.iter().any(|i| i.value == *id)
            }
            _ => false,
        }
    }

    /// Whether a selector matches on a day. One that speaks of workers touches every other
    /// subject: it was not written to spare them.
    pub(super) fn selected(&self, selector: &Selector, day: Date) -> bool {
        self.worker.is_none_or(|worker| selector.matches(&OnDay { worker, day }))
    }

    /// The days in a run on which anything about the subject may change, its first one not
    /// included.
    pub(super) fn changes_in(&self, run: Run) -> impl Iterator<Item = Date> {
        self.pieces.iter().map(|p| p.run.from).filter(move |d| run.from < *d && *d <= run.until)
    }
}

/// Adds days to the spans: to the last one, where no more than a short break lies between.
fn join(spans: &mut Vec<Span>, run: Run, unknown: bool, gap: Days) {
    match spans.last_mut() {
        Some(span) if span.last().next() >= run.from => {
            if let Some(last) = span.days.last_mut() {
                last.until = run.until;
            }
            span.unknown |= unknown;
        }
        Some(span) if span.last().days_to(run.from) - 1 <= i64::from(gap.count()) => {
            span.days.push(run);
            span.unknown |= unknown;
        }
        _ => spans.push(Span { days: vec![run], unknown }),
    }
}

/// The days of a leave; none where it has none. One without an end that began in no employment
/// would have none either.
fn leave(leave: &Leave, pieces: &[Piece]) -> Option<Run> {
    let until = match leave.until {
        Some(until) => until,
        None => {
            let begun = pieces.iter().skip_while(|p| p.run.until < leave.from);
            begun.take_while(|p| p.there).last()?.run.until
        }
    };
    (leave.from <= until).then_some(Run { from: leave.from, until })
}

/// The dates on which something of these days begins and has ended.
fn cut(from: Option<Date>, until: Option<Date>) -> impl Iterator<Item = Date> {
    from.into_iter().chain(until.filter(|u| *u < Date::MAX).map(Date::next))
}

/// Cuts all time at the starts and ends of some terms and at further dates.
fn pieces(terms: &[(Option<Date>, Option<Date>)], mut cuts: Vec<Date>) -> Vec<Piece> {
    cuts.extend(terms.iter().flat_map(|(start, end)| cut(*start, *end)));
    cuts.push(Date::MIN);
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().skip(1).map(|d| d.previous()).chain([Date::MAX]);
    let runs = cuts.iter().zip(ends).map(|(from, until)| Run { from: *from, until });
    runs.map(|run| {
        let covering = || terms.iter().filter(|(start, end)| covers(*start, *end, run.from));
        let startless = covering().any(|(start, _)| start.is_none());
        Piece { run, there: covering().next().is_some(), startless }
    })
    .collect()
}

impl OnDay<'_> {
    fn any(&self, list: &[Dated<Id>], id: &Id) -> bool {
        Worker::on(list, self.day).any(|value| value == id)
    }
}

impl Traits for OnDay<'_> {
    fn has_role(&self, id: &Id) -> bool {
        self.any(&self.worker.roles, id)
    }

    fn in_department(&self, id: &Id) -> bool {
        self.any(&self.worker.departments, id)
    }

    fn at_location(&self, id: &Id) -> bool {
        self.any(&self.worker.locations, id)
    }

    fn employed_as(&self, id: &Id) -> bool {
        let spells = self.worker.employment.iter();
        spells.filter(|s| covers(s.start, s.end, self.day)).any(|s| s.kind.value == *id)
    }

    fn has_attribute(&self, id: &Id) -> bool {
        self.any(&self.worker.attributes, id)
    }

    fn is_worker(&self, id: &Id) -> bool {
        self.worker.id.value == *id
    }
}
