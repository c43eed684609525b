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
        findings.iter().enumerate().map(|(at, finding)| causes.of(at, finding)).collect();
    let parents: Vec<Option<usize>> = (0..findings.len()).map(|at| first_cause(&parents, at)).collect();
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

/// The cause at the beginning of a chain of causes; none where a finding has none, or where the
/// chain is a circle: then each of them stands on its own.
fn first_cause(parents: &[Option<usize>], at: usize) -> Option<usize> {
    /// No chain of causes is longer: a file, an id in it, a record that names the id.
    const LONGEST: usize = 8;
    let parent = |at: usize| parents.get(at).copied().flatten();
    let chain = std::iter::successors(parent(at), |at| parent(*at));
    chain.take(LONGEST).find(|at| parent(*at).is_none())
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

#[cfg(test)]
mod tests {
    use super::first_cause;

    #[test]
    fn a_chain_ends_at_its_first_cause_and_a_circle_has_none() {
        let parents = [None, Some(0), Some(1), Some(4), Some(3)];
        let causes: Vec<_> = (0..5).map(|at| first_cause(&parents, at)).collect();
        assert_eq!(causes, [None, Some(0), Some(0), None, None]);
    }
}
