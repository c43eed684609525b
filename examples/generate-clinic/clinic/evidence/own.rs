//! What people sign for themselves, each with their own key; and where two sign one payload.

use duly::record::attestation::{Origin, Outcome};
use duly::record::digest::Sha256;

use super::super::Made;
use super::super::folder::Folder;
use super::super::people::{ASSISTANTS_LEAD, DIRECTOR, TRAINER};
use super::super::sheet::Sheet;

/// The rules for our computers in 2025. Luis forgot them until the 27th.
const COMPUTERS_2025: &str = "
    w-0001 2025-01-02
    w-0002 2025-01-06
    w-0003 2025-01-07
    w-0004 2025-01-10
    w-0005 2025-01-07
    w-0006 2025-01-13
    w-0007 2025-01-08
    w-0008 2025-01-06
    w-0009 2025-01-13
    w-0010 2025-01-08
    w-0011 2025-03-05
    w-0012 2025-01-03
    w-0013 2025-01-09
    w-0014 2025-01-09
    w-0015 2025-01-14
    w-0016 2025-01-13
    w-0017 2025-01-06
    w-0018 2025-01-10
    w-0019 2025-01-10
    w-0020 2025-09-04
    w-0021 2025-01-14
    w-0022 2025-01-15
    w-0023 2025-01-09
    w-0025 2025-01-03
    w-0026 2025-01-27
    w-0027 2025-01-14
    w-0028 2025-01-15
    w-0029 2025-11-12
    w-0030 2025-01-03
    w-0031 2025-01-15
    w-0032 2025-01-15
    w-0034 2025-01-02
    w-0036 2025-01-08";

/// And in 2026; four have until the last day of December.
const COMPUTERS_2026: &str = "
    w-0001 2026-01-06
    w-0002 2026-03-19
    w-0003 2026-02-09
    w-0005 2026-05-11
    w-0006 2026-02-26
    w-0007 2026-04-14
    w-0008 2026-01-15
    w-0009 2026-06-18
    w-0010 2026-03-05
    w-0011 2026-02-24
    w-0012 2026-01-07
    w-0014 2026-07-21
    w-0015 2026-08-25
    w-0016 2026-02-18
    w-0017 2026-01-13
    w-0018 2026-02-10
    w-0019 2026-02-13
    w-0020 2026-09-08
    w-0021 2026-04-30
    w-0023 2026-02-03
    w-0024 2026-11-04
    w-0025 2026-01-14
    w-0026 2026-01-20
    w-0027 2026-03-03
    w-0029 2026-06-08
    w-0030 2026-01-08
    w-0031 2026-05-28
    w-0036 2026-01-20";

/// The contractor signs with `ssh-keygen`, with the same key.
const COMPUTERS_BY_SSH: &str = "w-0034 2026-01-06";

/// The statement that Texas asks of employees, by those who came after paper ended.
const TEXAS: &str = "
    w-0011 2025-05-12
    w-0020 2025-11-25
    w-0021 2025-03-31
    w-0023 2026-04-20
    w-0029 2026-02-06";

/// The course on paper, when the line to the west office was down: the worker and their
/// manager sign the same payload.
const TOGETHER: &[(&str, &str)] = &[
    ("w-0021 2025-01-28 score=90", ASSISTANTS_LEAD),
    ("w-0016 2025-02-26 score=90", TRAINER),
    ("w-0006 2025-02-27 score=100", DIRECTOR),
];

pub fn all(clinic: &mut Folder, root: Sha256) -> Made<()> {
    for (edition, rows) in [("2025", COMPUTERS_2025), ("2026", COMPUTERS_2026)] {
        let sheet = Sheet::of("acceptable-use", edition, Outcome::Acknowledged);
        each(clinic, root, &sheet, rows)?;
    }
    let by_ssh = Sheet::of("acceptable-use", "2026", Outcome::Acknowledged).by_ssh();
    each(clinic, root, &by_ssh, COMPUTERS_BY_SSH)?;
    each(clinic, root, &Sheet::of("texas-medical-privacy", "2025", Outcome::Completed), TEXAS)?;
    for (row, manager) in TOGETHER {
        let sheet = Sheet::of("security-awareness", "2025", Outcome::Passed).method("paper").rows(*row);
        sheet.signed_by(clinic, root, &[&holder(row), manager])?;
    }
    Ok(())
}

/// One record a row, signed by the one it is about.
fn each(clinic: &mut Folder, root: Sha256, sheet: &Sheet, rows: &str) -> Made<()> {
    for row in rows.lines().filter(|row| !row.trim().is_empty()) {
        let own = sheet.clone().origin(Origin::Own).rows(row);
        own.signed_by(clinic, root, &[&holder(row)])?;
    }
    Ok(())
}

/// Whom a row is about.
fn holder(row: &str) -> String {
    format!("worker/{}", row.split_whitespace().next().unwrap_or_default())
}
