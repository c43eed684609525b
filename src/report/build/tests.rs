//! A model from files, as a repository holds them.

use std::path::Path;

use super::*;
use crate::duty::{AsOf, Inputs, compute};
use crate::report::model::{Profile, Status};
use crate::source::WorkTree;

const ORGANIZATION: &str = "apiVersion: duly/v1
kind: Organization
name: Harbor Street Clinic
timezone: America/Chicago
roles: [{id: clinical, title: Clinical staff}]
departments: [{id: care, title: Primary care}]
locations: [{id: harbor, title: Harbor Street}]
employment_types: [full-time]
";

const ROSTER: &str = "apiVersion: duly/v1
kind: Roster
confirmed_on: 2026-11-01
workers:
  - id: w-0002
    name: Ben Ruiz
    employment: [{start: 2025-03-01, type: full-time}]
    roles: [clinical]
    department: [care]
    location: [harbor]
    managers: [worker/w-0001]
  - id: w-0001
    name: Ana Ruiz
    employment: [{start: 2024-03-01, type: full-time}]
    roles: [clinical]
  - id: w-0003
    employment: [{start: 2024-03-01, end: 2025-06-30, type: full-time}]
    roles: [clinical]
";

const POLICY: &str = "apiVersion: duly/v1
kind: Policy
requirements:
  - id: security-awareness
    title: Security awareness
    type: training
    owner: worker/w-0001
    citations: [\"45 CFR 164.308(a)(5)(i)\"]
    applies_to: {all: [{role: clinical}, {not: {employment: full-time}}]}
    due: {within: 30 days, every: 12 months, anchor: completion}
    signed_by: [[issuer]]
  - id: hipaa-privacy
    title: Privacy
    type: training
    applies_to: {role: clinical}
    due: {within: 30 days, every: 12 months, anchor: completion, grace: 7 days}
    signed_by: [[issuer], [self, supervisor]]
";

fn ledger(folder: &Path) -> Ledger {
    for (path, text) in
        [("duly.yaml", ORGANIZATION), ("roster/clinic.yaml", ROSTER), ("policies/hipaa.yaml", POLICY)]
    {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Ledger::load(&WorkTree::new(folder))
}

fn facts() -> Facts {
    Facts {
        organization: "Harbor Street Clinic".into(),
        as_of: Date::parse("2026-11-21").unwrap(),
        version: "0.1.0".into(),
        commit: None,
        pinned: false,
        root: None,
        audience: None,
        address: None,
        profile: Profile::Internal,
        team: None,
    }
}

fn with_model(accepted: &[Accepted], check: impl FnOnce(&Model)) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path());
    let inputs = Inputs {
        organization: ledger.organization.as_ref().expect("duly.yaml is read"),
        workers: &ledger.workers,
        others: &[],
        requirements: &ledger.requirements,
        accepted,
        unverified: &[],
        exemptions: &[],
        extensions: &[],
        external: &[],
    };
    let facts = facts();
    let duties = compute(&inputs, AsOf::Date(facts.as_of));
    let input = Input {
        ledger: &ledger,
        duties: &duties,
        inputs: Some(inputs),
        trust: None,
        accepted,
        unverified: &[],
        exempted: &[],
        extended: &[],
        findings: &ledger.findings,
        facts: &facts,
        document: &|_| None,
        seen: None,
        trail: None,
    };
    check(&build(&input));
}

#[test]
fn people_are_by_id_and_requirements_as_written() {
    with_model(&[], |model| {
        let ids: Vec<&str> = model.people.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["w-0001", "w-0002", "w-0003"]);
        let ben = &model.people[1];
        assert_eq!(
            (ben.active, ben.managers.as_slice(), ben.location.as_deref()),
            (true, &[0][..], Some("Harbor Street"))
        );
        assert_eq!((ben.teams.as_slice(), model.teams[0].title.as_str()), (&[0][..], "Primary care"));
        let gone = &model.people[2];
        assert_eq!((gone.active, gone.left), (false, Date::parse("2025-06-30").ok()));
        assert_eq!(ben.place.as_deref(), Some("roster/clinic.yaml:5"));
        let [security, privacy] = &model.requirements[..] else { panic!("{:?}", model.requirements) };
        assert_eq!(security.applies_to, "role Clinical staff and not (employed as full-time)");
        assert_eq!(security.owner.as_deref(), Some("Ana Ruiz (w-0001)"));
        assert_eq!(
            privacy.rule,
            "within 30 days of the first day, then every 12 months, counted from the last completion, 7 days of grace"
        );
        assert_eq!(privacy.signed_by, "an issuer, or the worker and a supervisor");
    });
}

#[test]
fn obligations_are_those_of_the_engine() {
    let subject = Subject::parse("worker/w-0002").unwrap();
    let requirement = Id::parse("hipaa-privacy").unwrap();
    let done = Accepted::for_tests(subject, requirement, Date::parse("2025-10-01").unwrap());
    with_model(&[done], |model| {
        let all: Vec<_> = model.of_person(1).collect();
        let [privacy] = all.as_slice() else { panic!("{all:?}") };
        // 2025-10-01 + 12 months, 51 days before the day of the report.
        assert_eq!(privacy.due, Date::parse("2026-10-01").ok());
        assert_eq!((privacy.status, privacy.days_late), (Status::Overdue, 51));
        assert_eq!(privacy.completed_on, Date::parse("2025-10-01").ok());
        assert!(privacy.has(crate::report::model::Mark::Late), "the first one was due on 2025-03-31");
        assert_eq!(privacy.segments.last().and_then(|s| s.until), None, "the last goes on");
        assert_eq!(privacy.status_on(Date::parse("2025-05-01").unwrap()), Some(Status::Overdue));
        assert_eq!(privacy.status_on(Date::parse("2026-01-01").unwrap()), Some(Status::Current));
        let rules: Vec<&str> = privacy.why.iter().map(|s| s.rule).collect();
        assert_eq!(rules, ["1", "2", "3", "4", "status"], "as `duly why` has it");
        let chain = &privacy.why[3];
        assert!(chain.text.ends_with("2025-10-01 + 12 months = 2026-10-01"), "{}", chain.text);
        let every = chain.givens.iter().find(|g| g.name == "every").unwrap();
        assert_eq!(
            (every.value.as_str(), every.place.as_deref()),
            ("12 months", Some("policies/hipaa.yaml:12:5"))
        );
        assert_eq!(model.people[1].records.len(), 1);
        let left: Vec<_> = model.of_person(2).map(|o| o.status).collect();
        assert_eq!(left, [Status::NotApplicable], "what was owed stays with those who left");
    });
}
