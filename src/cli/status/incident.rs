//! `duly status --at-incident`: was it met, and provably recorded, before something happened?

use std::collections::HashSet;

use crate::Examined;
use crate::cli::Failure;
use crate::duty::{RecordedBefore, at_incident};
use crate::record::id::{Id, Subject};
use crate::record::incident::Incident;
use crate::report::status::incident::{Report, Row};
use crate::trust::accepted::Accepted;

use super::Wanted;

/// The report about an incident, for the subjects and requirements wanted.
///
/// # Errors
/// There is no such incident, or no organisation.
pub(super) fn report<'e>(
    examined: &'e Examined,
    id: &Id,
    wanted: &Wanted<'_>,
) -> Result<Report<'e>, Failure> {
    let incident = find(examined, id)?;
    let inputs = examined.inputs().ok_or_else(|| {
        Failure::new("duly.yaml cannot be read", "`duly check` says what is wrong with it.")
    })?;
    let touched = touched(incident);
    if let Some(unknown) = touched.iter().find(|s| !examined.ledger.has(s)) {
        let message = format!("incident {id} names {unknown}, which has no record");
        return Err(Failure::new(message, "Correct the id in the incident, or add the record."));
    }
    let before =
        |row: &Accepted| examined.appeared(row.origin().file).is_some_and(|day| day < incident.occurred_on);
    let history = examined.seen.is_some();
    let recorded: Option<RecordedBefore<'_>> = if history { Some(&before) } else { None };
    let found = at_incident(&inputs, &touched, incident.occurred_on, recorded);
    let same_day: HashSet<(&Subject, &Id)> = examined
        .trust
        .accepted
        .iter()
        .filter(|row| row.completed_on() == incident.occurred_on)
        .map(|row| (row.subject(), row.requirement()))
        .collect();
    let applied: HashSet<&Subject> = found.iter().map(|f| &f.obligation.subject).collect();
    let asked = |s: &&Subject| wanted.subjects.is_empty() || wanted.subjects.contains(*s);
    let without = touched.iter().filter(|s| !applied.contains(s)).filter(asked);
    let without = without.map(ToString::to_string).collect();
    let rows = found.iter().filter(|f| wanted.matches(&f.obligation, examined)).map(|f| {
        let key = (&f.obligation.subject, &f.obligation.requirement.id.value);
        Row::of(f, &examined.ledger, same_day.contains(&key))
    });
    Ok(Report { incident, history, rows: rows.collect(), without })
}

fn find<'e>(examined: &'e Examined, id: &Id) -> Result<&'e Incident, Failure> {
    let incidents = &examined.ledger.incidents;
    incidents.get(id).map(|i| &i.value).ok_or_else(|| {
        let known: Vec<&str> = incidents.iter().map(|i| i.value.id.as_str()).collect();
        let help = match known.as_slice() {
            [] => "The folder `incidents` holds none that can be read.".to_owned(),
            known => format!("The incidents are: {}.", known.join(", ")),
        };
        Failure::new(format!("there is no incident `{id}`"), help)
    })
}

/// Everybody and everything that was touched, each once.
fn touched(incident: &Incident) -> Vec<Subject> {
    let mut seen = HashSet::new();
    incident.subjects.iter().map(|s| s.value.clone()).filter(|s| seen.insert(s.clone())).collect()
}
