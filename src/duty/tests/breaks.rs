//! Breaks, leaves that touch, what stands again, and dates that are moved on their own: dates
//! computed by hand.

use super::world::{World, at, calendar, dated, day, days, due, edition, employment, id, period, rolling};
use crate::duty::{ExternalKind, Rule, Status};
use crate::record::policy::{Applies, Change, Due, Edition, Selector};

/// A nurse in some months of an employment that does not end.
fn nurse(due: Due, months: &[(&str, Option<&str>)]) -> World {
    World::hired("2024-01-01", due)
        .asking(|r| r.applies_to = Applies::Workers(Selector::Role(at(id("nurse")))))
        .who(|w| w.roles = months.iter().map(|(from, until)| dated("nurse", Some(from), *until)).collect())
}

/// Employed to a day and again from another.
fn rehired(due: Due, last: &str, back: &str) -> World {
    World::hired("2024-01-01", due).who(|w| {
        w.employment = vec![
            employment(Some("2024-01-01"), Some(last), "full-time"),
            employment(Some(back), None, "full-time"),
        ];
    })
}

#[test]
fn a_role_lost_for_30_days_is_a_break_and_for_31_the_end() {
    // 1 March to 30 March are 30 days. Due 30 April 2024: 1 January + 120 days.
    let short = nurse(due("120 days"), &[("2024-01-01", Some("2024-02-29")), ("2024-03-31", None)]);
    assert_eq!(short.due_on("2024-04-01"), "2024-04-30");
    assert_eq!(short.on("2024-03-15").status, Status::NotApplicable);
    assert_eq!(short.on("2024-04-01").timeline.spans.len(), 1);
    // From 1 April on anew: 1 April + 120 days.
    let long = nurse(due("120 days"), &[("2024-01-01", Some("2024-02-29")), ("2024-04-01", None)]);
    assert_eq!(long.due_on("2024-04-01"), "2024-07-30");
}

#[test]
fn a_break_is_to_due_dates_what_a_leave_is() {
    // Away 21 to 30 January, 10 days, so m is 10 and not 14. Due 25 January: inside, so it is
    // the first day back, 31 January, + 10 days.
    let inside = rehired(due("24 days"), "2024-01-20", "2024-01-31");
    assert_eq!(inside.due_on("2024-01-20"), "2024-01-25");
    assert_eq!(inside.due_on("2024-01-31"), "2024-02-10");
    let moves = &inside.on("2024-01-31").timeline.dues[0].moves;
    assert_eq!((moves.len(), moves[0].rule), (1, Rule::Leave));
    // Nine days after the first day back is less than 10, ten days is not.
    assert_eq!(rehired(due("39 days"), "2024-01-20", "2024-01-31").due_on("2024-01-31"), "2024-02-10");
    assert_eq!(rehired(due("40 days"), "2024-01-20", "2024-01-31").due_on("2024-01-31"), "2024-02-10");
    assert_eq!(rehired(due("41 days"), "2024-01-20", "2024-01-31").due_on("2024-01-31"), "2024-02-11");
    // Missed the day before the break: it stays missed.
    let missed = rehired(due("18 days"), "2024-01-20", "2024-01-31");
    assert_eq!(missed.due_on("2024-01-31"), "2024-01-19");
    assert_eq!(missed.on("2024-01-31").days_late, 12);
}

#[test]
fn a_leave_of_one_day_gives_one_day() {
    // Due 31 January; away on that day alone: back on 1 February, + 1 day.
    let world = World::hired("2024-01-01", due("30 days")).leave("2024-01-31", Some("2024-01-31"));
    assert_eq!(world.on("2024-01-31").status, Status::Deferred);
    assert_eq!(world.due_on("2024-01-31"), "2024-02-02");
}

#[test]
fn leaves_and_breaks_that_touch_are_one() {
    // 25 January to 3 February and 4 to 13 February: 20 days, so 14 February + 14 days.
    let world = World::hired("2024-01-01", due("30 days"));
    let two = world.clone().leave("2024-02-04", Some("2024-02-13")).leave("2024-01-25", Some("2024-02-03"));
    assert_eq!(two.due_on("2024-01-25"), "2024-02-28");
    assert_eq!(two.on("2024-02-13").status, Status::Deferred);
    // With a day between they are two of 10 and 9 days: 4 + 10 = 14 February lies in no leave,
    // but less than 9 days after the second one's first day back, 14 February: + 9 days.
    let apart = world.leave("2024-01-25", Some("2024-02-03")).leave("2024-02-05", Some("2024-02-13"));
    assert_eq!(apart.due_on("2024-01-25"), "2024-02-14");
    assert_eq!(apart.due_on("2024-02-05"), "2024-02-23");
    // A leave to the last day, and a break of 10 days after it: 15 January to 4 February.
    let break_too =
        rehired(due("30 days"), "2024-01-25", "2024-02-05").leave("2024-01-15", Some("2024-01-25"));
    assert_eq!(break_too.due_on("2024-01-15"), "2024-02-19");
}

