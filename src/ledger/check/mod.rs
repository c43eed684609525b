//! What can be checked of a whole repository without trust: one file per family.

mod policies;
mod presence;
pub mod privacy;
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
    privacy::check(ledger, &mut found);
    found
}
