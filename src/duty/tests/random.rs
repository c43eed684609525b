//! Random worlds for the property tests.

use proptest::prelude::*;

use super::world::{World, ana, at, dated, due, id, origin, period, requirement};
use crate::duty::{Exemption, Extension, ExternalDueDate, ExternalKind};
use crate::record::attestation::Outcome;
use crate::record::date::{Date, Days};
use crate::record::node::Spot;
use crate::record::policy::{
    Anchor, Applies, Assurance, Change, Due, Edition, Material, Requirement, Selector, State,
};
use crate::record::roster::{Leave, Spell};
use crate::trust::accepted::Accepted;

/// The first of the days in which random worlds play.
pub fn epoch() -> Date {
    Date::ymd(2023, 12, 20).unwrap()
}

/// A day of those on which random worlds play: about three years.
pub fn any_day() -> impl Strategy<Value = Date> {
    prop_oneof![
        4 => (0i64..1100).prop_map(|n| epoch().plus_days(n)),
        1 => (0i64..12, 0u32..3).prop_map(|(months, before)| {
            // Ends of months, where clamping shows.
            let end = Date::ymd(2024, 1, 31).unwrap().times(period("1 month"), months);
            end.plus_days(-i64::from(before))
        }),
    ]
}

fn any_of(texts: &'static [&'static str]) -> impl Strategy<Value = crate::record::date::Period> {
    prop::sample::select(texts).prop_map(period)
}

fn some_days(max: u32) -> impl Strategy<Value = Days> {
    (0..=max).prop_map(Days::new)
}

pub fn any_due() -> impl Strategy<Value = Due> {
    let within = any_of(&["0 days", "5 days", "30 days", "1 month", "90 days"]);
    let every = any_of(&["10 days", "2 weeks", "1 month", "3 months", "6 months", "12 months", "90 days"]);
    let active = prop::option::weighted(0.3, any_of(&["10 days", "1 month", "90 days"]));
    let carry = prop::option::weighted(0.3, any_of(&["0 days", "20 days", "6 months"]));
    let limits = (
        prop::option::weighted(0.3, some_days(200)),
        prop::option::weighted(0.3, some_days(40)),
        prop_oneof![Just(Days::new(0)), some_days(20)],
        prop::option::weighted(0.3, some_days(30)),
        prop::option::weighted(0.4, some_days(60)),
    );
    (within, every, 0..4u8, prop::option::weighted(0.6, some_days(70)), active, carry, limits, any_day())
        .prop_map(|(within, every, anchor, early, min_active, carry_in, limits, period_start)| {
            let (max_gap, notice, grace, after_leave, rehire_gap) = limits;
            let anchored = anchor >= 2;
            Due {
                within,
                every: (anchor > 0).then_some(every),
                anchor: match anchor {
                    0 => None,
                    1 => Some(Anchor::Completion),
                    2 => Some(Anchor::Start),
                    _ => Some(Anchor::Calendar { period_start }),
                },
                early: if anchor == 2 { early.or(Some(Days::new(10))) } else { early.filter(|_| anchor > 0) },
                max_gap: max_gap.map(|d| Days::new(d.count() + 5)),
                notice,
                grace,
                min_active: min_active.filter(|_| anchored),
                carry_in,
                after_leave,
                rehire_gap,
            }
        })
}

fn any_selector() -> impl Strategy<Value = Selector> {
    prop_oneof![
        4 => Just(Selector::Everyone),
        1 => Just(Selector::Role(at(id("nurse")))),
        1 => Just(Selector::Employment(at(id("contractor")))),
        1 => Just(Selector::Any(vec![
            Selector::Role(at(id("nurse"))),
            Selector::Not(Box::new(Selector::Employment(at(id("contractor"))))),
        ])),
    ]
}

fn any_edition()
-> impl Strategy<Value = (Date, Change, Option<crate::record::date::Period>, Option<Selector>)> {
    let change = prop_oneof![3 => Just(Change::Material), 1 => Just(Change::Minor)];
    let within = prop::option::of(any_of(&["0 days", "30 days", "60 days"]));
    let affects = prop::option::weighted(0.3, Just(Selector::Role(at(id("nurse")))));
    (any_day(), change, within, affects)
}

