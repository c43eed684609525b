//! What managers sign for the people they lead.

use duly::record::attestation::Outcome;
use duly::record::digest::Sha256;

use super::super::Made;
use super::super::folder::Folder;
use super::super::people::{ASSISTANTS_LEAD, BILLING_LEAD, DIRECTOR, MANAGER, TRAINER};
use super::super::sheet::Sheet;

/// Licences, looked up at the board when they were renewed.
const LICENCES: &[(&str, &str)] = &[
    ("w-0016 2025-03-11 until=2027-03-31", TRAINER),
    ("w-0013 2025-07-08 until=2027-07-31", TRAINER),
    ("w-0014 2025-09-16 until=2027-09-30", TRAINER),
    ("w-0023 2026-02-02 until=2027-10-31", TRAINER),
    ("w-0012 2026-04-09 until=2028-04-30", DIRECTOR),
];

/// Skills that the lead saw. Shanice is early in 2026, and her anniversary does not move.
const SKILLS: &[(&str, &str)] = &[
    ("w-0017 2025-05-14", TRAINER),
    (
        "w-0018 2025-05-20
         w-0019 2025-05-20
         w-0021 2025-05-21
         w-0022 2025-05-22",
        ASSISTANTS_LEAD,
    ),
    ("w-0020 2025-11-18", ASSISTANTS_LEAD),
    ("w-0017 2026-02-11", TRAINER),
    (
        "w-0018 2026-02-18
         w-0019 2026-02-10
         w-0021 2026-02-26",
        ASSISTANTS_LEAD,
    ),
    ("w-0020 2026-08-20", ASSISTANTS_LEAD),
];

/// The quarterly reviews: the day, and who sat down with the billing lead. She sits down with
/// the practice manager on the day after.
const REVIEWS: &[(&str, &[&str], &str)] = &[
    ("2025-02-11", &["w-0031", "w-0032", "w-0036"], "2025-02-12"),
    ("2025-06-17", &["w-0031", "w-0032", "w-0036"], "2025-06-18"),
    ("2025-09-23", &["w-0031", "w-0032", "w-0036"], "2025-09-24"),
    ("2025-12-09", &["w-0031", "w-0032", "w-0036"], "2025-12-10"),
    ("2026-03-24", &["w-0031", "w-0032", "w-0036"], "2026-03-25"),
    ("2026-06-23", &["w-0031", "w-0032", "w-0036"], "2026-06-24"),
    ("2026-09-22", &["w-0027", "w-0031", "w-0032"], "2026-09-23"),
];

/// Amara's first, in her first weeks in billing.
const FIRST_REVIEW: &str = "w-0027 2026-04-09";

pub fn all(clinic: &mut Folder, root: Sha256) -> Made<()> {
    for (row, lead) in LICENCES {
        let sheet = Sheet::of("nurse-licence", "", Outcome::Issued).method("board-lookup").rows(*row);
        sheet.signed_by(clinic, root, &[lead])?;
    }
    for (rows, lead) in SKILLS {
        let sheet = Sheet::of("competency", "2025", Outcome::Passed).method("observed").rows(*rows);
        sheet.signed_by(clinic, root, &[lead])?;
    }
    for (day, who, after) in REVIEWS {
        let rows: String = who.iter().map(|id| format!("{id} {day}\n")).collect();
        review(rows).signed_by(clinic, root, &[BILLING_LEAD])?;
        review(format!("w-0030 {after}")).signed_by(clinic, root, &[MANAGER])?;
    }
    review(FIRST_REVIEW.to_owned()).signed_by(clinic, root, &[BILLING_LEAD])?;
    Ok(())
}

fn review(rows: String) -> Sheet {
    Sheet::of("billing-review", "2025", Outcome::Completed).method("conversation").rows(rows)
}
