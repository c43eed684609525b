//! Exports of other systems: no row vanishes, and what is made of the rows can be read again.
//!
//! An input is a map, a line `===` and the export itself; or an export alone, for which a map is
//! suggested.

#![no_main]

use std::collections::HashSet;
use std::sync::LazyLock;

use duly::import::csv::{CELL_MAX, Table};
use duly::import::map::{self, Column, CompletionsMap, Map, RosterMap};
use duly::import::rejects::{self, Reject};
use duly::import::{completions, declare, roster, roster_write, suggest, summary};
use duly::ledger::{Ledger, read_draft};
use duly::record::attestation::Attestation;
use duly::record::date::Date;
use duly::record::digest::Sha256;
use duly::record::node::Spot;
use duly::record::public_key::Fingerprint;
use duly::record::reader::{FromNode, Reader};
use duly::record::roster::{Roster, Worker};
use duly::record::signed::{Scheme, Signature, Signed};
use duly::source::{Entry, Listing, Source};
use duly::trust::crypto::statement;
use duly::yaml::{canonical, people};

const ORGANIZATION: &str = include_str!("../seeds/repository/duly.yaml");
const FILES: [(&str, &str); 3] = [
    ("duly.yaml", ORGANIZATION),
    ("policies/p.yaml", include_str!("../seeds/repository/policy.yaml")),
    ("roster/r.yaml", include_str!("../seeds/repository/roster.yaml")),
];

/// A repository in memory.
struct Memory;

impl Source for Memory {
    fn list(&self, _: &dyn Fn(&str) -> bool) -> Listing {
        let entry = |(path, text): &(&str, &str)| Entry { path: (*path).to_owned(), size: text.len() as u64 };
        Listing { entries: FILES.iter().map(entry).collect(), findings: Vec::new() }
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let found = FILES.iter().find(|(p, _)| *p == path);
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| std::io::ErrorKind::NotFound.into())
    }
}

static LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    let ledger = Ledger::load(&Memory);
    assert!(ledger.findings.is_empty(), "{:?}", ledger.findings);
    ledger
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mark = b"\n===\n";
    let at = bytes.windows(mark.len()).position(|w| w == mark);
    let Some((said, export)) = at.map(|at| (&bytes[..at], &bytes[at + mark.len()..])) else {
        return suggested(bytes);
    };
    if said.windows(9).any(|w| w == b"RosterMap") {
        let Ok(map) = map::read::<RosterMap>("map.yaml", said) else { return };
        with_table(&map, export, |table| people_of(&map, table));
    } else {
        let Ok(map) = map::read::<CompletionsMap>("map.yaml", said) else { return };
        with_table(&map, export, |table| completions_of(&map, table));
    }
});

/// Whatever the export is, what is suggested for it is YAML.
fn suggested(export: &[u8]) {
    let delimiter = suggest::delimiter_of(export);
    let Ok(table) = Table::read(export, delimiter) else { return };
    counted_by_lines(export, delimiter, &table);
    for text in [suggest::roster(&table, delimiter), suggest::completions(&table, delimiter, Some(&LEDGER))] {
        if let Err(finding) = people::read("map.yaml", text.as_bytes()) {
            panic!("{}\n{text}", finding.message);
        }
    }
}