prop_compose! {
    pub fn any_requirement()(
        rule in any_due(),
        applies in any_selector(),
        effective in (prop::option::weighted(0.15, any_day()), prop::option::weighted(0.05, any_day())),
        proposed in prop::bool::weighted(0.1),
        editions in prop_oneof![Just(Vec::new()).boxed(), prop::collection::vec(any_edition(), 1..4).boxed()],
    ) -> Requirement {
        let editions = editions.into_iter().enumerate().map(|(i, (published, change, within, affects))| {
            // The first one is old, so that something can be completed.
            let published = if i == 0 { epoch().plus_days(-300) } else { published };
            Edition {
                id: at(id(&format!("e{i}"))),
                material: Material::None,
                published, change, within, affects,
                spot: Spot::default(),
            }
        });
        Requirement {
            applies_to: Applies::Workers(applies),
            effective_from: effective.0,
            effective_until: effective.1,
            state: if proposed { State::Proposed } else { State::InForce },
            editions: editions.collect(),
            ..requirement("training", rule)
        }
    }
}

fn any_spells() -> impl Strategy<Value = Vec<Spell>> {
    let employment = (
        0i64..250,
        prop_oneof![20i64..300, 300i64..1500],
        0i64..60,
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.02),
    );
    (prop::collection::vec(employment, 1..4), any::<bool>()).prop_map(|(list, open)| {
        let mut from = epoch().plus_days(-100);
        let mut employments = Vec::new();
        for (i, (wait, length, gap, contractor, startless)) in list.iter().enumerate() {
            from = from.plus_days(if i == 0 { *wait } else { *gap });
            let end = from.plus_days(*length);
            let last = i + 1 == list.len();
            employments.push(Spell {
                start: (!startless).then_some(from),
                end: Some(end).filter(|_| !(last && open)),
                kind: at(id(if *contractor { "contractor" } else { "full-time" })),
                spot: Spot::default(),
            });
            from = end.next();
        }
        employments
    })
}

/// A completion: its day, edition, outcome and last day.
pub fn any_row(editions: usize) -> impl Strategy<Value = Accepted> {
    let edition = 0..editions.max(1);
    let wrong = prop::bool::weighted(0.05);
    (any_day(), -200i64..1, edition, wrong, prop::option::weighted(0.2, 0i64..300)).prop_map(
        move |(on, earlier, edition, failed, lasts)| {
            let on = if earlier < -150 { on.plus_days(earlier) } else { on };
            let mut row = Accepted::for_tests(ana(), id("training"), on);
            if editions > 0 {
                row = row.of_edition(id(&format!("e{edition}")));
            }
            if failed {
                row = row.with(Outcome::Failed, None, Assurance::Issuer);
            }
            match lasts {
                Some(days) => row.expiring(on.plus_days(days)),
                None => row,
            }
        },
    )
}

fn any_run() -> impl Strategy<Value = (Date, Date)> {
    (any_day(), 0i64..120).prop_map(|(from, days)| (from, from.plus_days(days)))
}

prop_compose! {
    /// A world of one worker and one requirement with anything that section 7 knows of.
    pub fn any_world()(requirement in any_requirement())(
        rows in prop::collection::vec(any_row(requirement.editions.len()), 0..16),
        employments in any_spells(),
        nurse in prop::collection::vec(any_run(), 0..3),
        leaves in prop::collection::vec((any_run(), prop::bool::weighted(0.1)), 0..3),
        exemptions in prop_oneof![Just(Vec::new()).boxed(), prop::collection::vec(any_run(), 0..3).boxed()],
        extensions in prop_oneof![Just(Vec::new()).boxed(), prop::collection::vec(any_run(), 0..3).boxed()],
        external in prop_oneof![
            Just(Vec::new()).boxed(),
            prop::collection::vec((any_run(), any::<bool>()), 0..3).boxed(),
        ],
        requirement in Just(requirement),
    ) -> World {
        let mut world = World::hired("2024-01-01", due("0 days"));
        world.requirements = vec![requirement];
        world.workers[0].employment = employments;
        world.workers[0].roles = nurse.iter().map(|(from, until)| {
            dated("nurse", Some(&from.to_string()), Some(&until.plus_days(200).to_string()))
        }).collect();
        world.workers[0].leave = leaves.iter().map(|((from, until), open)| Leave {
            from: *from,
            until: (!open).then_some(*until),
            spot: Spot::default(),
        }).collect();
        world.accepted = rows;
        let (subject, training) = (ana(), id("training"));
        world.exemptions = exemptions.iter().map(|(from, until)| Exemption {
            subject: subject.clone(), requirement: training.clone(), from: *from, until: *until, origin: origin(),
        }).collect();
        world.extensions = extensions.iter().map(|(given_on, until)| Extension {
            subject: subject.clone(), requirement: training.clone(), given_on: *given_on, until: *until,
            origin: origin(),
        }).collect();
        world.external = external.iter().map(|((from, by), retraining)| ExternalDueDate {
            subject: subject.clone(), requirement: training.clone(), from: *from, by: *by,
            kind: if *retraining { ExternalKind::Retraining } else { ExternalKind::Assignment },
            origin: origin(),
        }).collect();
        world
    }
}
