//! One line a finding: `path:line:column: severity[code] message`.

use std::io;

use super::Result;
use crate::record::text::visible;

pub(super) fn print(result: &Result<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in result.findings {
        if let Some(place) = &finding.place {
            write!(out, "{}: ", visible(&place.to_string()))?;
        }
        writeln!(out, "{}[{}] {}", finding.severity, finding.entry.code, visible(&finding.in_one_line()))?;
    }
    Ok(())
}
