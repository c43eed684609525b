//! `duly/why/v1`: frozen. A new shape is a new module beside this one.

use std::io;

use serde::Serialize;

use super::place;
use crate::Judgement;
use crate::duty::Why;
use crate::judgement::Headline;
use crate::ledger::Ledger;

#[derive(Serialize)]
struct Report<'w> {
    schema: &'static str,
    as_of: String,
    pinned: bool,
    headline: Headline,
    subject: String,
    requirement: &'w str,
    status: &'static str,
    due: Option<String>,
    citations: &'w [String],
    steps: Vec<Step<'w>>,
}

#[derive(Serialize)]
struct Step<'w> {
    rule: &'static str,
    text: &'w str,
    date: Option<String>,
    citations: &'w [String],
    inputs: Vec<Input<'w>>,
}

#[derive(Serialize)]
struct Input<'w> {
    name: &'static str,
    value: &'w str,
    path: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

pub(super) fn print(why: &Why<'_>, judgement: &Judgement<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let ledger = &judgement.examined.ledger;
    let obligation = &why.obligation;
    let report = Report {
        schema: "duly/why/v1",
        as_of: obligation.as_of.to_string(),
        pinned: judgement.examined.trust.pinned.holds(),
        headline: judgement.headline,
        subject: obligation.subject.to_string(),
        requirement: obligation.requirement.id.as_str(),
        status: obligation.status.word(),
        due: obligation.due.map(|d| d.to_string()),
        citations: &obligation.requirement.citations,
        steps: why.steps.iter().map(|one| step(one, why, ledger)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn step<'w>(step: &'w crate::duty::Step<'w>, why: &Why<'_>, ledger: &Ledger) -> Step<'w> {
    let input = |input: &'w crate::duty::Input| {
        let place = place(input.source, &why.obligation, ledger);
        let line = place.as_ref().filter(|p| p.has_line());
        Input {
            name: input.name,
            value: &input.value,
            line: line.map(|p| p.line),
            column: line.map(|p| p.column),
            path: place.map(|p| p.path),
        }
    };
    Step {
        rule: step.rule,
        text: &step.text,
        date: step.date.map(|d| d.to_string()),
        citations: step.citations,
        inputs: step.inputs.iter().map(input).collect(),
    }
}
