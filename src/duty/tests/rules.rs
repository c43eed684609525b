//! One corner of a rule at a time, dates computed by hand.

use super::world::{
    World, ana, at, calendar, dated, day, days, due, edition, employment, from_start, id, period, rolling,
};
use crate::duty::{ExternalKind, Rule, Status};
use crate::record::attestation::Outcome;
use crate::record::policy::{Applies, Change, Due, Edition, Material, RequirementType, Selector, State};

fn status(world: &World, on: &str) -> Status {
    world.on(on).status
}

fn nurses(world: World) -> World {
    world.asking(|r| r.applies_to = Applies::Workers(Selector::Role(at(id("nurse")))))
}

#[test]
fn rule_1_a_role_that_comes_back_begins_anew() {
    let world = nurses(World::hired("2024-01-01", due("30 days"))).who(|w| {
        w.roles = vec![
            dated("nurse", Some("2024-02-01"), Some("2024-02-10")),
            dated("nurse", Some("2024-06-01"), None),
        ];
    });
    assert!(world.try_on(day("2024-01-31")).is_none());
    assert_eq!(world.due_on("2024-02-10"), "2024-03-02");
    assert_eq!(status(&world, "2024-02-11"), Status::NotApplicable);
    // 1 June + 30 days.
    assert_eq!(world.due_on("2024-06-01"), "2024-07-01");
    assert_eq!(world.on("2024-06-05").timeline.spans.len(), 2);
}

#[test]
fn rule_1_two_roles_without_a_hole_are_one_span() {
    let either = Selector::Any(vec![Selector::Role(at(id("nurse"))), Selector::Role(at(id("desk")))]);
    let world = World::hired("2024-01-01", due("30 days"))
        .asking(|r| r.applies_to = Applies::Workers(either))
        .who(|w| {
            w.roles = vec![dated("nurse", None, Some("2024-01-15")), dated("desk", Some("2024-01-16"), None)];
        });
    assert_eq!(world.due_on("2024-02-10"), "2024-01-31");
}

#[test]
fn rule_1_a_short_break_of_employment_does_not_end_the_span() {
    // Away 11 to 20 March: ten days.
    let world = |gap: &str| {
        World::hired("2024-03-01", Due { rehire_gap: Some(days(gap)), ..due("90 days") }).who(|w| {
            w.employment = vec![
                employment(Some("2024-03-01"), Some("2024-03-10"), "full-time"),
                employment(Some("2024-03-21"), None, "contractor"),
            ];
        })
    };
    // 1 March + 90 days, and 21 March + 90 days.
    assert_eq!(world("10 days").due_on("2024-03-21"), "2024-05-30");
    assert_eq!(world("9 days").due_on("2024-03-21"), "2024-06-19");
    assert_eq!(status(&world("10 days"), "2024-03-15"), Status::NotApplicable);
}

#[test]
fn rule_1_a_missing_start_is_unknown_and_never_a_default() {
    let world = World::hired("2024-03-01", due("90 days"))
        .who(|w| w.employment = vec![employment(None, Some("2024-12-31"), "full-time")])
        .done("2024-04-01");
    let found = world.on("2024-06-01");
    assert_eq!((found.status, found.due, found.since), (Status::Unknown, None, None));
    assert_eq!(status(&world, "2025-01-01"), Status::NotApplicable);
    let nobody = World::hired("2024-03-01", due("90 days")).who(|w| w.employment.clear());
    assert_eq!(status(&nobody, "2024-06-01"), Status::Unknown);
}

#[test]
fn rule_1_in_effect_cuts_the_span() {
    let world = World::hired("2024-01-01", due("30 days")).asking(|r| {
        r.effective_from = Some(day("2025-01-01"));
        r.effective_until = Some(day("2025-12-31"));
    });
    assert!(world.try_on(day("2024-12-31")).is_none());
    assert_eq!(world.due_on("2025-01-01"), "2025-01-31");
    assert_eq!(status(&world, "2026-01-01"), Status::NotApplicable);
}

