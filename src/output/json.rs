//! `duly/check/v1`: frozen. A new shape is a new module beside this one.

use std::io;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Result, Summary, counts};
use crate::finding::Finding;
use crate::judgement::Headline;

#[derive(Serialize)]
struct Report<'r> {
    schema: &'static str,
    as_of: String,
    pinned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<Headline>,
    summary: Numbers<'r>,
    findings: Vec<Row<'r>>,
}

#[derive(Serialize)]
struct Numbers<'r> {
    workers: usize,
    obligations: usize,
    accepted: usize,
    unverified: usize,
    statuses: Pairs<'r>,
    findings: Pairs<'r>,
}

#[derive(Serialize)]
struct Row<'r> {
    code: &'static str,
    severity: &'static str,
    message: &'r str,
    help: &'r str,
    path: Option<&'r str>,
    line: Option<u32>,
    column: Option<u32>,
    subject: Option<&'r str>,
    requirement: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    follows: Vec<Row<'r>>,
}

/// An object whose keys are known only when it is written.
struct Pairs<'r>(Vec<(&'r str, usize)>);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, count) in &self.0 {
            map.serialize_entry(name, count)?;
        }
        map.end()
    }
}

pub(super) fn print(result: &Result<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let report = Report {
        schema: "duly/check/v1",
        as_of: result.as_of.to_string(),
        pinned: result.pinned,
        headline: result.headline,
        summary: numbers(&result.summary, result.findings),
        findings: result.findings.iter().map(row).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

/// The findings as a value.
pub(super) fn rows(findings: &[Finding]) -> serde_json::Value {
    let rows: Vec<Row<'_>> = findings.iter().map(row).collect();
    serde_json::to_value(rows).unwrap_or_default()
}

fn numbers<'r>(summary: &'r Summary, findings: &[Finding]) -> Numbers<'r> {
    Numbers {
        workers: summary.workers,
        obligations: summary.obligations,
        accepted: summary.accepted,
        unverified: summary.unverified,
        statuses: Pairs(summary.statuses.clone()),
        findings: Pairs(counts(findings).map(|(s, n)| (s.word(), n)).collect()),
    }
}

fn row(finding: &Finding) -> Row<'_> {
    let place = finding.place.as_ref();
    let line = place.filter(|p| p.has_line());
    Row {
        code: finding.entry.code,
        severity: finding.severity.word(),
        message: &finding.message,
        help: &finding.help,
        path: place.map(|p| p.path.as_str()),
        line: line.map(|p| p.line),
        column: line.map(|p| p.column),
        subject: finding.subject.as_deref(),
        requirement: finding.requirement.as_deref(),
        follows: finding.follows.iter().map(row).collect(),
    }
}
