//! A table for a comment or a step summary, worst first and of bounded size.

use std::io;

use super::{Result, counts};
use crate::report::escape::markdown;

/// How many findings a comment shows; GitHub refuses comments of more than 64 KiB.
const SHOWN: usize = 100;

pub(super) fn print(result: &Result<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "## duly check as of {}\n", result.as_of)?;
    if result.findings.is_empty() {
        return writeln!(out, "No gap found against the requirements configured here.");
    }
    let found: Vec<String> = counts(result.findings)
        .filter(|(_, n)| *n > 0)
        .map(|(severity, n)| format!("{n} {}", severity.word().replace('_', " ")))
        .collect();
    writeln!(out, "Found: {}.\n", found.join(", "))?;
    writeln!(out, "| | code | what | where | what to do |\n|---|---|---|---|---|")?;
    for finding in result.findings.iter().take(SHOWN) {
        let place = finding.place.as_ref().map(ToString::to_string).unwrap_or_default();
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            finding.severity.word().replace('_', " "),
            finding.entry.code,
            markdown(&finding.in_one_line()),
            markdown(&place),
            markdown(&finding.help)
        )?;
    }
    match result.findings.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(out, "\nand {more} more."),
    }
}
