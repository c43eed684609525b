//! A site for 10,000 people and 100,000 obligations beside the check that comes before it.
//!
//! `cargo bench --bench report` prints how long each takes, how large the site is, and how much
//! memory the process held at most. `DULY_BENCH_SIZES` says other numbers of people.

#![allow(clippy::expect_used, clippy::print_stderr)]

mod support;

use std::time::Instant;

use duly::Examined;
use duly::duty::AsOf;
use duly::record::date::Date;
use duly::report::model::{Facts, Profile};
use duly::report::template::Templates;
use duly::report::{build, write};
use duly::source::{Source, WorkTree};
use duly::trust::Outside;
use support::Repository;
use support::sheets::YEARS;

/// The day asked about: five years after everybody began.
const DAY: &str = "2026-11-21";

fn main() {
    for workers in sizes() {
        bench(workers);
    }
}

/// 10,000, or what `DULY_BENCH_SIZES` says, as in `1000,10000`.
fn sizes() -> Vec<usize> {
    let wanted = std::env::var("DULY_BENCH_SIZES").unwrap_or_else(|_| "10000".to_owned());
    wanted.split(',').filter_map(|n| n.trim().parse().ok()).collect()
}

fn bench(workers: usize) {
    // Nobody has done anything in the first three years: there are gaps to tell of.
    let repository = Repository::sheets_of(workers, YEARS - 2..YEARS);
    let day = Date::parse(DAY).expect("a date");
    let out = tempfile::tempdir().expect("a folder");

    let start = Instant::now();
    let source = WorkTree::new(repository.path());
    let outside = Outside { pin: None, now: duly::clock::now(), must_be_pinned: false };
    let examined = Examined::load(&source, outside);
    let duties = examined.duties(AsOf::Date(day));
    let findings = examined.findings(&duties, day);
    let check = start.elapsed();
    let before = peak();

    let start = Instant::now();
    let facts = facts(day);
    let model = build::build(&build::Input {
        ledger: &examined.ledger,
        duties: &duties,
        inputs: examined.inputs(),
        trust: Some(&examined.trust),
        accepted: &examined.trust.accepted,
        unverified: &examined.trust.unverified,
        exempted: &examined.trust.exemptions,
        extended: &examined.trust.extensions,
        findings: &findings,
        facts: &facts,
        document: &|path| source.read(path).ok(),
        seen: None,
        trail: None,
    });
    let built = start.elapsed();
    let written = write::write(&model, &Templates::embedded(), &out.path().join("site")).expect("a site");
    let report = start.elapsed();

    eprintln!(
        "{workers} people, {} obligations, {} completions",
        duties.obligations.len(),
        examined.trust.accepted.len()
    );
    eprintln!("check {check:.1?}, at most {} MiB", before >> 20);
    eprintln!("report {report:.1?} ({built:.1?} of it the model), at most {} MiB", peak() >> 20);
    eprintln!("{} files, {} MiB", written.files, written.bytes >> 20);
}

fn facts(day: Date) -> Facts {
    Facts {
        organization: "Bench".to_owned(),
        as_of: day,
        version: "bench".to_owned(),
        commit: None,
        pinned: false,
        root: None,
        audience: None,
        address: None,
        profile: Profile::Internal,
        team: None,
    }
}

/// The most memory that this process has held, in bytes, where the system says it.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<usize>().ok());
    kib.unwrap_or_default() << 10
}
