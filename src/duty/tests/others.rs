//! Subjects beyond people, look-ups, findings and retention.

use super::world::{World, ana, at, calendar, day, due, edition, id, origin, period, rolling};
use crate::duty::{
    AsOf, Before, NonWorkerSubject, Status, Term, at_incident, compute, compute_with, finding, kept_through,
    last_in_effect,
};
use crate::finding::Severity;
use crate::record::id::Subject;
use crate::record::policy::{Applies, Change, State};
use crate::trust::accepted::Accepted;

fn owed_by(applies: Applies) -> World {
    World::hired("2024-01-01", calendar("0 days", "1 month", "2024-01-01")).asking(|r| r.applies_to = applies)
}

#[test]
fn the_organisation_owes_from_the_day_a_control_takes_effect() {
    let mut world = owed_by(Applies::Org).asking(|r| r.effective_from = Some(day("2024-01-10")));
    world.accepted.push(Accepted::for_tests(Subject::Org, id("training"), day("2024-01-10")));
    let duties = world.duties(day("2024-02-15"));
    assert_eq!(duties.obligations.len(), 1);
    let found = duties.find(&Subject::Org, "training").unwrap();
    assert_eq!((found.status, found.due), (Status::Current, Some(day("2024-02-29"))));
    // Without any first day it is unknown, and `history_begins` is one.
    let mut bare = owed_by(Applies::Org);
    assert_eq!(bare.duties(day("2024-02-15")).strictest(&Subject::Org), Status::Unknown);
    bare.organization.history_begins = Some(day("2024-02-01"));
    assert_eq!(bare.duties(day("2024-02-15")).obligations[0].due, Some(day("2024-02-01")));
}

#[test]
fn systems_and_vendors_owe_while_they_are_there() {
    let system = |name: &str, start| NonWorkerSubject {
        subject: Subject::System(id(name)),
        terms: vec![Term { start, end: Some(day("2024-12-31")) }],
        origin: origin(),
    };
    let mut world = owed_by(Applies::Systems(vec![at(id("ehr"))]));
    world.others = vec![system("ehr", Some(day("2024-03-05"))), system("mail", Some(day("2024-03-05")))];
    let duties = world.duties(day("2024-03-06"));
    assert_eq!(duties.obligations.len(), 1);
    assert_eq!(duties.obligations[0].status, Status::Overdue);
    assert_eq!(world.duties(day("2025-01-01")).obligations[0].status, Status::NotApplicable);
    world.requirements[0].applies_to = Applies::Systems(Vec::new());
    world.others[1] = system("mail", None);
    let duties = world.duties(day("2024-03-06"));
    assert_eq!(duties.strictest(&Subject::System(id("mail"))), Status::Unknown);
    assert_eq!(duties.obligations.len(), 2);
}

#[test]
fn before_the_incident_in_three_grades() {
    let world =
        World::hired("2024-01-01", rolling("30 days", "12 months")).done("2024-01-10").done("2024-06-01");
    let grade = |on: &str, recorded: Option<&dyn Fn(&Accepted) -> bool>| {
        at_incident(&world.inputs(), &[ana()], day(on), recorded)[0].before
    };
    assert_eq!(grade("2024-01-10", Some(&|_| true)), Before::Not, "the same day is not before");
    assert_eq!(grade("2024-01-11", Some(&|_| true)), Before::Recorded);
    assert_eq!(grade("2024-01-11", Some(&|_| false)), Before::OnlyClaimed);
    assert_eq!(grade("2024-01-11", None), Before::OnlyClaimed);
    // What was recorded in time has run out by February 2025; what was done in June was not.
    let first = |row: &Accepted| row.completed_on() == day("2024-01-10");
    assert_eq!(grade("2025-01-10", Some(&first)), Before::Recorded);
    assert_eq!(grade("2025-01-11", Some(&first)), Before::OnlyClaimed);
    assert_eq!(grade("2025-06-02", Some(&|_| true)), Before::Not, "due the day before");
    // Hired on the day of the incident, trained elsewhere before.
    let carried = World::hired("2024-05-01", rolling("30 days", "12 months")).done("2024-04-30");
    assert_eq!(
        at_incident(&carried.inputs(), &[ana()], day("2024-05-01"), None)[0].before,
        Before::OnlyClaimed
    );
    assert!(at_incident(&carried.inputs(), &[ana()], day("2024-04-30"), None).is_empty());
}

