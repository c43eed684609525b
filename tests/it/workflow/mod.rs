//! The workflow that `duly init --ci` writes: its steps are run with a shell on a real
//! repository, beside a bare one that stands for the host.

mod runner;

use std::process::Command;

use assert_cmd::cargo::cargo_bin;

use crate::harness::Place;
use crate::history::repository::Repo;
use runner::{Event, Host, script};

const FILE: &str = ".github/workflows/duly.yml";

const URL: &str = "https://example.org/duly-1.0-linux";

/// The sha256 of a file, by another program.
fn sha256(path: &std::path::Path) -> String {
    let output = Command::new("sha256sum").arg(path).output().expect("sha256sum");
    String::from_utf8(output.stdout).expect("text").chars().take(64).collect()
}

/// The digest of root 1.
fn root(repo: &Repo) -> String {
    let text = repo.read("trust/root/0001.yaml");
    let line = text.lines().find_map(|l| l.strip_prefix("payload_sha256: ")).expect("a digest");
    line.trim_matches('"').to_owned()
}

/// The workflow for a repository that is there already; it is not left in it.
fn workflow(repo: &Repo, more: &[&str]) -> String {
    repo.run(&[&["init", "repo", "--ci", "github"], more].concat()).exits(0);
    let text = repo.read(FILE);
    std::fs::remove_dir_all(repo.repo(".github")).expect("the folder");
    text
}

/// A host that serves the program under test.
fn host(repo: &Repo) -> Host<'_> {
    let program = repo.path("duly-1.0-linux");
    script(&program, &format!("#!/bin/sh\nexec {} \"$@\"\n", cargo_bin("duly").display()));
    let text = workflow(repo, &["--program-url", URL, "--program-sha256", &sha256(&program)]);
    Host::new(repo, &text, &program, &root(repo))
}

/// The branch moved on after the pull request was opened: with what somebody else signed, whose
/// key came in between. Under the commit at which it was opened, that would be this change's.
#[test]
fn a_pull_request_is_judged_under_the_branch_as_it_is_now() {
    let repo = Repo::clinic();
    let host = host(&repo);
    repo.branch("mine");
    repo.attest("hygiene", "worker/w-0003", &repo.in_days(-1), "manager");
    let mine = repo.commit("My attestation");
    repo.go("main");
    repo.enrol("guard", "worker/w-0005");
    repo.commit("A key");
    repo.attest("hygiene", "worker/w-0002", &repo.in_days(-1), "lms");
    let moved = repo.commit("An attestation");
    host.send(&moved, "refs/heads/main");
    host.send(&mine, "refs/pull/1/head");
    let ran = host.run(&Event::pull_request(&mine));
    assert!(ran.passed, "{}", ran.said);
    assert!(ran.said.contains(&format!("Trusted base: {moved}")), "{}", ran.said);
    assert_eq!(ran.steps["Judge the pull request under the branch that it is for"], "success");
    assert_eq!(ran.steps["Judge each change of the merge queue under the one before"], "skipped");
    assert_eq!(ran.steps["Check the branch"], "skipped");
    assert!(ran.page.contains("w-0003"), "{}", ran.page);
}

#[test]
fn a_pull_request_that_edits_a_record_fails_the_workflow() {
    let repo = Repo::clinic();
    let host = host(&repo);
    repo.branch("mine");
    let record = repo.files("attestations").remove(0);
    repo.remove(&record);
    let mine = repo.commit("A record less");
    host.send(&mine, "refs/pull/1/head");
    let ran = host.run(&Event::pull_request(&mine));
    assert!(!ran.passed && ran.said.contains("D402"), "{}", ran.said);
}

/// Two pull requests wait: the first brings a key, the second what it signed. As one change that
/// would be refused; the queue judges each by itself, the second under the first.
#[test]
fn a_merge_queue_is_judged_change_by_change() {
    let repo = Repo::clinic();
    let host = host(&repo);
    repo.branch("queue");
    repo.enrol("guard", "worker/w-0005");
    repo.commit("The first in the queue");
    repo.attest("hygiene", "worker/w-0003", &repo.in_days(-1), "manager");
    let last = repo.commit("The second in the queue");
    host.send(&last, "refs/heads/gh-readonly-queue/main/pr-2");
    let ran = host.run(&Event::merge_group(&last));
    assert!(ran.passed, "{}", ran.said);
    assert_eq!(ran.steps["Judge each change of the merge queue under the one before"], "success");
    let record = repo.files("attestations").remove(0);
    repo.remove(&record);
    let bad = repo.commit("The third in the queue");
    host.send(&bad, "refs/heads/gh-readonly-queue/main/pr-3");
    let ran = host.run(&Event::merge_group(&bad));
    assert!(!ran.passed && ran.said.contains("D402"), "{}", ran.said);
}

/// Somebody is overdue on the branch: its run is red, and the report that says so is published.
#[test]
fn a_red_branch_still_gets_its_report() {
    let repo = Repo::clinic();
    let host = host(&repo);
    let ran = host.run(&Event::push(&repo.tip()));
    assert!(!ran.passed, "{}", ran.said);
    assert_eq!(ran.steps["Check the branch"], "failure");
    assert_eq!(ran.steps["Judge every commit of the branch under the one before"], "success", "{}", ran.said);
    assert!(ran.page.contains("overdue"), "{}", ran.page);
    let page = std::fs::read_to_string(ran.site.expect("a site").join("index.html")).expect("a page");
    assert!(!page.contains("Olga"));
}