fn with_table<M: Map>(map: &M, export: &[u8], then: impl Fn(&Table<'_>)) {
    let Ok(table) = Table::read(export, map.delimiter()) else { return };
    counted_by_lines(export, map.delimiter(), &table);
    if map::check(map, "map.yaml", &table).is_ok() {
        then(&table);
    }
}

/// Where no quote joins lines, every line that holds anything is a row.
fn counted_by_lines(export: &[u8], delimiter: u8, table: &Table<'_>) {
    assert!(table.rows.windows(2).all(|pair| pair[0].number < pair[1].number), "row numbers rise");
    if export.contains(&b'"') {
        return;
    }
    let export = String::from_utf8_lossy(export.strip_prefix(b"\xef\xbb\xbf").unwrap_or(export));
    let lines = export.replace("\r\n", "\n").replace('\r', "\n");
    let holds = |line: &&str| line.split(char::from(delimiter)).any(|cell| !cell.trim().is_empty());
    assert_eq!(table.rows.len(), lines.split('\n').skip(1).filter(holds).count(), "a row has vanished");
}

fn people_of(map: &RosterMap, table: &Table<'_>) {
    let Some(plan) = planned(map, table, &LEDGER.workers) else { return };
    let counts = [plan.new.len(), plan.changed.len(), plan.unchanged, plan.by_hand.len()];
    let other = [plan.rejects.len(), plan.ignored, plan.repeated];
    assert_eq!(counts.iter().chain(&other).sum::<usize>(), table.rows.len(), "a row has vanished");
    rejected(map, table, &plan.rejects);
    let _ = summary::roster(&plan, true);
    if let Ok(text) = declare::declare(ORGANIZATION, &plan.undeclared) {
        assert!(people::read("duly.yaml", text.as_bytes()).is_ok(), "{text}");
    }
    let changed = |w: &Worker| plan.changed.iter().find(|c| c.worker.id.value == w.id.value);
    let after = LEDGER.workers.iter().map(|w| changed(w).map_or(w, |c| &c.worker)).chain(&plan.new);
    let again = read_roster(&roster_write::text(None, after));
    assert_eq!(again.len(), LEDGER.workers.len() + plan.new.len());
    let twice = planned(map, table, &again).expect("it was planned before");
    assert!(twice.new.is_empty(), "twice changes nothing");
    let different: Vec<_> = twice.changed.iter().map(|c| (&c.worker.id.value, &c.what)).collect();
    assert!(different.is_empty(), "twice changes nothing: {different:?}");
}

fn planned(map: &RosterMap, table: &Table<'_>, workers: &[Worker]) -> Option<roster::Plan> {
    let input = roster::Input {
        table,
        map,
        workers,
        by_hand: &HashSet::new(),
        organization: LEDGER.organization.as_ref()?,
        as_of: day(),
        end_missing: None,
        allow_ending: true,
    };
    roster::plan(input).ok()
}

fn read_roster(text: &str) -> Vec<Worker> {
    let node = people::read("roster/x.yaml", text.as_bytes()).expect("what was written is YAML");
    let mut reader = Reader::new("roster/x.yaml");
    let roster = Roster::from_node(&node, &mut reader);
    assert!(reader.findings.is_empty(), "{:?}\n{text}", reader.findings);
    roster.expect("a roster").workers
}

fn completions_of(map: &CompletionsMap, table: &Table<'_>) {
    let (audience, today) = (Sha256::of(b"root"), day());
    let plan = completions::plan(completions::Input { table, map, ledger: &LEDGER, audience, today });
    let counts = [plan.imported, plan.unchanged, plan.repeated, plan.ignored, plan.rejects.len()];
    assert_eq!(counts.iter().sum::<usize>(), table.rows.len(), "a row has vanished");
    let recorded: usize = plan.attestations.iter().map(|a| a.completions.len()).sum();
    assert_eq!(recorded, plan.imported, "a row has vanished");
    assert_eq!(plan.outcomes.values().sum::<usize>(), plan.imported);
    rejected(map, table, &plan.rejects);
    let _ = summary::completions(&plan);
    plan.attestations.iter().for_each(read_again);
}

/// A record with a signature of the right form is read as the same record.
fn read_again(record: &Attestation) {
    let key = Fingerprint::parse(&format!("SHA256:{}", "A".repeat(43))).expect("a fingerprint");
    let sig = format!("{}==", "A".repeat(86));
    let signature = Signature { scheme: Scheme::Dsse, key, sig, spot: Spot::default() };
    let payload = statement::payload(record);
    let payload_sha256 = Sha256::of(&payload);
    let signed = Signed { record: record.clone(), payload_sha256, signatures: vec![signature] };
    let text = canonical::write(&signed.tree());
    let again = match read_draft::<Attestation>("x.yaml", &text) {
        Ok(again) => again,
        Err(findings) => panic!("{findings:?}\n{}", String::from_utf8_lossy(&text)),
    };
    assert_eq!(statement::payload(&again.record), payload, "another record");
}

/// Each rejected row stands once, with a reason, and in the file of rejects as one row again.
fn rejected<M: Map>(map: &M, table: &Table<'_>, rejects: &[Reject]) {
    assert!(rejects.windows(2).all(|pair| pair[0].at < pair[1].at), "a row is rejected twice");
    for reject in rejects {
        assert!(!reject.reasons.is_empty(), "no reason");
        assert_eq!(table.rows.get(reject.at).map(|row| row.number), Some(reject.row));
    }
    let bytes = rejects::to_csv(table, &map.columns(), rejects, map.delimiter());
    let again = Table::read(&bytes, map.delimiter()).expect("a file of rejects");
    assert!(rejects::is_rejects(&again));
    assert_eq!(again.rows.len(), rejects.len(), "{}", String::from_utf8_lossy(&bytes));
    for (row, reject) in again.rows.iter().zip(rejects).filter(|(_, r)| r.reason().len() <= CELL_MAX) {
        let before = table.rows[reject.at].cells.as_ref().ok();
        let cells = row.cells.as_ref().expect("a row of rejects can be read");
        for Column { name, .. } in map.columns() {
            let had = before.zip(table.column(name)).map_or("", |(cells, at)| &cells[at]);
            assert_eq!(again.column(name).map(|at| &*cells[at]), Some(had), "{name}");
        }
    }
}

fn day() -> Date {
    Date::parse("2026-03-01").expect("a day")
}