#[test]
fn an_open_leave_ends_with_the_employment_in_which_it_began() {
    // Away from 25 January on, gone after 31 January, back on 10 February: 16 days, so
    // 10 February + 14 days.
    let world = rehired(due("30 days"), "2024-01-31", "2024-02-10").leave("2024-01-25", None);
    assert_eq!(world.on("2024-01-31").status, Status::Deferred);
    assert_eq!(world.due_on("2024-02-10"), "2024-02-24");
    assert_eq!(world.on("2024-02-25").status, Status::Overdue);
    // A new contract from the next day on is no end.
    let renewed = rehired(due("30 days"), "2024-01-31", "2024-02-01").leave("2024-01-25", None);
    assert_eq!(renewed.due_on("2024-02-10"), "-");
    assert_eq!(renewed.on("2024-02-10").status, Status::Deferred);
}

fn affected(months: &[(&str, Option<&str>)]) -> World {
    let two = Edition {
        affects: Some(Selector::Role(at(id("nurse")))),
        within: Some(period("60 days")),
        ..edition("two", "2024-06-01", Change::Material)
    };
    World::hired("2024-01-01", due("30 days"))
        .edition(edition("one", "2023-01-01", Change::Material))
        .edition(two)
        .done_edition("2024-01-10", "one")
        .who(|w| w.roles = months.iter().map(|(from, until)| dated("nurse", Some(from), *until)).collect())
}

#[test]
fn who_comes_to_be_affected_later_has_the_time_from_then_on() {
    // 1 October + 60 days = 30 November, and not 31 July.
    let world = affected(&[("2024-10-01", None)]);
    assert_eq!(world.due_on("2024-09-30"), "-");
    assert_eq!(world.due_on("2024-10-01"), "2024-11-30");
    // A nurse before E: 1 June + 60 days.
    assert_eq!(affected(&[("2024-02-01", None)]).due_on("2024-06-01"), "2024-07-31");
    // Away from it for 30 days, 1 to 30 June: no new coming. For 31 days: 2 July + 60 days.
    let short = affected(&[("2024-02-01", Some("2024-05-31")), ("2024-07-01", None)]);
    assert_eq!((short.due_on("2024-06-15"), short.due_on("2024-07-01")), ("-".into(), "2024-07-31".into()));
    let long = affected(&[("2024-02-01", Some("2024-05-31")), ("2024-07-02", None)]);
    assert_eq!(long.due_on("2024-07-02"), "2024-08-31");
}

#[test]
fn what_rule_14_asks_for_waits_for_the_next_span() {
    // Gone 11 March to 30 April, 51 days. The incident of 1 March asks for it by 20 March: that
    // lies in the time between, so 1 May + 14 days.
    let world = rehired(due("30 days"), "2024-03-10", "2024-05-01").done("2024-01-10").external(
        ExternalKind::Retraining,
        "2024-03-01",
        "2024-03-20",
    );
    assert_eq!(world.due_on("2024-03-10"), "2024-03-20");
    assert_eq!(world.due_on("2024-05-01"), "2024-05-15");
    assert_eq!(world.clone().done("2024-04-02").due_on("2024-05-01"), "-");
    // Done before `carry_in` (30 days before 1 May) it serves the incident all the same.
    assert_eq!(world.done("2024-03-15").due_on("2024-05-01"), "2024-05-31");
}

#[test]
fn a_missed_date_stands_again_within_12_months() {
    // Due 31 January, gone after 10 February.
    let back = |on: &str| rehired(due("30 days"), "2024-02-10", on);
    assert_eq!(back("2024-06-01").due_on("2024-06-01"), "2024-01-31");
    assert_eq!(back("2024-06-01").on("2024-06-01").status, Status::Overdue);
    assert_eq!(back("2025-02-10").due_on("2025-02-10"), "2024-01-31");
    assert_eq!(back("2025-02-11").due_on("2025-02-11"), "2025-03-13");
    // Due on the last day itself: not missed. 1 June + 40 days.
    assert_eq!(rehired(due("40 days"), "2024-02-10", "2024-06-01").due_on("2024-06-01"), "2024-07-11");
    // Only what is dated after the last day serves it, and there it is late.
    assert_eq!(back("2024-03-20").done("2024-02-25").due_on("2024-03-20"), "-");
    let found = back("2024-06-01").done("2024-06-03");
    let stood = found.on("2024-06-03").timeline.dues[1].clone();
    assert_eq!((stood.due, stood.rule, stood.missed), (day("2024-01-31"), Rule::Again, true));
    assert!(found.on("2024-06-03").marks.late);
    // An extension that is given after it moves it; one from before does not do so again.
    assert_eq!(back("2024-06-01").extend("2024-06-01", "2024-06-20").due_on("2024-06-01"), "2024-06-20");
    let before = back("2024-06-01").extend("2024-02-01", "2024-02-05");
    assert_eq!(before.due_on("2024-06-01"), "2024-02-05");
}

