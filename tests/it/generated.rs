//! Exports of 200 people and 200 of their courses, made so that what becomes of each row is known.

use std::fmt::Write as _;

use crate::exports::{Exports, whole_job};

/// Of ten people in a row, three have dates that contradict their status and one has left.
fn roster() -> String {
    let mut csv = String::from(
        "\u{feff}EmployeeID,FirstName,LastName,StartDate,ExitDate,Title,Supervisor,ADEmail,BusinessUnit,EmployeeStatus,EmployeeType,PayZone,DOB,RaceDesc,MaritalDesc\r\n",
    );
    for n in 0..200 {
        let (status, exit) = match n % 10 {
            3 => ("Active", "2/28/2023"),
            5 => ("Leave of Absence", "3/1/2023"),
            7 => ("Future Start", ""),
            9 => ("Voluntarily Terminated", "3/31/2023"),
            _ => ("Active", ""),
        };
        let id = 1001 + n;
        let day = n % 28 + 1;
        writeln!(
            csv,
            "{id},First{n},Last{n},9/{day}/2019,{exit},Technician {},Boss {n},p{n}@example.org,NORTH,{status},Full-Time,Zone A,7/10/1969,Hispanic,Widowed\r",
            n % 4
        )
        .unwrap();
    }
    csv
}

/// One row a person: every tenth of a day before its worker was hired.
fn courses() -> String {
    let titles = [
        "Communication Skills",
        "Project Management",
        "Technical Skills",
        "Leadership Development",
        "Customer Service",
    ];
    let mut csv = String::from(
        "EmployeeID,TrainingDate,TrainingProgramName,TrainingType,TrainingOutcome,Location,Trainer,TrainingDurationDays,TrainingCost\r\n",
    );
    for n in 0..200 {
        let year = if n % 10 == 0 { 2018 } else { 2023 };
        let outcome = ["Passed", "Completed", "Failed", "Incomplete"][n / 10 % 4];
        let (id, day, title) = (1001 + n, n % 28 + 1, titles[n % 5]);
        writeln!(csv, "{id},5/{day}/{year},{title},Internal,{outcome},Port Greg,Amanda Daniels,4,510.83\r")
            .unwrap();
    }
    csv
}

#[test]
fn two_hundred_people_and_their_courses() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hris-employees.csv"), roster()).unwrap();
    std::fs::write(folder.path().join("lms-training.csv"), courses()).unwrap();
    whole_job(&Exports {
        data: folder.path(),
        roster_rejects: &[
            ("active with an exit date in the past", 20),
            ("on leave with an exit date in the past", 20),
            ("future start in the past", 20),
        ],
        completions: 120,
        completions_rejects: &[
            ("a worker who is not in the roster", 60),
            ("before the worker was hired", 20),
        ],
        after_exit: 20,
        first_person: "w-1001",
    });
}
