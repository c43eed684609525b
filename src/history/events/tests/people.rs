//! Workers.

use super::{View, between, read};
use crate::record::roster::Roster;

fn roster(lines: &str) -> Roster {
    read(&format!("workers:\n  - id: w-1\n{lines}"))
}

fn changed(before: &str, after: &str) -> Vec<String> {
    let (before, after) = (roster(before), roster(after));
    let view = |r| View { workers: Vec::from_iter(&Roster::workers_of(r)[..]), ..View::default() };
    between(&view(&before), &view(&after))
}

impl Roster {
    fn workers_of(&self) -> &Vec<crate::record::roster::Worker> {
        &self.workers
    }
}

const HIRED: &str = "    employment: [{start: 2025-01-01, type: full-time}]\n";

/// What changes where one line is added to somebody who was hired, and where one is replaced.
fn lines(before: &str, after: &str) -> Vec<String> {
    changed(&format!("{HIRED}{before}"), &format!("{HIRED}{after}"))
}

#[test]
fn who_comes_and_who_goes() {
    let none: Roster = read("workers: []\n");
    let ana = roster("    employment: [{start: 2026-11-02, type: full-time}]\n    roles: [nurse, biller]\n");
    let view = |r: &'static Roster| View { workers: r.workers.iter().collect(), ..View::default() };
    let (none, ana): (&'static Roster, &'static Roster) = (Box::leak(none.into()), Box::leak(ana.into()));
    let hired = "worker-added | worker/w-1 | hired on 2026-11-02 as nurse and biller | tightens";
    assert_eq!(between(&view(none), &view(ana)), [hired]);
    let gone = "worker-removed | worker/w-1 | removed from the roster | loosens";
    assert_eq!(between(&view(ana), &view(none)), [gone]);
    let unknown: &'static Roster = Box::leak(roster("    employment: [{type: full-time}]\n").into());
    let unknown = between(&view(none), &view(unknown));
    assert_eq!(unknown, ["worker-added | worker/w-1 | added without a start date | tightens"]);
}

#[test]
fn employment() {
    let open = "    employment: [{start: 2025-01-01, type: full-time}]\n";
    let ended = "    employment: [{start: 2025-01-01, end: 2026-02-01, type: full-time}]\n";
    let later = "    employment: [{start: 2025-01-01, end: 2026-03-01, type: full-time}]\n";
    let back = "    employment: [{start: 2025-01-01, end: 2026-02-01, type: full-time}, {start: 2026-05-01, type: full-time}]\n    roles: nurse\n";
    let ended_nurse = format!("{ended}    roles: nurse\n");
    let contractor = "    employment: [{start: 2025-01-01, end: 2026-02-01, type: full-time}, {start: 2026-02-02, type: contractor}]\n";
    for (before, after, event) in [
        (open, ended, "worker-left | worker/w-1 | left on 2026-02-01 | loosens"),
        (
            ended,
            later,
            "employment-changed | worker/w-1 | full-time employment ends on 2026-03-01 instead of 2026-02-01 | tightens",
        ),
        (
            ended,
            open,
            "employment-changed | worker/w-1 | full-time employment no longer ends on 2026-02-01 | tightens",
        ),
        (&ended_nurse, back, "worker-returned | worker/w-1 | returned on 2026-05-01 as nurse | tightens"),
        (
            open,
            contractor,
            "employment-changed | worker/w-1 | employment full-time to contractor from 2026-02-02 | loosens",
        ),
        (
            open,
            "    employment: [{start: 2025-02-01, type: full-time}]\n",
            "employment-changed | worker/w-1 | full-time employment: from 2025-01-01 → from 2025-02-01 | loosens",
        ),
        (
            // Older completions count then.
            open,
            "    employment: [{start: 2024-02-01, type: full-time}]\n",
            "employment-changed | worker/w-1 | full-time employment: from 2025-01-01 → from 2024-02-01 | loosens",
        ),
        (
            "    employment: [{type: full-time}]\n",
            open,
            "employment-changed | worker/w-1 | full-time employment: no start date → from 2025-01-01 | tightens",
        ),
        (
            open,
            "    employment: [{type: full-time}]\n",
            "employment-changed | worker/w-1 | full-time employment: from 2025-01-01 → no start date | loosens",
        ),
        (
            open,
            "    employment: []\n",
            "employment-changed | worker/w-1 | full-time employment removed, which was from 2025-01-01 | loosens",
        ),
        ("    employment: []\n", open, "worker-returned | worker/w-1 | hired on 2025-01-01 | tightens"),
    ] {
        assert_eq!(changed(before, after), [event]);
    }
}

