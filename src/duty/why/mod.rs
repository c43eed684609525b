//! Why a due date is what it is: a derivation that a person can follow with a calendar.
//!
//! It is data; the text and the JSON of it are made elsewhere. Every step names the rule of
//! section 7, its inputs with where each stands, and the citations of the requirement where
//! the step comes from the requirement.

mod begin;
mod end;
mod middle;

use super::answer::answer;
use super::applies::Span;
use super::compute::Engine;
use super::facts::Facts;
use super::inputs::{AsOf, Inputs};
use super::obligation::Obligation;
use super::pass::Pass;
use super::unreadable;
use super::walk;
use crate::record::date::Date;
use crate::record::id::Subject;
use crate::record::node::Spot;
use crate::trust::accepted::Origin;

/// The derivation of one obligation on one day.
#[derive(Debug, Clone)]
pub struct Why<'a> {
    /// What is derived.
    pub obligation: Obligation<'a>,
    /// The steps, each from those before it.
    pub steps: Vec<Step<'a>>,
}

/// One step of a derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'a> {
    /// The number of the rule in section 7, or `status` for the order of statuses.
    pub rule: &'static str,
    /// What follows, in a sentence or two.
    pub text: String,
    /// What it follows from.
    pub inputs: Vec<Input>,
    /// Where the duty comes from; empty for steps that do not come from the requirement.
    pub citations: &'a [String],
    /// The date that the step gives, if it gives one.
    pub date: Option<Date>,
}

/// Something that a step follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is called, as in `within`.
    pub name: &'static str,
    /// Its value, as in `30 days`.
    pub value: String,
    /// Where it stands.
    pub source: Source,
}

/// Where an input stands. The paths of the roster's and the policies' files are known to
/// whoever has read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// In the file of the requirement.
    Requirement(Spot),
    /// In the file of the worker.
    Worker(Spot),
    /// In the settings of `duly.yaml`, or their default.
    Organization,
    /// In a record: an attestation, an exemption, an incident, a system.
    Record(Origin),
    /// In the question.
    Question,
}

/// Why there is nothing to derive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoWhy {
    /// No such subject.
    #[error("there is no such subject")]
    Subject,
    /// No such requirement.
    #[error("there is no such requirement")]
    Requirement,
    /// The requirement never applies to the subject.
    #[error("the requirement never applies to this subject")]
    NeverApplies,
}

/// Derives one obligation as of a day.
///
/// # Errors
/// There is no such subject or requirement, or the one never applies to the other.
pub fn why<'a>(
    inputs: &Inputs<'a>,
    subject: &Subject,
    requirement: &str,
    as_of: AsOf,
) -> Result<Why<'a>, NoWhy> {
    let engine = Engine::new(inputs);
    let (presence, day) = engine.presence(subject, as_of).ok_or(NoWhy::Subject)?;
    let rules = engine.rules(requirement).ok_or(NoWhy::Requirement)?;
    let id = &rules.requirement.id.value;
    if let Some(field) = engine.unreadable(subject, id) {
        let obligation = unreadable::unknown(&presence, rules, field, day).ok_or(NoWhy::NeverApplies)?;
        let steps = obligation.unreadable.map(unreadable::step).into_iter().collect();
        return Ok(Why { obligation, steps });
    }
    let records = || engine.records(subject, &rules.requirement.id.value);
    let facts = Facts::of(&presence, rules, records).ok_or(NoWhy::NeverApplies)?;
    let obligation = answer(&facts, walk::timeline(&facts, day), day, None);
    let steps = Teller::tell(&facts, &obligation, day);
    Ok(Why { obligation, steps })
}

/// Derives many obligations: what is recorded is put in order once.
pub struct Whys<'a> {
    engine: Engine<'a>,
}

impl<'a> Whys<'a> {
    /// Puts in order what obligations were computed from.
    pub fn new(inputs: &Inputs<'a>) -> Whys<'a> {
        Whys { engine: Engine::new(inputs) }
    }

    /// The steps of obligations that are all of one subject, as [`why`] gives them; none for
    /// one that was not computed from these inputs.
    pub fn of_subject(&self, obligations: &[Obligation<'a>]) -> Vec<Vec<Step<'a>>> {
        let Some(first) = obligations.first() else { return Vec::new() };
        let Some((presence, _)) = self.engine.presence(&first.subject, AsOf::Date(first.as_of)) else {
            return vec![Vec::new(); obligations.len()];
        };
        let steps = |obligation: &Obligation<'a>| {
            if let Some(origin) = obligation.unreadable {
                return Some(vec![unreadable::step(origin)]);
            }
            let id = &obligation.requirement.id.value;
            let rules = self.engine.rules(id.as_str())?;
            let facts = Facts::of(&presence, rules, || self.engine.records(&presence.subject, id))?;
            Some(Teller::tell(&facts, obligation, obligation.as_of))
        };
        obligations.iter().map(|o| steps(o).unwrap_or_default()).collect()
    }
}

/// What is needed to tell the steps.
struct Teller<'t, 'c, 'a> {
    facts: &'t Facts<'c, 'a>,
    obligation: &'t Obligation<'a>,
    span: &'t Span,
    pass: Pass<'t, 'c, 'a>,
    day: Date,
    steps: Vec<Step<'a>>,
}

impl<'t, 'c, 'a> Teller<'t, 'c, 'a> {
    fn tell(facts: &'t Facts<'c, 'a>, obligation: &'t Obligation<'a>, day: Date) -> Vec<Step<'a>> {
        let begun = facts.spans.partition_point(|span| span.first() <= day);
        let Some(pass) = Pass::at(facts, begun.saturating_sub(1), day) else { return Vec::new() };
        let mut teller = Teller { facts, obligation, span: pass.span(), pass, day, steps: Vec::new() };
        if teller.applies() {
            teller.counts();
            teller.first_due();
            teller.anchor();
            teller.ends();
            teller.moves();
        }
        teller.status();
        teller.steps
    }

    /// Adds a step that comes from the requirement.
    fn step(&mut self, rule: &'static str, text: String, inputs: Vec<Input>, date: Option<Date>) {
        let citations = self.facts.rules.requirement.citations.as_slice();
        self.steps.push(Step { rule, text, inputs, citations, date });
    }

    /// Adds a step that does not.
    fn other_step(&mut self, rule: &'static str, text: String, inputs: Vec<Input>, date: Option<Date>) {
        self.steps.push(Step { rule, text, inputs, citations: &[], date });
    }

    /// A value of the requirement.
    fn asked(&self, name: &'static str, value: impl ToString) -> Input {
        input(name, value, Source::Requirement(self.facts.rules.requirement.spot))
    }
}

fn input(name: &'static str, value: impl ToString, source: Source) -> Input {
    Input { name, value: value.to_string(), source }
}
