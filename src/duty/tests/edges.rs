//! The days on which one more or one less would change the answer.

use super::world::{World, calendar, day, days, due, edition, employment, period, rolling};
use crate::duty::{ExternalKind, Run, Status};
use crate::record::policy::{Change, Due, Edition};

fn status(world: &World, on: &str) -> Status {
    world.on(on).status
}

#[test]
fn an_employment_without_a_start_makes_another_one_beside_it_unknown() {
    let world = World::hired("2024-03-01", due("90 days")).who(|w| {
        w.employment = vec![
            employment(Some("2024-03-01"), None, "full-time"),
            employment(None, Some("2024-06-30"), "contractor"),
        ];
    });
    assert_eq!(status(&world, "2024-05-01"), Status::Unknown);
    assert_eq!(status(&world, "2025-05-01"), Status::Unknown, "the span is the same one");
}

#[test]
fn an_edition_counts_on_the_day_of_its_publication_and_on_its_last_day() {
    let one = edition("one", "2024-01-10", Change::Material);
    let two = Edition { within: Some(period("30 days")), ..edition("two", "2024-02-01", Change::Material) };
    let world = World::hired("2024-01-01", due("1 year")).edition(one).edition(two);
    // 1 February + 30 days = 2 March.
    assert_eq!(status(&world.clone().done_edition("2024-01-09", "one"), "2024-03-02"), Status::Pending);
    assert_eq!(status(&world.clone().done_edition("2024-01-10", "one"), "2024-03-02"), Status::Current);
    assert_eq!(status(&world.clone().done_edition("2024-03-02", "one"), "2024-03-02"), Status::Current);
    assert_eq!(status(&world.done_edition("2024-03-03", "one"), "2024-03-03"), Status::Pending);
}

#[test]
fn a_chain_that_runs_ahead_is_not_taken_back_by_a_new_one_on_the_same_days() {
    // 1 January: 11 January, then 21 (by the 2nd), 31 (by the 11th), 10 February (by the 23rd).
    let rule = Due { early: Some(days("20 days")), ..rolling("0 days", "10 days") };
    let world = World::hired("2024-01-01", rule)
        .done("2024-01-01")
        .done("2024-01-02")
        .done("2024-01-11")
        .done("2024-01-23");
    assert_eq!(world.due_on("2024-01-11"), "2024-01-31");
    assert_eq!(world.due_on("2024-01-23"), "2024-02-10");
}

#[test]
fn an_extra_completion_is_nothing_that_a_due_date_rests_on() {
    let world = World::hired("2024-06-01", calendar("30 days", "12 months", "2024-01-01"))
        .done("2024-06-10")
        .done("2025-01-05")
        .done("2025-12-20");
    assert_eq!(world.on("2025-12-21").completion.map(|c| c.completed_on()), Some(day("2025-01-05")));
    // The last completion that counts is what people look for all the same.
    assert_eq!(world.on("2025-12-21").completed_on(), Some(day("2025-12-20")));
    // Nothing in 2026; in 2027 that year is served and 2026 stays missed.
    let late = world.done("2027-01-10");
    let found = late.on("2027-02-01");
    let told: Vec<_> = found.timeline.dues.iter().map(|d| (d.due, d.missed, d.served_by.is_some())).collect();
    let expected = [
        ("2024-07-01", false, true),
        ("2025-12-31", false, true),
        ("2026-12-31", true, false),
        ("2027-12-31", false, true),
        ("2028-12-31", false, false),
    ];
    assert_eq!(told, expected.map(|(due, missed, served)| (day(due), missed, served)));
    let gap = Run { from: day("2027-01-01"), until: day("2027-01-09") };
    assert_eq!(found.timeline.gaps(day("2027-02-01")), [gap]);
}

#[test]
fn a_due_date_on_the_last_day_of_a_leave_is_deferred_on_that_day() {
    let world = World::hired("2024-01-01", due("30 days")).leave("2024-01-20", Some("2024-01-31"));
    assert_eq!(status(&world, "2024-01-30"), Status::DueSoon);
    assert_eq!(status(&world, "2024-01-31"), Status::Deferred);
    assert_eq!(status(&world, "2024-02-01"), Status::DueSoon);
    // The leave had 12 days, fewer than 14: 1 February + 12 days.
    assert_eq!(world.due_on("2024-02-01"), "2024-02-13");
}

