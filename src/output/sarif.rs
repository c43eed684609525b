//! SARIF 2.1.0 (OASIS), for code-scanning views.

use std::io;

use serde_json::{Value, json};

use super::Result;
use crate::finding::{Entry, Finding, Severity};

pub(super) fn print(result: &Result<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rules: Vec<&'static Entry> = result.findings.iter().map(|f| f.entry).collect();
    rules.sort_by_key(|e| e.code);
    rules.dedup();
    let results: Vec<Value> = result.findings.iter().map(finding).collect();
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "duly",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "properties": {"asOf": result.as_of.to_string(), "pinned": result.pinned},
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn rule(entry: &'static Entry) -> Value {
    json!({
        "id": entry.code,
        "name": entry.name,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.why},
        "defaultConfiguration": {"level": level(entry.severity)},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Overdue => "error",
        Severity::DueSoon | Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn finding(finding: &Finding) -> Value {
    let mut result = json!({
        "ruleId": finding.entry.code,
        "level": level(finding.severity),
        "message": {"text": format!("{} {}", finding.in_one_line(), finding.help)},
    });
    if let Some(place) = &finding.place {
        let mut physical = json!({"artifactLocation": {"uri": uri(&place.path)}});
        if place.has_line() {
            physical["region"] = json!({"startLine": place.line, "startColumn": place.column.max(1)});
        }
        result["locations"] = json!([{"physicalLocation": physical}]);
    }
    result
}

/// A relative reference (RFC 3986): everything but unreserved characters and `/` is encoded.
fn uri(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'/');
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("roster/a b?#.yaml"), "roster/a%20b%3F%23.yaml");
    }
}