#[test]
fn roles_and_the_other_dated_words() {
    let biller = "    roles: biller\n";
    for (before, after, event) in [
        (biller, "    roles: nurse\n", "role-changed | worker/w-1 | role biller to nurse | loosens"),
        (
            biller,
            "    roles: [{role: biller, until: 2026-02-28}, {role: nurse, from: 2026-03-01}]\n",
            "role-changed | worker/w-1 | role biller to nurse from 2026-03-01 | loosens",
        ),
        (
            biller,
            "    roles: [{role: nurse, from: 2026-03-01}]\n",
            "role-changed | worker/w-1 | role biller to nurse from 2026-03-01 | loosens",
        ),
        (biller, "", "role-changed | worker/w-1 | role biller removed | loosens"),
        ("", biller, "role-changed | worker/w-1 | role biller added | tightens"),
        (
            biller,
            "    roles: [biller, {role: nurse, from: 2026-03-01, until: 2026-06-30}]\n",
            "role-changed | worker/w-1 | role nurse added from 2026-03-01 to 2026-06-30 | tightens",
        ),
        (
            biller,
            "    roles: [{role: biller, until: 2026-02-28}]\n",
            "role-changed | worker/w-1 | role biller ends on 2026-02-28 | loosens",
        ),
        (
            biller,
            "    roles: [{role: biller, from: 2026-02-28}]\n",
            "role-changed | worker/w-1 | role biller: always → from 2026-02-28 | loosens",
        ),
        (
            "    department: office\n",
            "    department: front\n",
            "department-changed | worker/w-1 | department office to front | loosens",
        ),
        ("", "    location: main\n", "location-changed | worker/w-1 | location main added | tightens"),
        (
            "    attributes: [vaccinates]\n",
            "",
            "attribute-changed | worker/w-1 | attribute vaccinates removed | loosens",
        ),
        (
            "    managers: [worker/w-2]\n",
            "    managers: [{manager: worker/w-2, until: 2025-12-31}, {manager: worker/w-3, from: 2026-01-01}]\n",
            "manager-changed | worker/w-1 | manager <w-2> to <w-3> from 2026-01-01",
        ),
    ] {
        assert_eq!(lines(before, after), [event]);
    }
    assert_eq!(lines("    roles: [a, b]\n", "    roles: [b, a]\n"), [""; 0]);
}

#[test]
fn leave() {
    let open = "    leave: [{from: 2026-05-01}]\n";
    let closed = "    leave: [{from: 2026-05-01, until: 2026-06-30}]\n";
    for (before, after, event) in [
        ("", open, "leave-changed | worker/w-1 | on leave from 2026-05-01, open-ended | loosens"),
        ("", closed, "leave-changed | worker/w-1 | on leave from 2026-05-01 to 2026-06-30 | loosens"),
        (
            open,
            closed,
            "leave-changed | worker/w-1 | leave: from 2026-05-01, open-ended → from 2026-05-01 to 2026-06-30 | tightens",
        ),
        (closed, "", "leave-changed | worker/w-1 | leave from 2026-05-01 to 2026-06-30 removed | tightens"),
    ] {
        assert_eq!(lines(before, after), [event]);
    }
}

#[test]
fn names_and_addresses_are_not_repeated() {
    let before = "    name: Ana Example\n    email: ana@example.org\n";
    let after = "    name: Ana Other\n    email: other@example.org\n";
    let events = [
        "worker-changed | worker/w-1 | name changed",
        "worker-changed | worker/w-1 | e-mail address changed",
    ];
    assert_eq!(lines(before, after), events);
}

#[test]
fn a_role_that_a_condition_excludes_takes_duties_away() {
    let requirement = super::requirement("applies_to: {not: {role: volunteer}}");
    let (before, after) = (roster(HIRED), roster(&format!("{HIRED}    roles: [volunteer]\n")));
    let view = |r: &'static Roster, required: &'static [_]| View {
        workers: r.workers.iter().collect(),
        requirements: Vec::from_iter(required),
        ..View::default()
    };
    let required: &'static [_] = Box::leak(Box::new([requirement]));
    let (before, after): (&'static Roster, &'static Roster) =
        (Box::leak(before.into()), Box::leak(after.into()));
    let event = "role-changed | worker/w-1 | role volunteer added | loosens";
    assert_eq!(between(&view(before, required), &view(after, required)), [event]);
    let event = "role-changed | worker/w-1 | role volunteer added | tightens";
    assert_eq!(between(&view(before, &[]), &view(after, &[])), [event]);
}
