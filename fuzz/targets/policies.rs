//! Policies with the whole pipeline behind them: whatever they ask for, who owes what by when is
//! worked out and derived, without a panic and without a loop.

#![no_main]

use duly::Examined;
use duly::duty::{AsOf, Whys};
use duly::record::date::{Date, Instant, Zone};
use duly::source::{Entry, Listing, Source};
use duly::trust::Outside;

const ORGANIZATION: &str = "apiVersion: duly/v1
kind: Organization
name: Fuzz
timezone: UTC
roles: [clinical, nurse, front-desk, billing, it, manager, officer]
employment_types: [full-time, contractor]
history_begins: 2020-01-01
";

const ROSTER: &str = "apiVersion: duly/v1
kind: Roster
confirmed_on: 2026-01-01
workers:
  - id: w-0001
    employment: [{start: 2019-02-28, end: 2023-03-31, type: full-time}, {start: 2023-04-15, type: contractor}]
    roles: [{role: clinical, from: 2020-02-29, until: 2022-05-31}, {role: clinical, from: 2022-06-10}, manager]
    leave: [{from: 2021-01-05, until: 2021-03-01}, {from: 2024-02-01}]
  - id: w-0002
    employment: [{start: 2024-01-31, type: full-time}]
    roles: [nurse, front-desk]
";

/// A repository of three files in memory.
struct Files<'b>(&'b [u8]);

impl Source for Files<'_> {
    fn list(&self, _: &dyn Fn(&str) -> bool) -> Listing {
        let paths = ["duly.yaml", "policies/fuzz.yaml", "roster/main.yaml"];
        let size = |path: &str| self.read(path).map_or(0, |bytes| bytes.len() as u64);
        let entries = paths.map(|path| Entry { path: path.to_owned(), size: size(path) });
        Listing { entries: entries.into(), findings: Vec::new() }
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        Ok(match path {
            "duly.yaml" => ORGANIZATION.into(),
            "roster/main.yaml" => ROSTER.into(),
            _ => self.0.to_vec(),
        })
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let now = Instant::from_unix(1_770_000_000).expect("an instant");
    let outside = Outside { pin: None, now, must_be_pinned: false };
    let examined = Examined::load(&Files(bytes), outside);
    for day in [Zone::UTC.date_at(now), Date::ymd(2029, 12, 31).expect("a day")] {
        let judgement = examined.judge(AsOf::Date(day), &[]);
        let Some(inputs) = examined.inputs() else { return };
        let whys = Whys::new(&inputs);
        for obligations in judgement.duties.by_subject() {
            let _ = whys.of_subject(obligations);
        }
    }
});
