//! That each system names workers who are there, on days that fit together.

use super::references::Check;
use crate::finding::Finding;
use crate::ledger::Ledger;

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    for system in &ledger.systems {
        let record = &system.value;
        let what = format!("system {}", record.id.value);
        let mut check = Check { ledger, file: system.file, what, found };
        let used = (("in_use_from", record.in_use_from), ("in_use_until", record.in_use_until));
        check.order(used.0, used.1, record.id.spot);
        for access in &record.access {
            check.worker(&access.worker);
            check.order(("from", access.from), ("until", access.until), access.spot);
        }
    }
}
