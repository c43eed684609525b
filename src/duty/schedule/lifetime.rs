//! Rules 8 and 10: how long what was done lasts.

use crate::duty::counts::{Candidate, Editions, Touched};
use crate::duty::status::Rule;
use crate::record::date::Date;

/// The latest end of all counted completions, kept per edition because a later edition may
/// end them all at once.
#[derive(Debug)]
pub(super) struct Lifetime<'a> {
    /// The last of these is for completions without an edition.
    latest: Vec<Option<Candidate<'a>>>,
}

/// The end of the completion that lasts longest.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    /// The last day; none where it lasts for good.
    pub(super) day: Option<Date>,
    /// What ends it.
    pub(super) rule: Rule,
}

impl<'a> Lifetime<'a> {
    pub(super) fn new(editions: &Editions<'_>) -> Lifetime<'a> {
        Lifetime { latest: vec![None; editions.len() + 1] }
    }

    /// Takes a counted completion.
    pub(super) fn add(&mut self, candidate: Candidate<'a>) {
        let slot = candidate.edition.unwrap_or(self.latest.len().saturating_sub(1));
        if let Some(slot) = self.latest.get_mut(slot)
            && slot.is_none_or(|old| last_of(old.end) < last_of(candidate.end))
        {
            *slot = Some(candidate);
        }
    }

    /// The latest end as far as editions published by a day say; none before the first
    /// completion.
    pub(super) fn end(&self, editions: &Editions<'_>, touched: &Touched, known: Date) -> Option<End> {
        let ends = self.latest.iter().flatten().map(|c| end_of(c, editions, touched, known));
        ends.max_by_key(|end| last_of(end.day))
    }
}

/// The end of one completion and what ends it.
pub(super) fn end_of(
    candidate: &Candidate<'_>,
    editions: &Editions<'_>,
    touched: &Touched,
    known: Date,
) -> End {
    let own = End { day: candidate.end, rule: if candidate.by_gap { Rule::MaxGap } else { Rule::Expires } };
    match candidate.edition.and_then(|e| editions.end(e, touched, known)) {
        Some((day, _)) if day < last_of(own.day) => End { day: Some(day), rule: Rule::Edition },
        _ => own,
    }
}

fn last_of(end: Option<Date>) -> Date {
    end.unwrap_or(Date::MAX)
}
