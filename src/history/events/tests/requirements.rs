//! Requirements and editions.

use super::{View, between, requirement};
use crate::record::policy::Requirement;

fn view(list: &[Requirement]) -> View<'_> {
    View { requirements: list.iter().collect(), ..View::default() }
}

fn changed(before: &str, after: &str) -> Vec<String> {
    between(&view(&[requirement(before)]), &view(&[requirement(after)]))
}

#[test]
fn added_and_removed() {
    let yearly = requirement(
        "due: {within: 30 days, every: 12 months, anchor: completion}\napplies_to: {any: [{role: nurse}, {role: biller}]}",
    );
    let (none, some) = (view(&[]), view(std::slice::from_ref(&yearly)));
    let added = "requirement-added | hygiene | new requirement: training for role nurse or role biller, within 30 days, every 12 months | tightens";
    assert_eq!(between(&none, &some), [added]);
    assert_eq!(between(&some, &none), ["requirement-removed | hygiene | requirement removed | loosens"]);
    let proposed = [requirement("state: proposed")];
    let added =
        "requirement-added | hygiene | new requirement: training for everyone, within 30 days, proposed";
    assert_eq!(between(&none, &view(&proposed)), [added]);
    assert_eq!(between(&view(&proposed), &none), ["requirement-removed | hygiene | requirement removed"]);
}

#[test]
fn each_field_in_words() {
    let every = |rest: &str| format!("due: {{within: 30 days, {rest}}}");
    for (before, after, words) in [
        ("title: A", "title: B", "title “A” to “B”"),
        ("type: training", "type: control", "type training to control | loosens"),
        ("state: in_force", "state: proposed", "state in_force to proposed | loosens"),
        ("state: proposed", "state: in_force", "state proposed to in_force | tightens"),
        ("owner: worker/w-1", "owner: worker/w-2", "owner <w-1> to <w-2>"),
        ("citations: [A]", "citations: [A, B]", "citations: “A” → “A” and “B”"),
        ("applies_to: everyone", "applies_to: {role: nurse}", "applies_to everyone to role nurse | loosens"),
        ("applies_to: {role: nurse}", "applies_to: everyone", "applies_to role nurse to everyone | tightens"),
        (
            "applies_to: {all: [{role: a}, {any: [{location: b}, {not: {worker: w-1}}]}]}",
            "applies_to: org",
            "applies_to: role a and (location b or not worker <w-1>) → the organisation | loosens",
        ),
        (
            "applies_to: {system: ehr}",
            "applies_to: systems",
            "applies_to system ehr to every system | tightens",
        ),
        ("", "effective_until: 2027-01-01", "effective_until none to 2027-01-01 | loosens"),
        ("due: {within: 30 days}", "due: {within: 60 days}", "within 30 days to 60 days | loosens"),
        ("", "due: {within: 30 days, grace: 7 days}", "grace 0 days to 7 days | loosens"),
        ("declaration: I did.", "declaration: I might.", "declaration “I did.” to “I might.” | loosens"),
        (
            "signed_by: [[issuer], [supervisor]]",
            "signed_by: [[self]]",
            "signed_by: issuer or supervisor → self | loosens",
        ),
        (
            "signed_by: [[supervisor, self], [issuer]]",
            "signed_by: [[issuer]]",
            "signed_by: issuer, or self and supervisor → issuer | tightens",
        ),
        ("evidence: {min_score: 80}", "evidence: {min_score: 70}", "min_score 80 to 70 | loosens"),
        ("evidence: {assurance: [issuer]}", "", "assurance issuer to any | loosens"),
        (
            "evidence: {outcomes: [passed]}",
            "evidence: {outcomes: [failed]}",
            "outcomes passed to failed | loosens",
        ),
        ("retain: 6 years", "retain: 5 years", "retain 6 years to 5 years | loosens"),
        ("retain: 1 year", "retain: 12 months", "retain 1 year to 12 months"),
    ] {
        assert_eq!(
            changed(before, after),
            [format!("requirement-changed | hygiene | {words}")],
            "{before} {after}"
        );
    }
    for (before, after, words) in [
        (
            "every: 12 months, anchor: completion",
            "every: 24 months, anchor: completion",
            "period 12 months to 24 months | loosens",
        ),
        (
            "every: 1 year, anchor: completion",
            "every: 6 months, anchor: completion",
            "period 1 year to 6 months | tightens",
        ),
        (
            "every: 1 year, early: 1 day, anchor: completion",
            "every: 1 year, early: 1 day, anchor: start",
            "anchor completion to start | loosens",
        ),
        (
            "every: 1 year, anchor: completion",
            "every: 1 year, anchor: calendar, period_start: 2025-01-01",
            "anchor: completion → calendar from 2025-01-01 | loosens",
        ),
    ] {
        let found = changed(&every(before), &every(after));
        assert_eq!(found, [format!("requirement-changed | hygiene | {words}")], "{before} {after}");
    }
}

