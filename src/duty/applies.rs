//! Rule 1: on which days a requirement applies to a subject.
//!
//! A subject's life is cut at every date on which anything about it changes; within such a
//! piece every day is like the first. Nothing here goes day by day.

use super::inputs::Other;
use crate::record::date::{Date, Days};
use crate::record::id::{Id, Subject};
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

/// The days of one obligation: unbroken but for breaks of employment that are short enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The days on which the requirement applies, in order, apart from each other.
    pub days: Vec<Run>,
    /// Whether the first day cannot be told.
    pub unknown: bool,
}

/// What a subject is, over time.
#[derive(Debug)]
pub(super) struct Life<'a> {
    pub(super) subject: Subject,
    /// None for subjects that are no workers.
    pub(super) worker: Option<&'a Worker>,
    pieces: Vec<Piece>,
    /// By first day.
    pub(super) leaves: Vec<Leave>,
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

impl<'a> Life<'a> {
    pub(super) fn of_worker(worker: &'a Worker) -> Life<'a> {
        let terms: Vec<_> = worker.employment.iter().map(|s| (s.start, s.end)).collect();
        // A roster that says nothing about employment does not say that there was none.
        let terms = if terms.is_empty() { vec![(None, None)] } else { terms };
        let mut cuts = Vec::new();
        for list in [&worker.roles, &worker.departments, &worker.locations, &worker.attributes] {
            cuts.extend(list.iter().flat_map(|d: &Dated<Id>| cut(d.from, d.until)));
        }
        let mut leaves = worker.leave.clone();
        leaves.sort_by_key(|l| (l.from, l.until.unwrap_or(Date::MAX)));
        Life {
            subject: worker.subject(),
            worker: Some(worker),
            pieces: pieces(&terms, cuts),
            leaves,
            begins: None,
        }
    }

    pub(super) fn of_other(other: &'a Other) -> Life<'a> {
        let terms: Vec<_> = other.terms.iter().map(|t| (t.start, t.end)).collect();
        let terms = if terms.is_empty() { vec![(None, None)] } else { terms };
        let subject = other.subject.clone();
        Life { subject, worker: None, pieces: pieces(&terms, Vec::new()), leaves: Vec::new(), begins: None }
    }

    /// The organisation is always there; its duties begin when they take effect.
    pub(super) fn of_organization(history_begins: Option<Date>) -> Life<'a> {
        let always = Piece { run: Run { from: Date::MIN, until: Date::MAX }, there: true, startless: false };
        Life {
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
        let mut joining = Joining { spans: Vec::new(), employed_since: None, gap: rehire_gap };
        for piece in &self.pieces {
            let run = Run { from: piece.run.from.max(from), until: piece.run.until.min(until) };
            if piece.there && run.from <= run.until && self.matches(&requirement.applies_to, run.from) {
                joining.apply(run, piece.startless || run.from == Date::MIN);
            } else if piece.there {
                joining.employed_since = Some(piece.run);
            }
        }
        joining.spans
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

/// Puts runs of days together to spans.
struct Joining {
    spans: Vec<Span>,
    /// The last days of employment on which the requirement did not apply.
    employed_since: Option<Run>,
    gap: Days,
}

impl Joining {
    fn apply(&mut self, run: Run, unknown: bool) {
        match self.spans.last_mut() {
            Some(span) if span.last() < Date::MAX && span.last().next() == run.from => {
                if let Some(last) = span.days.last_mut() {
                    last.until = run.until;
                }
                span.unknown |= unknown;
            }
            Some(span) if bridged(span.last(), run.from, self.employed_since, self.gap) => {
                span.days.push(run);
                span.unknown |= unknown;
            }
            _ => self.spans.push(Span { days: vec![run], unknown }),
        }
    }
}

/// Whether nothing lies between two days but a break of employment that is short enough.
fn bridged(last: Date, back: Date, employed: Option<Run>, gap: Days) -> bool {
    let only_a_break = employed.is_none_or(|run| run.until <= last || run.from >= back);
    only_a_break && last.days_to(back) - 1 <= i64::from(gap.count())
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
