//! What can be checked of a whole repository without trust: one file per family.

pub mod access;
mod calls;
mod circles;
mod policies;
mod presence;
pub mod privacy;
mod references;
mod systems;
mod vendors;
mod words;
mod workers;

use super::Ledger;
use crate::finding::Finding;

/// Every check, in a fixed order.
pub(super) fn all(ledger: &Ledger) -> Vec<Finding> {
    let mut found = Vec::new();
    presence::check(ledger, &mut found);
    words::check(ledger, &mut found);
    workers::check(ledger, &mut found);
    policies::check(ledger, &mut found);
    systems::check(ledger, &mut found);
    vendors::check(ledger, &mut found);
    calls::check(ledger, &mut found);
    privacy::check(ledger, &mut found);
    found
}
