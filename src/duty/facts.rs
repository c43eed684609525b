//! One subject and one requirement with everything that is recorded about the two.

use super::applies::{Presence, Run, Span};
use super::away;
use super::counts::{Candidate, Editions, Uncounted, candidate};
use super::grants::Grants;
use super::inputs::{Exemption, Extension, ExternalDueDate, Inputs};
use crate::record::date::{Date, Days};
use crate::record::policy::{Requirement, Selector};
use crate::trust::accepted::{Accepted, Unverified};

/// What one obligation is computed from. Lists are in order of their days.
#[derive(Debug)]
pub(super) struct Facts<'c, 'a> {
    pub(super) presence: &'c Presence<'a>,
    pub(super) rules: &'c Rules<'a>,
    pub(super) spans: Vec<Span>,
    pub(super) candidates: Vec<Candidate<'a>>,
    /// Those that can count in no span, and why.
    pub(super) refused: Vec<(&'a Accepted, Uncounted)>,
    pub(super) records: Records<'a>,
    pub(super) grants: Grants,
    /// By span, then by edition: when the subject was one of those that it is limited to.
    touches: Vec<Vec<Vec<Touch>>>,
}

/// Days on which a subject is one of those that an edition is limited to.
#[derive(Debug, Clone, Copy)]
struct Touch {
    days: Run,
    /// The day on which it came to be one, short interruptions left out of account.
    since: Date,
}

/// A requirement and what follows from it for everybody.
#[derive(Debug)]
pub(super) struct Rules<'a> {
    pub(super) requirement: &'a Requirement,
    pub(super) editions: Editions<'a>,
    pub(super) after_leave: Days,
    pub(super) rehire_gap: Days,
}

/// What is recorded about one subject and one requirement.
#[derive(Debug, Default, Clone)]
pub(super) struct Records<'a> {
    pub(super) accepted: Vec<&'a Accepted>,
    pub(super) unverified: Vec<&'a Unverified>,
    pub(super) exemptions: Vec<&'a Exemption>,
    pub(super) extensions: Vec<&'a Extension>,
    pub(super) external: Vec<&'a ExternalDueDate>,
}

impl<'a> Rules<'a> {
    pub(super) fn of(requirement: &'a Requirement, inputs: &Inputs<'a>) -> Rules<'a> {
        let settings = &inputs.organization.settings;
        Rules {
            requirement,
            editions: Editions::of(requirement),
            after_leave: requirement.due.after_leave.unwrap_or(settings.after_leave),
            rehire_gap: requirement.due.rehire_gap.unwrap_or(settings.rehire_gap),
        }
    }
}

impl Records<'_> {
    /// Puts every list in the order of its days; what stands on one day, in an order that
    /// depends on nothing but the records.
    pub(super) fn sort(&mut self) {
        self.accepted.sort_by_key(|a| (a.completed_on(), a.payload(), a.origin()));
        self.unverified.sort_by_key(|u| (u.completed_on, u.origin));
        self.exemptions.sort_by_key(|e| (e.from, e.until, e.origin));
        self.extensions.sort_by_key(|e| (e.given_on, e.until, e.origin));
        self.external.sort_by_key(|c| (c.from, c.by, c.kind, c.origin));
    }
}

impl<'c, 'a> Facts<'c, 'a> {
    /// The facts of a subject and a requirement; none where it never applies.
    pub(super) fn of(
        presence: &'c Presence<'a>,
        rules: &'c Rules<'a>,
        records: impl FnOnce() -> Records<'a>,
    ) -> Option<Facts<'c, 'a>> {
        let spans = presence.spans(rules.requirement, rules.rehire_gap);
        if spans.is_empty() {
            return None;
        }
        let mut records = records();
        records.sort();
        let grants = grants(presence, rules, &spans, &records);
        let touches = touches(presence, rules, &spans);
        let (candidates, refused) = (Vec::new(), Vec::new());
        let mut facts = Facts { presence, rules, spans, candidates, refused, records, grants, touches };
        facts.sift();
        Some(facts)
    }

    /// The day on which the subject came to be one of those that an edition is limited to, for
    /// a day of a span on which it is.
    pub(super) fn came(&self, span: usize, edition: usize, day: Date) -> Option<Date> {
        let touches = self.touches.get(span)?.get(edition)?;
        let after = touches.partition_point(|touch| touch.days.from <= day);
        touches.get(after.checked_sub(1)?).filter(|touch| touch.days.has(day)).map(|touch| touch.since)
    }

    /// Separates what may count from what cannot. On one day, what lasts longest comes first,
    /// then what is best shown.
    fn sift(&mut self) {
        for accepted in &self.records.accepted {
            match candidate(accepted, self.rules.requirement, &self.rules.editions) {
                Ok(candidate) => self.candidates.push(candidate),
                Err(why) => self.refused.push((accepted, why)),
            }
        }
        let lasts = |c: &Candidate<'_>| c.end.unwrap_or(Date::MAX);
        self.candidates.sort_by(|a, b| {
            (a.day().cmp(&b.day()))
                .then_with(|| b.edition.cmp(&a.edition))
                .then_with(|| lasts(b).cmp(&lasts(a)))
                .then_with(|| b.accepted.assurance().cmp(&a.accepted.assurance()))
        });
    }
}

fn grants(presence: &Presence<'_>, rules: &Rules<'_>, spans: &[Span], records: &Records<'_>) -> Grants {
    let away = away::within_spans(presence, spans);
    let or_between = away::with_time_between(presence, spans);
    Grants::of(records, &away, &or_between, rules.requirement.due.within, rules.after_leave)
}

fn touches(presence: &Presence<'_>, rules: &Rules<'_>, spans: &[Span]) -> Vec<Vec<Vec<Touch>>> {
    if !rules.editions.limited() {
        return Vec::new();
    }
    let of = |span: &Span, affects: Option<&Selector>| {
        let days = affects.map_or(Vec::new(), |selector| presence.matching(span, selector));
        touch(&days, rules.rehire_gap)
    };
    spans.iter().map(|span| rules.editions.affects().map(|affects| of(span, affects)).collect()).collect()
}

/// An interruption of at most `gap` is no new coming.
fn touch(days: &[Run], gap: Days) -> Vec<Touch> {
    let mut touches: Vec<Touch> = Vec::new();
    for days in days {
        let before = touches.last().filter(|t| t.days.until.days_to(days.from) - 1 <= i64::from(gap.count()));
        let since = before.map_or(days.from, |touch| touch.since);
        touches.push(Touch { days: *days, since });
    }
    touches
}
