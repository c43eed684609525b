//! Rules 11 to 14 and the order of statuses: what became of the due date, and where that
//! leaves the subject.

use super::{Input, Source, Teller, input};
use crate::duty::shifts::{Cause, Move, moved};
use crate::duty::status::{Rule, Status};

impl Teller<'_, '_, '_> {
    /// Rules 14, 11, 12, 13.
    pub(super) fn moves(&mut self) {
        let known = self.pass.known(self.day);
        let base = self.pass.base(self.day);
        for step in moved(self.case, base.due, known).moves {
            let source = match step.cause {
                Cause::Record(origin) => Source::Record(origin),
                Cause::Leave(spot) => Source::Worker(spot),
            };
            let mut inputs = vec![input(name(step.rule), self.value(&step), source)];
            if step.rule == Rule::Leave && step.to.is_some() {
                inputs.push(self.after_leave());
            }
            if step.rule == Rule::Exemption {
                inputs.push(self.asked("within", self.case.rules.requirement.due.within));
            }
            self.other_step(number(step.rule), self.text(&step), inputs, step.to);
        }
    }

    fn text(&self, step: &Move) -> String {
        let from = step.from.map_or("no due date".to_owned(), |day| format!("the due date {day}"));
        let to = step.to.map_or("none".to_owned(), |day| day.to_string());
        let why = match step.rule {
            Rule::Retraining => {
                "an incident asks for it no later, until a completion dated after the incident"
            }
            Rule::Assignment => {
                "an assignment asks for it no later, until a completion on its day or after it"
            }
            Rule::Exemption => "the exemption's last day + `within` lies later",
            Rule::Extension => "no due date falls before the extension's last day",
            Rule::Leave if step.to.is_none() => "an open-ended leave leaves no due date",
            _ => "it falls into a leave or soon after it: the first day back + `after_leave`",
        };
        format!("{from} becomes {to}: {why}")
    }

    /// What is recorded about a move's cause.
    fn value(&self, step: &Move) -> String {
        let records = &self.case.records;
        let days = |from, until: Option<_>| match until {
            Some(until) => format!("{from} to {until}"),
            None => format!("from {from}, open"),
        };
        match step.cause {
            Cause::Leave(spot) => {
                let leave = self.case.life.leaves.iter().find(|l| l.spot == spot);
                leave.map_or(String::new(), |l| days(l.from, l.until))
            }
            Cause::Record(origin) => {
                let exemption = records.exemptions.iter().find(|e| e.origin == origin);
                let extension = records.extensions.iter().find(|e| e.origin == origin);
                let call = records.calls.iter().find(|c| c.origin == origin);
                match step.rule {
                    Rule::Exemption => exemption.map_or(String::new(), |e| days(e.from, Some(e.until))),
                    Rule::Extension => extension
                        .map_or(String::new(), |e| format!("given {}, until {}", e.given_on, e.until)),
                    _ => call.map_or(String::new(), |c| format!("of {}, by {}", c.from, c.by)),
                }
            }
        }
    }

    fn after_leave(&self) -> Input {
        match self.case.rules.requirement.due.after_leave {
            Some(days) => self.asked("after_leave", days),
            None => input("after_leave", self.case.rules.after_leave, Source::Organization),
        }
    }

    /// The first status that holds.
    pub(super) fn status(&mut self) {
        let obligation = self.obligation;
        let mut text = format!("on {}: {}", self.day, obligation.status);
        if let Some(underlying) = obligation.underlying {
            text.push_str(&format!(", and beneath it {underlying}"));
        }
        let decisive = obligation.underlying.unwrap_or(obligation.status);
        if let Some(due) = obligation.due {
            let due_rule = &self.case.rules.requirement.due;
            text.push_str(&match decisive {
                Status::Overdue => format!(
                    "; {due} lies {} days back, more than the {} of grace",
                    obligation.days_late, due_rule.grace
                ),
                Status::Grace => format!(
                    "; {due} lies {} days back, within the {} of grace",
                    obligation.days_late, due_rule.grace
                ),
                _ => format!(
                    "; {due} lies {} days ahead, notice is {}",
                    self.day.days_to(due),
                    due_rule.notice_days()
                ),
            });
        }
        let mut inputs = vec![input("as of", self.day, Source::Question)];
        inputs.push(self.asked("grace", self.case.rules.requirement.due.grace));
        inputs.push(self.asked("notice", self.case.rules.requirement.due.notice_days()));
        self.other_step("status", text, inputs, obligation.due);
    }
}

fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Retraining => "incident",
        Rule::Assignment => "assignment",
        Rule::Exemption => "exemption",
        Rule::Extension => "extension",
        _ => "leave",
    }
}

fn number(rule: Rule) -> &'static str {
    match rule {
        Rule::Retraining | Rule::Assignment => "14",
        Rule::Exemption => "11",
        Rule::Extension => "12",
        _ => "13",
    }
}
