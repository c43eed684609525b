use proptest::prelude::*;

use super::*;
use crate::import::roster::differences;
use crate::record::node::{At, Spot};
use crate::record::reader::{FromNode, Reader};
use crate::record::roster::{Dated, Leave, Roster, Spell};
use crate::yaml::people;

fn read(text: &str) -> Roster {
    let node = people::read("roster/x.yaml", text.as_bytes()).unwrap();
    let mut reader = Reader::new("roster/x.yaml");
    let roster = Roster::from_node(&node, &mut reader);
    assert!(reader.findings.is_empty(), "{:?}\n{text}", reader.findings);
    roster.unwrap()
}

fn at<T>(value: T) -> At<T> {
    At { value, spot: Spot::default() }
}

fn id() -> impl Strategy<Value = Id> {
    let special =
        prop::sample::select(vec!["no", "y", "3427", "1e3", "0123", "1_000", "true", "null", "a.b", "0x1f"]);
    prop_oneof![special.prop_map(str::to_owned), "[a-z0-9][a-z0-9._-]{0,12}[a-z0-9]"]
        .prop_filter_map("an id", |text| Id::parse(&text))
}

fn date() -> impl Strategy<Value = Date> {
    (0i64..100_000).prop_map(|n| Date::parse("1990-01-01").unwrap().plus_days(n))
}

fn name() -> impl Strategy<Value = Option<String>> {
    let text = "[ -~]{1,20}|\\PC{1,12}|[\"\\\\:#{}',&*!%@`|>\\[\\] -]{1,8}";
    prop::option::of(text.prop_filter("nothing that misleads", |t| crate::record::text::fault(t).is_none()))
}

fn dated() -> impl Strategy<Value = Vec<Dated<Id>>> {
    let one = (id(), prop::option::of(date()), prop::option::of(date()));
    prop::collection::vec(one.prop_map(|(id, from, until)| Dated { value: at(id), from, until }), 0..3)
}

prop_compose! {
    fn any_worker()(
        id in id(), name in name(), email in name(),
        employment in prop::collection::vec((prop::option::of(date()), prop::option::of(date()), id()), 0..3),
        roles in dated(), managers in dated(), departments in dated(), locations in dated(), attributes in dated(),
        leave in prop::collection::vec((date(), prop::option::of(date())), 0..3),
    ) -> Worker {
        let spell = |(start, end, kind)| Spell { start, end, kind: at(kind), spot: Spot::default() };
        let away = |(from, until)| Leave { from, until, spot: Spot::default() };
        Worker {
            id: at(id), name, email, roles, managers, departments, locations, attributes,
            employment: employment.into_iter().map(spell).collect(),
            leave: leave.into_iter().map(away).collect(),
            unreadable: None,
        }
    }
}

proptest! {
    #[test]
    fn write_then_read_is_the_identity(workers in prop::collection::vec(any_worker(), 1..4), day in prop::option::of(date())) {
        let written = text(day, workers.iter());
        let roster = read(&written);
        prop_assert_eq!(roster.confirmed_on, day);
        prop_assert_eq!(roster.workers.len(), workers.len());
        for (had, has) in workers.iter().zip(&roster.workers) {
            prop_assert_eq!(&had.id.value, &has.id.value);
            prop_assert_eq!(differences(had, has), Vec::<&str>::new(), "{}", written);
        }
    }
}

#[test]
fn a_worker_as_people_see_them() {
    let yaml = "workers:\n  - id: w-1\n    name: Ana \"A\" Ruiz\n    employment: [{type: full-time, start: 2020-01-01}]\n    roles: [nurse]\n    managers: [worker/w-2]\n    location: [{location: \"3\", until: 2021-01-01}, main]\n";
    let wanted = format!(
        "{MARK}
apiVersion: duly/v1
kind: Roster
confirmed_on: 2026-03-01
workers:
  - id: w-1
    name: \"Ana \\\"A\\\" Ruiz\"
    employment: [{{start: 2020-01-01, type: full-time}}]
    roles: [nurse]
    managers: [worker/w-2]
    location:
      - {{location: \"3\", until: 2021-01-01}}
      - main
"
    );
    let roster = read(&format!("apiVersion: duly/v1\nkind: Roster\n{yaml}"));
    assert_eq!(text(Date::parse("2026-03-01").ok(), roster.workers.iter()), wanted);
}

#[test]
fn what_could_mislead_is_escaped() {
    assert_eq!(emit::quoted("a\u{1b}[2J\u{202e}\n\u{e0001}\u{85}"), r#""a\x1B[2J\u202E\x0A\U000E0001\x85""#);
    for id in ["no", "y", "true", "null", "3427", "1e3", "a.b", "a_b"] {
        assert!(emit::word(id).starts_with('"'), "{id}");
    }
    assert_eq!(emit::word("w-0042"), "w-0042");
}
