//! What asks for less.

use super::requirement;
use crate::history::events::weaker::{loosens, removal};

fn due(rest: &str) -> String {
    format!("due: {{within: 30 days, {rest}}}")
}

fn less(before: &str, after: &str) -> bool {
    !loosens(&requirement(before), &requirement(after)).is_empty()
}

/// Each loosens one way round and not the other.
#[test]
fn one_way_loosens_and_the_other_does_not() {
    let recurring = "every: 12 months, anchor: completion";
    let calendar = "every: 12 months, anchor: calendar, period_start: 2025-01-01";
    for (strict, loose) in [
        ("state: in_force".to_owned(), "state: proposed".to_owned()),
        ("applies_to: {any: [{role: a}, {role: b}]}".to_owned(), "applies_to: {role: b}".to_owned()),
        ("applies_to: {role: a}".to_owned(), "applies_to: {all: [{role: a}, {role: b}]}".to_owned()),
        ("applies_to: systems".to_owned(), "applies_to: {system: ehr}".to_owned()),
        ("effective_until: 2027-01-01".to_owned(), "effective_until: 2026-01-01".to_owned()),
        ("due: {within: 4 weeks}".to_owned(), "due: {within: 1 month}".to_owned()),
        (due(&format!("{recurring}, carry_in: 30 days")), due("grace: 0 days")),
        (due("every: 365 days, anchor: completion"), due("every: 13 months, anchor: completion")),
        (due(recurring), due(&format!("{recurring}, early: 1 day"))),
        (due(&format!("{calendar}, early: 9 days")), due(&format!("{calendar}, early: 10 days"))),
        (due(&format!("{calendar}, early: 9 days")), due(calendar)),
        (due("max_gap: 365 days"), due("max_gap: 366 days")),
        (due("max_gap: 365 days"), due("grace: 0 days")),
        (due("notice: 10 days"), due("notice: 9 days")),
        (due("grace: 0 days"), due("grace: 1 day")),
        (due(calendar), due(&format!("{calendar}, min_active: 1 day"))),
        (due("carry_in: 29 days"), due("grace: 0 days")),
        (due("after_leave: 7 days"), due("after_leave: 8 days")),
        ("declaration: I did.".to_owned(), String::new()),
        ("signed_by: [[issuer]]".to_owned(), "signed_by: [[issuer], [self]]".to_owned()),
        ("signed_by: [[self, supervisor]]".to_owned(), "signed_by: [[self]]".to_owned()),
        ("signed_by: [[supervisor, supervisor]]".to_owned(), "signed_by: [[supervisor]]".to_owned()),
        ("evidence: {outcomes: [passed]}".to_owned(), String::new()),
        ("evidence: {min_score: 80}".to_owned(), String::new()),
        (
            "evidence: {assurance: [witnessed]}".to_owned(),
            "evidence: {assurance: [witnessed, self]}".to_owned(),
        ),
        ("retain: 6 years".to_owned(), String::new()),
    ] {
        assert!(less(&strict, &loose), "{strict} → {loose}");
        assert!(!less(&loose, &strict), "{loose} → {strict}");
    }
}

/// Nobody can say which way is the looser one: both are.
#[test]
fn in_doubt_it_loosens() {
    let every = |period: &str| due(&format!("every: {period}, early: 60 days, anchor: start"));
    for (one, other) in [
        ("type: training".to_owned(), "type: control".to_owned()),
        ("applies_to: {role: a}".to_owned(), "applies_to: {role: b}".to_owned()),
        ("applies_to: {role: a}".to_owned(), "applies_to: org".to_owned()),
        ("effective_from: 2026-01-01".to_owned(), "effective_from: 2025-01-01".to_owned()),
        ("due: {within: 30 days}".to_owned(), "due: {within: 1 month}".to_owned()),
        (every("12 months"), every("5 months")),
        (
            due("every: 1 year, anchor: completion"),
            due("every: 1 year, anchor: calendar, period_start: 2025-01-01"),
        ),
        (due("after_leave: 7 days"), due("grace: 0 days")),
        (due("rehire_gap: 7 days"), due("rehire_gap: 8 days")),
        ("declaration: I did.".to_owned(), "declaration: I did it.".to_owned()),
        ("signed_by: [[issuer]]".to_owned(), "signed_by: [[supervisor]]".to_owned()),
    ] {
        assert!(less(&one, &other), "{one} → {other}");
        assert!(less(&other, &one), "{other} → {one}");
    }
}

#[test]
fn what_asks_for_no_less() {
    for (before, after) in [
        ("title: A", "title: B\nowner: org\ncitations: [C]"),
        ("applies_to: {role: a}", "applies_to: {any: [{role: b}, {role: a}]}"),
        ("applies_to: {all: [{role: a}, {role: b}]}", "applies_to: {role: b}"),
        ("applies_to: {not: {any: [{role: a}, {role: b}]}}", "applies_to: {not: {role: b}}"),
        ("due: {within: 12 months}", "due: {within: 1 year}"),
        ("signed_by: [[issuer], [self]]", "signed_by: [[issuer, officer]]"),
    ] {
        assert_eq!(loosens(&requirement(before), &requirement(after)), [""; 0], "{before} → {after}");
    }
}

/// Done once, a month before the start at most; done each year, up to a year before.
#[test]
fn a_period_that_lets_older_completions_count_loosens() {
    let once = requirement("");
    let yearly = requirement(&due("every: 12 months, anchor: completion"));
    assert_eq!(
        loosens(&once, &yearly),
        ["period none to 12 months: it is asked for less often, on other days, or older completions count"]
    );
    let strict = requirement(&due("every: 12 months, anchor: completion, carry_in: 30 days"));
    assert_eq!(loosens(&once, &strict), [""; 0]);
}

#[test]
fn what_is_proposed_asks_for_nothing() {
    let proposed = requirement("state: proposed");
    let other = requirement("state: proposed\ndue: {within: 5 years}\nsigned_by: [[self]]");
    assert_eq!(loosens(&proposed, &other), [""; 0]);
    assert_eq!(removal(&proposed), None);
    assert_eq!(removal(&requirement("")), Some("nobody owes it any more"));
}

/// Nested to the limit, and nothing in common: the answer must not take longer than a blink.
#[test]
fn hostile_conditions_cost_little() {
    let nested = |leaf: &str| {
        let mut text = format!("{{role: {leaf}}}");
        for depth in 0..5 {
            let word = if depth % 2 == 0 { "all" } else { "any" };
            text = format!("{{{word}: [{}]}}", vec![text; 5].join(", "));
        }
        requirement(&format!("applies_to: {text}"))
    };
    let (before, after) = (nested("a"), nested("b"));
    let started = std::time::Instant::now();
    assert!(!loosens(&before, &after).is_empty());
    assert!(started.elapsed() < std::time::Duration::from_secs(2));
}