#[test]
fn what_means_the_same_is_no_event() {
    for (before, after) in [
        ("signed_by: [[issuer], [self, supervisor]]", "signed_by: [[supervisor, self], [issuer]]"),
        ("evidence: {outcomes: [passed, failed]}", "evidence: {outcomes: [failed, passed]}"),
        ("", "state: in_force"),
        ("", "due: {within: 30 days, grace: 0 days}"),
    ] {
        assert_eq!(changed(before, after), [""; 0]);
    }
}

#[test]
fn texts_of_strangers_stay_on_one_short_line() {
    let long = format!("declaration: {}x", "many words ".repeat(40));
    let found = changed(&format!("{long}a"), &format!("{long}b"));
    assert_eq!(found, ["requirement-changed | hygiene | declaration changed | loosens"]);
    let found = changed("title: Ask ana@example.org", "title: Ask no one");
    assert_eq!(found, ["requirement-changed | hygiene | title: “Ask (address)” → “Ask no one”"]);
}

const EDITION: &str =
    "editions:\n  - {edition: \"2026\", material: outline, published: 2026-01-01, within: 30 days}\n";

#[test]
fn editions() {
    let with = |line: &str| {
        format!("{EDITION}  - {{edition: \"2027\", material: outline, published: 2027-01-01, {line}}}")
    };
    let added = |line: &str| changed(EDITION, &with(line));
    for (line, words) in [
        ("change: material, within: 60 days", "new edition 2027, material, within 60 days | tightens"),
        ("change: minor", "new edition 2027, minor"),
        ("affects: {role: nurse}", "new edition 2027, material, for role nurse | tightens"),
    ] {
        assert_eq!(added(line), [format!("edition-added | hygiene | {words}")]);
    }
    let removed = changed(&with("change: minor"), EDITION);
    assert_eq!(removed, ["edition-removed | hygiene | edition 2027 removed | loosens"]);
    for (before, after, words) in [
        ("change: material", "change: minor", "change material to minor | loosens"),
        ("change: minor", "change: material", "change minor to material | tightens"),
        ("within: 60 days", "within: 90 days", "within 60 days to 90 days | loosens"),
        // Without its own it has the requirement's 30 days.
        ("within: 60 days", "change: material", "within 60 days to none | tightens"),
        ("change: material", "affects: {role: nurse}", "affects everyone to role nurse | loosens"),
    ] {
        let found = changed(&with(before), &with(after));
        assert_eq!(found, [format!("edition-changed | hygiene | edition 2027, {words}")]);
    }
    let found = changed(EDITION, &EDITION.replace("outline", "not_retained"));
    assert_eq!(
        found,
        ["edition-changed | hygiene | edition 2026, material outline to not_retained | loosens"]
    );
    let found = changed(EDITION, &EDITION.replace("2026-01-01", "2026-02-01"));
    assert_eq!(
        found,
        ["edition-changed | hygiene | edition 2026, published 2026-01-01 to 2026-02-01 | loosens"]
    );
}

#[test]
fn the_last_of_one_day_is_in_use() {
    let one = |id: &str| format!("  - {{edition: \"{id}\", material: outline, published: 2026-01-01}}\n");
    let (ab, ba) =
        (format!("editions:\n{}{}", one("a"), one("b")), format!("editions:\n{}{}", one("b"), one("a")));
    assert_eq!(changed(&ab, &ba), ["edition-changed | hygiene | order of editions: a → b | loosens"]);
}
