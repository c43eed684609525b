//! Causes before consequences: what only follows from another finding is put under it.
//!
//! One slip in a policy can bring a finding for every worker and every record. People have to
//! see the slip, and how much follows from it.

mod index;
mod slips;

use super::Examined;
use crate::finding::Finding;
use crate::finding::catalogue::{gaps, references, trust};
use index::Causes;

/// Puts consequences under their causes. Nothing is dropped, and nothing is worse under a cause
/// than on its own: a cause is an error.
pub(super) fn fold(examined: &Examined, findings: Vec<Finding>) -> Vec<Finding> {
    let mut findings = slips::together(&examined.ledger, findings);
    let causes = Causes::find(&examined.ledger, &findings);
    if causes.is_empty() {
        return findings;
    }
    let parents: Vec<Option<usize>> =
        findings.iter().enumerate().map(|(at, f)| causes.of(f).filter(|cause| *cause != at)).collect();
    let (mut kept, mut under): (Vec<Option<Finding>>, Vec<(usize, Finding)>) = (Vec::new(), Vec::new());
    for (finding, parent) in findings.drain(..).zip(parents) {
        match parent {
            Some(parent) => {
                under.push((parent, finding));
                kept.push(None);
            }
            None => kept.push(Some(finding)),
        }
    }
    for (parent, mut finding) in under {
        if let Some(cause) = kept.get_mut(parent).and_then(Option::as_mut) {
            let deeper = std::mem::take(&mut finding.follows);
            cause.follows.push(finding);
            cause.follows.extend(deeper);
        }
    }
    kept.into_iter().flatten().map(in_order).collect()
}

/// A cause with what follows from it in the one order of findings.
fn in_order(mut finding: Finding) -> Finding {
    crate::finding::sort(&mut finding.follows);
    finding
}

/// Tells if findings of this code can follow from a fact that could not be read. A field that
/// cannot be read itself is never a consequence, nor is a fault of the history.
fn can_follow(finding: &Finding) -> bool {
    let entry = finding.entry;
    if entry.code.starts_with("D3") {
        let about_itself = [&trust::NO_ROOT, &trust::ROOT_CHAIN, &trust::UNPINNED, &trust::WRONG_PIN];
        return !about_itself.contains(&entry);
    }
    let of_references = [
        &references::UNDECLARED,
        &references::UNKNOWN_WORKER,
        &references::UNKNOWN_REQUIREMENT,
        &references::UNKNOWN_SUBJECT,
        &references::MATCHES_NOBODY,
        &references::NO_EFFECT,
        &references::DOCUMENT_UNUSED,
        &references::EMPTY_ROSTER,
        &references::NO_REQUIREMENTS,
        &references::NO_START,
        &references::NO_EMPLOYMENT,
    ];
    entry == &gaps::UNKNOWN || of_references.contains(&entry)
}
