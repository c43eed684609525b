//! Runs that are killed at random moments: what they leave, and that the next run works.
//!
//! `DULY_KILLS` says how often each command is killed; without it, three times.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;

use crate::attest::grant;
use crate::harness::Place;

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

fn kills() -> u64 {
    std::env::var("DULY_KILLS").ok().map_or(3, |n| n.parse().expect("a number"))
}

fn spawn(place: &Place, arguments: &[&str]) -> std::process::Child {
    let mut command = Command::new(cargo_bin("duly"));
    command.current_dir(place.path("")).args(arguments).env_remove("CI").env_remove("DULY_TRUST_ROOT");
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

/// What lies in the folder of the place and has a name that only an unfinished run gives.
fn leftovers(place: &Place) -> Vec<String> {
    let odd = |name: &str| name.contains("duly-tmp") || name.contains(".tmp") || name.ends_with(".run");
    let all = walkdir::WalkDir::new(place.path("")).min_depth(1).into_iter().filter_map(Result::ok);
    all.filter(|e| odd(&e.file_name().to_string_lossy())).map(|e| e.path().display().to_string()).collect()
}

/// The errors of a check that have to do with files, records and trust.
fn errors(place: &Place) -> String {
    let run = place.duly(&["check", "--format", "json", "--fail-on", "error"]);
    if run.code == 0 { String::new() } else { format!("{}{}", run.out, run.err) }
}

/// Kills a command at random moments of its life. After each, the repository holds nothing that is
/// half written, and the command run again ends as `done` says.
fn killed(name: &str, world: &Place, arguments: &[&str], done: &dyn Fn(&Place) -> bool) {
    let first = world.copy();
    let start = Instant::now();
    assert!(spawn(&first, arguments).wait().expect("it ends").code().is_some_and(|c| c < 2), "{name} fails");
    let whole = u64::try_from(start.elapsed().as_micros()).expect("a short time");
    assert!(done(&first), "{name} does nothing");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ name.len() as u64);
    let (mut too_late, mut left) = (0, 0);
    for kill in 0..kills() {
        let place = world.copy();
        let mut child = spawn(&place, arguments);
        std::thread::sleep(Duration::from_micros(dice.below(whole)));
        too_late += u32::from(child.try_wait().expect("its state").is_some());
        let _ = child.kill();
        child.wait().expect("it ends");
        left += u32::from(!leftovers(&place).is_empty());
        if place.repo("duly.yaml").exists() && name != "init" {
            assert_eq!(errors(&place), "", "{name}, kill {kill}: a half-written repository");
        }
        let was_done = done(&place);
        let again = spawn(&place, arguments).wait().expect("it ends").code();
        assert!(
            was_done || again.is_some_and(|c| c < 2),
            "{name}, kill {kill}: the next run ends with {again:?}"
        );
        assert!(done(&place), "{name}, kill {kill}: the next run did not do it");
        assert_eq!(errors(&place), "", "{name}, kill {kill}: after the next run");
        let after = leftovers(&place);
        assert!(after.is_empty() || was_done, "{name}, kill {kill}: {after:?}");
    }
    println!("{name}: {} kills, {too_late} after its end, {left} left something behind", kills());
}

fn count(place: &Place, folder: &str) -> usize {
    let all = walkdir::WalkDir::new(place.repo(folder)).into_iter().filter_map(Result::ok);
    all.filter(|e| e.file_type().is_file()).count()
}

/// A practice with a team, an issuer, two exports, and a key that waits for approval.
fn world() -> Place {
    let place = Place::with_team();
    place.enrol("lms", "service/lms");
    grant(&place, "lms", "hygiene", "2027-06-30");
    place.attest("hygiene", "worker/w-0002", "2026-11-02", "lms");
    place.key("late");
    let request =
        ["key", "request", "--owner", "worker/w-0001", "--key", "../late", "--out", "../late.request"];
    place.duly(&request).exits(0);
    let git = Command::new("git").args(["init", "-q", "repo"]).current_dir(place.path("")).status();
    assert!(git.expect("git").success());
    let people: String =
        (10..60).map(|n| format!("{n:04},Person {n},2024-01-01,full-time,clinical,main\n")).collect();
    let hr = format!("Employee ID,Name,Hire Date,Employment Type,Role,Location\n{people}");
    std::fs::write(place.path("hr.csv"), hr).expect("the export");
    let lms = "Employee ID,Course,Completed On,Result\n0003,Hygiene,2026-11-03,passed\n";
    std::fs::write(place.path("lms.csv"), lms).expect("the export");
    let map = place.duly(&["import", "roster", "../hr.csv", "--suggest"]).exits(0).out;
    std::fs::write(place.path("hr.yaml"), map).expect("the map");
    let map = place.duly(&["import", "completions", "../lms.csv", "--suggest"]).exits(0).out;
    std::fs::write(place.path("lms.yaml"), map.replace("CHOOSE", "hygiene")).expect("the map");
    place
}

