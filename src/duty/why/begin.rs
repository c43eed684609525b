//! Rules 1, 2, 3 and 15: from when, what counts, and the first due date.

use super::{Input, Source, Teller, input};
use crate::duty::counts::{Candidate, Uncounted};
use crate::duty::schedule::Again;
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::policy::{Applies, Selector};
use crate::record::roster::{Dated, Worker, covers};

impl Teller<'_, '_, '_> {
    /// Rule 1. False where there is no due date to derive.
    pub(super) fn applies(&mut self) -> bool {
        let (first, last) = (self.span.first(), self.span.last());
        let subject = self.facts.presence.subject.clone();
        let inputs = self.applies_inputs(first);
        if self.span.unknown {
            let text = format!(
                "the requirement applies to {subject}, but its first day cannot be told: a start is missing"
            );
            self.step("1", text, inputs, None);
            return false;
        }
        let text = format!("the requirement applies to {subject} from {first} on: this is S");
        self.step("1", text, inputs, Some(first));
        self.breaks();
        if self.day > last {
            let text = format!("it applied until {last}; on that day the obligation ended");
            let question = input("as of", self.day, Source::Question);
            self.other_step("15", text, vec![question], Some(last));
        }
        first <= self.day && self.day <= last
    }

    /// Breaks that do not end the span.
    fn breaks(&mut self) {
        for pair in self.span.days.windows(2) {
            let [before, after] = pair else { continue };
            let gap = before.until.days_to(after.from) - 1;
            let allowed = self.facts.rules.rehire_gap;
            let text = format!(
                "the break from {} to {} ({gap} days) is at most {allowed} and does not end it",
                before.until.next(),
                after.from.previous()
            );
            let source = match self.facts.rules.requirement.due.rehire_gap {
                Some(_) => Source::Requirement(self.facts.rules.requirement.spot),
                None => Source::Organization,
            };
            self.other_step("1", text, vec![input("rehire_gap", allowed, source)], None);
        }
    }

    fn applies_inputs(&self, first: Date) -> Vec<Input> {
        let requirement = self.facts.rules.requirement;
        let mut inputs = vec![self.asked("applies_to", words(&requirement.applies_to))];
        inputs.extend(requirement.effective_from.map(|day| self.asked("effective_from", day)));
        inputs.extend(requirement.effective_until.map(|day| self.asked("effective_until", day)));
        if let Some(worker) = self.facts.presence.worker {
            let employments = worker.employment.iter().filter(|s| covers(s.start, s.end, first));
            inputs.extend(employments.map(|employment| {
                let start = employment.start.map_or("unknown".to_owned(), |day| day.to_string());
                let end = employment.end.map_or(String::new(), |day| format!(" to {day}"));
                let value = format!("{} from {start}{end}", employment.kind.value);
                input("employment", value, Source::Worker(employment.spot))
            }));
            if let Applies::Workers(selector) = &requirement.applies_to {
                selector.each_leaf(&mut |leaf| inputs.extend(leaf_inputs(worker, leaf, first)));
            }
        }
        inputs
    }

    /// Rule 2: the completions that count, and why others do not.
    pub(super) fn counts(&mut self) {
        let opens = self.pass.schedule.opens;
        let (counted, not): (Vec<_>, Vec<_>) = {
            let upto = self.facts.candidates.iter().filter(|c| c.day() <= self.day);
            upto.map(|c| (*c, self.pass.uncounted(c))).partition(|(_, why)| why.is_none())
        };
        let inputs: Vec<Input> = counted.iter().map(|(c, _)| completion(c)).collect();
        let carry = self.facts.rules.requirement.due.carry_in_period();
        let text = match inputs.len() {
            0 => format!("nothing that counts was completed from {opens} (S − {carry}) to {}", self.day),
            1 => format!("one completion counts, from {opens} (S − {carry}) on"),
            n => format!("{n} completions count, from {opens} (S − {carry}) on"),
        };
        self.step("2", text, inputs, None);
        for (candidate, why) in not {
            let by = self.pass.edition_ending(&candidate);
            let words = by.filter(|_| why == Some(Uncounted::RunOut)).map_or_else(
                || why.map_or("", Uncounted::words).to_owned(),
                |edition| {
                    let (id, published) = (&edition.id.value, edition.published);
                    format!("its edition had run out: edition {id} of {published} took its place")
                },
            );
            self.uncounted(candidate.accepted.completed_on(), &words, completion(&candidate));
        }
        let refused: Vec<_> =
            self.facts.refused.iter().filter(|(row, _)| row.completed_on() <= self.day).copied().collect();
        for (row, why) in refused {
            let value = input("completed_on", row.completed_on(), Source::Record(row.origin()));
            self.uncounted(row.completed_on(), why.words(), value);
        }
    }

    fn uncounted(&mut self, on: Date, words: &str, row: Input) {
        self.step("2", format!("the completion of {on} does not count: {words}"), vec![row], None);
    }

    /// Rule 3, or rule 15 where a missed date stands again.
    pub(super) fn first_due(&mut self) {
        match self.pass.schedule.again() {
            Some(again) => self.stands_again(again),
            None => self.counted_from_first_day(),
        }
        self.once();
    }

    fn stands_again(&mut self, again: Again) {
        let Again { due, left } = again;
        let text = format!(
            "the due date {due} was missed when the requirement stopped applying after {left}; it applies \
             again within 12 months, so that is the first due date, and only a completion dated after \
             {left} serves it"
        );
        self.step("15", text, Vec::new(), Some(due));
    }

    fn counted_from_first_day(&mut self) {
        let due = &self.facts.rules.requirement.due;
        let (first, within) = (self.span.first(), due.within);
        let date = first.plus(within, 1);
        let inputs = vec![self.asked("within", within)];
        self.step(
            "3",
            format!("the first due date is S + {within} = {first} + {within} = {date}"),
            inputs,
            Some(date),
        );
    }

    /// Rule 3 without `every`.
    fn once(&mut self) {
        if self.facts.rules.requirement.due.every.is_none()
            && self.pass.schedule.has_served()
            && let Some(done) = self.obligation.completion
        {
            let text = format!("it was done on {}, and once is enough", done.completed_on());
            let row = input("completed_on", done.completed_on(), Source::Record(done.origin()));
            self.step("3", text, vec![row], None);
        }
    }
}

