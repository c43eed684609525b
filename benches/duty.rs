//! The engine on 100,000 obligations over five years against its floor: reading the accepted
//! completions once and sorting them by subject, requirement and day, in parallel.
//!
//! `cargo bench --bench duty` prints both times, their ratio and the memory that the answers
//! take, measured in the same run.

#![allow(clippy::expect_used, clippy::print_stderr)]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use duly::Examined;
use duly::duty::{AsOf, Status, compute};
use duly::record::date::Date;
use duly::record::id::{Id, Subject};
use duly::source::WorkTree;
use duly::trust::Outside;
use duly::trust::accepted::Accepted;
use rayon::prelude::*;
use support::Repository;
use support::sheets::{COURSES, YEARS};

/// How often each side is measured; the medians are compared.
const RUNS: usize = 7;

/// The day asked about: five years after everybody began.
const DAY: &str = "2026-11-21";

fn main() {
    for obligations in sizes() {
        bench(obligations);
    }
}

/// 100,000, or what `DULY_BENCH_SIZES` says, as in `1000,10000`.
fn sizes() -> Vec<usize> {
    let wanted = std::env::var("DULY_BENCH_SIZES").unwrap_or_else(|_| "100000".to_owned());
    wanted.split(',').filter_map(|n| n.trim().parse().ok()).collect()
}

fn bench(obligations: usize) {
    let workers = obligations.div_ceil(COURSES);
    let repository = Repository::sheets(workers);
    let day = Date::parse(DAY).expect("a date");
    let outside = Outside { pin: None, now: duly::clock::now(), must_be_pinned: false };
    let examined = Examined::load(&WorkTree::new(repository.path()), outside);
    let inputs = examined.inputs().expect("an organisation");
    assert_eq!(inputs.accepted.len(), workers * COURSES * YEARS, "every completion is accepted");

    let before = resident();
    let duties = compute(&inputs, AsOf::Date(day));
    let grown = resident().zip(before).map(|(after, before)| after.saturating_sub(before));
    let found = duties.obligations.len();
    assert_eq!(found, workers * COURSES, "everybody owes everything");
    let current = duties.obligations.iter().filter(|o| o.status == Status::Current).count();
    drop(duties);

    let floor = median(|| floor(inputs.accepted));
    let engine = median(|| compute(&inputs, AsOf::Date(day)).obligations.len());
    let ratio = engine.as_secs_f64() / floor.as_secs_f64();
    eprintln!(
        "{found} obligations over five years, {} completions, {current} current",
        inputs.accepted.len()
    );
    eprintln!("floor {floor:.1?}, engine {engine:.1?}, ratio {ratio:.2}");
    if let Some(grown) = grown {
        let each = grown / found.max(1);
        eprintln!("answers: {} MiB more resident memory, {each} bytes for each obligation", grown >> 20);
    }
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

/// Reads every completion once and puts them in the order in which they are looked at.
fn floor(accepted: &[Accepted]) -> usize {
    let mut rows: Vec<(&Subject, &Id, Date)> =
        accepted.par_iter().map(|row| (row.subject(), row.requirement(), row.completed_on())).collect();
    rows.par_sort_unstable();
    rows.len()
}

/// The resident memory of this process in bytes, where the system says it.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<usize>().ok().map(|kib| kib << 10)
}
