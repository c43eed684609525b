//! Rules 11 to 14: what moves due dates, which one decides, and the status.

use super::{Input, Source, Teller, input};
use crate::duty::away;
use crate::duty::inputs::ExternalDueDate;
use crate::duty::shifts::{Cause, Move, Moved};
use crate::duty::status::{Rule, Status};
use crate::record::date::Date;

impl<'a> Teller<'_, '_, 'a> {
    /// Rules 11 to 13 for the due date of the rules before, then rule 14.
    pub(super) fn moves(&mut self) {
        let own = self.pass.own(self.day);
        self.moved(&own);
        let last = |moved: &Moved| moved.due.unwrap_or(Date::MAX);
        let open = self.pass.external().to_vec();
        let Some((external, moved)) = open.iter().min_by_key(|(_, moved)| last(moved)) else { return };
        self.external(external);
        self.moved(moved);
        self.earliest(&own, open.len());
    }

    /// What an incident or an assignment asks for.
    fn external(&mut self, external: &'a ExternalDueDate) {
        let (what, until) = match external.rule() {
            Rule::Retraining => ("an incident", "dated after the incident"),
            _ => ("an assignment", "on its day or after it"),
        };
        let text = format!("{what} asks for it by {}, until a completion {until}", external.by);
        let value = format!("of {}, by {}", external.from, external.by);
        let inputs = vec![input(name(external.rule()), value, Source::Record(external.origin))];
        self.other_step("14", text, inputs, Some(external.by));
    }

    /// Which of several due dates decides.
    fn earliest(&mut self, own: &Moved, external: usize) {
        let count = external + usize::from(own.due.is_some());
        if let (Some(due), true) = (self.obligation.due, count > 1) {
            let text = format!("of {count} due dates, each moved on its own, the earliest decides: {due}");
            self.other_step("14", text, Vec::new(), Some(due));
        }
    }

    /// Rules 11 to 13 for one due date.
    fn moved(&mut self, moved: &Moved) {
        for step in &moved.moves {
            let mut inputs = vec![input(self.cause(step), self.value(step), self.source(step))];
            if step.rule == Rule::Leave && step.to.is_some() {
                inputs.push(self.after_leave());
            }
            if step.rule == Rule::Exemption {
                inputs.push(self.asked("within", self.facts.rules.requirement.due.within));
            }
            self.other_step(number(step.rule), self.text(step), inputs, step.to);
        }
    }

    fn text(&self, step: &Move) -> String {
        let to = step.to.map_or("none".to_owned(), |day| day.to_string());
        let why = match (step.rule, step.cause) {
            (Rule::Exemption, _) => "the exemption's last day + `within` lies later".to_owned(),
            (Rule::Extension, _) => "no due date falls before the extension's last day".to_owned(),
            (_, Cause::Away(_)) if step.to.is_none() => "an open-ended leave leaves no due date".to_owned(),
            (_, Cause::Away(away)) => self.back(away),
            (_, Cause::Record(_)) => String::new(),
        };
        format!("the due date {} becomes {to}: {why}", step.from)
    }

    /// Why a leave or a break moves a due date to a day after it.
    fn back(&self, away: away::Away) -> String {
        let what = if away.leave.is_some() { "leave" } else { "break" };
        let (waits, usual) =
            (away::waits(away.days, self.facts.rules.after_leave), self.facts.rules.after_leave);
        let length = if waits < i64::from(usual.count()) {
            format!("as many days as it had, {waits}, which is less than `after_leave`")
        } else {
            "`after_leave`".to_owned()
        };
        format!("it falls into a {what} or soon after it: the first day back + {length}")
    }

    fn cause(&self, step: &Move) -> &'static str {
        match step.cause {
            Cause::Away(away) if away.leave.is_none() => "break",
            _ => name(step.rule),
        }
    }

    /// Where a move's cause stands: a break, where the subject is back.
    fn source(&self, step: &Move) -> Source {
        let away = match step.cause {
            Cause::Record(origin) => return Source::Record(origin),
            Cause::Away(away) => away,
        };
        let back = away.days.until.next();
        let employed = || self.facts.presence.worker.and_then(|worker| worker.spell_on(back));
        match away.leave.or_else(|| employed().map(|employment| employment.spot)) {
            Some(spot) => Source::Worker(spot),
            None => Source::Requirement(self.facts.rules.requirement.spot),
        }
    }

    /// What is recorded about a move's cause.
    fn value(&self, step: &Move) -> String {
        let records = &self.facts.records;
        match step.cause {
            Cause::Away(away) if away.days.until == Date::MAX => format!("from {}, open", away.days.from),
            Cause::Away(away) => format!("{} to {}", away.days.from, away.days.until),
            Cause::Record(origin) => {
                let exemption = records.exemptions.iter().find(|e| e.origin == origin);
                let extension = records.extensions.iter().find(|e| e.origin == origin);
                match step.rule {
                    Rule::Exemption => {
                        exemption.map_or(String::new(), |e| format!("{} to {}", e.from, e.until))
                    }
                    _ => extension
                        .map_or(String::new(), |e| format!("given {}, until {}", e.given_on, e.until)),
                }
            }
        }
    }

    fn after_leave(&self) -> Input {
        match self.facts.rules.requirement.due.after_leave {
            Some(days) => self.asked("after_leave", days),
            None => input("after_leave", self.facts.rules.after_leave, Source::Organization),
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
            let due_rule = &self.facts.rules.requirement.due;
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
        inputs.push(self.asked("grace", self.facts.rules.requirement.due.grace));
        inputs.push(self.asked("notice", self.facts.rules.requirement.due.notice_days()));
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
        Rule::Exemption => "11",
        Rule::Extension => "12",
        _ => "13",
    }
}
