//! `duly/change/v1`: frozen. A new shape is a new module beside this one.

use std::io;

use serde_json::{Value, json};

use crate::change::Proposal;
use crate::change::effects::Gap;
use crate::history::log::Line;
use crate::output;
use crate::record::date::Date;

/// Prints a change and what was found in it.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print(proposal: &Proposal, as_of: Date, out: &mut dyn io::Write) -> io::Result<()> {
    let effects = &proposal.effects;
    let list = |gaps: &[Gap]| gaps.iter().map(gap).collect::<Vec<_>>();
    let value = json!({
        "schema": "duly/change/v1",
        "as_of": as_of.to_string(),
        "base": proposal.base.to_string(),
        "head": proposal.head.to_string(),
        "merged": proposal.merged,
        "pinned": proposal.pinned,
        "effects": {
            "events": effects.events.iter().map(event).collect::<Vec<_>>(),
            "obligations_added": effects.obligations_added,
            "obligations_ended": effects.obligations_ended,
            "gaps_opened": list(&effects.opened),
            "gaps_closed_by_evidence": list(&effects.closed_by_evidence),
            "gaps_closed_by_edit": list(&effects.closed_by_edit),
        },
        "findings": output::findings_value(&proposal.findings),
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

fn event(line: &Line) -> Value {
    json!({
        "what": line.event.what.word(),
        "subject": line.event.subject.as_ref().map(ToString::to_string),
        "requirement": line.event.requirement.as_ref().map(ToString::to_string),
        "words": line.event.words,
        "effect": line.event.effect.word(),
        "path": line.path,
    })
}

fn gap(gap: &Gap) -> Value {
    json!({
        "subject": gap.subject.to_string(),
        "name": gap.name,
        "requirement": gap.requirement.to_string(),
        "before": gap.before.word(),
        "after": gap.after.map(|s| s.word()),
    })
}
