use super::*;

const ROSTER: &str = "apiVersion: duly/v1
kind: RosterMap
id: {column: EmployeeID, prefix: w-}
name: [FirstName, LastName]
email: ADEmail
start: {column: StartDate, format: M/D/YYYY}
end: {column: ExitDate, format: M/D/YYYY, empty: [\"N/A\"]}
type: {column: EmployeeType, values: {Full-Time: full-time, Contract: contractor}, others: reject}
roles: Title
department: {column: DepartmentType}
location: {value: main}
manager: {column: Supervisor, by: name}
status:
  column: EmployeeStatus
  active: [Active]
  left: [\"Voluntarily Terminated\", Terminated for Cause]
  leave: [Leave of Absence]
  future: [Future Start]
";

fn code<M: Map + std::fmt::Debug>(text: &str) -> (&'static str, u32) {
    let findings = read::<M>("map.yaml", text.as_bytes()).expect_err(text);
    (findings[0].entry.code, findings[0].place.as_ref().unwrap().line)
}

#[test]
fn a_roster_map_is_read() {
    let map = read::<RosterMap>("map.yaml", ROSTER.as_bytes()).unwrap();
    assert_eq!(map.columns().len(), 11);
    let status = map.status.unwrap();
    assert_eq!(status.class("Terminated for Cause"), Some(StatusClass::Left));
    assert_eq!(status.class("active"), None);
    let Words::Column(kind) = map.kind else { panic!() };
    assert_eq!(kind.values["Contract"].as_str(), "contractor");
    assert_eq!(kind.others, Others::Reject);
}

#[test]
fn faults_of_a_roster_map_have_their_line() {
    let with = |from: &str, to: &str| {
        assert!(ROSTER.contains(from), "{from}");
        code::<RosterMap>(&ROSTER.replacen(from, to, 1))
    };
    assert_eq!(with("duly/v1", "duly/v9"), ("D121", 1));
    assert_eq!(with("RosterMap", "CompletionsMap"), ("D120", 1));
    assert_eq!(with("email: ADEmail", "emial: ADEmail"), ("D109", 5));
    assert_eq!(with("email: ADEmail", "email: DOB"), ("D601", 5));
    assert_eq!(with("{column: StartDate, format: M/D/YYYY}", "StartDate"), ("D110", 6));
    assert_eq!(with("format: M/D/YYYY}", "format: CHOOSE}"), ("D114", 6));
    assert_eq!(with("format: M/D/YYYY}", "format: M/D/YY}"), ("D114", 6));
    assert_eq!(with("contractor}", "Contractor}"), ("D114", 8));
    assert_eq!(with("{column: DepartmentType}", "{column: DepartmentType, separator: \";\"}"), ("D114", 10));
    assert_eq!(with("left: [", "left: [Active, "), ("D104", 16));
    assert_eq!(with("prefix: w-", "prefix: W-"), ("D114", 3));
    assert_eq!(with("by: name", "by: guess"), ("D114", 12));
}

#[test]
fn a_completions_map_is_read() {
    let text = "apiVersion: duly/v1
kind: CompletionsMap
delimiter: \";\"
subject: {column: EmployeeID, prefix: w-}
requirement:
  column: Course
  values:
    \"Security: basics\": {requirement: security, edition: \"2022\"}
    Privacy: privacy
  ignore: [Yoga]
date: {column: Day, format: YYYY-MM-DD}
outcome: {column: Result, values: {Passed: passed, Failed: failed}}
method: {value: online}
";
    let map = read::<CompletionsMap>("map.yaml", text.as_bytes()).unwrap();
    assert_eq!(map.delimiter, b';');
    assert_eq!(map.courses["Security: basics"].edition.as_ref().unwrap().as_str(), "2022");
    assert!(map.courses["Privacy"].edition.is_none());
    let with = |from: &str, to: &str| code::<CompletionsMap>(&text.replacen(from, to, 1));
    assert_eq!(with("ignore: [Yoga]", "ignore: [Privacy]"), ("D104", 10));
    assert_eq!(with("Privacy: privacy", "Privacy: CHOOSE"), ("D114", 9));
    assert_eq!(with("Failed: failed", "Failed: flunked"), ("D114", 12));
    assert_eq!(with("method: {value: online}\n", ""), ("D110", 1));
    assert_eq!(with("edition: \"2022\"", "edition: 2022"), ("D108", 8));
}

#[test]
fn columns_that_are_missing_or_private_stop_the_import() {
    let header = ROSTER.replace("status:\n", "# ").split("# ").next().unwrap().to_owned();
    let map = read::<RosterMap>("map.yaml", header.as_bytes()).unwrap();
    let csv = "EmployeeId,FirstName,LastName,ADEmail,StartDate,ExitDate,EmployeeType,Title,DepartmentType,Supervisor
1,Ana,123-45-6789,a@example.org,1/1/2020,,Contract,Nurse,Ward,
";
    let table = Table::read(csv.as_bytes(), b',').unwrap();
    let findings = check(&map, "map.yaml", &table).unwrap_err();
    let seen: Vec<_> = findings.iter().map(|f| (f.entry.code, f.place.as_ref().unwrap().line)).collect();
    assert_eq!(seen, [("D114", 3), ("D601", 4)]);
    assert_eq!(findings[0].help, "Did you mean \"EmployeeID\"?".replace("ID", "Id"));
}

#[test]
fn a_format_that_exchanges_month_and_day_stops_the_import() {
    let text = "apiVersion: duly/v1\nkind: RosterMap\nid: ID\nstart: {column: Start, format: D/M/YYYY}\ntype: {value: x}\n";
    let map = read::<RosterMap>("map.yaml", text.as_bytes()).unwrap();
    let rows = |dates: &[&str]| -> String { dates.iter().map(|d| format!("1,{d}\n")).collect() };
    let judge = |dates: &[&str]| {
        let csv = format!("ID,Start\n{}", rows(dates));
        check(&map, "map.yaml", &Table::read(csv.as_bytes(), b',').unwrap())
    };
    let findings = judge(&["9/20/2019", "2/3/2020", "1/31/2020", "1/30/2020"]).unwrap_err();
    assert_eq!(
        findings[0].message,
        "3 dates of the column \"Start\" are none as D/M/YYYY, and are dates as M/D/YYYY"
    );
    assert_eq!(findings[0].place.as_ref().unwrap().line, 4);
    assert!(judge(&["9/20/2019", "9/21/2019"]).is_ok(), "two rows are slips of those rows");
}

/// The file of its rejects would name row numbers as ids, and be imported again as such.
#[test]
fn a_column_with_a_name_of_the_rejects_stops_the_import() {
    let text = "apiVersion: duly/v1\nkind: RosterMap\nid: row\nstart: {column: Start, format: YYYY-MM-DD}\ntype: {value: x}\n";
    let judge = |text: &str, csv: &str| {
        let map = read::<RosterMap>("map.yaml", text.as_bytes()).unwrap();
        check(&map, "map.yaml", &Table::read(csv.as_bytes(), b',').unwrap())
    };
    let findings = judge(text, "row,Start\n1,2020-01-01\n").unwrap_err();
    assert_eq!(findings[0].message, "a file of rejects has a column \"row\" of its own");
    assert_eq!(findings[0].place.as_ref().unwrap().line, 3);
    assert!(judge(&text.replace("id: row", "id: Row"), "Row,Start\n1,2020-01-01\n").is_ok());
}

proptest::proptest! {
    #[test]
    fn any_map_is_read_without_a_panic(lines in proptest::collection::vec(
        proptest::sample::select(ROSTER.lines().collect::<Vec<_>>()), 0..20), at in 0usize..400, junk in "\\PC{0,3}") {
        let mut text = lines.join("\n");
        if text.is_char_boundary(at) && at < text.len() {
            text.insert_str(at, &junk);
        }
        let _ = read::<RosterMap>("map.yaml", text.as_bytes());
        let _ = read::<CompletionsMap>("map.yaml", text.as_bytes());
    }
}