#[test]
fn rule_2_what_was_done_before_counts_as_far_as_carry_in_goes() {
    // Without `every` 30 days: 2 January is 30 days before 1 February.
    let world = World::hired("2024-02-01", due("10 days"));
    assert_eq!(status(&world.clone().done("2024-01-02"), "2024-02-01"), Status::Current);
    assert_eq!(status(&world.done("2024-01-01"), "2024-03-01"), Status::Overdue);
    // With `every` that long: 1 February 2023.
    let yearly = World::hired("2024-02-01", rolling("10 days", "12 months"));
    assert_eq!(yearly.clone().done("2023-06-01").due_on("2024-02-01"), "2024-06-01");
    assert_eq!(yearly.clone().done("2023-01-31").due_on("2024-02-01"), "2024-02-11");
    // No due date is earlier than the first.
    assert_eq!(yearly.done("2023-02-01").due_on("2024-02-01"), "2024-02-11");
}

#[test]
fn rule_2_only_the_allowed_counts() {
    let world = World::hired("2024-02-01", due("10 days"));
    assert_eq!(
        status(&world.clone().done_with("2024-02-05", Outcome::Failed, None), "2024-02-05"),
        Status::DueSoon
    );
    let scored = world.asking(|r| r.evidence.min_score = Some(8000));
    let done = |score| scored.clone().done_with("2024-02-05", Outcome::Passed, score);
    assert_eq!(status(&done(Some(7999)), "2024-03-05"), Status::Overdue);
    assert_eq!(status(&done(None), "2024-03-05"), Status::Overdue);
    assert_eq!(status(&done(Some(8000)), "2024-03-05"), Status::Current);
}

#[test]
fn rule_2_an_edition_counts_from_its_publication_until_it_has_run_out() {
    let material =
        |name, on| Edition { within: Some(period("30 days")), ..edition(name, on, Change::Material) };
    let world = World::hired("2024-01-01", due("90 days"))
        .edition(material("one", "2024-01-10"))
        .edition(material("two", "2024-02-01"));
    // Due 31 March. Edition one runs out on 2 March.
    let overdue = |w: World| status(&w, "2024-04-01") == Status::Overdue;
    assert!(overdue(world.clone().done_edition("2024-01-09", "one")));
    assert!(overdue(world.clone().done_edition("2024-03-03", "one")));
    assert!(overdue(world.clone().done_edition("2024-03-03", "three")));
    assert!(overdue(world.clone().done("2024-03-03")));
    assert!(!overdue(world.clone().done_edition("2024-03-03", "two")));
    // Counted on its last day, and over at once: due again on the first due date.
    assert_eq!(world.done_edition("2024-03-02", "one").due_on("2024-03-02"), "2024-03-31");
}

#[test]
fn rule_3_on_the_first_day() {
    let world = World::hired("2024-01-01", due("0 days"));
    assert_eq!(world.due_on("2024-01-01"), "2024-01-01");
    assert_eq!(status(&world, "2024-01-01"), Status::DueSoon);
    assert_eq!(status(&world, "2024-01-02"), Status::Overdue);
    assert_eq!(world.on("2024-01-12").days_late, 11);
    assert_eq!(world.clone().done("2024-01-01").due_on("2024-01-01"), "-");
    assert_eq!(status(&world.done("2024-01-01"), "2030-01-01"), Status::Current);
}

#[test]
fn rule_5_skips_those_up_to_the_first_due_date_and_before_min_active() {
    let world = |within, active: Option<&str>| {
        let rule = Due { min_active: active.map(period), ..from_start(within, "1 month", "5 days") };
        World::hired("2024-01-31", rule).done("2024-01-31")
    };
    // S + 1 month = 29 February is the first due date itself.
    assert_eq!(world("29 days", None).due_on("2024-02-01"), "2024-03-31");
    assert_eq!(world("28 days", None).due_on("2024-02-01"), "2024-02-29");
    assert_eq!(world("10 days", Some("2 months")).due_on("2024-02-01"), "2024-03-31");
    assert_eq!(world("10 days", Some("61 days")).due_on("2024-02-01"), "2024-04-30");
}

