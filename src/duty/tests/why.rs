//! The derivation leads to the date that the engine gives.

use proptest::prelude::*;

use super::random::{any_day, any_world};
use super::world::{World, ana, calendar, day, days, due, from_start, id, rolling};
use crate::duty::{AsOf, NoWhy, Source, Status, Why, why};
use crate::record::id::Subject;
use crate::record::policy::Due;

fn derive<'w>(world: &'w World, on: &str) -> Why<'w> {
    why(&world.inputs(), &ana(), "training", AsOf::Date(day(on))).unwrap()
}

fn texts(why: &Why<'_>) -> Vec<String> {
    why.steps.iter().map(|s| format!("{}: {}", s.rule, s.text)).collect()
}

#[test]
fn a_chain_can_be_followed_with_a_calendar() {
    let early = Due { early: Some(days("30 days")), ..rolling("60 days", "12 months") };
    let world = World::hired("2023-02-01", early).done("2023-03-01").done("2023-03-15").done("2024-02-05");
    let told = derive(&world, "2024-03-01");
    let expected = [
        "1: the requirement applies to worker/w-1 from 2023-02-01 on: this is S",
        "2: 3 completions count, from 2022-02-01 (S − 12 months) on",
        "3: the first due date is S + 60 days = 2023-02-01 + 60 days = 2023-04-02",
        "4: counted from what was done, 2023-03-01 + 2 × 12 months = 2025-03-01; the completion of 2024-02-05 continues that chain",
        "status: on 2024-03-01: current; 2025-03-01 lies 365 days ahead, notice is 30 days",
    ];
    assert_eq!(texts(&told), expected);
    assert_eq!(told.steps[0].citations, ["45 CFR 164.308(a)(5)(i)"]);
    assert!(
        told.steps[3].inputs.iter().any(|i| i.name == "early" && matches!(i.source, Source::Requirement(_)))
    );
    assert!(matches!(told.steps[3].inputs[0].source, Source::Record(_)));
}

#[test]
fn fixed_dates_say_which_one_was_served() {
    let world = World::hired("2024-01-31", from_start("0 days", "1 month", "7 days")).done("2024-01-31");
    let told = texts(&derive(&world, "2024-02-10"));
    assert_eq!(
        told[3],
        "7: the completion of 2024-01-31 serves the due date 2024-01-31, which is open from 2023-12-31 on"
    );
    assert_eq!(
        told[4],
        "5: the next due date is S + 1 × 1 month: 2024-01-31 + 1 month (the month has no later day, rule 9) = 2024-02-29"
    );
    let world = World::hired("2024-01-01", calendar("0 days", "3 months", "2024-01-01")).done("2024-01-01");
    let told = texts(&derive(&world, "2024-02-10"));
    assert_eq!(told[4], "6: the next due date is the last day of the period from 2024-04-01 to 2024-06-30");
}

#[test]
fn moves_name_their_causes() {
    let world = World::hired("2024-01-01", due("30 days"))
        .exempt("2024-01-20", "2024-02-10")
        .leave("2024-03-01", Some("2024-03-31"));
    let told = derive(&world, "2024-03-12");
    let texts = texts(&told);
    assert_eq!(
        texts[3],
        "11: the due date 2024-01-31 becomes 2024-03-11: the exemption's last day + `within` lies later"
    );
    assert_eq!(
        texts[4],
        "13: the due date 2024-03-11 becomes 2024-04-15: it falls into a leave or soon after it: the first day back + `after_leave`"
    );
    assert_eq!(told.steps[4].inputs[0].value, "2024-03-01 to 2024-03-31");
    assert!(matches!(told.steps[4].inputs[0].source, Source::Worker(_)));
    assert_eq!(told.steps[4].inputs[1].source, Source::Organization);
    assert!(told.steps[4].citations.is_empty());
}

#[test]
fn what_cannot_be_derived_says_so() {
    let world = World::hired("2024-01-01", due("30 days"));
    let ask = |subject: Subject, requirement| {
        why(&world.inputs(), &subject, requirement, AsOf::Date(day("2024-01-02"))).err()
    };
    assert_eq!(ask(ana(), "other"), Some(NoWhy::Requirement));
    let nobody = Subject::Worker(id("w-9"));
    assert_eq!(ask(nobody, "training"), Some(NoWhy::Subject));
    assert_eq!(ask(Subject::Org, "training"), Some(NoWhy::NeverApplies));
    let unknown = world.who(|w| w.employment.clear());
    let told = derive(&unknown, "2024-01-02");
    assert_eq!(told.obligation.status, Status::Unknown);
    assert!(told.steps[0].text.contains("a start is missing"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_last_date_derived_is_the_due_date(world in any_world(), as_of in any_day()) {
        let inputs = world.inputs();
        let Ok(told) = why(&inputs, &ana(), "training", AsOf::Date(as_of)) else { return Ok(()) };
        let found = world.try_on(as_of);
        if let Some(found) = found {
            prop_assert_eq!((told.obligation.status, told.obligation.due), (found.status, found.due));
        }
        let mut lasting = told.steps.iter().filter(|s| matches!(s.rule, "3" | "4" | "5" | "6" | "8" | "10" | "11" | "12" | "13" | "14" | "15"));
        let last = lasting.rfind(|s| s.date.is_some() || s.rule == "13").map(|s| s.date);
        if let Some(due) = told.obligation.due {
            prop_assert_eq!(last, Some(Some(due)), "{:#?}", told.steps);
        }
    }
}
