//! What lay in binders and spreadsheets before the record began: one sheet for each
//! requirement, signed in one go and marked as imported. Each names the digest of what was
//! scanned.

use duly::record::attestation::{Origin, Outcome};
use duly::record::digest::Sha256;

use super::super::Made;
use super::super::folder::Folder;
use super::super::people::OFFICE_RECORDS;
use super::super::sheet::Sheet;

/// The old learning system's export of 2024. Kwame's is of a leap day.
const SECURITY: &str = "
    w-0001 2024-03-04 score=100
    w-0002 2024-03-05 score=90
    w-0003 2024-03-05 score=100
    w-0004 2024-04-11 score=80
    w-0005 2024-03-07 score=90
    w-0006 2024-03-21 score=100
    w-0007 2024-10-28 score=90
    w-0008 2024-03-06 score=100
    w-0009 2024-02-29 score=90
    w-0010 2024-03-12 score=90
    w-0012 2024-03-04 score=100
    w-0013 2024-03-13 score=80
    w-0014 2024-03-19 score=90
    w-0015 2024-02-19 score=90
    w-0016 2024-03-20 score=100
    w-0017 2024-03-11 score=90
    w-0018 2024-03-14 score=80
    w-0019 2024-06-24 score=90
    w-0022 2024-03-18 score=80
    w-0023 2024-03-13 score=90
    w-0025 2024-03-06 score=90
    w-0026 2024-03-27 score=80
    w-0027 2024-03-26 score=90
    w-0028 2024-09-30 score=100
    w-0030 2024-03-07 score=100
    w-0031 2024-03-08 score=80
    w-0032 2024-04-02 score=90
    w-0033 2024-04-15 score=80
    w-0034 2024-11-18 score=100
    w-0036 2024-03-15 score=90";

/// The privacy talk of the first week, from the binder.
const PRIVACY: &str = "
    w-0001 2019-03-11
    w-0002 2017-08-03
    w-0003 2018-06-25
    w-0004 2020-01-13
    w-0005 2021-09-20
    w-0006 2022-02-08
    w-0007 2024-10-14
    w-0008 2019-11-12
    w-0009 2023-05-22
    w-0010 2022-07-18
    w-0012 2016-05-09
    w-0013 2021-03-29
    w-0014 2023-08-21
    w-0015 2024-02-12
    w-0016 2022-10-10
    w-0017 2019-09-16
    w-0018 2023-01-30
    w-0019 2024-06-17
    w-0022 2022-04-11
    w-0023 2020-02-10
    w-0025 2018-01-22
    w-0026 2023-11-13
    w-0027 2023-04-24
    w-0028 2024-09-23
    w-0030 2017-02-20
    w-0031 2021-06-08
    w-0032 2024-03-25
    w-0033 2020-08-24
    w-0034 2024-11-11
    w-0036 2019-05-28";

/// The statements that employees signed on paper.
const TEXAS: &str = "
    w-0001 2019-05-13
    w-0002 2017-09-25
    w-0003 2018-08-20
    w-0004 2020-03-02
    w-0005 2021-11-15
    w-0006 2022-04-11
    w-0007 2024-11-18
    w-0008 2020-01-13
    w-0009 2023-07-17
    w-0010 2022-09-12
    w-0012 2016-06-20
    w-0013 2021-05-17
    w-0014 2023-10-16
    w-0015 2024-04-15
    w-0016 2022-12-05
    w-0017 2019-11-11
    w-0018 2023-03-27
    w-0019 2024-08-19
    w-0022 2022-06-13
    w-0023 2020-04-06
    w-0025 2018-03-19
    w-0026 2024-01-15
    w-0027 2023-06-12
    w-0028 2024-11-22
    w-0030 2017-04-17
    w-0031 2021-08-09
    w-0032 2024-05-20
    w-0033 2020-10-19
    w-0036 2019-07-22";

/// The classes of October 2024. Hollis was not there: his is that of his first day.
const BLOOD: &str = "
    w-0002 2024-10-15
    w-0003 2024-10-15
    w-0004 2024-10-15
    w-0005 2024-10-15
    w-0006 2024-10-16
    w-0007 2024-10-15
    w-0008 2024-10-15
    w-0009 2024-10-16
    w-0010 2024-10-15
    w-0012 2024-10-15
    w-0013 2024-10-15
    w-0014 2024-10-15
    w-0015 2024-02-05
    w-0016 2024-10-16
    w-0017 2024-10-15
    w-0018 2024-10-15
    w-0019 2024-10-15
    w-0022 2024-10-15
    w-0023 2024-10-15
    w-0033 2024-10-15";

/// Licences, as looked up at the board before the record began.
const LICENCES: &str = "
    w-0012 2024-11-18 until=2026-04-30
    w-0013 2024-11-18 until=2025-07-31
    w-0014 2024-11-18 until=2025-09-30
    w-0015 2024-11-18 until=2026-12-31
    w-0016 2024-11-18 until=2025-03-31
    w-0023 2024-11-18 until=2025-10-31";

pub fn all(clinic: &mut Folder, root: Sha256) -> Made<()> {
    let sheets = [
        (Sheet::of("security-awareness", "2024", Outcome::Passed), SECURITY, "the old system's export"),
        (
            Sheet::of("hipaa-privacy", "2016", Outcome::Completed).method("classroom"),
            PRIVACY,
            "the blue binder",
        ),
        (
            Sheet::of("texas-medical-privacy", "2016", Outcome::Completed).method("paper"),
            TEXAS,
            "the statements",
        ),
        (
            Sheet::of("bloodborne-pathogens", "2024", Outcome::Completed).method("classroom"),
            BLOOD,
            "the red folder",
        ),
        (
            Sheet::of("nurse-licence", "", Outcome::Issued).method("board-lookup"),
            LICENCES,
            "the board's pages",
        ),
    ];
    for (sheet, rows, scan) in sheets {
        let sheet = sheet.origin(Origin::Imported).scan(scan).rows(rows);
        sheet.signed_by(clinic, root, &[OFFICE_RECORDS])?;
    }
    Ok(())
}
