//! What was found, by code.

use crate::finding::{Entry, Finding, Severity};

/// All findings of one code.
#[derive(Debug, Clone)]
pub struct FoundGroup {
    /// The row of the catalogue.
    pub entry: &'static Entry,
    /// The worst severity among them.
    pub severity: Severity,
    /// The findings, in their one order.
    pub items: Vec<FoundItem>,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct FoundItem {
    /// How bad it is.
    pub severity: Severity,
    /// What happened; none in a report that shows no free text.
    pub message: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// File, line and column.
    pub place: Option<String>,
    /// As in `worker/w-0042`.
    pub subject: Option<String>,
    /// The id of the requirement.
    pub requirement: Option<String>,
    /// What only follows from it.
    pub follows: Vec<FoundItem>,
    /// The code.
    pub code: &'static str,
}

impl FoundItem {
    /// How much follows from it, as in `6 more follow from this`.
    pub fn consequences(&self) -> Option<String> {
        crate::finding::consequences(self.follows.len())
    }
}

/// Groups findings by code: the worst code first, then in the order of the codes.
pub fn group_findings(findings: &[Finding]) -> Vec<FoundGroup> {
    let mut groups: std::collections::BTreeMap<&str, FoundGroup> = std::collections::BTreeMap::new();
    for finding in findings {
        let group = groups.entry(finding.entry.code).or_insert_with(|| FoundGroup {
            entry: finding.entry,
            severity: finding.severity,
            items: Vec::new(),
        });
        group.severity = group.severity.max(finding.severity);
        group.items.push(item(finding));
    }
    let mut groups: Vec<FoundGroup> = groups.into_values().collect();
    groups.sort_by_key(|g| std::cmp::Reverse(g.severity));
    groups
}

fn item(finding: &Finding) -> FoundItem {
    FoundItem {
        severity: finding.severity,
        message: Some(finding.message.clone()),
        help: Some(finding.help.clone()).filter(|h| !h.is_empty()),
        place: finding.place.as_ref().map(ToString::to_string),
        subject: finding.subject.clone(),
        requirement: finding.requirement.clone(),
        follows: finding.follows.iter().map(item).collect(),
        code: finding.entry.code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::catalogue::{files, gaps};

    #[test]
    fn the_worst_code_comes_first() {
        let found = [
            Finding::new(&gaps::OVERDUE, "one", ""),
            Finding::new(&files::BAD_DATE, "two", "Fix it."),
            Finding::new(&gaps::OVERDUE, "three", ""),
        ];
        let groups = group_findings(&found);
        let codes: Vec<_> = groups.iter().map(|g| (g.entry.code, g.items.len())).collect();
        assert_eq!(codes, [("D112", 1), ("D501", 2)]);
        assert_eq!(groups[1].items[0].help, None, "no empty advice");
    }
}
