//! GitLab's code-quality report (a subset of Code Climate's format).

use std::io;

use serde::Serialize;

use super::Result;
use crate::finding::{Finding, Severity};
use crate::record::digest::Sha256;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

pub(super) fn print(result: &Result<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let issues: Vec<Issue> = result.findings.iter().map(issue).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue(finding: &Finding) -> Issue {
    // The file comes first in GitLab's view: what has none is shown at duly.yaml.
    let path = finding.place.as_ref().map_or("duly.yaml", |p| p.path.as_str());
    let line = finding.place.as_ref().map_or(1, |p| p.line.max(1));
    let severity = match finding.severity {
        Severity::Error => "blocker",
        Severity::Overdue => "critical",
        Severity::DueSoon => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    };
    let same = format!("{}\0{path}\0{line}\0{}", finding.entry.code, finding.message);
    Issue {
        description: format!("{} {}", finding.in_one_line(), finding.help),
        check_name: finding.entry.code,
        fingerprint: Sha256::of(same.as_bytes()).to_string(),
        severity,
        location: Location { path: path.to_owned(), lines: Lines { begin: line } },
    }
}