#[test]
fn an_end_that_holds_the_date_lets_a_fixed_one_pass_quietly() {
    // Due 31 December 2024; good until 30 November at the longest. 5 October serves the year
    // and is good for a shorter time, so the date stays; 1 December moves it on.
    let world = World::hired("2023-06-01", calendar("30 days", "12 months", "2023-01-01"))
        .done_until("2023-06-10", "2024-11-30")
        .done_until("2024-10-05", "2024-11-15");
    assert_eq!(world.due_on("2024-10-06"), "2024-11-30");
    // Done in 2025 instead, that serves the date that stood, and no year is called missed.
    let later = world.clone().done("2025-01-10");
    let found = later.on("2025-01-11");
    let told: Vec<_> = found.timeline.dues.iter().map(|d| (d.due, d.missed, d.served_by.is_some())).collect();
    let expected = [("2023-07-01", false, true), ("2024-11-30", true, true), ("2026-12-31", false, false)];
    assert_eq!(told, expected.map(|(due, missed, served)| (day(due), missed, served)));
    let world = world.done("2024-12-01");
    assert_eq!(world.due_on("2024-12-01"), "2025-12-31");
    let found = world.on("2024-12-02");
    let told: Vec<_> = found.timeline.dues.iter().map(|d| (d.due, d.missed, d.served_by.is_some())).collect();
    let expected = [("2023-07-01", false, true), ("2024-11-30", true, true), ("2025-12-31", false, false)];
    assert_eq!(told, expected.map(|(due, missed, served)| (day(due), missed, served)));
}

#[test]
fn a_call_is_a_due_date_of_its_own_where_the_years_is_served() {
    let world = World::hired("2023-06-01", calendar("30 days", "12 months", "2023-01-01"))
        .done("2023-06-10")
        .done("2024-02-01")
        .external(ExternalKind::Retraining, "2024-05-01", "2024-05-10")
        .done("2024-05-12");
    let found = world.on("2024-06-01");
    assert_eq!(found.due, Some(day("2025-12-31")));
    let call = &found.timeline.dues[2];
    assert_eq!((call.opened, call.due, call.rule.number()), (day("2024-05-01"), day("2024-05-10"), 14));
    assert!(call.missed && call.late && call.moves.is_empty());
    assert!(found.marks.late);
    assert_eq!(found.timeline.dues.len(), 4);
    // The incident's own day moves the anchor, and leaves the call where it was.
    let same = World::hired("2023-06-01", rolling("30 days", "12 months"))
        .done("2023-06-10")
        .external(ExternalKind::Retraining, "2024-05-01", "2024-05-10")
        .done("2024-05-01");
    let found = same.on("2024-05-05");
    let served = &found.timeline.dues[1];
    assert_eq!((served.due, served.missed, served.moves.len()), (day("2024-06-10"), false, 0));
    assert_eq!(found.due, Some(day("2024-05-10")));
}

#[test]
fn the_last_good_day_is_good() {
    let world = World::hired("2024-01-01", due("30 days"));
    let missed = |on: &str| world.on(on).timeline.dues[0].missed;
    assert!(!missed("2024-01-31"));
    assert!(missed("2024-02-01"));
    assert!(!world.clone().done("2024-01-31").on("2024-03-01").marks.late);
    assert!(world.clone().done("2024-02-01").on("2024-03-01").marks.late);
}

#[test]
fn what_moves_nothing_is_not_what_the_date_rests_on() {
    // Carried in, 12 months old: no later than the first due date. The second one moves it.
    let world = World::hired("2024-01-01", rolling("30 days", "12 months")).done("2023-01-05");
    assert_eq!(world.due_on("2024-01-01"), "2024-01-31");
    assert!(world.on("2024-01-01").timeline.dues[0].served_by.is_none());
    assert_eq!(world.on("2024-01-01").completed_on(), Some(day("2023-01-05")));
    let once = World::hired("2024-01-01", due("30 days")).done("2024-01-05").done("2024-02-05");
    assert_eq!(once.on("2024-03-01").completion.map(|c| c.completed_on()), Some(day("2024-01-05")));
    assert_eq!(once.on("2024-03-01").completed_on(), Some(day("2024-02-05")));
    assert_eq!(once.on("2024-03-01").timeline.dues.len(), 1);
}

#[test]
fn a_daily_duty_that_nobody_does_does_not_fill_the_memory() {
    let world = World::hired("1950-01-01", calendar("0 days", "1 day", "1950-01-01"));
    let found = world.on("2024-01-01");
    let dues = &found.timeline.dues;
    assert_eq!((found.status, found.due), (Status::Overdue, Some(day("1950-01-01"))));
    assert!(dues.len() < 1_100 && dues.iter().filter(|d| d.missed).count() > 900);
    assert_eq!(dues.last().map(|d| d.due), Some(day("2024-01-01")));
}
