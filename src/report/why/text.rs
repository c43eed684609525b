//! For people: numbered steps that can be followed with a calendar.

use std::io;

use super::place;
use crate::duty::{Step, Why};
use crate::ledger::Ledger;
use crate::record::id::Subject;
use crate::record::text::visible;

pub(super) fn print(why: &Why<'_>, ledger: &Ledger, out: &mut dyn io::Write) -> io::Result<()> {
    head(why, ledger, out)?;
    for (number, one) in why.steps.iter().enumerate() {
        step(number + 1, one, why, ledger, out)?;
    }
    Ok(())
}

fn head(why: &Why<'_>, ledger: &Ledger, out: &mut dyn io::Write) -> io::Result<()> {
    let obligation = &why.obligation;
    let who = match &obligation.subject {
        Subject::Worker(id) => ledger.name_of(id),
        other => other.to_string(),
    };
    let requirement = obligation.requirement;
    writeln!(out, "{who}: {} ({})", visible(&requirement.title), requirement.id.value)?;
    let due = obligation.due.map_or("nothing is due".to_owned(), |due| format!("due {due}"));
    writeln!(out, "As of {}: {}, {due}.", obligation.as_of, obligation.status.word().replace('_', " "))?;
    for citation in &requirement.citations {
        writeln!(out, "Source: {}", visible(citation))?;
    }
    writeln!(out)
}

fn step(
    number: usize,
    step: &Step<'_>,
    why: &Why<'_>,
    ledger: &Ledger,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rule = match step.rule {
        "status" => "status".to_owned(),
        rule => format!("rule {rule}"),
    };
    writeln!(out, "{number}. {} ({rule})", visible(&step.text))?;
    for input in &step.inputs {
        let at = place(input.source, &why.obligation, ledger)
            .map(|p| format!("   {}", visible(&p.to_string())))
            .unwrap_or_default();
        writeln!(out, "     {}: {}{at}", input.name, visible(&input.value))?;
    }
    if let Some(date) = step.date {
        writeln!(out, "     → {date}")?;
    }
    Ok(())
}