#[test]
fn rule_7_a_late_completion_serves_the_late_date_until_the_next_one_opens() {
    // Quarters of 2024. First due 31 January; done 10 January. Due 30 June (April to June).
    let world = World::hired("2024-01-01", calendar("30 days", "3 months", "2024-01-01")).done("2024-01-10");
    assert_eq!(world.due_on("2024-01-11"), "2024-06-30");
    // Done in July: that serves the third quarter, and the second stays missed.
    let late = world.clone().done("2024-07-05");
    assert_eq!(late.due_on("2024-07-05"), "2024-12-31");
    let found = late.on("2024-07-10");
    let told: Vec<_> =
        found.timeline.dues.iter().map(|d| (d.due.to_string(), d.missed, d.served_by.is_some())).collect();
    let expected = [
        ("2024-01-31", false, true),
        ("2024-06-30", true, false),
        ("2024-09-30", false, true),
        ("2024-12-31", false, false),
    ];
    assert_eq!(told, expected.map(|(due, missed, served)| (due.to_owned(), missed, served)));
    // With `early: 20 days` the third quarter opens on 10 September: 5 July serves the second.
    let early = world.asking(|r| r.due.early = Some(days("20 days"))).done("2024-07-05");
    assert_eq!(early.due_on("2024-07-05"), "2024-09-30");
    let found = early.on("2024-07-10");
    let june = &found.timeline.dues[1];
    assert!(june.missed && june.late && june.served_by.is_some());
    assert_eq!(
        found.timeline.gaps(day("2024-07-10")),
        [crate::duty::Run { from: day("2024-07-01"), until: day("2024-07-04") }]
    );
}

#[test]
fn rule_8_the_latest_of_all_ends_and_never_before_the_first() {
    let licence =
        World::hired("2024-01-01", due("30 days")).asking(|r| r.kind = RequirementType::Certification);
    assert_eq!(status(&licence.clone().done("2024-01-05"), "2024-02-05"), Status::Overdue);
    let held = licence.done_until("2024-01-05", "2026-06-30");
    assert_eq!(held.due_on("2024-01-05"), "2026-06-30");
    assert_eq!(held.on("2024-01-05").timeline.on(day("2024-01-05")).unwrap().rule, Some(Rule::Expires));
    assert_eq!(held.clone().done_until("2024-02-05", "2025-06-30").due_on("2024-02-05"), "2026-06-30");
    assert_eq!(held.done_until("2026-06-20", "2028-06-30").due_on("2026-06-20"), "2028-06-30");
    let short = World::hired("2024-01-01", due("30 days")).done_until("2024-01-05", "2024-01-10");
    assert_eq!(short.due_on("2024-01-06"), "2024-01-31");
}

#[test]
fn rule_10_a_material_change_asks_again_only_those_it_touches() {
    let affects = Some(Selector::Role(at(id("nurse"))));
    let two = Edition {
        affects,
        within: Some(period("60 days")),
        ..edition("two", "2024-06-01", Change::Material)
    };
    let world = World::hired("2024-01-01", due("30 days"))
        .edition(edition("one", "2023-01-01", Change::Material))
        .edition(two)
        .done_edition("2024-01-10", "one");
    assert_eq!(world.due_on("2024-06-02"), "-");
    let nurse = world.clone().who(|w| w.roles = vec![dated("nurse", Some("2024-07-01"), None)]);
    assert_eq!(nurse.due_on("2024-06-30"), "-");
    // A nurse from 1 July on: that day + 60 days.
    assert_eq!(nurse.due_on("2024-07-01"), "2024-08-30");
    assert_eq!(status(&nurse, "2024-08-31"), Status::Overdue);
    assert_eq!(nurse.done_edition("2024-08-05", "two").due_on("2024-08-05"), "-");
    let minor = world.edition(edition("three", "2024-07-01", Change::Minor));
    assert_eq!(minor.due_on("2024-08-02"), "-");
}

#[test]
fn rule_11_an_exemption_moves_what_falls_due_from_its_first_day_on() {
    let world = World::hired("2024-01-01", due("30 days"));
    // Due 31 January. Exempt to 31 March: 31 March + 30 days.
    let exempt = world.clone().exempt("2024-01-31", "2024-03-31");
    assert_eq!(exempt.due_on("2024-01-30"), "2024-01-31");
    let found = exempt.on("2024-02-10");
    assert_eq!((found.status, found.underlying), (Status::Exempt, Some(Status::Pending)));
    assert_eq!(exempt.due_on("2024-04-01"), "2024-04-30");
    assert_eq!(status(&exempt, "2024-04-01"), Status::DueSoon);
    // One missed before stays missed.
    let missed = world.exempt("2024-02-01", "2024-03-31");
    assert_eq!(missed.on("2024-02-01").underlying, Some(Status::Overdue));
    assert_eq!(status(&missed, "2024-04-01"), Status::Overdue);
    assert_eq!(missed.on("2024-04-01").days_late, 61);
}

