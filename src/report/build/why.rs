//! How each due date came about: the derivation that `duly why` prints.

use rayon::prelude::*;

use crate::duty::{self, Duties, Inputs, Status, Whys};
use crate::ledger::Ledger;
use crate::report::model::{Given, Step};
use crate::report::why::place;

/// Up to how many obligations every one is shown with every step. Beyond it, one that is
/// plainly current shows the steps that give its due date, and all the others show every step.
const WHOLE: usize = 20_000;

/// The most inputs of a step that are shown: the last ones, which are the latest.
const GIVENS: usize = 8;

/// The steps of every obligation of the duties, in their order.
pub(super) fn all(duties: &Duties<'_>, inputs: Option<&Inputs<'_>>, ledger: &Ledger) -> Vec<Vec<Step>> {
    let Some(inputs) = inputs else { return vec![Vec::new(); duties.obligations.len()] };
    let (whys, teller) = (Whys::new(inputs), Teller { ledger, is_whole: duties.obligations.len() <= WHOLE });
    let subjects: Vec<&[duty::Obligation<'_>]> = duties.by_subject().collect();
    let of = |of: &&[duty::Obligation<'_>]| -> Vec<Vec<Step>> {
        let steps = whys.of_subject(of).into_iter().zip(*of);
        steps.map(|(steps, duty)| teller.steps(steps, duty)).collect()
    };
    subjects.par_iter().flat_map_iter(of).collect()
}

/// Tells steps to people.
struct Teller<'l> {
    ledger: &'l Ledger,
    is_whole: bool,
}

impl Teller<'_> {
    fn steps(&self, mut steps: Vec<duty::Step<'_>>, duty: &duty::Obligation<'_>) -> Vec<Step> {
        if !self.is_whole && is_plain(duty) {
            keep_deciding(&mut steps, duty);
        }
        let mut shown: Vec<Step> = steps.into_iter().map(|s| self.step(s, duty)).collect();
        shown.shrink_to_fit();
        shown
    }

    fn step(&self, step: duty::Step<'_>, duty: &duty::Obligation<'_>) -> Step {
        let hidden = step.inputs.len().saturating_sub(GIVENS);
        let given = |input: duty::Input| Given {
            name: input.name,
            value: input.value,
            place: place(input.source, duty, self.ledger).map(|p| p.to_string()),
        };
        let givens = step.inputs.into_iter().skip(hidden).map(given).collect();
        let text =
            if hidden > 0 { format!("{} (the last {GIVENS} are shown)", step.text) } else { step.text };
        Step { text, rule: step.rule, givens }
    }
}

/// Whether nobody has a question about an obligation: it is current, in force, and nothing is
/// to be said beside it.
fn is_plain(duty: &duty::Obligation<'_>) -> bool {
    let marks = &duty.marks;
    let is_marked =
        marks.late || marks.unverified || marks.weak_material || marks.late_documented == Some(true);
    duty.status == Status::Current && duty.underlying.is_none() && !is_marked
}

/// Keeps the steps from which the due date follows, without the one that states the status.
fn keep_deciding(steps: &mut Vec<duty::Step<'_>>, duty: &duty::Obligation<'_>) {
    steps.retain(|s| s.rule != "status");
    match duty.due {
        Some(due) => steps.retain(|s| s.date == Some(due)),
        None => drop(steps.drain(..steps.len().saturating_sub(1))),
    }
}
