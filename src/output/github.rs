//! Workflow commands of GitHub Actions: annotations at the lines of a pull request.

use std::io;

use super::Result;
use crate::finding::{Finding, Severity};
use crate::record::text::visible;

pub(super) fn print(result: &Result<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    result.findings.iter().try_for_each(|finding| writeln!(out, "{}", command(finding)))
}

fn command(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error | Severity::Overdue => "error",
        Severity::DueSoon | Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = vec![format!("title={} {}", finding.entry.code, property(finding.entry.title))];
    if let Some(place) = &finding.place {
        properties.push(format!("file={}", property(&place.path)));
        if place.has_line() {
            properties.push(format!("line={},col={}", place.line, place.column));
        }
    }
    format!("::{level} {}::{} {}", properties.join(","), data(&finding.in_one_line()), data(&finding.help))
}

/// Text behind the last `::` of a command.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value of a property, which `:` and `,` would end as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::finding::catalogue::files;

    #[test]
    fn no_second_command_can_be_made() {
        let place = Place::new("a,line=9::error::x\n::stop-commands::y%0A", 2, 3);
        let finding = Finding::new(&files::SYNTAX, "bad\n::set-env name=x::y %0A", "h").at(place);
        let text = command(&finding);
        assert_eq!(text.lines().count(), 1);
        assert!(
            text.starts_with("::error title=D103 a file is not valid YAML,file=a%2Cline=9%3A%3Aerror"),
            "{text}"
        );
        assert!(!text.contains("%0A") || text.contains("%250A"), "{text}");
        assert!(text.contains("line=2,col=3"));
    }
}