#[test]
fn rule_12_an_extension_gives_time_and_does_not_make_it_punctual() {
    let world = World::hired("2024-01-01", due("30 days")).extend("2024-02-05", "2024-02-20");
    assert_eq!(status(&world, "2024-02-04"), Status::Overdue);
    assert_eq!(world.due_on("2024-02-05"), "2024-02-20");
    let late = world.clone().done("2024-02-10").on("2024-02-10").marks.late;
    assert!(late);
    assert!(!world.done("2024-01-31").on("2024-02-10").marks.late);
}

#[test]
fn rule_13_a_leave_defers() {
    let world = World::hired("2024-01-01", due("30 days"));
    let away = world.clone().leave("2024-01-20", Some("2024-02-29"));
    // Back on 1 March, + 14 days.
    assert_eq!(away.due_on("2024-01-19"), "2024-01-31");
    assert_eq!(away.due_on("2024-01-20"), "2024-03-15");
    assert_eq!(status(&away, "2024-01-30"), Status::Pending);
    assert_eq!(status(&away, "2024-01-31"), Status::Deferred);
    assert_eq!(status(&away, "2024-02-29"), Status::Deferred);
    assert_eq!(status(&away, "2024-03-01"), Status::DueSoon);
    assert_eq!(status(&away, "2024-03-16"), Status::Overdue);
    // Less than 14 days after the first day back, 18 January: up to 31 January.
    let soon = world.clone().leave("2024-01-04", Some("2024-01-17"));
    assert_eq!(soon.due_on("2024-01-18"), "2024-02-01");
    let just = world.clone().leave("2024-01-03", Some("2024-01-16"));
    assert_eq!(just.due_on("2024-01-18"), "2024-01-31");
    // Missed before stays missed; an open-ended leave leaves no due date.
    assert_eq!(status(&world.clone().leave("2024-02-01", None), "2024-02-01"), Status::Overdue);
    let open = world.leave("2024-01-31", None).on("2024-06-01").clone().status;
    assert_eq!(open, Status::Deferred);
}

#[test]
fn rule_14_comes_before_11_12_and_13() {
    let world = World::hired("2024-01-01", rolling("30 days", "12 months")).done("2024-01-10").external(
        ExternalKind::Retraining,
        "2024-06-01",
        "2024-06-15",
    );
    assert_eq!(world.due_on("2024-05-31"), "2025-01-10");
    assert_eq!(world.due_on("2024-06-01"), "2024-06-15");
    assert_eq!(world.clone().exempt("2024-06-10", "2024-07-01").due_on("2024-06-12"), "2024-07-31");
    assert_eq!(world.clone().extend("2024-06-10", "2024-06-20").due_on("2024-06-12"), "2024-06-20");
    assert_eq!(world.clone().leave("2024-06-10", Some("2024-06-30")).due_on("2024-06-12"), "2024-07-15");
    // An assignment is served on its own day.
    let assigned = World::hired("2024-01-01", due("30 days")).done("2024-01-10").external(
        ExternalKind::Assignment,
        "2024-06-01",
        "2024-06-15",
    );
    assert_eq!(assigned.due_on("2024-06-01"), "2024-06-15");
    assert_eq!(assigned.done("2024-06-01").due_on("2024-06-01"), "-");
}

#[test]
fn rule_14_may_lie_before_the_first_due_date() {
    let world = World::hired("2024-01-01", due("90 days")).external(
        ExternalKind::Assignment,
        "2024-01-01",
        "2024-01-05",
    );
    assert_eq!(world.due_on("2024-01-01"), "2024-01-05");
}

#[test]
fn rule_15_leaving_ends_it_and_keeps_the_timeline() {
    let world = World::hired("2024-01-01", due("30 days"))
        .who(|w| w.employment = vec![employment(Some("2024-01-01"), Some("2024-03-31"), "full-time")]);
    assert_eq!(status(&world, "2024-03-31"), Status::Overdue);
    let left = world.on("2024-06-01");
    assert_eq!((left.status, left.due, left.days_late), (Status::NotApplicable, None, 0));
    assert_eq!(left.timeline.status_on(day("2024-02-15")), Status::Overdue);
    assert_eq!(left.timeline.days_late_on(day("2024-02-15")), 15);
    assert_eq!(left.timeline.dues[0].closed_on, Some(day("2024-04-01")));
}

