//! Many records that one slip put out of step: one finding for all of them.
//!
//! Where a policy's sentence, text, edition or id was edited, or a worker's id, every record of
//! it is at odds with it at once. It is far more likely that the one place is wrong than the
//! many, so that place is named, and the records stand under it.

use std::collections::BTreeMap;

use crate::finding::catalogue::{references, trust};
use crate::finding::{Entry, Finding};
use crate::ledger::Ledger;
use crate::record::id::{Id, Subject};

/// The code of a finding and the requirement or worker that it is about.
type Slip<'f> = (&'static str, String);

/// Puts the findings that one slip explains under one finding, where there are several.
pub(super) fn together(ledger: &Ledger, findings: Vec<Finding>) -> Vec<Finding> {
    let mut slips: BTreeMap<Slip<'_>, Vec<Finding>> = BTreeMap::new();
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings {
        match about(&finding) {
            Some(about) => slips.entry((finding.entry.code, about)).or_default().push(finding),
            None => kept.push(finding),
        }
    }
    for ((_, about), mut found) in slips {
        match found.as_slice() {
            [first, _, ..] => {
                let mut head = head(ledger, first.entry, &about, found.len());
                head.follows.append(&mut found);
                kept.push(head);
            }
            _ => kept.append(&mut found),
        }
    }
    kept
}

/// What a finding is about, if many of its kind about the same thing come from one slip.
fn about(finding: &Finding) -> Option<String> {
    let entry = finding.entry;
    if entry == &trust::OTHER_DOCUMENT || entry == &trust::OTHER_DECLARATION {
        return finding.requirement.clone();
    }
    if entry == &references::UNKNOWN_REQUIREMENT {
        return finding.requirement.clone();
    }
    (entry == &references::UNKNOWN_WORKER).then(|| finding.subject.clone()).flatten()
}

fn head(ledger: &Ledger, entry: &'static Entry, about: &str, records: usize) -> Finding {
    let (message, help) = words(ledger, entry, about, records);
    let head = Finding::new(entry, message, help);
    let head = match entry == &references::UNKNOWN_WORKER {
        true => head.about(about),
        false => head.for_requirement(about),
    };
    let place = Id::parse(about).and_then(|id| ledger.requirement_place(&id));
    let place = place.or_else(|| Subject::parse(about).and_then(|s| ledger.subject_place(&s)));
    match place {
        Some(place) => head.at(place),
        None => head,
    }
}

fn words(ledger: &Ledger, entry: &'static Entry, about: &str, n: usize) -> (String, &'static str) {
    let known = Id::parse(about).is_some_and(|id| ledger.requirement(&id).is_some());
    if entry == &trust::OTHER_DECLARATION {
        return (
            format!("{about}: its sentence is not the one that {n} records declare"),
            "If the sentence was edited, undo that edit: a new sentence needs a requirement of its own, with an id of its own.",
        );
    }
    if entry == &trust::OTHER_DOCUMENT {
        return (
            format!("{about}: the text of an edition is not the one that {n} records were signed for"),
            "If the policy was edited, undo that edit: a changed text is a new edition.",
        );
    }
    if entry == &references::UNKNOWN_WORKER {
        return (
            format!("{about} is not in the roster, and {n} places name them"),
            "If the id in the roster was edited, undo that edit. People who left stay in the roster with an end date.",
        );
    }
    if known {
        return (
            format!("{about}: {n} records are for an edition that the policy does not have"),
            "If the edition was renamed or taken out, undo that edit: editions stay when newer ones come.",
        );
    }
    (
        format!("no policy has the requirement `{about}`, and {n} places name it"),
        "If the id in the policy was edited, undo that edit. A requirement that no longer applies gets `effective_until` and stays.",
    )
}
