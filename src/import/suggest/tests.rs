use super::*;
use crate::import::map::{self, CompletionsMap, RosterMap};

const HR: &[u8] = b"\xef\xbb\xbfEmployeeID,FirstName,LastName,StartDate,ExitDate,Title,Supervisor,ADEmail,EmployeeStatus,EmployeeType,PayZone,DOB,LocationCode
1,Ana,Ruiz,9/20/2019,,Nurse,Bo Li,ana@example.org,Active,Full-Time,Zone C,7/10/1969,34904
2,Bo,Li,1/2/2020,3/4/2021,\"Head \"\"A\"\" Nurse\",,bo@example.org,Voluntarily Terminated,Contract,Zone A,30-08-1965,6593
3,Cy,Fox,1/3/2020,,Nurse,,cy@example.org,Sleeping,Contract,Zone A,4/4/1998,6593
";

#[test]
fn a_map_for_an_hr_export() {
    let table = Table::read(HR, b',').unwrap();
    let text = roster(&table, b',');
    let wanted = "apiVersion: duly/v1
kind: RosterMap
# Look through every line, replace each CHOOSE, and keep this file in git.
id: {column: \"EmployeeID\", prefix: w-}
# Names and addresses stay in git for good. Leave both lines out to work with ids alone.
name: [\"FirstName\", \"LastName\"]
email: \"ADEmail\"
start: {column: \"StartDate\", format: M/D/YYYY}
# ExitDate: M/D/YYYY or D/M/YYYY? Both read all dates, as in \"3/4/2021\"
end: {column: \"ExitDate\", format: CHOOSE}
type:
  column: \"EmployeeType\"
  values:
    \"Contract\": contract  # 2
    \"Full-Time\": full-time  # 1
roles:
  column: \"Title\"
  values:
    \"Nurse\": nurse  # 2
    \"Head \\\"A\\\" Nurse\": head-a-nurse  # 1
# A location decides the time zone; duly.yaml can give each its own.
location:
  column: \"LocationCode\"
  values:
    \"6593\": \"6593\"  # 2
    \"34904\": \"34904\"  # 1
manager: {column: \"Supervisor\", by: name}
# Rows whose status and dates contradict each other are rejected. Without `status` the dates alone count.
status:
  column: \"EmployeeStatus\"
  active: [\"Active\"]
  left: [\"Voluntarily Terminated\"]
# CHOOSE active, left, leave, future or ignore for \"Sleeping\" (1 rows)
# Never taken over, because nothing here may hold it: PayZone, DOB
";
    assert_eq!(text, wanted);
    let left = map::read::<RosterMap>("m", text.as_bytes()).unwrap_err();
    assert_eq!(left.len(), 1, "only the CHOOSE is left: {left:?}");
    assert!(map::read::<RosterMap>("m", text.replace("CHOOSE}", "M/D/YYYY}").as_bytes()).is_ok());
}

#[test]
fn a_map_for_a_learning_export() {
    let csv = b"EmployeeID;TrainingDate;TrainingProgramName;TrainingOutcome\n1;9/21/2022;Customer: Service;Failed\n2;7/19/2023;Yoga;Dozed\n";
    let table = Table::read(csv, delimiter_of(csv)).unwrap();
    let text = completions(&table, b';', None);
    let filled = text.replace(": CHOOSE  #", ": passed  #");
    let map = map::read::<CompletionsMap>("m", filled.as_bytes()).unwrap();
    assert_eq!(map.delimiter, b';');
    assert!(map.courses.contains_key("Customer: Service"));
    let left = map::read::<CompletionsMap>("m", text.as_bytes()).unwrap_err();
    assert_eq!(left.len(), 3, "two courses and an outcome: {left:?}");
}

#[test]
fn hostile_headers_stay_text() {
    let csv =
        "Employee ID\": x,\"Start Date\n# y: [\",\"Title\u{1b}[2J\",\"Status\"\n1,2020-01-01,\"a\": \"\n";
    let Ok(table) = Table::read(csv.as_bytes(), b',') else { return };
    for text in [roster(&table, b','), completions(&table, b',', None)] {
        assert!(crate::yaml::people::read("m", text.as_bytes()).is_ok(), "{text}");
        assert!(!text.contains('\u{1b}'));
    }
}

proptest::proptest! {
    #[test]
    fn every_suggestion_is_yaml(header in "(id|Employee ID|Start Date|Title|Status|Course|[\\PC]{0,6})(,(Title|Date|Outcome|\"[\\PC]{0,8}\")){0,4}", cells in "[\\PC\n,]{0,60}") {
        let bytes = format!("{header}\n{cells}");
        if let Ok(table) = Table::read(bytes.as_bytes(), b',') {
            for text in [roster(&table, b','), completions(&table, b',', None)] {
                proptest::prop_assert!(crate::yaml::people::read("m", text.as_bytes()).is_ok(), "{}", text);
            }
        }
    }
}

#[test]
fn a_value_too_long_for_a_name_is_not_listed() {
    let (long, fits) = ("x".repeat(1_100), "y".repeat(900));
    let csv = format!(
        "ID,Course,Result,Title,Status\n1,{long},{long},{long},{long}\n2,{fits},{fits},{fits},{fits}\n"
    );
    let table = Table::read(csv.as_bytes(), b',').unwrap();
    for text in [completions(&table, b',', None), roster(&table, b',')] {
        crate::yaml::people::read("map.yaml", text.as_bytes()).unwrap();
        assert!(!text.contains(&format!("{long}\": ")), "{text}");
    }
    let text = completions(&table, b',', None);
    assert_eq!(text.matches("# 1 values are too long to be listed here").count(), 2, "{text}");
    assert_eq!(text.matches(&fits).count(), 2);
}
