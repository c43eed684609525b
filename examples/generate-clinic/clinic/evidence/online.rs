//! What the learning system signs: an export at the end of each month in which anybody
//! finished a course, one signature however many rows.

use duly::record::attestation::Outcome;
use duly::record::digest::Sha256;

use super::super::Made;
use super::super::folder::Folder;
use super::super::people::LMS;
use super::super::sheet::Sheet;

/// Security awareness: edition, then the rows.
const SECURITY: &[(&str, &str)] = &[
    (
        "2025",
        "w-0001 2025-02-03 score=100
         w-0002 2025-02-19 score=90
         w-0003 2025-02-12 score=90
         w-0004 2025-02-25 score=80
         w-0005 2025-02-10 score=100
         w-0007 2025-02-18 score=90
         w-0008 2025-02-06 score=100
         w-0009 2025-02-24 score=90
         w-0010 2025-02-11 score=90
         w-0012 2025-02-04 score=100
         w-0013 2025-02-13 score=90
         w-0014 2025-02-20 score=80
         w-0015 2025-02-17 score=90
         w-0017 2025-02-05 score=100
         w-0018 2025-02-04 score=80
         w-0019 2025-02-21 score=90
         w-0022 2025-02-14 score=90
         w-0023 2025-02-20 score=90
         w-0025 2025-02-07 score=100
         w-0027 2025-02-28 score=90
         w-0030 2025-02-20 score=100
         w-0031 2025-02-13 score=80
         w-0033 2025-02-20 score=80
         w-0034 2025-02-11 score=100
         w-0036 2025-02-24 score=90",
    ),
    (
        "2025",
        "w-0011 2025-03-20 score=100
         w-0026 2025-03-03 score=80
         w-0028 2025-03-04 score=90
         w-0032 2025-03-05 score=90",
    ),
    ("2025b", "w-0020 2025-09-15 score=90"),
    // Both early: Hector's anniversary stays on 20 February, Winifred's would.
    (
        "2025b",
        "w-0029 2025-12-01 score=80
         w-0030 2025-12-22 score=100
         w-0033 2025-12-29 score=80",
    ),
    (
        "2026",
        "w-0001 2026-01-19 score=100
         w-0008 2026-01-29 score=100
         w-0012 2026-01-28 score=90
         w-0017 2026-01-27 score=100
         w-0021 2026-01-22 score=90
         w-0025 2026-01-30 score=90
         w-0035 2026-01-26 score=80",
    ),
    (
        "2026",
        "w-0002 2026-02-16 score=80
         w-0003 2026-02-09 score=100
         w-0004 2026-02-23 score=90
         w-0005 2026-02-02 score=90
         w-0006 2026-02-26 score=90
         w-0007 2026-02-11 score=100
         w-0009 2026-02-17 score=90
         w-0010 2026-02-04 score=90
         w-0011 2026-02-24 score=100
         w-0013 2026-02-05 score=90
         w-0014 2026-02-12 score=90
         w-0015 2026-02-10 score=80
         w-0016 2026-02-18 score=100
         w-0019 2026-02-13 score=100
         w-0023 2026-02-16 score=90
         w-0026 2026-02-25 score=90
         w-0027 2026-02-19 score=90
         w-0028 2026-02-27 score=90
         w-0030 2026-02-24 score=100
         w-0031 2026-02-06 score=80
         w-0034 2026-02-03 score=100
         w-0036 2026-02-20 score=90",
    ),
    // Dmitri needed a second try, and was late with it.
    (
        "2026",
        "w-0018 2026-03-10 failed score=65
         w-0018 2026-03-18 score=90
         w-0020 2026-03-02 score=90
         w-0029 2026-03-09 score=90
         w-0032 2026-03-03 score=80",
    ),
    // Tamsin again, for the bank portal.
    ("2026", "w-0032 2026-06-22 score=100"),
    ("2026", "w-0024 2026-11-05 score=90"),
];

/// Privacy practices, for those who missed the meeting or came later.
const PRIVACY: &[(&str, &str)] = &[
    ("2025", "w-0021 2025-02-06"),
    (
        "2025",
        "w-0001 2025-03-17
         w-0004 2025-03-20
         w-0034 2025-03-24",
    ),
    ("2025b", "w-0020 2025-09-22"),
    ("2025b", "w-0029 2025-11-24"),
    ("2025b", "w-0035 2026-01-26"),
    ("2025b", "w-0023 2026-02-16"),
    // Mei-Lin again, after the fax.
    ("2025b", "w-0028 2026-05-06"),
    // The front desk and billing again, by 30 October. Nikolai is not among them.
    (
        "2026",
        "w-0025 2026-09-08
         w-0028 2026-09-17
         w-0030 2026-09-10
         w-0032 2026-09-24",
    ),
    (
        "2026",
        "w-0026 2026-10-05
         w-0027 2026-10-12
         w-0029 2026-10-28",
    ),
];

pub fn all(clinic: &mut Folder, root: Sha256) -> Made<()> {
    for (edition, rows) in SECURITY {
        let sheet = Sheet::of("security-awareness", edition, Outcome::Passed).rows(*rows);
        sheet.signed_by(clinic, root, &[LMS])?;
    }
    for (edition, rows) in PRIVACY {
        let sheet = Sheet::of("hipaa-privacy", edition, Outcome::Completed).rows(*rows);
        sheet.signed_by(clinic, root, &[LMS])?;
    }
    Ok(())
}
