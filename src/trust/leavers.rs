//! The keys of people who left, and roots whose officers all leave.

use super::authority::Authority;
use super::open::Door;
use crate::finding::Finding;
use crate::finding::catalogue::trust;
use crate::record::date::Date;
use crate::record::id::{Holder, Id};
use crate::record::public_key::Fingerprint;

/// What is to be done about the keys of people who left.
pub fn check(by: Authority<'_>, today: Date) -> Vec<Finding> {
    let mut found: Vec<Finding> = enrolled(by, today).collect();
    found.extend(officers(by, today));
    found.extend(no_officer(by, today));
    found
}

/// The last day of somebody who has left.
fn left(by: Authority<'_>, id: &Id, today: Date) -> Option<Date> {
    by.ledger.worker(id)?.left().filter(|last| *last < today)
}

fn enrolled(by: Authority<'_>, today: Date) -> impl Iterator<Item = Finding> {
    by.registry.all().into_iter().filter_map(move |(key, enrolled)| {
        let Holder::Worker(id) = &enrolled.holder else { return None };
        let stands = enrolled.void.is_none() && by.revocations.key(key).is_none();
        let last = left(by, id, today).filter(|_| stands)?;
        Some(leavers(by, id, key, last, by.ledger.path(enrolled.file)))
    })
}

/// The keys of officers that are not enrolled as their own, too.
fn officers(by: Authority<'_>, today: Date) -> Vec<Finding> {
    let mut found = Vec::new();
    for officer in by.chain.current().iter().flat_map(|root| &root.officers) {
        let Some(last) = left(by, &officer.worker, today) else { continue };
        let keys = officer.keys.iter().map(|key| key.fingerprint());
        for key in keys.filter(|k| by.registry.get(k).is_none() && by.revocations.key(k).is_none()) {
            found.push(leavers(by, &officer.worker, key, last, root_path(by)));
        }
    }
    found
}

fn leavers(by: Authority<'_>, id: &Id, key: &Fingerprint, last: Date, path: &str) -> Finding {
    let who = by.ledger.name_of(id);
    let message = format!("{who} left on {last}, and their key {key} is not revoked");
    let help = format!("Run `duly key revoke {key} --reason left --keep-all`.");
    Finding::new(&trust::LEAVERS_KEY, message, help).in_file(path).about(format!("worker/{id}"))
}

/// The root in force, where every officer whom it names leaves some day or is not in the roster.
fn no_officer(by: Authority<'_>, today: Date) -> Option<Finding> {
    let root = by.chain.current()?;
    let Door { ledger, .. } = by.door();
    let last_day = |id: &Id| ledger.worker(id).map_or(Some(Date::MIN), |w| w.left());
    let last_days: Option<Vec<Date>> = root.officers.iter().map(|o| last_day(&o.worker)).collect();
    let last = last_days?.into_iter().max()?;
    let message = match last {
        Date::MIN => "no officer of the root is in the roster".to_owned(),
        day if day < today => format!("every officer of the root has left, the last one on {day}"),
        day => format!("every officer of the root leaves, the last one on {day}, and none follows"),
    };
    let help = "Make the next root: `duly trust propose --add-officer ID=KEY.pub --out root.yaml`, then let a key that the old root names and the new officer's key sign it with `duly trust sign root.yaml`.";
    Some(Finding::new(&trust::NO_OFFICER_LEFT, message, help).in_file(root_path(by)))
}

fn root_path(by: Authority<'_>) -> &str {
    let current = by.ledger.roots.get(by.chain.links().len().saturating_sub(1));
    current.map_or("trust/root", |file| by.ledger.path(file.file))
}