#[test]
fn init_killed_at_any_moment_can_be_run_again() {
    let world = Place::new();
    world.key("officer");
    let arguments = [
        "init",
        "repo",
        "--name",
        "C",
        "--timezone",
        "UTC",
        "--officer",
        "w-0001",
        "--key",
        "officer",
        "--ci",
        "github",
    ];
    let done = |p: &Place| {
        count(p, "trust/root") == 1
            && count(p, "trust/keys") == 1
            && p.repo(".github/workflows/duly.yml").exists()
            // The list of what is to be written goes when all is written.
            && !p.repo(".duly-tmp/init").exists()
    };
    killed("init", &world, &arguments, &done);
}

#[test]
fn commands_that_sign_leave_a_whole_record_or_none() {
    let world = world();
    let before = count(&world, "attestations");
    let attest = [
        "--repo",
        "repo",
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--completed-on",
        "2026-11-04",
        "--key",
        "manager",
    ];
    killed("attest", &world, &attest, &|p| count(p, "attestations") == before + 1);
    let record = walkdir::WalkDir::new(world.repo("attestations"));
    let record =
        record.into_iter().filter_map(Result::ok).find(|e| e.file_type().is_file()).expect("a record");
    let record = format!("repo/{}", record.path().strip_prefix(world.repo("")).expect("inside").display());
    let revoke = ["--repo", "repo", "revoke", &record, "--reason", "mistaken", "--key", "officer"];
    killed("revoke", &world, &revoke, &|p| count(p, "revocations") == 1);
    let exempt = [
        "--repo",
        "repo",
        "exempt",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--reason",
        "accommodation",
        "--from",
        "2026-11-01",
        "--until",
        "2026-12-31",
        "--key",
        "officer",
    ];
    killed("exempt", &world, &exempt, &|p| count(p, "exemptions") == 1);
    let keys = count(&world, "trust/keys");
    let approve = ["--repo", "repo", "key", "approve", "late.request", "--key", "officer"];
    killed("key approve", &world, &approve, &|p| count(p, "trust/keys") == keys + 1);
}

#[test]
fn imports_killed_at_any_moment_can_be_run_again() {
    let world = world();
    let roster = ["--repo", "repo", "import", "roster", "hr.csv", "--map", "hr.yaml"];
    let all = |p: &Place| {
        let run = p.duly(&["check", "--format", "json"]);
        run.json()["summary"]["workers"] == 53
    };
    killed("import roster", &world, &roster, &all);
    let before = count(&world, "attestations");
    let completions =
        ["--repo", "repo", "import", "completions", "lms.csv", "--map", "lms.yaml", "--key", "lms"];
    killed("import completions", &world, &completions, &|p| count(p, "attestations") == before + 1);
}

#[test]
fn a_report_killed_at_any_moment_can_be_written_again() {
    let world = world();
    let all =
        ["--repo", "repo", "report", "--out", "site", "--markdown", "page.md", "--single-file", "page.html"];
    let done =
        |p: &Place| ["site/manifest.sha256", "page.md", "page.html"].iter().all(|f| p.path(f).exists());
    killed("report", &world, &all, &done);
    // Over a report that is there.
    world.run(&all).exits(0);
    killed("report again", &world, &all, &done);
}

/// Both wait for their turn, and all that they bring is there in the end.
#[test]
fn two_imports_at_once_both_end_well() {
    let world = world();
    let other = "Employee ID,Name,Hire Date,Employment Type,Role,Location\n0900,Other,2024-01-01,full-time,billing,main\n";
    std::fs::write(world.path("other.csv"), other).unwrap();
    let map = world.duly(&["import", "roster", "../other.csv", "--suggest"]).exits(0).out;
    std::fs::write(world.path("other.yaml"), map).unwrap();
    for _ in 0..3 {
        let place = world.copy();
        let one = ["--repo", "repo", "import", "roster", "hr.csv", "--map", "hr.yaml"];
        let two = ["--repo", "repo", "import", "roster", "other.csv", "--map", "other.yaml"];
        let (mut first, mut second) = (spawn(&place, &one), spawn(&place, &two));
        assert!(first.wait().unwrap().success() && second.wait().unwrap().success());
        assert_eq!(errors(&place), "");
        assert_eq!(place.duly(&["check", "--format", "json"]).json()["summary"]["workers"], 54);
        assert!(leftovers(&place).is_empty());
    }
}
