//! That incidents and assignments name whom and what is there, on days that fit together.

use super::references::Check;
use crate::finding::Finding;
use crate::ledger::{InFile, Ledger};
use crate::record::assignment::Assignment;
use crate::record::incident::Incident;

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    for record in &ledger.incidents {
        let what = format!("incident {}", record.value.id.value);
        incident(&mut Check { ledger, file: record.file, what, found }, record);
    }
    for record in &ledger.assignments {
        let what = format!("assignment {}", record.value.id.value);
        assignment(&mut Check { ledger, file: record.file, what, found }, record);
    }
}

fn incident(check: &mut Check<'_, '_>, record: &InFile<Incident>) {
    let incident = &record.value;
    let discovered = ("discovered_on", Some(incident.discovered_on));
    check.order(("occurred_on", Some(incident.occurred_on)), discovered, incident.id.spot);
    incident.subjects.iter().for_each(|s| check.subject(s));
    for retraining in &incident.retraining {
        retraining.subjects.iter().for_each(|s| check.subject(s));
        check.requirement(&retraining.requirement);
        check.order(discovered, ("by", Some(retraining.by)), retraining.spot);
    }
}

fn assignment(check: &mut Check<'_, '_>, record: &InFile<Assignment>) {
    let assignment = &record.value;
    assignment.subjects.iter().for_each(|s| check.subject(s));
    check.requirement(&assignment.requirement);
    check.order(("told_on", Some(assignment.told_on)), ("by", Some(assignment.by)), assignment.spot);
}
