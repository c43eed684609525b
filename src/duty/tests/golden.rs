//! Dates computed by hand, one test each.

use super::world::{World, ana, calendar, day, days, due, from_start, id, period, rolling};
use crate::duty::{AsOf, ExternalKind, Status, compute};
use crate::record::date::{Instant, Zone};
use crate::record::organization::Location;
use crate::record::policy::Due;

#[test]
fn twelve_months_after_29_february_2024_is_28_february_2025() {
    let world = World::hired("2024-01-01", rolling("60 days", "12 months")).done("2024-02-29");
    assert_eq!(world.due_on("2024-03-01"), "2025-02-28");
}

#[test]
fn forty_eight_months_after_29_february_2024_is_29_february_2028() {
    let world = World::hired("2024-01-01", rolling("60 days", "48 months")).done("2024-02-29");
    assert_eq!(world.due_on("2024-03-01"), "2028-02-29");
}

#[test]
fn anchored_monthly_from_31_january_never_drifts() {
    let mut world = World::hired("2025-01-31", from_start("0 days", "1 month", "7 days")).done("2025-01-31");
    for (after, due) in
        [("2025-02-01", "2025-02-28"), ("2025-03-01", "2025-03-31"), ("2025-04-01", "2025-04-30")]
    {
        assert_eq!(world.due_on(after), due);
        world = world.done(due);
    }
}

#[test]
fn the_earlier_of_365_days_and_12_months_wins() {
    let gap = Due { max_gap: Some(days("365 days")), ..rolling("60 days", "12 months") };
    let world = World::hired("2023-01-15", gap).done("2023-03-01");
    assert_eq!(world.due_on("2023-03-02"), "2024-02-29");
    let world = World::hired("2023-01-15", rolling("60 days", "12 months")).done("2023-03-01");
    assert_eq!(world.due_on("2023-03-02"), "2024-03-01");
}

#[test]
fn ninety_days_after_hire() {
    assert_eq!(World::hired("2026-01-01", due("90 days")).due_on("2026-01-01"), "2026-04-01");
    assert_eq!(World::hired("2025-12-31", due("90 days")).due_on("2026-01-01"), "2026-03-31");
}

#[test]
fn six_months_after_31_august() {
    assert_eq!(World::hired("2025-08-31", due("6 months")).due_on("2025-09-01"), "2026-02-28");
}

#[test]
fn thirty_days_after_31_january() {
    assert_eq!(World::hired("2026-01-31", due("30 days")).due_on("2026-01-31"), "2026-03-02");
}

#[test]
fn a_calendar_year_with_completions_in_january_and_december() {
    // Both lie in 2025: the second is extra and moves nothing.
    let world = World::hired("2024-06-01", calendar("30 days", "12 months", "2024-01-01"))
        .done("2024-06-10")
        .done("2025-01-05")
        .done("2025-12-20");
    assert_eq!(world.due_on("2024-12-31"), "2025-12-31");
    assert_eq!(world.due_on("2025-01-06"), "2026-12-31");
    assert_eq!(world.due_on("2025-12-21"), "2026-12-31");
}

#[test]
fn min_active_skips_a_due_date_that_comes_too_soon() {
    // Yearly due on 1 March: the period starts on 2 March. S + 90 days = 1 April 2025.
    let rule = Due { min_active: Some(period("90 days")), ..calendar("30 days", "12 months", "2025-03-02") };
    let world = World::hired("2025-01-01", rule).done("2025-01-20");
    assert_eq!(world.due_on("2025-01-21"), "2026-03-01");
}

#[test]
fn anchor_start_done_just_before_or_just_after_the_first_due_date() {
    for done in ["2025-01-30", "2025-02-01"] {
        let world = World::hired("2025-01-01", from_start("30 days", "12 months", "60 days")).done(done);
        assert_eq!(world.due_on("2025-02-02"), "2026-01-01", "{done}");
    }
}

#[test]
fn calendar_year_done_just_before_or_just_after_the_first_due_date() {
    for done in ["2025-03-31", "2025-04-01"] {
        let world = World::hired("2025-03-01", calendar("30 days", "12 months", "2025-01-01")).done(done);
        assert_eq!(world.due_on("2025-04-02"), "2026-12-31", "{done}");
    }
}

#[test]
fn finishing_early_does_not_move_the_anniversary() {
    // 5 February 2024 lies in the 30 days before 1 March 2024, so that chain goes on.
    let early = Due { early: Some(days("30 days")), ..rolling("60 days", "12 months") };
    let world = World::hired("2023-02-01", early).done("2023-03-01").done("2023-03-15").done("2024-02-05");
    assert_eq!(world.due_on("2023-03-14"), "2024-03-01");
    assert_eq!(world.due_on("2023-03-16"), "2024-03-15");
    assert_eq!(world.due_on("2024-02-06"), "2025-03-01");
}

#[test]
fn monthly_rolling_keeps_the_anchor_of_31_january() {
    // 28 February is the due date of the chain that 31 January began: two months on is 31 March.
    let world = World::hired("2025-01-01", rolling("30 days", "1 month"))
        .done("2025-01-31")
        .done("2025-02-20")
        .done("2025-02-28");
    assert_eq!(world.due_on("2025-02-01"), "2025-02-28");
    assert_eq!(world.due_on("2025-02-21"), "2025-03-20");
    assert_eq!(world.due_on("2025-03-01"), "2025-03-31");
}

#[test]
fn late_in_the_evening_eight_hours_west_it_is_still_the_due_date() {
    // 2025-03-31 23:30 at UTC−8 is 2025-04-01 07:30 UTC. Due 2025-03-31.
    let moment = AsOf::Now(Instant::from_unix(1_743_492_600).unwrap());
    let mut world = World::hired("2025-03-01", due("30 days"));
    let west =
        Location { id: super::world::at(id("coast")), title: None, timezone: Zone::parse("Etc/GMT+8") };
    world.organization.locations.push(west);
    let status = |world: &World| {
        let duties = compute(&world.inputs(), moment);
        let found = duties.find(&ana(), "training").unwrap();
        (found.as_of, found.status)
    };
    assert_eq!(status(&world), (day("2025-04-01"), Status::Overdue));
    world.workers[0].locations.push(super::world::dated("coast", None, None));
    assert_eq!(status(&world), (day("2025-03-31"), Status::DueSoon));
}

#[test]
fn the_day_of_the_incident_serves_no_retraining() {
    let world = |done: &str| {
        World::hired("2025-01-01", rolling("30 days", "12 months"))
            .done("2025-01-10")
            .external(ExternalKind::Retraining, "2025-06-01", "2025-06-15")
            .done(done)
    };
    // The same day: not provably after. The chain of 1 June gives 1 June 2026, the incident less.
    assert_eq!(world("2025-06-01").due_on("2025-06-02"), "2025-06-15");
    assert_eq!(world("2025-06-02").due_on("2025-06-02"), "2026-06-02");
}
