//! Managers who manage each other in a circle.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::finding::catalogue::files;
use crate::ledger::Ledger;
use crate::record::date::Date;
use crate::record::roster::Worker;

/// Looks for circles on each day on which somebody gets a manager, for a circle begins with its
/// last part. The newest of them are enough: what was long ago is no news.
pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    const DAYS: usize = 50;
    let all = ledger.workers.iter().flat_map(|w| &w.managers).map(|m| m.from.unwrap_or(Date::MIN));
    let days: BTreeSet<Date> = all.collect();
    let mut said = BTreeSet::new();
    for day in days.into_iter().rev().take(DAYS) {
        for circle in on(ledger, day) {
            if said.insert(circle.clone()) {
                found.push(finding(ledger, &circle));
            }
        }
    }
}

/// The circles of a day, each from its first worker in the order of the rosters.
fn on(ledger: &Ledger, day: Date) -> Vec<Vec<usize>> {
    let boss = |at: &usize| {
        let worker = ledger.workers.get(*at)?;
        let own = |id: &&crate::record::id::Id| **id != worker.id.value;
        Worker::on(&worker.managers, day).filter(own).find_map(|id| ledger.worker_position(id))
    };
    // Each worker is walked over once: what was reached before leads to no new circle.
    let mut reached = vec![usize::MAX; ledger.workers.len()];
    let mut circles = Vec::new();
    for start in 0..ledger.workers.len() {
        let (mut path, mut next) = (Vec::new(), Some(start));
        while let Some(at) = next.filter(|at| reached.get(*at) == Some(&usize::MAX)) {
            reached[at] = start;
            path.push(at);
            next = boss(&at);
        }
        if let Some(from) = next.and_then(|at| path.iter().position(|p| *p == at)) {
            let mut circle = path.split_off(from);
            let first = circle.iter().enumerate().min_by_key(|(_, w)| **w).map_or(0, |(i, _)| i);
            circle.rotate_left(first);
            circles.push(circle);
        }
    }
    circles
}

fn finding(ledger: &Ledger, circle: &[usize]) -> Finding {
    const SHOWN: usize = 5;
    let workers: Vec<&Worker> = circle.iter().filter_map(|at| ledger.workers.get(*at)).collect();
    let names: Vec<String> = workers.iter().take(SHOWN).map(|w| ledger.name_of(&w.id.value)).collect();
    let more = circle.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!("{}{more} manage each other in a circle", names.join(", "));
    let help = "Look who manages whom, and correct the roster if it is a slip.";
    let finding = Finding::new(&files::MANAGERS_IN_A_CIRCLE, message, help);
    match workers.first().and_then(|w| ledger.worker_place(&w.id.value)) {
        Some(place) => finding.at(place),
        None => finding,
    }
}
