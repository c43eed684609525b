//! "Before the incident": was a requirement met, and was that on record, before a day?

use super::answer::answer;
use super::applies::Presence;
use super::compute::Engine;
use super::facts::{Facts, Rules};
use super::inputs::{AsOf, Inputs};
use super::obligation::Obligation;
use super::status::Status;
use super::unreadable::unknown;
use super::walk;

use crate::record::date::Date;
use crate::record::id::Subject;
use crate::trust::accepted::Accepted;

/// What can be said about the time before an incident. The incident's own day is not before
/// it: a civil date does not tell which came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Before {
    /// Met by completions dated before the day, and the history of the repository shows that
    /// their records were there before it.
    Recorded,
    /// Met by completions dated before the day, but it is not shown that their records were
    /// there, too.
    OnlyClaimed,
    /// Not met before the day.
    Not,
}

impl Before {
    /// The word used in every output.
    pub fn word(self) -> &'static str {
        match self {
            Before::Recorded => "recorded_before",
            Before::OnlyClaimed => "only_claimed_before",
            Before::Not => "not_before",
        }
    }
}

/// One requirement of somebody whom an incident touched.
#[derive(Debug, Clone)]
pub struct AtIncident<'a> {
    /// What can be said.
    pub before: Before,
    /// The obligation on the incident's day, with only what is dated before that day.
    pub obligation: Obligation<'a>,
}

/// Whether the history of the repository shows that the record of a completion was there
/// before the incident.
pub type RecordedBefore<'f> = &'f dyn Fn(&Accepted) -> bool;

/// For each of some subjects every requirement that applied to it on an incident's day, in
/// the order of the subjects given and then of requirements. Without `recorded` nothing is
/// better than only claimed.
pub fn at_incident<'a>(
    inputs: &Inputs<'a>,
    subjects: &[Subject],
    day: Date,
    recorded: Option<RecordedBefore<'_>>,
) -> Vec<AtIncident<'a>> {
    let engine = Engine::new(inputs);
    let mut rules: Vec<&Rules<'a>> = engine.rules.iter().collect();
    rules.sort_by(|a, b| a.requirement.id.value.cmp(&b.requirement.id.value));
    let presences = subjects.iter().filter_map(|subject| engine.presence(subject, AsOf::Date(day)));
    let presences: Vec<Presence<'a>> = presences.map(|(presence, _)| presence).collect();
    let look = Look { engine: &engine, day, recorded };
    presences
        .iter()
        .flat_map(|presence| rules.iter().filter_map(|r| look.at(presence, r)).collect::<Vec<_>>())
        .collect()
}

struct Look<'l, 'a> {
    engine: &'l Engine<'a>,
    day: Date,
    recorded: Option<RecordedBefore<'l>>,
}

impl<'a> Look<'_, 'a> {
    fn at(&self, presence: &Presence<'a>, rules: &Rules<'a>) -> Option<AtIncident<'a>> {
        let id = &rules.requirement.id.value;
        if let Some(field) = self.engine.unreadable(&presence.subject, id) {
            let obligation = unknown(presence, rules, field, self.day)?;
            return Some(AtIncident { before: Before::Not, obligation });
        }
        let claimed = self.with(presence, rules, &|_| true)?;
        let recorded = |which| self.with(presence, rules, which).is_some_and(|o| met(&o, self.day));
        let before = match self.recorded {
            _ if !met(&claimed, self.day) => Before::Not,
            Some(which) if recorded(which) => Before::Recorded,
            _ => Before::OnlyClaimed,
        };
        Some(AtIncident { before, obligation: claimed })
    }

    /// The obligation on the day, with what is dated before it and some of the completions.
    fn with(
        &self,
        presence: &Presence<'a>,
        rules: &Rules<'a>,
        which: RecordedBefore<'_>,
    ) -> Option<Obligation<'a>> {
        let facts = Facts::of(presence, rules, || {
            let mut records = self.engine.records(&presence.subject, &rules.requirement.id.value);
            records.accepted.retain(|row| which(row));
            records
        })?;
        let timeline = walk::timeline(&facts, self.day.previous());
        let applies = timeline.status_on(self.day) != Status::NotApplicable;
        applies.then(|| answer(&facts, timeline, self.day, None))
    }
}

/// Whether something that counts was done and its due date had not passed on the day.
fn met(obligation: &Obligation<'_>, day: Date) -> bool {
    obligation.completion.is_some() && obligation.due.is_none_or(|due| day <= due)
}
