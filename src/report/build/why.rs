//! How each due date came about: the derivation that `duly why` prints.

use rayon::prelude::*;

use crate::duty::{self, Duties, Inputs, Status, Whys};
use crate::judgement::uncounted::Uncounted;
use crate::ledger::Ledger;
use crate::record::date::Date;
use crate::report::model::{Given, Step};
use crate::report::why::place;

/// How many obligations are shown with every step: all of them where there are no more, else
/// the first of those about which somebody has a question. The rest show the steps that give
/// their due date.
const WHOLE: usize = 20_000;

/// The most inputs of a step that are shown: the last ones, which are the latest.
const GIVENS: usize = 8;

/// The steps of every obligation of the duties, in their order.
pub(super) fn all(
    duties: &Duties<'_>,
    inputs: Option<&Inputs<'_>>,
    ledger: &Ledger,
    uncounted: &Uncounted,
) -> Vec<Vec<Step>> {
    let Some(inputs) = inputs else { return vec![Vec::new(); duties.obligations.len()] };
    let (whys, wholes, at) = (Whys::new(inputs), wholes(duties), starts(duties));
    let subjects: Vec<(usize, &[duty::Obligation<'_>])> = at.into_iter().zip(duties.by_subject()).collect();
    let of = |(at, of): &(usize, &[duty::Obligation<'_>])| -> Vec<Vec<Step>> {
        let is_whole = wholes.get(*at..).unwrap_or_default().iter().copied();
        let steps = whys.of_subject(of).into_iter().zip(*of).zip(is_whole);
        let told = |((mut steps, duty), is_whole): ((Vec<duty::Step<'_>>, &duty::Obligation<'_>), bool)| {
            uncounted.tell(&duty.subject, &duty.requirement.id.value, duty.as_of, &mut steps);
            shown(ledger, steps, duty, is_whole)
        };
        steps.map(told).collect()
    };
    subjects.par_iter().flat_map_iter(of).collect()
}

/// The position of each subject's first obligation.
fn starts(duties: &Duties<'_>) -> Vec<usize> {
    let sizes = duties.by_subject().map(<[_]>::len);
    let start = |at: &mut usize, size: usize| {
        *at += size;
        Some(*at - size)
    };
    sizes.scan(0, start).collect()
}

/// Which obligations are shown with every step.
fn wholes(duties: &Duties<'_>) -> Vec<bool> {
    if duties.obligations.len() <= WHOLE {
        return vec![true; duties.obligations.len()];
    }
    let mut left = WHOLE;
    let is_whole = |duty: &duty::Obligation<'_>| {
        let is_whole = left > 0 && raises_a_question(duty);
        left -= usize::from(is_whole);
        is_whole
    };
    duties.obligations.iter().map(is_whole).collect()
}

/// Whether somebody must act on an obligation, or is excused from it, or has a record that was
/// not accepted.
fn raises_a_question(duty: &duty::Obligation<'_>) -> bool {
    use Status::{Deferred, Exempt, Grace, Overdue, Unknown};
    matches!(duty.status, Unknown | Overdue | Grace | Exempt | Deferred) || duty.marks.unverified
}

fn shown(
    ledger: &Ledger,
    mut steps: Vec<duty::Step<'_>>,
    duty: &duty::Obligation<'_>,
    is_whole: bool,
) -> Vec<Step> {
    if !is_whole {
        keep(&mut steps, duty.due);
    }
    let mut shown: Vec<Step> = steps.into_iter().map(|s| one(ledger, s, duty)).collect();
    shown.shrink_to_fit();
    shown
}

fn one(ledger: &Ledger, step: duty::Step<'_>, duty: &duty::Obligation<'_>) -> Step {
    let hidden = step.inputs.len().saturating_sub(GIVENS);
    let given = |input: duty::Input| Given {
        name: input.name,
        value: input.value,
        place: place(input.source, duty, ledger).map(|p| p.to_string()),
    };
    let mut givens: Vec<Given> = step.inputs.into_iter().skip(hidden).map(given).collect();
    givens.shrink_to_fit();
    let text = if hidden > 0 { format!("{} (the last {GIVENS} are shown)", step.text) } else { step.text };
    Step { text, rule: step.rule, givens }
}

/// Keeps the steps from which a due date follows, or else the last; the one that states the
/// status says nothing that the page does not.
fn keep(steps: &mut Vec<duty::Step<'_>>, due: Option<Date>) {
    steps.retain(|s| s.rule != "status");
    if due.is_some() && steps.iter().any(|s| s.date == due) {
        steps.retain(|s| s.date == due);
    } else {
        drop(steps.drain(..steps.len().saturating_sub(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(rule: &'static str, date: Option<Date>) -> duty::Step<'static> {
        duty::Step { rule, text: rule.to_owned(), inputs: Vec::new(), citations: &[], date }
    }

    #[test]
    fn of_many_the_steps_that_give_the_date_stay() {
        let (first, due) = (Date::ymd(2026, 1, 5), Date::ymd(2027, 1, 5));
        let all = || vec![step("1", first), step("3", first), step("4", due), step("status", due)];
        let kept = |due| {
            let mut steps = all();
            keep(&mut steps, due);
            steps.iter().map(|s| s.rule).collect::<Vec<_>>()
        };
        assert_eq!(kept(due), ["4"]);
        assert_eq!(kept(None), ["4"], "where nothing is due, the last step says why");
        assert_eq!(kept(Date::ymd(2028, 1, 5)), ["4"], "never nothing");
    }
}
