//! The history against its floor.
//!
//! `cargo bench --bench history` makes a repository of one commit for each attestation, and
//! prints in one run: what `git log --name-status` takes, what the walk over the same commits
//! takes, what judging each of them takes, and how much memory `duly verify --history` used; and
//! for a change of ten files what judging it under its base takes against the full check.

#![allow(clippy::expect_used, clippy::print_stderr)]

mod support;

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use duly::change::{self, Question};
use duly::duty::AsOf;
use duly::history::seen::FirstSeen;
use duly::history::{replay, walk};
use duly::ledger::layout;
use duly::source::git::{CommitTree, Git};
use duly::trust::Outside;
use duly::{Examined, clock};
use support::git::{commit_one_by_one, git};

/// How often each side is measured; the medians are compared.
const RUNS: usize = 5;

fn main() {
    history(size("DULY_BENCH_COMMITS", 20_000));
    of_ten(size("DULY_BENCH_ATTESTATIONS", 100_000));
}

fn size(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

fn history(commits: usize) {
    let repository = support::Repository::generate(commits);
    commit_one_by_one(repository.path());
    let log =
        median(|| git(repository.path(), &["log", "--first-parent", "--name-status", "--format=%H"]).len());
    let opened = Git::open(repository.path()).expect("a repository");
    let tip = opened.head().expect("readable").expect("a commit");
    let walk = median(|| {
        let edges = walk::edges(&opened, walk::chain(&opened, tip).expect("commits")).expect("trees");
        FirstSeen::of(&edges, &opened, clock::now()).order().len()
    });
    let whole = median(|| {
        let replayed = replay::replay(&opened, tip, None, clock::now());
        assert!(replayed.findings.is_empty(), "{:?}", replayed.findings.first());
        replayed.judged
    });
    let ratio = |a: Duration| a.as_secs_f64() / log.as_secs_f64();
    eprintln!("{commits} commits: git log {log:.1?}, walk {walk:.1?}, ratio {:.2}", ratio(walk));
    eprintln!("{commits} commits: every one judged {whole:.1?}, ratio to git log {:.2}", ratio(whole));
    eprintln!("{commits} commits: duly verify --history took {} MiB", memory(repository.path()) / 1024);
}

/// The most memory that the program held, in KiB.
fn memory(folder: &Path) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_duly"))
        .args(["verify", "--history", "--repo"])
        .arg(folder)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        most = most.max(line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    most
}

fn of_ten(attestations: usize) {
    let repository = support::Repository::generate(attestations);
    let folder = repository.path();
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["add", "-A"]);
    let new = newest(folder, 10);
    let mut apart = vec!["rm", "-q", "--cached", "--"];
    apart.extend(new.iter().map(String::as_str));
    git(folder, &apart);
    git(folder, &["commit", "-qm", "base"]);
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "ten more"]);
    git(folder, &["repack", "-adq"]);
    let opened = Git::open(folder).expect("a repository");
    let (base, head) = (opened.resolve("main~1").expect("base"), opened.resolve("main").expect("head"));
    let now = clock::now();
    let outside = Outside { pin: None, now, must_be_pinned: false };
    let full = median(|| {
        let tree = opened.commit(head).expect("a commit").tree;
        let files = CommitTree::read(&opened, tree, &layout::is_managed).expect("a tree");
        let examined = Examined::load(&files, outside);
        examined.duties(AsOf::Now(now)).obligations.len()
    });
    let judged = median(|| {
        let question = Question {
            base,
            head,
            as_of: AsOf::Now(now),
            outside,
            new_only: true,
            queue: false,
            merge: true,
        };
        change::judge(&opened, question).expect("judged").findings.len()
    });
    let ratio = judged.as_secs_f64() / full.as_secs_f64();
    eprintln!(
        "10 files on {attestations} attestations: full check of the commit {full:.1?}, check --base {judged:.1?}, ratio {ratio:.2}"
    );
}

/// Some of the evidence that comes last by date.
fn newest(folder: &Path, count: usize) -> Vec<String> {
    let listed = String::from_utf8(git(folder, &["ls-files", "attestations"])).expect("text");
    listed.lines().rev().take(count).map(str::to_owned).collect()
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
