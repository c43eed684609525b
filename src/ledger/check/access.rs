//! Who can get at protected information on a day: access that outlives an employment, and
//! vendors without an agreement.

use crate::finding::Finding;
use crate::finding::catalogue::access;
use crate::ledger::{InFile, Ledger};
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::roster::{Worker, covers};
use crate::record::system::{Access, System};
use crate::record::vendor::Vendor;

/// The findings as of a day.
pub fn check(ledger: &Ledger, day: Date) -> Vec<Finding> {
    let systems = ledger.systems.iter().flat_map(|system| {
        system.value.access.iter().filter_map(move |given| of_worker(ledger, system, given, day))
    });
    systems.chain(ledger.vendors.iter().filter_map(|vendor| agreement(ledger, vendor, day))).collect()
}

fn of_worker(ledger: &Ledger, system: &InFile<System>, given: &Access, day: Date) -> Option<Finding> {
    let worker = ledger.worker(&given.worker.value)?;
    let (id, who) = (&system.value.id.value, ledger.name_of(&given.worker.value));
    let ended = [given.until, system.value.in_use_until].into_iter().flatten().min();
    let finding = match ended.filter(|ended| *ended < day) {
        None => {
            if given.from.is_some_and(|from| from > day) {
                return None;
            }
            let last = gone_since(worker, day)?;
            let message = format!("{who} left on {last} and still has access to system {id}");
            let help =
                "Take the access away in the system, and set `until:` to the day on which that was done.";
            Finding::new(&access::AFTER_LEAVING, message, help)
        }
        Some(ended) => {
            let last = gone_since(worker, ended)?;
            let days = last.days_to(ended);
            let message = format!("{who} left on {last} and had access to system {id} for {days} more days");
            let help = "Look into the system's log for those days.";
            Finding::new(&access::ENDED_LATE, message, help)
        }
    };
    Some(finding.at(ledger.place(system.file, given.spot)).about(worker.subject().to_string()))
}

/// The last day of employment before a day on which the worker is certainly not employed.
fn gone_since(worker: &Worker, day: Date) -> Option<Date> {
    let may_be_there = worker.employment.iter().any(|s| covers(s.start, s.end, day));
    let ends = worker.employment.iter().filter_map(|s| s.end).filter(|end| *end < day);
    if may_be_there { None } else { ends.max() }
}

fn agreement(ledger: &Ledger, vendor: &InFile<Vendor>, day: Date) -> Option<Finding> {
    let record = &vendor.value;
    let there = record.terms.is_empty() || record.terms.iter().any(|t| covers(t.start, t.end, day));
    if !record.handles_phi || !there {
        return None;
    }
    let what = match &record.agreement {
        None => "no agreement".to_owned(),
        Some(a) if a.signed_on > day => format!("no agreement until {}", a.signed_on),
        Some(a) => format!("no agreement since {}, when it expired", a.expires_on.filter(|end| *end < day)?),
    };
    Some(without(ledger, vendor, &record.id.value, &what))
}

fn without(ledger: &Ledger, vendor: &InFile<Vendor>, id: &Id, what: &str) -> Finding {
    let message = format!("vendor {id} handles protected information and has {what}");
    let help = "Sign an agreement and write it into the vendor's file.";
    let finding = Finding::new(&access::NO_AGREEMENT, message, help);
    finding.at(ledger.place(vendor.file, vendor.value.id.spot)).about(vendor.value.subject().to_string())
}
