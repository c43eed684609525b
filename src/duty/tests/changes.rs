//! What one more fact may change, and what it never does.

use proptest::prelude::*;

use super::properties::cases;
use super::random::{any_day, any_world};
use super::world::{World, employment};
use crate::duty::Obligation;
use crate::record::date::{Date, Days};
use crate::record::node::Spot;
use crate::record::policy::{Applies, Selector};
use crate::record::roster::Leave;

/// The due date that stands on a day; none is later than any.
fn due(found: &Obligation<'_>, day: Date) -> Option<Date> {
    found.timeline.on(day).map(|s| s.due.unwrap_or(Date::MAX))
}

fn on_leave(world: &World, from: Date, until: Option<Date>) -> World {
    let mut more = world.clone();
    more.workers[0].leave.push(Leave { from, until, spot: Spot::default() });
    more
}

/// Somebody for whom nothing changes but that they are away after a day, and for whom nothing
/// is recorded after it.
fn away_after(mut world: World, day: Date, days: i64) -> World {
    let hired = super::random::epoch().plus_days(-100).to_string();
    let back = day.plus_days(days + 1).to_string();
    world.workers[0].employment = vec![
        employment(Some(&hired), Some(&day.to_string()), "full-time"),
        employment(Some(&back), None, "full-time"),
    ];
    world.requirements[0].applies_to = Applies::Workers(Selector::Everyone);
    world.requirements[0].effective_until = None;
    world.requirements[0].editions.iter_mut().for_each(|edition| edition.affects = None);
    world.accepted.retain(|row| row.completed_on() <= day);
    world.extensions.retain(|extension| extension.given_on <= day);
    world
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_leave_never_brings_a_due_date_forward(
        world in any_world(), from in any_day(), length in prop::option::of(0i64..150), as_of in any_day(),
    ) {
        // An extension that is given in a leave says its last day in spite of it.
        let world = World { extensions: Vec::new(), ..world };
        let more = on_leave(&world, from, length.map(|days| from.plus_days(days)));
        let (without, with) = (world.try_on(as_of), more.try_on(as_of));
        let (Some(without), Some(with)) = (without, with) else { return Ok(()) };
        let days = with.timeline.segments.iter().chain(&without.timeline.segments).map(|s| s.from);
        for day in days.chain([as_of]) {
            prop_assert!(due(&without, day) <= due(&with, day), "on {}", day);
        }
    }

    #[test]
    fn a_leave_written_as_two_is_the_same_leave(
        world in any_world(), from in any_day(), length in 1i64..150, cut in 0i64..149, as_of in any_day(),
    ) {
        let (until, cut) = (from.plus_days(length), from.plus_days(cut % length));
        let one = on_leave(&world, from, Some(until));
        let two = on_leave(&on_leave(&world, cut.next(), Some(until)), from, Some(cut));
        let said = |world: &World| {
            let found = world.try_on(as_of)?;
            let segments = found.timeline.segments.iter();
            Some(segments.map(|s| (s.from, s.until, s.status, s.underlying, s.due, s.rule)).collect::<Vec<_>>())
        };
        prop_assert_eq!(said(&one), said(&two));
    }

    #[test]
    fn a_break_never_unmisses_a_date(world in any_world(), day in any_day(), days in 1i64..330) {
        let world = away_after(world, day, days);
        let (before, back) = (world.try_on(day), day.plus_days(days + 1));
        let Some(missed) = before.and_then(|o| o.due).filter(|due| *due < day) else { return Ok(()) };
        let after = world.try_on(back).and_then(|o| o.due);
        prop_assert!(after.is_some_and(|due| due <= missed), "{missed} became {after:?}");
    }

    #[test]
    fn nobody_jumps_into_the_past_on_the_day_of_a_transfer(world in any_world(), as_of in any_day()) {
        // A short interruption is no transfer: it leaves the date where it was.
        let world = world.asking(|r| r.due.rehire_gap = Some(Days::new(0)));
        let Some(found) = world.try_on(as_of) else { return Ok(()) };
        for pair in found.timeline.segments.windows(2) {
            let (Some(before), Some(after), day) = (pair[0].rule, pair[1].rule, pair[1].from) else { continue };
            if let (Some(was), Some(is)) = (due(&found, day.previous()), due(&found, day)) {
                prop_assert!(was < day || day <= is, "{was} by {before:?} became {is} by {after:?} on {day}");
            }
        }
    }
}
