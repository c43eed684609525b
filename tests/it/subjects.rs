//! Subjects beyond people: the organisation, systems, vendors; incidents and assignments.

use crate::harness::Place;

const CONTROLS: &str = r#"apiVersion: duly/v1
kind: Policy
requirements:
  - id: access-log-review
    title: Monthly review of the access log
    type: control
    citations: ["45 CFR 164.308(a)(1)(ii)(D)"]
    applies_to: org
    effective_from: 2026-07-01
    due: {within: 30 days, every: 1 month, anchor: calendar, period_start: 2026-01-01}
    signed_by: [[officer]]
  - id: restore-test
    title: Quarterly restore test
    type: control
    citations: ["45 CFR 164.308(a)(7)(ii)(D)"]
    applies_to: systems
    due: {within: 90 days, every: 3 months, anchor: completion}
    signed_by: [[officer]]
  - id: vendor-agreement
    title: Agreement with a business associate
    type: certification
    citations: ["45 CFR 164.504(e)"]
    applies_to: {vendor: cloudhost}
    due: {within: 0 days}
    signed_by: [[officer]]
"#;

const EHR: &str = "apiVersion: duly/v1
kind: System
id: ehr
title: Health records
holds_ephi: true
in_use_from: 2026-01-15
access:
  - {worker: w-0003, from: 2026-01-15}
";

const CLOUDHOST: &str = "apiVersion: duly/v1
kind: Vendor
id: cloudhost
title: Cloudhost Ltd
services: [hosting, backup]
handles_phi: true
terms: [{start: 2026-01-05}]
agreement: {signed_on: 2026-01-02, expires_on: 2026-12-31, contact: officer}
subcontractors: [Datacentre Inc]
";

fn place() -> Place {
    let place = Place::with_team();
    place.write("policies/controls.yaml", CONTROLS);
    place.write("systems/ehr.yaml", EHR);
    place.write("vendors/cloudhost.yaml", CLOUDHOST);
    place
}

