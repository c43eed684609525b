//! `duly check` against its floor: reading the files, the canonical form, and strict
//! verification of the signatures, in parallel, and nothing else.
//!
//! `cargo bench --bench check` prints both times and their ratio, measured in the same run.

#![allow(clippy::expect_used, clippy::print_stderr)]

mod support;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode};
use duly::duty::AsOf;
use duly::record::attestation::Attestation;
use duly::source::{Source, WorkTree};
use duly::trust::Outside;
use duly::trust::crypto::{check, statement};
use duly::{Examined, clock};
use rayon::prelude::*;

/// How often each side is measured for the ratio; the medians are compared.
const RUNS: usize = 9;

fn main() {
    for attestations in sizes() {
        let repository = support::Repository::generate(attestations);
        let mut criterion = Criterion::default().configure_from_args().sample_size(10);
        let mut group = criterion.benchmark_group(format!("{attestations} attestations"));
        group.sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(3));
        group.bench_function("floor", |b| b.iter(|| floor(&repository)));
        group.bench_function("check", |b| b.iter(|| whole(repository.path())));
        group.finish();
        let (floor, whole) = (median(|| floor(&repository)), median(|| whole(repository.path())));
        let ratio = whole.as_secs_f64() / floor.as_secs_f64();
        eprintln!("{attestations} attestations: floor {floor:.1?}, check {whole:.1?}, ratio {ratio:.2}");
    }
}

/// 1,000 and 10,000, or what `DULY_BENCH_SIZES` says, as in `100000`.
fn sizes() -> Vec<usize> {
    let wanted = std::env::var("DULY_BENCH_SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    wanted.split(',').filter_map(|n| n.trim().parse().ok()).collect()
}

fn median(mut run: impl FnMut() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

/// Reads, parses and verifies every attestation, and no more.
fn floor(repository: &support::Repository) -> usize {
    let source = WorkTree::new(repository.path());
    let listing = source.list(&|path| path.starts_with("attestations/"));
    let files = listing.entries.par_iter().filter(|e| e.path.starts_with("attestations/"));
    files
        .filter(|entry| {
            let bytes = source.read(&entry.path).expect("a file");
            let signed = duly::ledger::read_signed::<Attestation>(&entry.path, &bytes).expect("canonical");
            let payload = statement::payload(&signed.record);
            check::check(
                &signed.signatures[0],
                repository.key(),
                duly::record::kind::Kind::Attestation,
                &payload,
            )
            .is_ok()
        })
        .count()
}

/// Everything that `duly check` does before it prints.
fn whole(path: &Path) -> usize {
    let now = clock::now();
    let outside = Outside { pin: None, now, must_be_pinned: false };
    let examined = Examined::load(&WorkTree::new(path), outside);
    let judgement = examined.judge(AsOf::Now(now), &[]);
    judgement.findings.len() + judgement.duties.obligations.len()
}
