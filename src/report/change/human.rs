//! For people at a terminal.

use std::io;

use super::{SHOWN, event_words, lists, words};
use crate::change::Proposal;
use crate::record::text::visible;

/// Prints what a change does.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print(proposal: &Proposal, out: &mut dyn io::Write) -> io::Result<()> {
    let how = if proposal.merged { ", merged into it" } else { "" };
    writeln!(out, "Trusted base: {}", proposal.base)?;
    writeln!(out, "Judged head:  {}{how}\n", proposal.head)?;
    for event in &proposal.effects.events {
        writeln!(out, "  {}", visible(&event_words(proposal, event)))?;
    }
    if !proposal.effects.events.is_empty() {
        writeln!(out)?;
    }
    for (title, gaps) in lists(proposal).into_iter().filter(|(_, gaps)| !gaps.is_empty()) {
        writeln!(out, "{title}: {}", gaps.len())?;
        for gap in gaps.iter().take(SHOWN) {
            writeln!(out, "  {}", words(gap))?;
        }
        if gaps.len() > SHOWN {
            writeln!(out, "  and {} more", gaps.len() - SHOWN)?;
        }
    }
    let effects = &proposal.effects;
    writeln!(
        out,
        "Obligations: {} added, {} ended. Gaps: {} opened, {} closed by evidence, {} by edits.\n",
        effects.obligations_added,
        effects.obligations_ended,
        effects.opened.len(),
        effects.closed_by_evidence.len(),
        effects.closed_by_edit.len()
    )
}
