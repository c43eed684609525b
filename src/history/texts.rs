//! Completions that are dated before their text was in the repository.

use std::collections::BTreeMap;

use super::seen::FirstSeen;
use crate::finding::Finding;
use crate::finding::catalogue::history;
use crate::ledger::Ledger;
use crate::record::date::{Date, Zone};
use crate::record::policy::Material;
use crate::trust::accepted::Accepted;

/// One finding for each edition whose text came later than some completions of it. What lies
/// before the first commit of all was there before the repository was, and says nothing.
pub fn check(ledger: &Ledger, accepted: &[Accepted], seen: &FirstSeen) -> Vec<Finding> {
    let zone = ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
    let Some(begin) = seen.day(0, zone) else { return Vec::new() };
    let mut early: BTreeMap<(String, String), (usize, Date, String)> = BTreeMap::new();
    for row in accepted.iter().filter(|row| row.completed_on() >= begin) {
        let requirement = ledger.requirement(row.requirement());
        let edition = requirement.zip(row.edition()).and_then(|(r, id)| r.edition(id.as_str()));
        let Some(Material::Document { path, .. }) = edition.map(|e| &e.material) else { continue };
        let path = format!("policies/{}", path.value);
        let Some(came) = seen.appeared(&path, zone).filter(|a| row.completed_on() < a.day) else { continue };
        let key = (row.requirement().to_string(), row.edition().map(ToString::to_string).unwrap_or_default());
        early.entry(key).or_insert((0, came.day, path)).0 += 1;
    }
    let said = early.into_iter().map(|((requirement, edition), (count, day, path))| {
        let message = format!(
            "{count} completions of {requirement}, edition {edition}, are dated before {day}, when its text came"
        );
        let help = "Find out what they were trained on. If the text existed elsewhere, nothing needs to be done.";
        Finding::new(&history::TEXT_CAME_LATER, message, help).in_file(&path).for_requirement(requirement)
    });
    said.collect()
}
