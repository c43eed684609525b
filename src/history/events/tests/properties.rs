//! What holds for whatever is compared.

use proptest::prelude::*;

use super::super::Effect;
use super::super::held::{Held, extent, relief, steps};
use super::super::selectors::as_wide;
use super::super::weaker::surely_within;
use crate::record::date::{Date, Period};
use crate::record::id::Id;
use crate::record::node::{At, Spot};
use crate::record::policy::{Selector, Traits};

const ROLES: [&str; 3] = ["a", "b", "c"];

fn day(n: i64) -> Date {
    Date::ymd(2026, 1, 1).unwrap().plus_days(n)
}

fn held() -> impl Strategy<Value = Vec<Held<'static>>> {
    let one = (0..3usize, proptest::option::of(0..20i64), proptest::option::of(0..20i64));
    let held = one.prop_map(|(value, from, until)| Held {
        value: ROLES[value],
        from: from.map(day),
        until: until.map(day),
        needs_start: false,
    });
    proptest::collection::vec(held, 0..4)
}

/// Whether a list covers each day from the one before the first to the one after the last.
fn days(list: &[Held<'_>]) -> Vec<bool> {
    let on = |d: Date| list.iter().any(|h| h.from.is_none_or(|f| f <= d) && h.until.is_none_or(|u| d <= u));
    (-1..21).map(|n| on(day(n))).collect()
}

fn selector() -> impl Strategy<Value = Selector> {
    let role = (0..3usize)
        .prop_map(|n| Selector::Role(At { value: Id::parse(ROLES[n]).unwrap(), spot: Spot::default() }));
    let leaf = prop_oneof![1 => Just(Selector::Everyone), 6 => role];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let list = || proptest::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            list().prop_map(Selector::Any),
            list().prop_map(Selector::All),
            inner.clone().prop_map(|s| Selector::Not(Box::new(s))),
        ]
    })
}

/// Somebody with some of the three roles.
struct Somebody(usize);

impl Traits for Somebody {
    fn has_role(&self, id: &Id) -> bool {
        ROLES.iter().position(|r| *r == id.as_str()).is_some_and(|n| self.0 & (1 << n) != 0)
    }
    fn in_department(&self, _: &Id) -> bool {
        false
    }
    fn at_location(&self, _: &Id) -> bool {
        false
    }
    fn employed_as(&self, _: &Id) -> bool {
        false
    }
    fn has_attribute(&self, _: &Id) -> bool {
        false
    }
    fn is_worker(&self, _: &Id) -> bool {
        false
    }
}

fn period() -> impl Strategy<Value = Period> {
    let word = prop_oneof![Just("days"), Just("weeks"), Just("months"), Just("years")];
    (0..60u32, word).prop_map(|(n, word)| Period::parse(&format!("{n} {word}")).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_step_exactly_where_the_lists_are_the_same(mut before in held(), mut after in held()) {
        let none = steps(&before, &after).is_empty();
        before.sort();
        after.sort();
        prop_assert_eq!(none, before == after);
        after.clone_from(&before);
        after.reverse();
        prop_assert_eq!(steps(&before, &after), []);
    }

    #[test]
    fn a_day_taken_away_loosens_and_a_day_of_relief_does(before in held(), after in held()) {
        let (was, now) = (days(&before), days(&after));
        let fewer = was.iter().zip(&now).any(|(was, now)| *was && !now);
        let more = was.iter().zip(&now).any(|(was, now)| !was && *now);
        prop_assert_eq!(extent(&before, &after) == Effect::Neutral, was == now);
        prop_assert!(!fewer || extent(&before, &after) == Effect::Loosens);
        let relieved = match (more, fewer) {
            (true, _) => Effect::Loosens,
            (_, true) => Effect::Tightens,
            _ => Effect::Neutral,
        };
        prop_assert_eq!(relief(&before, &after), relieved);
    }

    #[test]
    fn as_wide_is_a_proof(before in selector(), after in selector()) {
        prop_assert!(as_wide(&before, &before));
        prop_assert!(as_wide(&before, &Selector::Any(vec![after.clone(), before.clone()])));
        if as_wide(&before, &after) {
            for roles in 0..8 {
                prop_assert!(!before.matches(&Somebody(roles)) || after.matches(&Somebody(roles)));
            }
        }
    }

    #[test]
    fn surely_within_is_a_proof(short in period(), long in period(), from in 0..1500i64) {
        prop_assert!(surely_within(short, short));
        if surely_within(short, long) {
            prop_assert!(day(from).plus(short, 1) <= day(from).plus(long, 1));
        }
    }
}