#[test]
fn dates_that_follow_one_that_stands_again_are_those_of_the_new_span() {
    // Quarters. First due 31 January, missed; gone after 10 February, back on 15 August. Done on
    // 20 August it serves that date; the next is the end of the first quarter after the return.
    let world = rehired(calendar("30 days", "3 months", "2024-01-01"), "2024-02-10", "2024-08-15");
    assert_eq!(world.due_on("2024-08-15"), "2024-01-31");
    assert_eq!(world.done("2024-08-20").due_on("2024-08-20"), "2024-12-31");
    let yearly = rehired(rolling("30 days", "12 months"), "2024-02-10", "2024-08-15").done("2024-08-20");
    assert_eq!(yearly.due_on("2024-08-20"), "2025-08-20");
}

#[test]
fn each_due_date_is_moved_on_its_own_and_the_earliest_decides() {
    // Due 31 January. An assignment of 10 January asks for it by 20 January. The exemption from
    // 25 January on moves the first alone: 10 February + 30 days.
    let world = World::hired("2024-01-01", due("30 days"))
        .external(ExternalKind::Assignment, "2024-01-10", "2024-01-20")
        .exempt("2024-01-25", "2024-02-10");
    assert_eq!(world.due_on("2024-02-11"), "2024-01-20");
    let dues: Vec<_> = world.on("2024-02-11").timeline.dues.iter().map(|d| d.last_good_day()).collect();
    assert_eq!(dues, [Some(day("2024-03-11")), Some(day("2024-01-20"))]);
    // What had ended before the incident's day does not move its date: back on 8 March, + 14
    // days would be 22 March.
    let ended = World::hired("2024-01-01", due("30 days"))
        .done("2024-01-10")
        .leave("2024-02-01", Some("2024-03-07"))
        .external(ExternalKind::Retraining, "2024-03-08", "2024-03-12");
    assert_eq!(ended.due_on("2024-03-08"), "2024-03-12");
}

#[test]
fn grants_apply_in_the_order_of_their_first_days() {
    // Due 31 January. The leave from 25 January to 5 February makes it 6 + 12 = 18 February; the
    // exemption from 10 February on then covers that date: 20 February + 30 days.
    let world = World::hired("2024-01-01", due("30 days"))
        .exempt("2024-02-10", "2024-02-20")
        .leave("2024-01-25", Some("2024-02-05"));
    assert_eq!(world.due_on("2024-02-09"), "2024-02-18");
    assert_eq!(world.due_on("2024-02-10"), "2024-03-21");
    // On one day the exemption comes first: 5 February + 30 days = 6 March, beyond the leave.
    let one_day = World::hired("2024-01-01", due("30 days"))
        .leave("2024-01-25", Some("2024-02-25"))
        .exempt("2024-01-25", "2024-02-05");
    // 26 February + 14 days = 11 March: 6 March lies less than 14 days after the first day back.
    assert_eq!(one_day.due_on("2024-01-25"), "2024-03-11");
}

#[test]
fn a_mark_of_a_span_that_ended_does_not_stand_beside_a_new_one() {
    // Done a day late, gone after 30 June, back on 1 September.
    let world = rehired(due("30 days"), "2024-06-30", "2024-09-01").done("2024-02-01");
    assert!(world.on("2024-06-30").marks.late);
    assert!(world.on("2024-07-15").marks.late, "that of the span that ended last");
    assert!(!world.on("2024-09-01").marks.late);
    assert_eq!(world.on("2024-09-01").marks.late_documented, Some(false));
    assert!(!world.done("2024-09-05").on("2024-09-06").marks.late);
}

#[test]
fn a_period_of_zero_never_loops() {
    let (said, answer) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for every in ["0 days", "0 weeks", "0 months", "0 years"] {
            for rule in
                [calendar("0 days", every, "2024-01-01"), super::world::from_start("0 days", every, "9 days")]
            {
                let rule = Due { max_gap: Some(days("0 days")), ..rule };
                let world = World::hired("2024-01-01", rule).done("2024-01-02");
                said.send(world.on("2024-02-01").status).unwrap();
            }
        }
    });
    for _ in 0..8 {
        let status = answer.recv_timeout(std::time::Duration::from_secs(20)).expect("an answer");
        assert_eq!(status, Status::Overdue);
    }
}
