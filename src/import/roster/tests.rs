use super::*;
use crate::import::map;
use crate::record::reader::{FromNode, Reader};
use crate::record::roster::Roster;
use crate::yaml::people;

const MAP: &str = "apiVersion: duly/v1
kind: RosterMap
id: {column: ID, prefix: w-}
name: [First, Last]
start: {column: Start, format: M/D/YYYY}
end: {column: Exit, format: M/D/YYYY, empty: [never]}
type: {column: Type, values: {FT: full-time, PT: part-time}, others: reject}
roles: {column: Title, separator: \";\"}
location: Site
manager: {column: Boss, by: name}
leave: {from: {column: Away, format: M/D/YYYY}}
status: {column: Status, active: [Active], left: [Gone], leave: [Away], future: [Soon], ignore: [Test]}
";

const HEADER: &str = "ID,First,Last,Start,Exit,Type,Title,Site,Boss,Away,Status,DOB\n";

fn organization() -> Organization {
    let text = "apiVersion: duly/v1\nkind: Organization\nname: X\ntimezone: UTC\nroles: [nurse]\nemployment_types: [full-time, part-time]\n";
    let node = people::read("duly.yaml", text.as_bytes()).unwrap();
    Organization::from_node(&node, &mut Reader::new("duly.yaml")).unwrap()
}

fn workers(yaml: &str) -> Vec<Worker> {
    let text = format!("apiVersion: duly/v1\nkind: Roster\nworkers:\n{yaml}");
    let node = people::read("roster/x.yaml", text.as_bytes()).unwrap();
    let mut reader = Reader::new("roster/x.yaml");
    let roster = Roster::from_node(&node, &mut reader).unwrap();
    assert!(reader.findings.is_empty(), "{:?}", reader.findings);
    roster.workers
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Plans rows against a roster, as of 2026-03-01.
fn planned(rows: &str, have: &[Worker], change: impl Fn(&mut Input<'_>)) -> Result<Plan, ImportError> {
    let map: RosterMap = map::read("map.yaml", MAP.as_bytes()).unwrap();
    let text = format!("{HEADER}{rows}");
    let table = Table::read(text.as_bytes(), b',').unwrap();
    let (by_hand, organization) = (HashSet::new(), organization());
    let mut input = Input {
        table: &table,
        map: &map,
        workers: have,
        by_hand: &by_hand,
        organization: &organization,
        as_of: day("2026-03-01"),
        end_missing: None,
        allow_ending: false,
    };
    change(&mut input);
    plan(input)
}

fn plain(rows: &str, have: &[Worker]) -> Plan {
    planned(rows, have, |_| {}).unwrap()
}

fn block(worker: &Worker) -> String {
    crate::import::roster_write::emit::worker(worker)
}

/// The roster after a plan.
fn after(plan: &Plan, have: &[Worker]) -> Vec<Worker> {
    let changed =
        |w: &Worker| plan.changed.iter().find(|c| c.worker.id.value == w.id.value).map(|c| &c.worker);
    have.iter().map(|w| changed(w).unwrap_or(w)).chain(&plan.new).cloned().collect()
}

const ANA: &str = "1,Ana,Ruiz,9/20/2019,,FT,Nurse;Head of Ward,Main St.,Bo Li,,Active,7/10/1969\n";
const BO: &str = "2,Bo,Li,1/2/2020,never,PT,Nurse,Main St.,,,Active,30-08-1965\n";

#[test]
fn new_people_are_taken_over_and_twice_changes_nothing() {
    let rows = format!("{ANA}{BO}");
    let plan = plain(&rows, &[]);
    assert_eq!((plan.new.len(), plan.rejects.len()), (2, 0));
    let wanted = "  - id: w-1
    name: \"Ana Ruiz\"
    employment: [{start: 2019-09-20, type: full-time}]
    roles:
      - nurse
      - head-of-ward
    managers: [worker/w-2]
    location: [main-st]
";
    assert_eq!(block(&plan.new[0]), wanted);
    assert_eq!(plan.dropped, ["DOB"]);
    let again = plain(&rows, &after(&plan, &[]));
    assert_eq!((again.unchanged, again.new.len(), again.changed.len()), (2, 0, 0));
}

#[test]
fn words_that_are_not_declared_are_listed_with_their_titles() {
    let plan = plain(ANA, &[]);
    let words: Vec<_> =
        plan.undeclared.iter().map(|u| (u.list.field(), u.id.as_str(), u.title.as_deref())).collect();
    assert_eq!(
        words,
        [("roles", "head-of-ward", Some("Head of Ward")), ("locations", "main-st", Some("Main St."))]
    );
}

#[test]
fn what_does_not_fit_together_is_rejected_with_every_reason() {
    let reasons = |row: &str| -> Vec<&'static str> {
        let plan = plain(&format!("{row}\n"), &[]);
        assert!(plan.new.is_empty());
        plan.rejects[0].reasons.iter().map(|r| r.kind).collect()
    };
    let row = |start: &str, exit: &str, away: &str, status: &str| {
        reasons(&format!("1,Ana,Ruiz,{start},{exit},FT,Nurse,Main,,{away},{status},"))
    };
    assert_eq!(row("1/1/2020", "2/1/2026", "", "Active"), ["active with an exit date in the past"]);
    assert_eq!(row("1/1/2020", "2/28/2026", "", "Active"), ["active with an exit date in the past"]);
    assert_eq!(row("1/1/2020", "1/1/2019", "", "Gone"), ["exit before start"]);
    assert_eq!(row("1/1/2020", "", "", "Gone"), ["left without an exit date"]);
    assert_eq!(row("1/1/2020", "4/1/2026", "", "Gone"), ["left with an exit date to come"]);
    assert_eq!(row("1/1/2020", "", "", "Away"), ["on leave without dates"]);
    assert_eq!(
        row("1/1/2020", "1/1/2021", "", "Away"),
        ["on leave with an exit date in the past", "on leave without dates"]
    );
    assert_eq!(row("1/1/2020", "", "", "Soon"), ["future start in the past"]);
    assert_eq!(row("1/1/2020", "", "", "Retired?"), ["a status that the map does not list"]);
    assert_eq!(row("", "", "", "Active"), ["no start date"]);
    assert_eq!(row("2/30/2020", "13/1/2020", "", "Active"), ["a date that cannot be read"; 2]);
    assert_eq!(reasons(",Ana,Ruiz,1/1/2020,,FT,,,,,Active,"), ["no id"]);
    assert_eq!(reasons("A B,Ana,Ruiz,1/1/2020,,FT,,,,,Active,"), ["an id that cannot be read"]);
    assert_eq!(reasons("1,Ana,Ruiz,1/1/2020,,,,,,,Active,"), ["no type of employment"]);
    assert_eq!(reasons("1,Ana,Ruiz,1/1/2020,,Zero,,,,,Active,"), ["a value that the map does not list"]);
    assert_eq!(reasons("1,Ana,R\u{202e}uiz,1/1/2020,,FT,,,,,Active,"), ["a character that cannot stand"]);
    assert_eq!(reasons("1,Ana,Ru\u{fffd}z,1/1/2020,,FT,,,,,Active,"), ["a character that cannot stand"]);
    assert_eq!(reasons("1,Ana,123-45-6789,1/1/2020,,FT,,,,,Active,")[0], "a value that looks private");
    assert_eq!(reasons("1,123,45-6789,1/1/2020,,FT,,,,,Active,"), ["a value that looks private"]);
    assert_eq!(reasons("1,ragged"), ["a row that cannot be read"]);
}

#[test]
fn the_ends_that_fit_are_taken_over() {
    let have = |row: &str| {
        let plan = plain(&format!("{row}\n"), &[]);
        assert!(plan.rejects.is_empty(), "{:?}", plan.rejects);
        block(&plan.new[0])
    };
    assert!(have("1,A,R,1/1/2020,3/1/2026,FT,,,,,Active,").contains("end: 2026-03-01"));
    assert!(have("1,A,R,1/1/2020,3/1/2026,FT,,,,,Gone,").contains("end: 2026-03-01"));
    assert!(have("1,A,R,3/1/2026,,FT,,,,,Soon,").contains("start: 2026-03-01"));
    assert!(have("1,A,R,1/1/2020,,FT,,,,2/1/2026,Away,").contains("leave: [{from: 2026-02-01}]"));
    assert_eq!(plain("1,A,R,x,x,x,,,,,Test,\n", &[]).ignored, 1);
}

#[test]
fn a_leave_that_the_roster_knows_needs_no_date() {
    let have = workers(
        "  - id: w-1\n    name: A R\n    employment: [{start: 2020-01-01, type: full-time}]\n    leave: [{from: 2026-02-01}]\n",
    );
    let row = "1,A,R,1/1/2020,,FT,,,,,Away,\n";
    assert_eq!(plain(row, &have).unchanged, 1);
    let back = plain(&row.replace("Away", "Active"), &have);
    assert_eq!(back.changed[0].what, ["leave"]);
    assert!(block(&back.changed[0].worker).contains("leave: [{from: 2026-02-01, until: 2026-02-28}]"));
}

#[test]
fn an_id_in_several_rows_is_nobodys_guess() {
    let differ = ANA.replace("Nurse", "Clerk");
    let plan = plain(&format!("{ANA}{BO}{differ}"), &[]);
    assert_eq!(plan.new.len(), 1);
    assert_eq!(plan.rejects.iter().map(|r| r.row).collect::<Vec<_>>(), [2, 4]);
    assert!(plan.rejects[0].reason().contains("2, 4"));
    let same = plain(&format!("{ANA}{ANA}"), &[]);
    assert_eq!((same.new.len(), same.repeated), (1, 1));
}

#[test]
fn a_new_export_changes_what_changed_and_keeps_the_history() {
    let have = workers(
        "  - id: w-1\n    name: Ana Ruiz\n    employment: [{start: 2019-09-20, type: full-time}]\n    roles: [clerk]\n    location: main\n    attributes: [x-ray]\n",
    );
    let plan = plain("1,Ana,Ruiz,9/20/2019,,PT,Nurse,Main,,,Active,\n", &have);
    assert_eq!(plan.changed[0].what, ["employment", "role"]);
    let wanted = "  - id: w-1
    name: \"Ana Ruiz\"
    employment:
      - {start: 2019-09-20, end: 2026-02-28, type: full-time}
      - {start: 2026-03-01, type: part-time}
    roles:
      - {role: clerk, until: 2026-02-28}
      - {role: nurse, from: 2026-03-01}
    location: [main]
    attributes: [x-ray]
";
    assert_eq!(block(&plan.changed[0].worker), wanted);
}

#[test]
fn whoever_comes_back_starts_again() {
    let have = workers(
        "  - id: w-1\n    name: Ana Ruiz\n    employment: [{start: 2019-09-20, end: 2024-12-31, type: full-time}]\n    roles: [clerk]\n",
    );
    let plan = plain("1,Ana,Ruiz,2/1/2026,,FT,Nurse,,,,Active,\n", &have);
    let text = block(&plan.changed[0].worker);
    assert!(text.contains("- {start: 2026-02-01, type: full-time}"), "{text}");
    assert!(
        text.contains("- {role: clerk, until: 2026-01-31}\n      - {role: nurse, from: 2026-02-01}"),
        "{text}"
    );
}

fn many(count: usize) -> (Vec<Worker>, Vec<String>) {
    let rows: Vec<String> = (1..=count).map(|n| format!("{n},A,R,1/1/2020,,FT,,,,,Active,\n")).collect();
    (plain(&rows.concat(), &[]).new, rows)
}

#[test]
fn a_sync_that_ends_more_than_a_tenth_stops() {
    let (have, rows) = many(20);
    let gone = |n: usize| -> String {
        let left = |row: &String| row.replace(",,FT", ",2/1/2026,FT").replace("Active", "Gone");
        rows.iter().take(n).map(left).chain(rows.iter().skip(n).cloned()).collect()
    };
    assert_eq!(plain(&gone(2), &have).ended.len(), 2);
    let error = planned(&gone(3), &have, |_| {}).unwrap_err().to_string();
    assert_eq!(
        error,
        "this would end the employment of 3 of 20 people, among them w-1, w-10, w-11"
            .replace("w-10, w-11", "w-2, w-3")
    );
    let told = planned(&gone(3), &have, |input| input.allow_ending = true).unwrap();
    assert_eq!(told.ended.len(), 3);
    let to_come = gone(3).replace("Gone", "Active").replace("2/1/2026", "6/1/2026");
    assert!(planned(&to_come, &have, |_| {}).is_err(), "an end to come is an end");
}

#[test]
fn whom_the_export_lacks_is_reported_and_ended_only_when_told() {
    let (have, rows) = many(20);
    let rows = rows[..19].concat();
    let plan = plain(&rows, &have);
    assert_eq!((plan.missing.len(), plan.changed.len(), plan.unchanged), (1, 0, 19));
    let end = |input: &mut Input<'_>| input.end_missing = Some(day("2026-02-15"));
    let plan = planned(&rows, &have, end).unwrap();
    assert!(block(&plan.changed[0].worker).contains("end: 2026-02-15"));
    let again = planned(&rows, &after(&plan, &have), end).unwrap();
    assert_eq!((again.missing.len(), again.changed.len()), (0, 0));
    let faulty = format!("{rows},No,Id,1/1/2020,,FT,,,,,Active,\n");
    assert!(planned(&faulty, &have, end).is_err(), "the row without id could be the missing worker");
    let rejected = rows.replace("19,A,R,1/1/2020", "19,A,R,soon");
    let plan = planned(&rejected, &have, end).unwrap();
    assert_eq!(plan.missing.len(), 1, "a rejected row still lists its worker");
}

#[test]
fn files_written_by_hand_are_left_alone() {
    let (have, rows) = many(2);
    let by_hand: HashSet<Id> = have.iter().map(|w| w.id.value.clone()).collect();
    let rows = format!("{}{}", rows[0], rows[1].replace("A,R", "Bo,Li"));
    let map: RosterMap = map::read("map.yaml", MAP.as_bytes()).unwrap();
    let text = format!("{HEADER}{rows}");
    let table = Table::read(text.as_bytes(), b',').unwrap();
    let organization = organization();
    let plan = plan(Input {
        table: &table,
        map: &map,
        workers: &have,
        by_hand: &by_hand,
        organization: &organization,
        as_of: day("2026-03-01"),
        end_missing: None,
        allow_ending: false,
    })
    .unwrap();
    assert_eq!(plan.changed.len(), 0);
    assert_eq!(plan.by_hand, [(Id::parse("w-2").unwrap(), vec!["name"])]);
}

#[test]
fn managers_who_cannot_be_found_are_left_out_and_counted() {
    let rows = format!(
        "{ANA}{BO}3,Bo,Li,1/2/2020,,PT,Nurse,,,,Active,\n4,Cy,Fox,1/2/2020,,PT,Nurse,,Nobody Known,,Active,\n5,Di,Day,1/2/2020,,PT,,,Di Day,,Active,\n"
    );
    let plan = plain(&rows, &[]);
    assert!(plan.new.iter().all(|w| w.managers.is_empty()));
    let left_out: Vec<_> = plan.managers_left_out.into_iter().collect();
    assert_eq!(
        left_out,
        [("could be several people", 1), ("is not in the roster", 1), ("is the worker themselves", 1)]
    );
}

proptest::proptest! {
    /// Whatever an export says, importing it a second time changes nothing, also a month later.
    #[test]
    fn twice_changes_nothing(
        old in proptest::collection::vec((1u8..6, 0usize..4, 0usize..4, 0usize..3, 0usize..4), 1..6),
        new in proptest::collection::vec((1u8..6, 0usize..4, 0usize..4, 0usize..3, 0usize..4), 1..6),
    ) {
        let row = |(id, start, title, kind, state): &(u8, usize, usize, usize, usize)| {
            let start = ["1/1/2020", "6/1/2021", "2/1/2026", "5/1/2026"][*start];
            let title = ["", "Nurse", "Clerk", "Nurse;Clerk"][*title];
            let site = ["Main", "North", ""][*kind];
            let kind = ["FT", "PT", "FT"][*kind];
            let (exit, away, status) =
                [("", "", "Active"), ("2/1/2026", "", "Gone"), ("", "2/1/2026", "Away"), ("9/1/2026", "", "Active")][*state];
            format!("{id},A,R{id},{start},{exit},{kind},{title},{site},,{away},{status},\n")
        };
        let first: String = old.iter().map(row).collect();
        let second: String = new.iter().map(row).collect();
        let told = |input: &mut Input<'_>| input.allow_ending = true;
        let one = planned(&first, &[], told).unwrap();
        let have = after(&one, &[]);
        let later = |input: &mut Input<'_>| {
            input.allow_ending = true;
            input.as_of = day("2026-04-01");
        };
        let two = planned(&second, &have, later).unwrap();
        let have = after(&two, &have);
        for as_of in ["2026-04-01", "2026-04-20"] {
            let again = planned(&second, &have, |input| { input.allow_ending = true; input.as_of = day(as_of); }).unwrap();
            let changed: Vec<_> = again.changed.iter().map(|c| (block(&c.worker), c.what.clone())).collect();
            proptest::prop_assert!(again.new.is_empty() && changed.is_empty(), "{:?}", changed);
        }
    }
}
