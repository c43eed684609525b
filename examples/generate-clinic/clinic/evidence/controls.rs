//! What the clinic itself owes: the monthly review of the access log. The contractor reads it,
//! an officer signs the same payload.

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

pub fn all(clinic: &mut Folder, root: Sha256) -> Made<()> {
    for day in REVIEWS {
        review(day).signed_by(clinic, root, &[CONTRACTOR, MANAGER])?;
    }
    let june = review(JUNE[0]);
    let payload = june.signed_by(clinic, root, &[CONTRACTOR])?;
    june.joined_by(clinic, root, payload, DIRECTOR, JUNE[1])
}

fn review(day: &str) -> Sheet {
    Sheet::of("access-log-review", "", Outcome::Performed).method("log-review").rows(format!("org {day}"))
}
