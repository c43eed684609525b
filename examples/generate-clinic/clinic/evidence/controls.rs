//! What is owed by no person: the clinic's monthly review of the access log, the quarterly
//! restore test of the record system, the agreements with vendors. For the first two the
//! contractor does the work, and an officer signs the same payload.

use duly::record::attestation::Outcome;
use duly::record::digest::Sha256;

use super::super::Made;
use super::super::folder::Folder;
use super::super::people::{CONTRACTOR, DIRECTOR, MANAGER};
use super::super::sheet::Sheet;

/// The days of the reviews. July 2025 was forgotten until 4 August, which is then August's;
/// that of the 29th is one more than was owed. October 2026 is missing.
const REVIEWS: &[&str] = &[
    "2024-12-30",
    "2025-01-30",
    "2025-02-27",
    "2025-03-28",
    "2025-04-29",
    "2025-05-29",
    "2025-06-27",
    "2025-08-04",
    "2025-08-29",
    "2025-09-29",
    "2025-10-30",
    "2025-11-26",
    "2025-12-30",
    "2026-01-29",
    "2026-02-26",
    "2026-03-30",
    "2026-04-29",
    "2026-05-28",
    "2026-07-30",
    "2026-08-28",
    "2026-09-29",
];

/// In June 2026 the manager was away: the director signed a day later, in a file of his own.
const JUNE: [&str; 2] = ["2026-06-29", "2026-06-30"];

/// The days of the restore tests; that of the last quarter of 2026 is still to come. Since 2026
/// the contractor's key lies in an agent, and what they sign first is an SSH signature.
const RESTORES: &[&str] =
    &["2025-02-20", "2025-05-22", "2025-08-21", "2025-11-20", "2026-02-19", "2026-05-21", "2026-08-20"];

/// When an officer read the agreement with a vendor, and until when it is good.
const AGREEMENTS: &[&str] = &[
    "vendor/claims-clearinghouse 2025-01-14 until=2027-12-31",
    "vendor/shredding 2025-01-22 until=2028-01-31",
];

pub fn all(clinic: &mut Folder, root: Sha256) -> Made<()> {
    for day in REVIEWS {
        review(day).signed_by(clinic, root, &[CONTRACTOR, MANAGER])?;
    }
    let june = review(JUNE[0]);
    let payload = june.signed_by(clinic, root, &[CONTRACTOR])?;
    june.joined_by(clinic, root, payload, DIRECTOR, JUNE[1])?;
    for day in RESTORES {
        let sheet = Sheet::of("restore-test", "", Outcome::Performed).method("restore");
        let sheet = if *day < "2026" { sheet } else { sheet.by_ssh() };
        sheet.rows(format!("system/records {day}")).signed_by(clinic, root, &[CONTRACTOR, MANAGER])?;
    }
    for row in AGREEMENTS {
        let sheet = Sheet::of("vendor-agreement", "", Outcome::Issued).method("document").rows(*row);
        sheet.signed_by(clinic, root, &[MANAGER])?;
    }
    Ok(())
}

fn review(day: &str) -> Sheet {
    Sheet::of("access-log-review", "", Outcome::Performed).method("log-review").rows(format!("org {day}"))
}
