//! Sheets that a trainer signs for a room of people. The paper sheet is scanned and stays in
//! the office; its digest stands in the record.

use duly::record::attestation::Outcome;
use duly::record::digest::Sha256;

use super::super::Made;
use super::super::folder::Folder;
use super::super::people::{MANAGER, OTHER_TRAINER, TRAINER};
use super::super::sheet::Sheet;

/// The qualification that 29 CFR 1910.1030(g)(2)(viii) asks for, as it stands on each sheet.
const NURSE: &str = "Registered nurse, 12 years of infection control in outpatient clinics";
const PRACTITIONER: &str = "Nurse practitioner, certified in infection prevention";
const OFFICER: &str = "Privacy officer";

/// Who sat in the meeting about privacy in March 2025.
const MEETING: &str = "2 3 5 7 8 10 11 12 13 14 15 17 18 19 22 23 25 26 27 28 30 31 32 33 36";

/// The class about blood in October 2025 at Pecan Hollow. Joelle trained Bernadette later.
const CLASS_2025: &str = "2 3 4 5 7 8 10 11 13 14 15 17 18 19 20 33";

/// The same in September 2026. Bernadette wrote herself into her own sheet: that row proves
/// nothing, the others stand. Ngozi was on leave, Anjali exempt.
const CLASS_2026: &str = "2 4 7 8 10 11 12 13 14 15 17 18 19 20 23 33";

/// Who works at the west office.
const WEST: &str = "6 9 16 21";

/// Who was really there in October 2025: Kwame stands on the first sheet and could not come.
/// The correction takes its place, and he was trained two weeks later.
const WEST_2025: &str = "6 16 21";

/// First days at work with blood, by edition.
const FIRST_DAYS: &[(&str, &str)] = &[
    ("2024", "w-0021 2025-01-13"),
    ("2024", "w-0015 2025-01-28"),
    ("2024", "w-0011 2025-03-03"),
    ("2024", "w-0020 2025-09-02"),
    ("2025", "w-0023 2026-02-02"),
    ("2025", "w-0024 2026-11-02"),
];

pub fn all(clinic: &mut Folder, root: Sha256) -> Made<()> {
    for (place, who, day) in [("main", MEETING, "2025-03-12"), ("west", "6 9 16", "2025-03-13")] {
        let sheet = Sheet::of("hipaa-privacy", "2025", Outcome::Completed).method("classroom");
        let sheet = sheet.session(MANAGER, OFFICER, place, 60, &format!("the list of {day}"))?;
        sheet.rows(on(day, who)).signed_by(clinic, root, &[MANAGER])?;
    }
    for (edition, row) in FIRST_DAYS {
        blood(edition, NURSE, TRAINER, "main", 45, row.to_string(), row)?.signed_by(
            clinic,
            root,
            &[TRAINER],
        )?;
    }
    for (place, who, day) in
        [("main", CLASS_2025, "2025-10-07"), ("main", CLASS_2026, "2026-09-29"), ("west", WEST, "2026-10-01")]
    {
        let sheet = blood("2025", NURSE, TRAINER, place, 60, on(day, who), day)?;
        sheet.signed_by(clinic, root, &[TRAINER])?;
    }
    let first = blood("2025", NURSE, TRAINER, "west", 60, on("2025-10-09", WEST), "2025-10-09")?;
    let payload = first.signed_by(clinic, root, &[TRAINER])?;
    let second = first.rows(on("2025-10-09", WEST_2025)).supersedes(payload);
    second.signed_by(clinic, root, &[TRAINER])?;
    let late = blood("2025", NURSE, TRAINER, "west", 60, on("2025-10-23", "9"), "2025-10-23")?;
    late.signed_by(clinic, root, &[TRAINER])?;
    let sheet = blood("2025", PRACTITIONER, OTHER_TRAINER, "main", 60, on("2025-10-13", "12"), "2025-10-13")?;
    sheet.signed_by(clinic, root, &[OTHER_TRAINER])?;
    Ok(())
}

fn blood(
    edition: &'static str,
    qualification: &str,
    trainer: &str,
    place: &str,
    minutes: u32,
    rows: String,
    scan: &str,
) -> Made<Sheet> {
    let sheet = Sheet::of("bloodborne-pathogens", edition, Outcome::Completed).method("classroom");
    let sheet = sheet.session(trainer, qualification, place, minutes, &format!("the sheet of {scan}"))?;
    Ok(sheet.rows(rows))
}

/// Rows of one day, from the numbers of the people who were there.
fn on(day: &str, who: &str) -> String {
    let row = |number: &str| format!("w-{number:0>4} {day}\n");
    who.split_whitespace().map(row).collect()
}