#[test]
fn documented_late_needs_history() {
    let world = World::hired("2024-01-01", due("30 days")).done("2024-01-31");
    let mark = |appeared: &str| {
        let appeared = day(appeared);
        let seen = move |_: &Accepted| Some(appeared);
        let inputs = world.inputs();
        let duties = compute_with(&inputs, AsOf::Date(day("2024-03-01")), Some(&seen));
        duties.find(&ana(), "training").unwrap().marks.late_documented
    };
    assert_eq!(mark("2024-01-31"), Some(false));
    assert_eq!(mark("2024-02-01"), Some(true));
}

#[test]
fn findings_start_with_the_person() {
    let world = World::hired("2026-10-01", due("30 days")).asking(|r| r.title = "HIPAA training".to_owned());
    let told =
        |world: &World, on: &str| finding(&world.on(on), Some("Ana Ruiz")).map(|f| (f.entry.code, f.message));
    let text = "Ana Ruiz (w-1) is 12 days late for HIPAA training (due 2026-10-31)";
    assert_eq!(told(&world, "2026-11-12"), Some(("D501", text.to_owned())));
    let text = "Ana Ruiz (w-1) must complete HIPAA training within 1 day (due 2026-10-31)";
    assert_eq!(told(&world, "2026-10-30"), Some(("D503", text.to_owned())));
    assert_eq!(told(&world.clone().done("2026-10-05"), "2026-11-12"), None);
    let proposed = world.clone().asking(|r| r.state = State::Proposed);
    let text = "Ana Ruiz (w-1) would be 12 days late for HIPAA training (due 2026-10-31), if the proposed requirement were in force";
    assert_eq!(told(&proposed, "2026-11-12"), Some(("D505", text.to_owned())));
    let nobody = world.who(|w| w.employment.clear());
    let found = finding(&nobody.on("2026-11-12"), None).unwrap();
    assert_eq!((found.entry.code, found.severity), ("D504", Severity::Error));
    assert!(found.message.starts_with("w-1 has no start date"));
    let never = nobody.asking(|r| r.state = State::Proposed);
    assert_eq!(finding(&never.on("2026-11-12"), None).unwrap().severity, Severity::Warning);
}

#[test]
fn kept_six_years_from_29_february_2020_is_through_1_march_2026() {
    assert_eq!(kept_through(day("2020-02-29"), None, period("6 years")), day("2026-03-01"));
    assert_eq!(kept_through(day("2020-03-01"), None, period("6 years")), day("2026-03-01"));
    assert_eq!(kept_through(day("2020-02-29"), None, period("4 years")), day("2024-02-29"));
    let later = Some(day("2021-05-31"));
    assert_eq!(kept_through(day("2020-02-29"), later, period("1 month")), day("2021-07-01"));
    let world = World::hired("2024-01-01", due("30 days"))
        .edition(edition("one", "2023-01-01", Change::Material))
        .edition(edition("two", "2024-06-01", Change::Minor));
    let requirement = &world.requirements[0];
    assert_eq!(last_in_effect(requirement, "one", day("2024-06-01")), Some(day("2024-05-31")));
    assert_eq!(last_in_effect(requirement, "one", day("2024-05-31")), None);
    assert_eq!(last_in_effect(requirement, "two", day("2030-06-01")), None);
}

#[test]
fn the_trend_is_a_look_up() {
    let world = World::hired("2024-01-10", due("30 days")).done("2024-03-15");
    let found = world.on("2024-04-20");
    let trend: Vec<_> = found.timeline.trend(day("2024-04-20"), 4);
    let expected = [
        ("2023-12-31", Status::NotApplicable),
        ("2024-01-31", Status::DueSoon),
        ("2024-02-29", Status::Overdue),
        ("2024-03-31", Status::Current),
        ("2024-04-20", Status::Current),
    ];
    assert_eq!(trend, expected.map(|(d, s)| (day(d), s)));
}

#[test]
fn every_subject_is_sorted_and_found() {
    let mut world = World::hired("2024-01-01", due("30 days"));
    for n in [30, 4, 200] {
        let employment = super::world::employment(Some("2024-01-01"), None, "full-time");
        world.workers.push(super::world::worker(&format!("w-{n}"), vec![employment]));
    }
    let inputs = world.inputs();
    let duties = compute(&inputs, AsOf::Date(day("2024-01-02")));
    let names: Vec<_> = duties.by_subject().map(|o| o[0].subject.to_string()).collect();
    assert_eq!(names, ["worker/w-1", "worker/w-200", "worker/w-30", "worker/w-4"]);
    assert!(duties.find(&Subject::Worker(id("w-30")), "training").is_some());
    assert!(duties.find(&Subject::Worker(id("w-31")), "training").is_none());
}
