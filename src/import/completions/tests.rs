use super::*;
use crate::import::map;
use crate::source::{Entry, Listing, Source};

/// A repository in memory.
struct Memory(BTreeMap<&'static str, String>);

impl Source for Memory {
    fn list(&self, _: &dyn Fn(&str) -> bool) -> Listing {
        let entry =
            |(path, text): (&&str, &String)| Entry { path: (*path).to_owned(), size: text.len() as u64 };
        Listing { entries: self.0.iter().map(entry).collect(), findings: Vec::new() }
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        self.0.get(path).map(|t| t.clone().into_bytes()).ok_or_else(|| std::io::ErrorKind::NotFound.into())
    }
}

const POLICY: &str = "apiVersion: duly/v1
kind: Policy
requirements:
  - id: security
    title: Security
    type: training
    applies_to: everyone
    due: {within: 30 days}
    signed_by: [[issuer]]
    declaration: Recorded by the learning system.
    evidence: {min_score: 80}
    editions:
      - {edition: \"2022\", document: documents/a.md, sha256: \"SUM\", published: 2022-01-01}
      - {edition: \"2023\", material: outline, published: 2023-01-01}
  - id: licence
    title: Licence
    type: certification
    applies_to: everyone
    due: {within: 30 days}
    signed_by: [[issuer]]
";

const ROSTER: &str = "apiVersion: duly/v1
kind: Roster
workers:
  - {id: w-1, employment: [{start: 2022-06-01, type: x}]}
  - {id: w-2, employment: [{start: 2020-01-01, end: 2022-12-31, type: x}]}
";

const ORGANIZATION: &str = "apiVersion: duly/v1
kind: Organization
name: X
timezone: UTC
employment_types: [x]
history_begins: 2026-01-01
";

const MAP: &str = "apiVersion: duly/v1
kind: CompletionsMap
subject: {column: ID, prefix: w-}
requirement:
  column: Course
  values:
    Sec: security
    Sec 22: {requirement: security, edition: \"2022\"}
    Sec 24: {requirement: security, edition: \"2024\"}
    Licence: licence
    Lost: lost
  ignore: [Yoga]
date: {column: Day, format: YYYY-MM-DD}
outcome: {column: Result, values: {P: passed, F: failed, I: incomplete}}
expires: {column: Expires, format: YYYY-MM-DD}
score: Score
method: How
";

fn ledger(roster: &str) -> Ledger {
    let sum = Sha256::of(b"text").to_string();
    let files = [
        ("duly.yaml", ORGANIZATION.to_owned()),
        ("policies/documents/a.md", "text".to_owned()),
        ("policies/p.yaml", POLICY.replace("SUM", &sum)),
        ("roster/r.yaml", roster.to_owned()),
    ];
    let ledger = Ledger::load(&Memory(files.into_iter().collect()));
    assert!(ledger.findings.is_empty(), "{:?}", ledger.findings);
    ledger
}

fn planned(rows: &str) -> Plan {
    planned_with(rows, MAP)
}

fn planned_with(rows: &str, map: &str) -> Plan {
    planned_in(rows, map, &ledger(ROSTER))
}

fn planned_in(rows: &str, map: &str, ledger: &Ledger) -> Plan {
    let map: CompletionsMap = map::read("map.yaml", map.as_bytes()).unwrap();
    let text = format!("ID,Course,Day,Result,Expires,Score,How,Trainer\n{rows}");
    let table = Table::read(text.as_bytes(), b',').unwrap();
    let today = Date::parse("2026-03-01").unwrap();
    plan(Input { table: &table, map: &map, ledger, audience: Sha256::of(b"root"), today })
}

fn reasons(row: &str) -> Vec<&'static str> {
    let plan = planned(&format!("{row}\n"));
    assert_eq!(plan.imported, 0);
    plan.rejects[0].reasons.iter().map(|r| r.kind).collect()
}

#[test]
fn rows_become_sheets_by_requirement_edition_month_and_method() {
    let plan = planned(
        "2,Sec,2022-07-09,P,,95,Online,x\n1,Sec,2022-07-01,F,,12.5,Online,x\n1,Sec,2022-07-02,P,,80%,Online,x\n1,Sec,2023-07-02,P,,,Online,x\n1,Sec 22,2023-07-02,P,,,Online,x\n1,Sec,2022-08-01,I,,,Paper,x\n",
    );
    assert!(plan.rejects.is_empty(), "{:?}", plan.rejects);
    let sheets: Vec<_> = plan
        .attestations
        .iter()
        .map(|a| {
            (a.edition.as_ref().map(|e| e.to_string()).unwrap(), a.method.to_string(), a.completions.len())
        })
        .collect();
    let sheet = |edition: &str, method: &str, rows| (edition.to_owned(), method.to_owned(), rows);
    assert_eq!(
        sheets,
        [
            sheet("2022", "online", 3),
            sheet("2022", "paper", 1),
            sheet("2022", "online", 1),
            sheet("2023", "online", 1)
        ]
    );
    let first = &plan.attestations[0];
    assert_eq!(first.origin, Origin::Imported);
    assert_eq!(first.document, Some(Sha256::of(b"text")));
    assert_eq!(first.audience, Sha256::of(b"root"));
    assert_eq!(first.declaration.as_deref(), Some("Recorded by the learning system."));
    let rows: Vec<_> =
        first.completions.iter().map(|c| (c.subject.to_string(), c.outcome, c.score)).collect();
    let row = |who: &str, outcome, score| (who.to_owned(), outcome, Some(score));
    assert_eq!(
        rows,
        [
            row("worker/w-1", Outcome::Failed, 1250),
            row("worker/w-1", Outcome::Passed, 8000),
            row("worker/w-2", Outcome::Passed, 9500)
        ]
    );
    assert_eq!(plan.attestations[3].document, None);
    assert_eq!(plan.dropped, ["Trainer"]);
    assert_eq!(plan.outcomes[&Outcome::Passed], 4);
}

#[test]
fn what_cannot_be_recorded_is_rejected_with_every_reason() {
    assert_eq!(reasons("9,Sec,2022-07-01,P,,,Online,"), ["a worker who is not in the roster"]);
    assert_eq!(reasons("1,Nope,2022-07-01,P,,,Online,"), ["a course that the map does not list"]);
    assert_eq!(reasons("1,Lost,2022-07-01,P,,,Online,"), ["a requirement that no policy has"]);
    assert_eq!(reasons("1,Sec 24,2022-07-01,P,,,Online,"), ["an edition that no policy has"]);
    assert_eq!(reasons("2,Sec,2021-12-31,P,,,Online,"), ["before its edition was published"]);
    assert_eq!(reasons("2,Sec 22,2021-12-31,P,,,Online,"), ["before its edition was published"]);
    assert_eq!(reasons("1,Sec,2026-03-02,P,,,Online,"), ["a date to come"]);
    assert_eq!(reasons("1,Sec,,P,,,Online,"), ["no date"]);
    assert_eq!(reasons("1,Sec,7/1/2022,P,,,Online,"), ["a date that cannot be read"]);
    assert_eq!(reasons("1,Sec,2022-02-01,P,,,Online,"), ["before the worker was hired"]);
    assert_eq!(reasons("1,Sec,2022-07-01,Dozed,,,Online,"), ["an outcome that the map does not list"]);
    assert_eq!(reasons("1,Sec,2022-07-01,P,,8o,Online,"), ["a score that cannot be read"]);
    assert_eq!(reasons("1,Sec,2022-07-01,P,,,,"), ["no method"]);
    assert_eq!(reasons("1,Licence,2022-07-01,P,,,Online,"), ["a certification without a last day"]);
    assert_eq!(reasons("1,Licence,2022-07-01,P,2022-06-30,,Online,"), ["it expires before it was completed"]);
    assert_eq!(reasons("1,Sec"), ["a row that cannot be read"]);
    assert_eq!(
        reasons("9,Nope,x,Q,,,Online,"),
        [
            "a worker who is not in the roster",
            "a course that the map does not list",
            "a date that cannot be read",
            "an outcome that the map does not list"
        ]
    );
}

#[test]
fn what_people_bring_with_them_is_kept() {
    assert_eq!(planned("1,Licence,2019-07-01,P,2029-06-30,,Online,\n").imported, 1);
    assert_eq!(planned("1,Licence,2022-07-01,F,,,Online,\n").imported, 1);
    let keep = format!("{MAP}before_hire: keep\n");
    assert_eq!(planned_with("1,Sec,2022-02-01,P,,,Online,\n", &keep).imported, 1);
    let plan =
        planned("2,Sec,2023-02-01,P,,,Online,\n1,Licence,2026-02-01,P,2029-06-30,5,Online,\n1,Yoga,,,,,,\n");
    assert_eq!((plan.imported, plan.after_exit, plan.ignored), (2, 1, 1));
    assert_eq!((plan.since_history_begins, plan.scores_left_out), (1, 1));
}

#[test]
fn the_same_row_twice_is_recorded_once() {
    let row = "1,Sec,2022-07-01,P,,90,Online,\n";
    let plan = planned(&format!("{row}{row}{}{}", row.replace(",P,", ",F,"), row.replace("90", "91")));
    assert_eq!((plan.imported, plan.repeated, plan.rejects.len()), (2, 1, 1));
    assert_eq!(plan.rejects[0].reasons[0].kind, "the same completion in several rows");
}

#[test]
fn a_sheet_holds_at_most_a_thousand_rows() {
    let worker = |n: usize| format!("  - {{id: w-x{n}, employment: [{{start: 2020-01-01, type: x}}]}}\n");
    let roster = format!("{ROSTER}{}", (0..1001).map(worker).collect::<String>());
    let rows: String = (0..1001).map(|n| format!("x{n},Sec,2022-07-01,P,,,Online,\n")).collect();
    let plan = planned_in(&rows, MAP, &ledger(&roster));
    let lengths: Vec<usize> = plan.attestations.iter().map(|a| a.completions.len()).collect();
    assert_eq!(lengths, [1000, 1]);
}

proptest::proptest! {
    /// The order of the file decides nothing.
    #[test]
    fn any_order_gives_the_same_records(mut rows in proptest::collection::vec(
        (1u8..3, 1u8..29, 0usize..3), 1..30), swap in 0usize..30) {
        rows.sort_unstable();
        rows.dedup();
        let text = |rows: &[(u8, u8, usize)]| -> String {
            rows.iter().map(|(id, day, o)| format!("{id},Sec,2022-07-{day:02},{},,,Online,\n", ["P", "F", "I"][*o])).collect()
        };
        let one = planned(&text(&rows));
        let at = swap % rows.len();
        rows.rotate_left(at);
        let other = planned(&text(&rows));
        proptest::prop_assert_eq!(one.attestations, other.attestations);
    }
}