#[test]
fn rule_16_the_stricter_one_decides() {
    let mut world = World::hired("2024-01-01", due("30 days")).done("2024-01-05");
    world.requirements.push(super::world::requirement("fire", rolling("0 days", "12 months")));
    let duties = world.duties(day("2024-02-01"));
    assert_eq!(duties.strictest(&ana()), Status::Overdue);
    let words: Vec<_> = duties.of(&ana()).iter().map(|o| (o.requirement.id.as_str(), o.status)).collect();
    assert_eq!(words, [("fire", Status::Overdue), ("training", Status::Current)]);
}

#[test]
fn the_order_of_statuses_at_its_edges() {
    let rule = Due { notice: Some(days("10 days")), grace: days("5 days"), ..due("30 days") };
    let world = World::hired("2024-01-01", rule);
    let on = |day: &str| status(&world, day);
    // Due 31 January, notice from the 21st, grace to 5 February.
    assert_eq!(on("2024-01-20"), Status::Pending);
    assert_eq!(on("2024-01-21"), Status::DueSoon);
    assert_eq!(on("2024-01-31"), Status::DueSoon);
    assert_eq!(on("2024-02-01"), Status::Grace);
    assert_eq!(on("2024-02-05"), Status::Grace);
    assert_eq!(on("2024-02-06"), Status::Overdue);
    assert_eq!(world.on("2024-02-06").days_late, 6);
    assert_eq!(world.on("2024-02-09").since, Some(day("2024-02-06")));
    let world = world.asking(|r| r.state = State::Proposed);
    let proposed = world.on("2024-02-06");
    assert_eq!((proposed.status, proposed.underlying), (Status::Proposed, Some(Status::Overdue)));
}

#[test]
fn a_date_ahead_shows_what_will_be() {
    let found_in = World::hired("2024-01-01", rolling("30 days", "12 months")).done("2024-01-10");
    let found = found_in.on("2024-02-01");
    let on = |d: &str| found.timeline.status_on(day(d));
    // Due 10 January 2025, notice 30 days.
    assert_eq!(on("2024-12-10"), Status::Current);
    assert_eq!(on("2024-12-11"), Status::DueSoon);
    assert_eq!(on("2025-01-11"), Status::Overdue);
    assert_eq!(on("2999-01-11"), Status::Overdue);
    // What lies after the day asked about is not known.
    assert_eq!(found_in.done("2024-06-01").on("2024-02-01").due, Some(day("2025-01-10")));
}

#[test]
fn marks_say_what_else_is_to_be_said() {
    let world = World::hired("2024-01-01", rolling("30 days", "12 months"));
    assert!(world.clone().claimed("2024-01-10").on("2024-02-05").marks.unverified);
    assert!(!world.clone().claimed("2024-01-10").done("2024-01-12").on("2024-02-05").marks.unverified);
    assert!(world.clone().done("2024-01-12").claimed("2024-01-20").on("2024-02-05").marks.unverified);
    assert!(!world.clone().claimed("2024-01-10").on("2024-01-09").marks.unverified);
    assert!(world.clone().done("2024-02-01").on("2024-02-05").marks.late);
    assert_eq!(world.clone().done("2024-02-01").on("2024-02-05").marks.late_documented, None);
    let outline = Edition { material: Material::Outline, ..edition("one", "2023-01-01", Change::Material) };
    let weak = world.edition(outline).done_edition("2024-01-05", "one");
    assert!(weak.on("2024-02-05").marks.weak_material);
}

#[test]
fn anchored_due_dates_do_not_drift_in_forty_years() {
    let mut world =
        World::hired("2024-02-29", from_start("0 days", "12 months", "60 days")).done("2024-02-29");
    for year in 2025..2065 {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let expected = format!("{year}-02-{}", if leap { 29 } else { 28 });
        assert_eq!(world.due_on(&format!("{}-06-01", year - 1)), expected);
        world = world.done(&expected);
    }
    let mut world =
        World::hired("2024-01-15", calendar("0 days", "1 month", "2024-01-31")).done("2024-01-15");
    for month in 0..480u32 {
        let (year, month) = (2024 + i32::try_from((month + 1) / 12).unwrap(), (month + 1) % 12 + 1);
        // Periods begin on the last day of a month (31 January clamped), so they end a day before.
        let next = crate::record::date::Date::ymd(year + i32::from(month == 12), month % 12 + 1, 1).unwrap();
        let expected = next.plus_days(-2);
        let found = world.try_on(expected.plus_days(-5)).unwrap();
        assert_eq!(found.due, Some(expected));
        world = world.done(&expected.to_string());
    }
}
