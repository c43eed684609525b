//! Repositories put together at random from a fixed seed: people, leaves, rules, slips.

use super::Doors;
use crate::harness::Place;

/// A small generator of numbers (SplitMix64): the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    fn day(&mut self) -> String {
        format!("{}-{:02}-{:02}", 2024 + self.below(3), 1 + self.below(12), 1 + self.below(28))
    }
}

fn roster(random: &mut Random) -> String {
    let mut text = "apiVersion: duly/v1\nkind: Roster\nconfirmed_on: 2026-11-01\nworkers:\n".to_owned();
    text.push_str("  - {id: w-0001, employment: [{start: 2020-01-01, type: full-time}], roles: [officer]}\n");
    for n in 2..6 {
        let start = random.pick(&["start: 2025-01-10, ", "start: 2026-10-30, ", "", "start: 2024-02-29, "]);
        let end = random.pick(&["", "end: 2026-12-31, ", "end: 2026-11-30, "]);
        let role = random.pick(&["clinical", "billing", "clinical, billing"]);
        text.push_str(&format!(
            "  - id: w-000{n}\n    employment: [{{{start}{end}type: full-time}}]\n    roles: [{role}]\n"
        ));
        if random.below(3) == 0 {
            text.push_str(&format!("    leave: [{{from: {}}}]\n", random.day()));
        }
    }
    text
}

fn policy(random: &mut Random) -> String {
    let mut text = "apiVersion: duly/v1\nkind: Policy\nrequirements:\n".to_owned();
    for n in 0..3 {
        let due = random.pick(&[
            "{within: 30 days}",
            "{within: 30 days, every: 12 months, anchor: completion}",
            "{within: 10 days, every: 1 month, anchor: calendar, period_start: 2026-01-01}",
            "{within: 10 days, every: 6 months, anchor: start, early: 30 days, grace: 7 days}",
            "{within: 3 months, every: 1 yaer, anchor: completion}",
        ]);
        let who = random.pick(&["everyone", "{role: clinical}", "{role: billing}", "org"]);
        let state = random.pick(&["in_force", "in_force", "proposed"]);
        text.push_str(&format!(
            "  - id: r{n}\n    title: Requirement {n}\n    type: training\n    state: {state}\n    applies_to: {who}\n    effective_from: 2025-03-01\n    due: {due}\n    signed_by: [[officer], [self]]\n"
        ));
    }
    text
}

#[test]
fn random_repositories_are_the_same_at_every_door() {
    let whole = Place::initialised();
    std::fs::remove_dir_all(whole.repo("policies")).unwrap();
    let mut states = std::collections::BTreeSet::new();
    for seed in 0..24 {
        let mut random = Random(seed);
        let place = whole.copy();
        place.write("roster/main.yaml", &roster(&mut random));
        place.write("policies/main.yaml", &policy(&mut random));
        if random.below(2) == 0 {
            let record = ["attest", "r0", "--subject", "worker/w-0002", "--completed-on", "2026-11-01"];
            // It may be refused, as for a day before the first of an employment.
            place.duly(&[&record[..], &["--key", "../officer"][..]].concat());
        }
        let day = random.pick(&["2026-11-21", "2026-11-05", "2025-06-15"]);
        states.insert(Doors::of(&place, day).agree(&format!("seed {seed}")));
    }
    assert!(states.len() > 1, "all alike: {states:?}");
}
