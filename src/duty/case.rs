//! One subject and one requirement with everything that is recorded about the two.

use super::applies::{Life, Span};
use super::counts::{Candidate, Editions, Uncounted, candidate};
use super::inputs::{Call, Exemption, Extension, Inputs};
use crate::record::date::Days;
use crate::record::policy::Requirement;
use crate::trust::accepted::{Accepted, Unverified};

/// What one obligation is computed from. Lists are in order of their days.
#[derive(Debug)]
pub(super) struct Case<'c, 'a> {
    pub(super) life: &'c Life<'a>,
    pub(super) rules: &'c Rules<'a>,
    pub(super) spans: Vec<Span>,
    pub(super) candidates: Vec<Candidate<'a>>,
    /// Those that can count in no span, and why.
    pub(super) refused: Vec<(&'a Accepted, Uncounted)>,
    pub(super) records: Records<'a>,
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
    pub(super) calls: Vec<&'a Call>,
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
        self.calls.sort_by_key(|c| (c.from, c.by, c.kind, c.origin));
    }
}

impl<'c, 'a> Case<'c, 'a> {
    /// The case of a subject and a requirement; none where it never applies.
    pub(super) fn of(
        life: &'c Life<'a>,
        rules: &'c Rules<'a>,
        records: impl FnOnce() -> Records<'a>,
    ) -> Option<Case<'c, 'a>> {
        let spans = life.spans(rules.requirement, rules.rehire_gap);
        if spans.is_empty() {
            return None;
        }
        let mut case =
            Case { life, rules, spans, candidates: Vec::new(), refused: Vec::new(), records: records() };
        case.records.sort();
        case.sift();
        Some(case)
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
        let lasts = |c: &Candidate<'_>| c.end.unwrap_or(crate::record::date::Date::MAX);
        self.candidates.sort_by(|a, b| {
            (a.day().cmp(&b.day()))
                .then_with(|| b.edition.cmp(&a.edition))
                .then_with(|| lasts(b).cmp(&lasts(a)))
                .then_with(|| b.accepted.assurance().cmp(&a.accepted.assurance()))
        });
    }
}