/// A completion as an input.
pub(super) fn completion(candidate: &Candidate<'_>) -> Input {
    let row = candidate.accepted;
    let edition = row.edition().map_or(String::new(), |edition| format!(" (edition {edition})"));
    let expires = row.expires_on().map_or(String::new(), |day| format!(", expires {day}"));
    input("completed_on", format!("{}{edition}{expires}", row.completed_on()), Source::Record(row.origin()))
}

/// The dated facts about a worker that a condition looks at.
fn leaf_inputs(worker: &Worker, leaf: &Selector, first: Date) -> Vec<Input> {
    let (name, list, id) = match leaf {
        Selector::Role(id) => ("role", &worker.roles, id),
        Selector::Department(id) => ("department", &worker.departments, id),
        Selector::Location(id) => ("location", &worker.locations, id),
        Selector::Attribute(id) => ("attribute", &worker.attributes, id),
        _ => return Vec::new(),
    };
    let holding = list.iter().filter(|d| d.value.value == id.value && d.on(first));
    holding.map(|d| input(name, dated(d), Source::Worker(d.value.spot))).collect()
}

fn dated(value: &Dated<Id>) -> String {
    let from = value.from.map_or(String::new(), |day| format!(" from {day}"));
    let until = value.until.map_or(String::new(), |day| format!(" to {day}"));
    format!("{}{from}{until}", value.value.value)
}

fn words(applies: &Applies) -> String {
    let ids = |ids: &[crate::record::node::At<Id>]| {
        ids.iter().map(|id| id.value.to_string()).collect::<Vec<_>>().join(", ")
    };
    match applies {
        Applies::Workers(selector) => selector_words(selector),
        Applies::Org => "org".to_owned(),
        Applies::Systems(list) if list.is_empty() => "systems".to_owned(),
        Applies::Vendors(list) if list.is_empty() => "vendors".to_owned(),
        Applies::Systems(list) => format!("system {}", ids(list)),
        Applies::Vendors(list) => format!("vendor {}", ids(list)),
    }
}

fn selector_words(selector: &Selector) -> String {
    let list = |word: &str, list: &[Selector]| {
        format!("{word} [{}]", list.iter().map(selector_words).collect::<Vec<_>>().join(", "))
    };
    match selector {
        Selector::Everyone => "everyone".to_owned(),
        Selector::Any(inner) => list("any", inner),
        Selector::All(inner) => list("all", inner),
        Selector::Not(inner) => format!("not {}", selector_words(inner)),
        Selector::Role(id) => format!("role {}", id.value),
        Selector::Department(id) => format!("department {}", id.value),
        Selector::Location(id) => format!("location {}", id.value),
        Selector::Employment(id) => format!("employment {}", id.value),
        Selector::Attribute(id) => format!("attribute {}", id.value),
        Selector::Worker(id) => format!("worker {}", id.value),
    }
}
