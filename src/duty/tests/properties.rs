//! What must hold in every world.

use proptest::prelude::*;

use super::naive::{Naive, Said, dawn, dusk};
use super::random::{any_day, any_row, any_world};
use super::world::World;
use crate::duty::{Obligation, Status};
use crate::record::date::Date;
use crate::record::policy::Anchor;
use crate::trust::accepted::Accepted;

fn said(found: Option<&Obligation<'_>>, day: Date) -> Said {
    match found.and_then(|o| o.timeline.on(day)) {
        Some(s) => Said { status: s.status, underlying: s.underlying, due: s.due },
        None => Said { status: Status::NotApplicable, underlying: None, due: None },
    }
}

/// How many worlds each property is tried on.
pub fn cases() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.max(500),
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..usual
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_engine_says_what_the_text_says_day_by_day(
        world in any_world(), as_of in any_day(), days in prop::collection::vec(any_day(), 8),
    ) {
        let found = world.try_on(as_of);
        // Where the engine says that something changes, and the day before.
        let segments = found.iter().flat_map(|o| &o.timeline.segments);
        let edges: Vec<Date> = segments.flat_map(|s| [s.from, s.from.previous()]).collect();
        let naive = Naive::new(&world, as_of);
        for day in days.into_iter().chain(edges).chain([as_of]).filter(|d| (dawn()..dusk()).contains(d)) {
            // An obligation that has not begun is none.
            if found.is_none() && day > as_of { continue; }
            prop_assert_eq!(
                said(found.as_ref(), day), naive.ask(day), "on {} as of {}", day, as_of
            );
        }
    }

    #[test]
    fn segments_tile_the_time_from_the_first_day_on(world in any_world(), as_of in any_day()) {
        let Some(found) = world.try_on(as_of) else { return Ok(()) };
        let segments = &found.timeline.segments;
        for pair in segments.windows(2) {
            prop_assert!(pair[0].until.is_some_and(|until| pair[0].from <= until));
            prop_assert_eq!(pair[0].until.map(Date::next), Some(pair[1].from));
            prop_assert_ne!(
                (pair[0].status, pair[0].underlying, pair[0].due, pair[0].rule, pair[0].completion),
                (pair[1].status, pair[1].underlying, pair[1].due, pair[1].rule, pair[1].completion)
            );
        }
        prop_assert_eq!(segments.first().map(|s| s.from), found.timeline.spans.first().map(|s| s.from));
        prop_assert_eq!(segments.last().and_then(|s| s.until), None);
    }

    #[test]
    fn one_completion_never_serves_two_due_dates(world in any_world(), as_of in any_day()) {
        let Some(found) = world.try_on(as_of) else { return Ok(()) };
        // What is carried into a later span is looked at anew: within one it serves once, and
        // whatever incidents and assignments ask for.
        let own = found.timeline.dues.iter().filter(|d| d.rule.number() != 14);
        let served = own.filter_map(|d| Some((d.span, std::ptr::from_ref(d.served_by?))));
        let mut by: Vec<_> = served.collect();
        let all = by.len();
        by.sort_unstable();
        by.dedup();
        prop_assert_eq!(by.len(), all);
    }

    #[test]
    fn one_more_completion_never_brings_a_due_date_forward(
        (world, row) in any_world().prop_flat_map(|w| (any_row(w.requirements[0].editions.len()), Just(w)))
            .prop_map(|(row, world)| (world, row)),
        as_of in any_day(), days in prop::collection::vec(any_day(), 8),
    ) {
        let mut more = world.clone();
        more.accepted.push(row);
        let (without, with) = (world.try_on(as_of), more.try_on(as_of));
        let (Some(without), Some(with)) = (without, with) else { return Ok(()) };
        for day in days.into_iter().chain([as_of]) {
            let due = |o: &Obligation<'_>| o.timeline.on(day).map(|s| s.due.unwrap_or(Date::MAX));
            prop_assert!(due(&without) <= due(&with), "{} {:?} {:?}", day, due(&without), due(&with));
        }
    }

    #[test]
    fn the_past_of_a_timeline_is_what_was_known_then(
        world in any_world(), as_of in any_day(), days in prop::collection::vec(any_day(), 8),
    ) {
        let Some(now) = world.try_on(as_of) else { return Ok(()) };
        for day in days.into_iter().filter(|day| *day <= as_of) {
            let then = world.try_on(day);
            prop_assert_eq!(said(Some(&now), day), said(then.as_ref(), day), "on {}", day);
        }
    }

    #[test]
    fn four_hundred_years_later_nothing_differs_but_the_dates(world in any_world(), as_of in any_day()) {
        let later = four_hundred_years_later(&world);
        let (now, then) = (world.try_on(as_of), later.try_on(later_by(as_of)));
        prop_assert_eq!(now.is_none(), then.is_none());
        let (Some(now), Some(then)) = (now, then) else { return Ok(()) };
        let cut = |o: &Obligation<'_>| -> Vec<_> {
            let segments = o.timeline.segments.iter();
            segments.map(|s| (s.from, s.status, s.underlying, s.due, s.rule)).collect()
        };
        let moved = cut(&now).into_iter().map(|(from, status, underlying, due, rule)| {
            (if from == Date::MIN { from } else { later_by(from) }, status, underlying, due.map(later_by), rule)
        });
        prop_assert_eq!(moved.collect::<Vec<_>>(), cut(&then));
        let dues = |o: &Obligation<'_>| -> Vec<_> {
            o.timeline.dues.iter().map(|d| (d.due, d.last_good_day(), d.missed, d.late, d.rule)).collect()
        };
        let moved = dues(&now).into_iter().map(|(due, last, missed, late, rule)| {
            (later_by(due), last.map(later_by), missed, late, rule)
        });
        prop_assert_eq!(moved.collect::<Vec<_>>(), dues(&then));
    }

    #[test]
    fn the_due_date_that_stands_is_in_the_list(world in any_world(), as_of in any_day()) {
        let Some(found) = world.try_on(as_of) else { return Ok(()) };
        let none = matches!(found.status, Status::NotApplicable | Status::Unknown);
        // A span to come has its own first date already, and it stands only then.
        let begun = |span: usize| found.timeline.spans[span].from <= as_of;
        let dues = found.timeline.dues.iter().filter(|d| begun(d.span));
        let open: Vec<_> = dues.filter(|d| d.closed_on.is_none()).collect();
        if none || found.due.is_none() { return Ok(()); }
        // Of its own due dates the first that is open stands, beside those of rule 14.
        let own = open.iter().find(|d| d.rule.number() != 14);
        let external = open.iter().filter(|d| d.rule.number() == 14);
        let standing = own.into_iter().chain(external).filter(|d| d.last_good_day().is_some());
        let earliest = standing.min_by_key(|d| d.last_good_day());
        prop_assert_eq!(earliest.and_then(|d| d.last_good_day()), found.due);
        prop_assert_eq!(earliest.map(|d| d.missed), found.due.map(|due| due < as_of));
    }

    #[test]
    fn the_day_after_a_missed_date_that_nothing_moved_was_late(
        world in any_world(), as_of in any_day(),
    ) {
        let Some(found) = world.try_on(as_of) else { return Ok(()) };
        for due in found.timeline.dues.iter().filter(|d| d.missed && d.moves.is_empty()) {
            // The day after a missed due date, if it lies in the span, was a late one.
            let after = due.due.next();
            let Some(segment) = found.timeline.on(after) else { continue };
            // A later edition may have changed the date by then; an exemption may cover the day.
            let kept = segment.due == Some(due.due);
            let held = segment.underlying.is_some_and(|s| matches!(s, Status::Exempt | Status::Deferred));
            let owed = segment.status != Status::NotApplicable;
            prop_assert!(!(kept && owed) || held || segment.days_late(after) == 1);
        }
    }
}