/// Status and due date of an obligation on a day.
#[track_caller]
fn on(place: &Place, day: &str, subject: &str, requirement: &str) -> (String, String) {
    let json =
        place.duly(&["status", subject, requirement, "--as-of", day, "--format", "json"]).exits(0).json();
    let found = json["obligations"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{json}");
    let text = |name: &str| found[0][name].as_str().unwrap_or("-").to_owned();
    (text("status"), text("due"))
}

fn is(status: &str, due: &str) -> (String, String) {
    (status.to_owned(), due.to_owned())
}

#[test]
fn a_monthly_review_is_the_organisations() {
    let place = place();
    assert_eq!(on(&place, "2026-07-15", "org", "access-log-review"), is("pending", "2026-07-31"));
    place.attest("access-log-review", "org", "2026-07-31", "officer");
    place.attest("access-log-review", "org", "2026-08-31", "officer");
    assert_eq!(on(&place, "2026-09-15", "org", "access-log-review"), is("current", "2026-09-30"));
    assert_eq!(on(&place, "2026-10-01", "org", "access-log-review"), is("overdue", "2026-09-30"));
    let why = place.duly(&["why", "org", "access-log-review", "--as-of", "2026-09-15"]).exits(0).out;
    assert!(why.contains("policies/controls.yaml:"), "{why}");
    let check = place.duly(&["check", "--as-of", "2026-10-01"]).exits(1).out;
    assert!(check.contains("Test Clinic is 1 day late for Monthly review of the access log"), "{check}");
}

#[test]
fn a_restore_test_is_each_systems_while_it_is_in_use() {
    let place = place();
    // 15 January + 90 days: 16 to the end of January, 28, 31, and 15 of April.
    assert_eq!(on(&place, "2026-02-01", "system/ehr", "restore-test"), is("pending", "2026-04-15"));
    place.attest("restore-test", "system/ehr", "2026-04-10", "officer");
    assert_eq!(on(&place, "2026-07-11", "system/ehr", "restore-test"), is("overdue", "2026-07-10"));
    let json = place.duly(&["check", "--as-of", "2026-07-11", "--format", "json"]).exits(1).json();
    let late = json["findings"].as_array().unwrap().iter().find(|f| f["subject"] == "system/ehr").unwrap();
    assert_eq!(
        late["message"],
        "Health records (system/ehr) is 1 day late for Quarterly restore test (due 2026-07-10)"
    );
    assert_eq!(late["path"], "systems/ehr.yaml");
    let why = place.duly(&["why", "system/ehr", "restore-test", "--as-of", "2026-07-11"]).exits(0).out;
    assert!(why.contains("completed_on: 2026-04-10   attestations/2026/04/"), "{why}");
    place.edit("systems/ehr.yaml", "2026-01-15\naccess", "2026-01-15\nin_use_until: 2026-07-31\naccess");
    assert_eq!(on(&place, "2026-08-01", "system/ehr", "restore-test").0, "not_applicable");
}

#[test]
fn an_agreement_is_renewed_before_it_expires() {
    let place = place();
    assert_eq!(on(&place, "2026-01-06", "vendor/cloudhost", "vendor-agreement"), is("overdue", "2026-01-05"));
    let arguments = ["vendor-agreement", "--subject", "vendor/cloudhost", "--completed-on", "2026-01-02"];
    let signed =
        [&["attest"], &arguments[..], &["--expires-on", "2026-12-31", "--key", "../officer"]].concat();
    place.duly(&signed).exits(0);
    assert_eq!(on(&place, "2026-11-21", "vendor/cloudhost", "vendor-agreement"), is("current", "2026-12-31"));
    assert_eq!(
        on(&place, "2026-12-01", "vendor/cloudhost", "vendor-agreement"),
        is("due_soon", "2026-12-31")
    );
    assert_eq!(on(&place, "2027-01-01", "vendor/cloudhost", "vendor-agreement"), is("overdue", "2026-12-31"));
}

#[test]
fn evidence_about_what_is_not_there_is_refused() {
    let place = place();
    for (requirement, subject) in [("restore-test", "system/erh"), ("vendor-agreement", "vendor/cloudhosts")]
    {
        let arguments = [
            "attest",
            requirement,
            "--subject",
            subject,
            "--completed-on",
            "2026-04-10",
            "--expires-on",
            "2026-12-31",
            "--key",
            "../officer",
        ];
        let run = place.duly(&arguments).exits(2);
        assert!(run.err.contains("has no record"), "{}", run.err);
    }
    place.attest("restore-test", "system/ehr", "2026-04-10", "officer");
    std::fs::remove_file(place.repo("systems/ehr.yaml")).unwrap();
    assert_eq!(place.errors(), ["D220"]);
    place.duly(&["status", "system/ehr"]).exits(2);
}

#[test]
fn an_incident_calls_for_retraining_after_its_day() {
    let place = place();
    place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    assert_eq!(on(&place, "2026-09-09", "w-0003", "hygiene"), is("current", "2027-02-01"));
    place.write(
        "incidents/needle.yaml",
        "apiVersion: duly/v1\nkind: Incident\nid: needle\ntitle: Needle left out\noccurred_on: 2026-09-10\ndiscovered_on: 2026-09-12\nsubjects: [worker/w-0003, system/ehr]\nretraining:\n  - {subjects: [worker/w-0003], requirement: hygiene, by: 2026-10-10}\n",
    );
    assert_eq!(on(&place, "2026-10-11", "w-0003", "hygiene"), is("overdue", "2026-10-10"));
    place.attest("hygiene", "worker/w-0003", "2026-09-10", "manager");
    assert_eq!(on(&place, "2026-10-11", "w-0003", "hygiene"), is("overdue", "2026-10-10"));
    place.attest("hygiene", "worker/w-0003", "2026-09-11", "manager");
    assert_eq!(on(&place, "2026-10-11", "w-0003", "hygiene"), is("current", "2027-09-11"));
    // Without a list of its own the retraining is for everybody touched: the system, too.
    place.edit("incidents/needle.yaml", "subjects: [worker/w-0003], requirement", "requirement");
    assert!(place.errors().contains(&"D221".to_owned()));
}

#[test]
fn an_assignment_is_served_on_its_day() {
    let place = place();
    place.attest("privacy", "worker/w-0003", "2025-01-20", "nurse");
    assert_eq!(on(&place, "2026-10-16", "w-0003", "privacy"), is("current", "-"));
    place.write(
        "assignments/a1.yaml",
        "apiVersion: duly/v1\nkind: Assignment\nid: a1\nsubjects: [worker/w-0003]\nrequirement: privacy\ntold_on: 2026-10-01\nby: 2026-10-15\nreason: audit\n",
    );
    assert_eq!(on(&place, "2026-10-16", "w-0003", "privacy"), is("overdue", "2026-10-15"));
    place.attest("privacy", "worker/w-0003", "2026-10-01", "nurse");
    assert_eq!(on(&place, "2026-10-16", "w-0003", "privacy"), is("current", "-"));
}

#[test]
fn access_ends_with_the_employment() {
    let place = place();
    let access = |place: &Place, day: &str| -> Vec<String> {
        let json = place.duly(&["check", "--as-of", day, "--format", "json"]).json();
        let of = |f: &serde_json::Value| f["code"].as_str().unwrap().to_owned();
        let all = json["findings"].as_array().unwrap().iter().map(of);
        all.filter(|code| code.starts_with("D7")).collect()
    };
    place.edit("roster/main.yaml", "{start: 2025-01-01, type", "{start: 2025-01-01, end: 2026-08-31, type");
    assert_eq!(access(&place, "2026-08-31"), Vec::<String>::new());
    assert_eq!(access(&place, "2026-09-01"), ["D701"]);
    place.edit("systems/ehr.yaml", "from: 2026-01-15}", "from: 2026-01-15, until: 2026-09-20}");
    assert_eq!(access(&place, "2026-09-20"), ["D701"]);
    assert_eq!(access(&place, "2026-09-21"), ["D702"]);
    place.edit("systems/ehr.yaml", "until: 2026-09-20}", "until: 2026-08-31}");
    assert_eq!(access(&place, "2026-09-21"), Vec::<String>::new());
    assert_eq!(access(&place, "2027-01-01"), ["D703"], "the agreement has expired");
    place.edit("vendors/cloudhost.yaml", "handles_phi: true", "handles_phi: false");
    assert_eq!(access(&place, "2027-01-01"), Vec::<String>::new());
}

#[test]
fn what_does_not_fit_is_said() {
    let cases = [
        ("systems/ehr.yaml", "worker: w-0003", "worker: w-0009", "D203"),
        ("systems/ehr.yaml", "access:", "in_use_until: 2025-12-31\naccess:", "D206"),
        ("systems/ehr.yaml", "in_use_from: 2026-01-15\n", "", "D110"),
        ("vendors/cloudhost.yaml", "id: cloudhost", "id: clodhost", "D220"),
        ("vendors/cloudhost.yaml", "2026-12-31", "2025-12-31", "D206"),
        ("vendors/cloudhost.yaml", "contact: officer", "contact: oficer", "D201"),
        ("vendors/cloudhost.yaml", "[{start: 2026-01-05}]", "[]", "D114"),
        ("vendors/cloudhost.yaml", "start: 2026-01-05", "end: 2040-01-05", "D110"),
        ("policies/controls.yaml", "applies_to: systems", "applies_to: {system: mail}", "D220"),
    ];
    for (path, from, to, code) in cases {
        let place = place();
        place.edit(path, from, to);
        assert!(place.errors().contains(&code.to_owned()), "{path}: {to}: {:?}", place.errors());
    }
    let place = place();
    place.write("systems/second.yaml", EHR);
    assert_eq!(place.errors(), ["D202"]);
    place.write("systems/second.yaml", &CLOUDHOST.replace("id: cloudhost", "id: x"));
    assert_eq!(place.errors(), ["D120"]);
}

#[test]
fn before_an_incident_in_grades() {
    let place = place();
    let managed = "roles: [clinical]\n    managers: [worker/w-0001]\n  - id: w-0003";
    place.edit("roster/main.yaml", "roles: [clinical]\n  - id: w-0003", managed);
    place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    place.attest("hygiene", "worker/w-0002", "2026-09-10", "officer");
    place.attest("privacy", "worker/w-0003", "2025-01-20", "nurse");
    place.write(
        "systems/old.yaml",
        &EHR.replace("id: ehr", "id: old").replace("access:", "in_use_until: 2026-08-31\naccess:"),
    );
    place.write(
        "incidents/needle.yaml",
        "apiVersion: duly/v1\nkind: Incident\nid: needle\ntitle: Needle left out\noccurred_on: 2026-09-10\ndiscovered_on: 2026-09-12\nsubjects: [worker/w-0003, worker/w-0002, worker/w-0003, system/old]\n",
    );
    let json = place.duly(&["status", "--at-incident", "needle", "--format", "json"]).exits(0).json();
    assert_eq!(json["schema"], "duly/status-at-incident/v1");
    assert_eq!(json["history"], false);
    assert_eq!(json["without_requirement"], serde_json::json!(["system/old"]));
    let grade = |o: &serde_json::Value| {
        let text = |name: &str| o[name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} {}", text("subject"), text("requirement"), text("before"), o["same_day"])
    };
    let grades: Vec<String> = json["obligations"].as_array().unwrap().iter().map(grade).collect();
    assert_eq!(
        grades,
        [
            "worker/w-0003 hygiene only_claimed_before false",
            "worker/w-0003 privacy only_claimed_before false",
            "worker/w-0002 hygiene not_before true",
            "worker/w-0002 privacy not_before false",
        ]
    );
    let table = place.duly(&["status", "--at-incident", "needle"]).exits(0).out;
    assert!(table.contains("Occurred on 2026-09-10, discovered on 2026-09-12."), "{table}");
    assert!(
        table.contains("Mira Manager (w-0002): hygiene is also recorded on 2026-09-10 itself"),
        "{table}"
    );
    assert!(table.contains("system/old: no requirement applied on that day."), "{table}");
    assert!(table.contains("better than \"only claimed before\""), "{table}");
    let one = place.duly(&["status", "--at-incident", "needle", "w-0002", "hygiene", "--format", "csv"]);
    assert_eq!(one.exits(0).out.lines().count(), 2);
    place.duly(&["status", "--at-incident", "nail"]).exits(2);
    place.duly(&["status", "--at-incident", "needle", "--as-of", "2026-11-21"]).exits(2);
    place.edit("incidents/needle.yaml", "system/old", "system/odl");
    place.duly(&["status", "--at-incident", "needle"]).exits(2);
}

#[test]
fn roles_against_requirements() {
    let place = place();
    place.edit("duly.yaml", "  - billing\n", "  - billing\n  - vacant-role\n");
    place.attest("hygiene", "worker/w-0003", "2026-11-01", "manager");
    let matrix = ["status", "--matrix", "--as-of", "2026-11-21"];
    let json = place.duly(&[&matrix[..], &["--format", "json"]].concat()).exits(0).json();
    assert_eq!(json["schema"], "duly/status-matrix/v1");
    assert_eq!(json["requirements"], serde_json::json!(["hygiene", "privacy"]));
    let row = |role: serde_json::Value| {
        let rows = json["roles"].as_array().unwrap();
        rows.iter().find(|r| r["role"] == role).unwrap_or_else(|| panic!("{role}: {json}")).clone()
    };
    let clinical = row("clinical".into());
    assert_eq!(clinical["workers"], 2);
    assert_eq!(clinical["cells"][0]["status"], "overdue");
    assert_eq!(clinical["cells"][0]["statuses"], serde_json::json!({"current": 1, "overdue": 1}));
    assert_eq!(row("officer".into())["cells"][0]["status"], "not_required");
    assert_eq!(row("officer".into())["cells"][1]["status"], "overdue");
    assert_eq!(row("vacant-role".into())["cells"][1]["status"], "vacant");
    assert!(!json["roles"].as_array().unwrap().iter().any(|r| r["role"].is_null()));
    place.edit("roster/main.yaml", "    roles: [officer]\n", "");
    let table = place.duly(&matrix).exits(0).out;
    let hygiene = table.lines().find(|line| line.starts_with("hygiene")).unwrap();
    assert!(hygiene.contains("overdue 1/2") && hygiene.ends_with("not required"), "{table}");
    assert!(table.lines().next().unwrap().ends_with("without a role (1)"), "{table}");
    place.duly(&["status", "--matrix", "hygiene"]).exits(2);
}

#[test]
fn nobody_extends_the_time_of_what_is_not_there() {
    let place = place();
    let extend = |subject: &str| {
        place.duly(&[
            "extend",
            "restore-test",
            "--subject",
            subject,
            "--reason",
            "outage",
            "--until",
            "2027-01-31",
            "--key",
            "../officer",
        ])
    };
    extend("system/ehr").exits(0);
    let run = extend("system/erh").exits(2);
    assert!(run.err.contains("has no record"), "{}", run.err);
}

#[test]
fn a_roster_confirmed_for_a_day_to_come_is_an_error() {
    let place = Place::with_team();
    let tomorrow = duly::record::date::Zone::UTC.date_at(duly::clock::now()).next();
    place.edit("roster/main.yaml", "confirmed_on: 2026-11-01", &format!("confirmed_on: {tomorrow}"));
    assert_eq!(place.errors(), ["D145"]);
}

#[test]
fn managers_in_a_circle_are_said() {
    let place = Place::with_team();
    assert!(!place.codes("warning").contains(&"D146".to_owned()));
    place.edit(
        "roster/main.yaml",
        "    roles: [clinical]\n  - id: w-0003",
        "    roles: [clinical]\n    managers: [worker/w-0003]\n  - id: w-0003",
    );
    let run = place.duly(&["check", "--format", "json"]);
    assert!(place.codes("warning").contains(&"D146".to_owned()), "{}", run.out);
    assert!(run.out.contains("Mira Manager (w-0002), Nia Nurse (w-0003) manage each other"), "{}", run.out);
    assert_eq!(run.out.matches("D146").count(), 1, "{}", run.out);
}
