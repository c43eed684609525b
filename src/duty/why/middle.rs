//! Rules 4 to 10: what the anchor gives, and how long what was done lasts.

use super::begin::completion;
use super::{Input, Source, Teller, input};
use crate::duty::counts::Candidate;
use crate::duty::schedule::Place;
use crate::duty::status::Rule;
use crate::record::date::{Date, Period};
use crate::record::policy::Anchor;

impl<'a> Teller<'_, '_, 'a> {
    /// Rules 4 to 7.
    pub(super) fn anchor(&mut self) {
        let due = &self.facts.rules.requirement.due;
        let Some(every) = due.every.filter(|_| self.pass.schedule.has_served()) else { return };
        match due.anchor {
            Some(Anchor::Start | Anchor::Calendar { .. }) => {
                self.served();
                self.fixed(every);
            }
            _ => self.chain(every),
        }
    }

    /// Rule 4: the chain that gives the latest due date.
    fn chain(&mut self, every: Period) {
        let counted: Vec<Candidate<'a>> = self.counted();
        let chains = (0..counted.len()).filter_map(|i| self.one_chain(every, counted.get(i..)?));
        let Some((due, n, links)) = chains.max_by_key(|(due, _, _)| *due) else { return };
        let Some(anchor) = links.first().map(Candidate::day) else { return };
        let mut text = format!("{} = {due}", sum(anchor, n, every, due));
        for link in links.iter().skip(1) {
            text.push_str(&format!("; the completion of {} continues that chain", link.day()));
        }
        let mut inputs: Vec<Input> = links.iter().map(completion).collect();
        inputs.push(self.asked("every", every));
        inputs.extend(self.facts.rules.requirement.due.early.map(|early| self.asked("early", early)));
        self.step("4", format!("counted from what was done, {text}"), inputs, Some(due));
    }

    /// The chain that the first of some completions begins: its due date, how many periods
    /// that lies ahead, and the completions that it is made of.
    fn one_chain(&self, every: Period, rows: &[Candidate<'a>]) -> Option<(Date, u32, Vec<Candidate<'a>>)> {
        let anchor = rows.first()?;
        let (mut n, mut links) = (1, vec![*anchor]);
        let mut last = anchor.day();
        for row in rows {
            let due = anchor.day().plus(every, n);
            let opens = self.facts.rules.requirement.due.early.map_or(due, |early| due.before(early));
            if row.day() > last && opens <= row.day() && row.day() <= due {
                n += 1;
                links.push(*row);
            }
            last = row.day();
        }
        Some((anchor.day().plus(every, n), n, links))
    }

    fn counted(&self) -> Vec<Candidate<'a>> {
        let upto = self.facts.candidates.iter().filter(|c| c.day() <= self.day);
        upto.filter(|c| self.pass.uncounted(c).is_none()).copied().collect()
    }

    /// Rule 7: the due date that was served last.
    fn served(&mut self) {
        let span = self.facts.spans.iter().position(|s| std::ptr::eq(s, self.span));
        let dues = self.obligation.timeline.dues.iter().filter(|d| Some(d.span) == span);
        let Some((due, done)) = dues.filter_map(|d| Some((d, d.served_by?))).next_back() else { return };
        let text = format!(
            "the completion of {} serves the due date {}, which is open from {} on",
            done.completed_on(),
            due.due,
            due.opened
        );
        let row = input("completed_on", done.completed_on(), Source::Record(done.origin()));
        self.step("7", text, vec![row], Some(due.due));
    }

    /// Rules 5 and 6: the due date after the one served last.
    fn fixed(&mut self, every: Period) {
        let number = self.pass.schedule.next_fixed();
        let due = &self.facts.rules.requirement.due;
        let mut inputs = vec![self.asked("every", every)];
        inputs.extend(due.early.map(|early| self.asked("early", early)));
        inputs.extend(due.min_active.map(|active| self.asked("min_active", active)));
        match self.pass.schedule.place(number) {
            Some(Place::Anniversary { start, k, due }) => {
                let sum = sum(start, u32::try_from(k).unwrap_or(u32::MAX), every, due);
                self.step(
                    "5",
                    format!("the next due date is S + {k} × {every}: {sum} = {due}"),
                    inputs,
                    Some(due),
                );
            }
            Some(Place::Period { first, last, anchor }) => {
                inputs.push(self.asked("period_start", anchor));
                let text = format!("the next due date is the last day of the period from {first} to {last}");
                self.step("6", text, inputs, Some(last));
            }
            None => {}
        }
    }

    /// Rules 8 and 10: where they give the due date.
    pub(super) fn ends(&mut self) {
        let base = self.pass.base(self.day);
        let (Some(due), Some(row)) = (base.due, self.obligation.completion) else { return };
        let completed = input("completed_on", row.completed_on(), Source::Record(row.origin()));
        match base.rule {
            Rule::Expires => {
                let text = format!("what was done is good until {due} at the longest: its own last day");
                self.step("8", text, vec![completed], Some(due));
            }
            Rule::MaxGap => {
                let gap = self.facts.rules.requirement.due.max_gap;
                let text = format!("what was done lasts until {due} at the longest: `max_gap` after it");
                let asked = gap.map(|gap| self.asked("max_gap", gap));
                self.step("8", text, asked.into_iter().chain([completed]).collect(), Some(due));
            }
            Rule::Edition => self.edition(due),
            Rule::First | Rule::Again if self.pass.schedule.has_served() => {
                let text = format!("no due date is earlier than the first: {due}");
                self.step("3", text, Vec::new(), Some(due));
            }
            _ => {}
        }
    }

    /// Rule 10: the edition that ends what was done.
    fn edition(&mut self, due: Date) {
        let Some((edition, came)) = self.pass.ended_by(due, self.day) else { return };
        let within = edition.within.unwrap_or(self.facts.rules.requirement.due.within);
        let source = Source::Requirement(edition.spot);
        let mut inputs = vec![input("published", edition.published, source), input("within", within, source)];
        let late = came.filter(|came| edition.published < *came);
        inputs.extend(late.map(|came| input("affects", format!("from {came}"), source)));
        let from = late.unwrap_or(edition.published);
        let since = late.map_or(String::new(), |came| format!(", for those whom it affects from {came} on"));
        let text = format!(
            "edition {} of {} is a material change{since}: completions of earlier ones last until {from} + {within} = {due}",
            edition.id.value, edition.published,
        );
        self.step("10", text, inputs, Some(due));
    }
}

/// `2024-02-29 + 12 months`, with a word on a month that is too short.
fn sum(from: Date, n: u32, every: Period, to: Date) -> String {
    let times = if n == 1 { every.to_string() } else { format!("{n} × {every}") };
    let months = every.in_units().1 == crate::record::date::Unit::Months;
    let short = if months && to.day() != from.day() { " (the month has no later day, rule 9)" } else { "" };
    format!("{from} + {times}{short}")
}
