//! How findings are printed: one file per format. A renderer never decides how bad a finding
//! is, and the format never changes the exit code.

mod concise;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

use std::io;

use crate::finding::{Finding, Severity};
use crate::judgement::Headline;
use crate::record::date::Date;

/// A format that findings can be printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, with the lines of the files.
    Human,
    /// One line a finding.
    Concise,
    /// `duly/check/v1`, for programs.
    Json,
    /// SARIF 2.1.0, for code-scanning views.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab's code-quality report.
    Gitlab,
    /// JUnit's XML, for views of test results.
    Junit,
    /// A table for a comment or a step summary.
    Markdown,
}

/// What a check found, ready to be printed.
pub struct Result<'r> {
    /// The day that was asked about.
    pub as_of: Date,
    /// Whether the root is pinned.
    pub pinned: bool,
    /// Where the organisation stands; none where a change is judged and not a state.
    pub headline: Option<Headline>,
    /// Numbers for the last line.
    pub summary: Summary,
    /// The findings, sorted.
    pub findings: &'r [Finding],
}

/// Numbers that a check ends with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many workers are employed on the day.
    pub workers: usize,
    /// How many obligations there are.
    pub obligations: usize,
    /// How many rows of evidence count.
    pub accepted: usize,
    /// How many rows are recorded and do not count.
    pub unverified: usize,
    /// How many obligations have each status, in the order of the statuses.
    pub statuses: Vec<(&'static str, usize)>,
}

/// How to print for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub color: bool,
    /// Whether to print every finding, or the first of each code and how many more there are.
    pub all: bool,
}

/// Gives the text of a file of the repository, to show its lines.
pub type Text<'t> = &'t dyn Fn(&str) -> Option<String>;

/// Prints findings in a format.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print(
    format: Format,
    result: &Result<'_>,
    style: Style,
    text: Text<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::print(result, style, text, out),
        Format::Concise => concise::print(result, out),
        Format::Json => json::print(result, out),
        Format::Sarif => sarif::print(result, out),
        Format::Github => github::print(result, out),
        Format::Gitlab => gitlab::print(result, out),
        Format::Junit => junit::print(result, out),
        Format::Markdown => markdown::print(result, out),
    }
}

/// Prints findings for people, without the numbers of a check.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print_findings(
    findings: &[Finding],
    style: Style,
    text: Text<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    human::findings(findings, style, text, out)
}

/// Findings as `duly/check/v1` has them, for other schemas.
pub fn findings_value(findings: &[Finding]) -> serde_json::Value {
    json::rows(findings)
}

/// How many findings have each severity, worst first; what follows from another is not counted.
fn counts(findings: &[Finding]) -> impl Iterator<Item = (Severity, usize)> + '_ {
    Severity::ALL.into_iter().map(|s| (s, findings.iter().filter(|f| f.severity == s).count()))
}
