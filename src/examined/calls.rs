//! Systems and vendors as subjects, incidents and assignments as due dates: what the engine
//! computes from, made from the ledger.

use crate::duty::{Duties, ExternalDueDate, ExternalKind, NonWorkerSubject, Term};
use crate::finding::Finding;
use crate::finding::catalogue::references;
use crate::ledger::{FileIndex, InFile, Ledger};
use crate::record::assignment::Assignment;
use crate::record::date::Date;
use crate::record::id::Subject;
use crate::record::incident::Incident;
use crate::record::node::{At, Spot};
use crate::record::system::System;
use crate::record::vendor::Vendor;
use crate::trust::accepted::Origin;

/// The systems and the vendors, with when they were there.
pub(crate) fn others(ledger: &Ledger) -> Vec<NonWorkerSubject> {
    ledger.systems.iter().map(system).chain(ledger.vendors.iter().map(vendor)).collect()
}

fn system(system: &InFile<System>) -> NonWorkerSubject {
    let used = Term { start: system.value.in_use_from, end: system.value.in_use_until };
    other(system.value.subject(), vec![used], system.file, system.value.id.spot)
}

fn vendor(vendor: &InFile<Vendor>) -> NonWorkerSubject {
    let terms = vendor.value.terms.iter().map(|t| Term { start: t.start, end: t.end }).collect();
    other(vendor.value.subject(), terms, vendor.file, vendor.value.id.spot)
}

fn other(subject: Subject, terms: Vec<Term>, file: FileIndex, spot: Spot) -> NonWorkerSubject {
    NonWorkerSubject { subject, terms, origin: Origin { file, spot } }
}

/// What incidents and assignments ask of each subject.
pub(crate) fn calls(ledger: &Ledger) -> Vec<ExternalDueDate> {
    let incidents = ledger.incidents.iter().flat_map(of_incident);
    incidents.chain(ledger.assignments.iter().flat_map(of_assignment)).collect()
}

fn of_incident(incident: &InFile<Incident>) -> impl Iterator<Item = ExternalDueDate> {
    let (file, record) = (incident.file, &incident.value);
    record.retraining.iter().flat_map(move |asked| {
        record.called(asked).iter().map(move |subject| ExternalDueDate {
            subject: subject.value.clone(),
            requirement: asked.requirement.value.clone(),
            from: record.occurred_on,
            by: asked.by,
            kind: ExternalKind::Retraining,
            origin: Origin { file, spot: asked.spot },
        })
    })
}

fn of_assignment(assignment: &InFile<Assignment>) -> impl Iterator<Item = ExternalDueDate> {
    let (file, record) = (assignment.file, &assignment.value);
    record.subjects.iter().map(move |subject: &At<Subject>| ExternalDueDate {
        subject: subject.value.clone(),
        requirement: record.requirement.value.clone(),
        from: record.told_on,
        by: record.by,
        kind: ExternalKind::Assignment,
        origin: Origin { file, spot: subject.spot },
    })
}

/// The calls that ask for nothing because their requirement does not apply to their subject on
/// their day or after it. Those that name what is not there have their finding already, and
/// those of a day to come have time to change.
pub(super) fn without_effect(
    ledger: &Ledger,
    duties: &Duties<'_>,
    calls: &[ExternalDueDate],
    day: Date,
) -> Vec<Finding> {
    let known = |c: &&ExternalDueDate| ledger.has(&c.subject) && ledger.requirement(&c.requirement).is_some();
    let idle = |c: &&ExternalDueDate| {
        let found = duties.find(&c.subject, c.requirement.as_str());
        !found.is_some_and(|o| o.timeline.spans.iter().any(|span| span.until >= c.from))
    };
    let begun = calls.iter().filter(|c| c.from <= day).filter(known);
    begun.filter(idle).map(|call| no_effect(ledger, call)).collect()
}

fn no_effect(ledger: &Ledger, call: &ExternalDueDate) -> Finding {
    let who = match &call.subject {
        Subject::Worker(id) => ledger.name_of(id),
        other => other.to_string(),
    };
    let what = match call.kind {
        ExternalKind::Retraining => "is to be retrained in",
        ExternalKind::Assignment => "is assigned",
    };
    let message = format!("{who} {what} {}, which does not apply to them", call.requirement);
    let help = "Widen `applies_to` of the requirement, as with `{worker: ID}`, or correct the record.";
    let finding = Finding::new(&references::NO_EFFECT, message, help);
    let place = ledger.place(call.origin.file, call.origin.spot);
    finding.at(place).about(call.subject.to_string()).for_requirement(call.requirement.to_string())
}
