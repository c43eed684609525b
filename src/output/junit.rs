//! JUnit's XML, which most CI systems show as test results: one case for each finding that
//! somebody must act on, and one that passes where there is none.

use std::io;

use super::Result;
use crate::finding::{Finding, Severity};
use crate::record::text::visible;

pub(super) fn print(result: &Result<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let failures: Vec<&Finding> =
        result.findings.iter().filter(|f| f.severity >= Severity::DueSoon).collect();
    let tests = failures.len().max(1);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites tests=\"{tests}\" failures=\"{}\">", failures.len())?;
    writeln!(
        out,
        "  <testsuite name=\"duly check as of {}\" tests=\"{tests}\" failures=\"{}\">",
        result.as_of,
        failures.len()
    )?;
    for finding in &failures {
        case(finding, out)?;
    }
    if failures.is_empty() {
        writeln!(out, "    <testcase classname=\"duly\" name=\"no gap found\"/>")?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn case(finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    let place = finding.place.as_ref().map(ToString::to_string).unwrap_or_default();
    let name = xml(&finding.in_one_line());
    writeln!(
        out,
        "    <testcase classname=\"{}.{}\" name=\"{name}\">",
        finding.entry.code, finding.entry.name
    )?;
    writeln!(
        out,
        "      <failure type=\"{}\" message=\"{name}\">{} {}</failure>",
        finding.severity,
        xml(&place),
        xml(&finding.help)
    )?;
    writeln!(out, "    </testcase>")
}

/// A text that is safe between tags and between double quotes. Characters that XML 1.0 cannot
/// hold are shown as what they are.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_tag() {
        assert_eq!(
            xml("<a b=\"c\" d='e'>&\u{1b}]]>"),
            "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;\\u{1b}]]&gt;"
        );
    }
}
