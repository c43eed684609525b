//! For a comment on a pull request or a step summary, of bounded size.

use std::io;

use super::{SHOWN, event_words, lists, words};
use crate::change::Proposal;
use crate::report::escape::markdown;

/// Prints what a change does.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print(proposal: &Proposal, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "## What this change does\n")?;
    writeln!(out, "Judged under the base `{}`; head `{}`.\n", proposal.base, proposal.head)?;
    let events = &proposal.effects.events;
    for event in events.iter().take(SHOWN) {
        writeln!(out, "- {}", markdown(&event_words(proposal, event)))?;
    }
    if events.len() > SHOWN {
        writeln!(out, "- and {} more", events.len() - SHOWN)?;
    }
    for (title, gaps) in lists(proposal).into_iter().filter(|(_, gaps)| !gaps.is_empty()) {
        writeln!(out, "\n**{title}: {}**\n", gaps.len())?;
        for gap in gaps.iter().take(SHOWN) {
            writeln!(out, "- {}", markdown(&words(gap)))?;
        }
        if gaps.len() > SHOWN {
            writeln!(out, "- and {} more", gaps.len() - SHOWN)?;
        }
    }
    let effects = &proposal.effects;
    writeln!(
        out,
        "\nObligations: {} added, {} ended.\n",
        effects.obligations_added, effects.obligations_ended
    )
}