/// A branch with a file that cannot be read: the report that says so is published all the same.
#[test]
fn a_branch_with_errors_still_gets_its_report() {
    let repo = Repo::clinic();
    repo.edit("policies/training.yaml", "every: 12 months", "every: 12 mths");
    let broken = repo.commit("A slip in the policy");
    let host = host(&repo);
    let ran = host.run(&Event::push(&broken));
    assert!(!ran.passed, "{}", ran.said);
    assert!(ran.page.contains("1 error"), "{}", ran.page);
    let page = std::fs::read_to_string(ran.site.expect("a site").join("index.html")).expect("a page");
    assert!(page.contains("hero-errors"), "{page}");
}

#[test]
fn a_program_with_another_digest_is_not_run() {
    let repo = Repo::clinic();
    let host = host(&repo);
    let marker = repo.path("it-ran");
    script(&repo.path("duly-1.0-linux"), &format!("#!/bin/sh\ntouch {}\n", marker.display()));
    let ran = host.run(&Event::push(&repo.tip()));
    assert!(!ran.passed && !marker.exists(), "{}", ran.said);
    assert!(ran.said.contains("has not the sha256"), "{}", ran.said);
    assert_eq!(ran.steps["Check the branch"], "skipped");
    assert!(ran.site.is_none());
}

#[test]
fn a_packed_program_is_unpacked_after_it_was_verified() {
    let repo = Repo::clinic();
    script(&repo.path("duly"), &format!("#!/bin/sh\nexec {} \"$@\"\n", cargo_bin("duly").display()));
    let tar = Command::new("tar").args(["-czf", "duly.tar.gz", "duly"]).current_dir(repo.path("")).status();
    assert!(tar.expect("tar").success());
    let packed = repo.path("duly.tar.gz");
    let url = "https://example.org/duly.tar.gz";
    let text = workflow(&repo, &["--program-url", url, "--program-sha256", &sha256(&packed)]);
    let ran = Host::new(&repo, &text, &packed, &root(&repo)).run(&Event::push(&repo.tip()));
    assert!(ran.site.is_some(), "{}", ran.said);
}

/// Nobody said which program is to run: the run fails and says what to write where. A name that
/// nobody owns is never asked for one.
#[test]
fn without_a_program_the_workflow_fails_and_says_what_to_do() {
    let repo = Repo::clinic();
    let text = workflow(&repo, &[]);
    assert!(!text.contains("cargo") && !text.contains("npm") && !text.contains("pip"), "{text}");
    let ran = Host::new(&repo, &text, &repo.path("nothing"), &root(&repo)).run(&Event::push(&repo.tip()));
    assert!(!ran.passed, "{}", ran.said);
    for word in ["DULY_PROGRAM_URL", "DULY_PROGRAM_SHA256", FILE] {
        assert!(ran.said.contains(word), "{word}: {}", ran.said);
    }
    assert_eq!(ran.steps["Check the branch"], "skipped");
}

#[test]
fn a_missing_trust_root_names_the_variable_and_where_to_set_it() {
    let repo = Repo::clinic();
    let mut host = host(&repo);
    host.trust_root.clear();
    for event in [Event::push(&repo.tip()), Event::pull_request(&repo.tip())] {
        let ran = host.run(&event);
        assert!(!ran.passed, "{}", ran.said);
        for word in ["DULY_TRUST_ROOT", "Settings", "fork"] {
            assert!(ran.said.contains(word), "{word}: {}", ran.said);
        }
        assert_eq!(ran.steps["Check the branch"], "skipped");
        assert!(ran.site.is_none());
    }
    // The program itself says it too, for other hosts.
    let run = repo.duly_with(("DULY_TRUST_ROOT", ""), &["check"]).exits(2);
    assert!(run.err.contains("DULY_TRUST_ROOT") && run.err.contains("empty"), "{}", run.err);
}

#[test]
fn a_repository_that_is_there_gets_the_workflow_and_nothing_else() {
    let repo = Repo::clinic();
    repo.git(&["branch", "-m", "main", "trunk"]);
    repo.duly(&["init", ".", "--ci", "github"]).exits(0);
    assert_eq!(repo.git(&["status", "--porcelain", "-uall"]), format!("?? {FILE}"));
    let text = repo.read(FILE);
    assert!(text.contains(&root(&repo)) && text.contains("branches: [\"trunk\"]"), "{text}");
    repo.duly(&["init", ".", "--ci", "github"]).exits(2);
    assert_eq!(repo.read(FILE), text);
    // A new one still needs all that describes it.
    let run = repo.run(&["init", "other", "--ci", "github"]).exits(2);
    assert!(run.err.contains("--officer"), "{}", run.err);
    assert!(!repo.path("other").exists());
}

#[test]
fn the_place_of_the_program_is_an_address_with_a_digest() {
    let place = Place::initialised();
    let digest = "0".repeat(64);
    let init = ["init", "repo", "--ci", "github"];
    let refuse = |more: &[&str]| place.run(&[&init[..], more].concat()).exits(2).err;
    for odd in
        ["http://example.org/x", "https://", "https://e.org/\"x", "https://e.org/${{x}}", "https://e.org/a b"]
    {
        let said = refuse(&["--program-url", odd, "--program-sha256", &digest]);
        assert!(said.contains("https://"), "{odd}: {said}");
    }
    assert!(refuse(&["--program-url", URL]).contains("--program-sha256"));
    assert!(refuse(&["--program-sha256", &digest]).contains("--program-url"));
    assert!(!place.repo(FILE).exists());
}