/// 400 years of the calendar are exactly 146,097 days.
fn later_by(day: Date) -> Date {
    day.plus_days(146_097)
}

fn four_hundred_years_later(world: &World) -> World {
    let mut later = world.clone();
    let worker = &mut later.workers[0];
    for employment in &mut worker.employment {
        (employment.start, employment.end) = (employment.start.map(later_by), employment.end.map(later_by));
    }
    for role in &mut worker.roles {
        (role.from, role.until) = (role.from.map(later_by), role.until.map(later_by));
    }
    for leave in &mut worker.leave {
        (leave.from, leave.until) = (later_by(leave.from), leave.until.map(later_by));
    }
    let requirement = &mut later.requirements[0];
    requirement.effective_from = requirement.effective_from.map(later_by);
    requirement.effective_until = requirement.effective_until.map(later_by);
    if let Some(Anchor::Calendar { period_start }) = &mut requirement.due.anchor {
        *period_start = later_by(*period_start);
    }
    for edition in &mut requirement.editions {
        edition.published = later_by(edition.published);
    }
    later.accepted = world.accepted.iter().map(row_later).collect();
    for exemption in &mut later.exemptions {
        (exemption.from, exemption.until) = (later_by(exemption.from), later_by(exemption.until));
    }
    for extension in &mut later.extensions {
        (extension.given_on, extension.until) = (later_by(extension.given_on), later_by(extension.until));
    }
    for call in &mut later.external {
        (call.from, call.by) = (later_by(call.from), later_by(call.by));
    }
    later
}

fn row_later(row: &Accepted) -> Accepted {
    let on = later_by(row.completed_on());
    let later = Accepted::for_tests(row.subject().clone(), row.requirement().clone(), on);
    let later = later.with(row.outcome(), row.score(), row.assurance());
    let later = row.edition().map_or(later.clone(), |edition| later.clone().of_edition(edition.clone()));
    row.expires_on().map_or(later.clone(), |expires| later.clone().expiring(later_by(expires)))
}
