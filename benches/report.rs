//! A site for 10,000 people and 100,000 obligations beside the check that comes before it.
//!
//! `cargo bench --bench report` prints how long each takes, how large the site is, and how much
//! memory the process held at most. The floor is what the disk takes: as many files of the same
//! sizes, with nothing in them to compute. `DULY_BENCH_SIZES` says other numbers of people.

#![allow(clippy::expect_used, clippy::print_stderr)]

mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use duly::Examined;
use duly::duty::AsOf;
use duly::record::date::Date;
use duly::report::model::{Facts, Profile};
use duly::report::template::Templates;
use duly::report::{build, write};
use duly::source::{Source, WorkTree};
use duly::trust::Outside;
use rayon::prelude::*;
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
    let judgement = examined.judge(AsOf::Date(day), &[]);
    let check = start.elapsed();
    let before = peak();

    let start = Instant::now();
    let facts = facts(day);
    let model = build::build(&build::Input {
        ledger: &examined.ledger,
        duties: &judgement.duties,
        inputs: examined.inputs(),
        trust: Some(&examined.trust),
        accepted: &examined.trust.accepted,
        unverified: &examined.trust.unverified,
        exempted: &examined.trust.exemptions,
        extended: &examined.trust.extensions,
        findings: &judgement.findings,
        facts: &facts,
        document: &|path| source.read(path).ok(),
        seen: None,
        trail: None,
    });
    let built = start.elapsed();
    let written = write::write(&model, &Templates::embedded(), &out.path().join("site")).expect("a site");
    let report = start.elapsed();

    let most = peak();
    let floor = floor(&out.path().join("site"), &out.path().join("floor"));

    eprintln!(
        "{workers} people, {} obligations, {} completions",
        judgement.duties.obligations.len(),
        examined.trust.accepted.len()
    );
    eprintln!("check {check:.1?}, at most {} MiB", before >> 20);
    eprintln!("report {report:.1?} ({built:.1?} of it the model), at most {} MiB", most >> 20);
    let ratio = report.as_secs_f64() / floor.as_secs_f64();
    eprintln!("{} files, {} MiB: floor {floor:.1?}, ratio {ratio:.2}", written.files, written.bytes >> 20);
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

/// How long it takes to write files of the same sizes to a new folder.
fn floor(site: &Path, copy: &Path) -> Duration {
    let files: Vec<_> = walkdir::WalkDir::new(site).into_iter().map(|e| e.expect("a file")).collect();
    let path = |entry: &walkdir::DirEntry| copy.join(entry.path().strip_prefix(site).expect("inside"));
    let size = |entry: &walkdir::DirEntry| entry.metadata().expect("its size").len();
    let start = Instant::now();
    for folder in files.iter().filter(|e| e.file_type().is_dir()) {
        std::fs::create_dir_all(path(folder)).expect("a folder");
    }
    files.par_iter().filter(|e| e.file_type().is_file()).for_each(|file| {
        let bytes = vec![b'x'; usize::try_from(size(file)).expect("a size")];
        std::fs::write(path(file), bytes).expect("written");
    });
    start.elapsed()
}

/// The most memory that this process has held, in bytes, where the system says it.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<usize>().ok());
    kib.unwrap_or_default() << 10
}
