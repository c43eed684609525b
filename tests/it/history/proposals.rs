//! Pull requests: gaps closed by edits, what officers approve, and what cannot be judged.

use duly::record::approval::{About, Approval, Approved, FilePath, Reason};
use duly::record::digest::Sha256;
use duly::record::node::Spot;

use super::repository::Repo;
use crate::bench::today;

/// A policy that asks for less: Olga is overdue no longer.
fn weaken(repo: &Repo) {
    repo.edit(
        "policies/training.yaml",
        "within: 30 days, every: 12 months",
        "within: 900 days, every: 24 months",
    );
}

fn approve(repo: &Repo, reason: &str) {
    repo.duly(&["approve", "--base", "main", "--reason", reason, "--key", "../officer"]).exits(0);
}

#[test]
fn a_policy_weakened() {
    let repo = Repo::clinic();
    weaken(&repo);
    let (before, after) = repo.both();
    let before = before.errors(&["D411", "D412"]).says("D411", "Olga Overdue (worker/w-0004)");
    assert_eq!(before.closes(), (0, 1));
    after.errors(&["D412"]);
}

#[test]
fn a_policy_weakened_and_approved() {
    let repo = Repo::clinic();
    weaken(&repo);
    approve(&repo, "policy");
    let (before, after) = repo.both();
    let before = before.errors(&[]).has("info", "D419");
    assert_eq!(before.closes(), (0, 1));
    after.passes().has("info", "D419");
    repo.check("main").errors(&[]);
}

/// The gap closes; by the rules of the base the work is still to be done.
#[test]
fn the_worse_of_both_policies_decides() {
    let repo = Repo::clinic();
    repo.edit("policies/training.yaml", "every: 12 months", "every: 1 month");
    repo.propose().errors(&[]).has("overdue", "D501");
}

/// What to replace by what behind the name of the worker.
type Edit = dyn Fn(&Repo) -> (String, String);

#[test]
fn gaps_closed_by_an_edit_of_the_roster() {
    fn leave(repo: &Repo) -> String {
        format!("    leave: [{{from: {}}}]\n", repo.in_days(-290))
    }
    let edits: [&Edit; 3] = [
        &|_| ("roles: [clinical]".to_owned(), "roles: []".to_owned()),
        &|repo| {
            let start = repo.in_days(-300);
            (format!("start: {start}, "), format!("start: {start}, end: {}, ", repo.in_days(-1)))
        },
        &|repo| ("    managers".to_owned(), format!("{}    managers", leave(repo))),
    ];
    for edit in edits {
        let repo = Repo::clinic();
        let roster = repo.read("roster/main.yaml");
        let (head, tail) = roster.split_once("name: Olga Overdue").unwrap();
        let (from, to) = edit(&repo);
        repo.write("roster/main.yaml", &format!("{head}name: Olga Overdue{}", tail.replacen(&from, &to, 1)));
        let verdict = repo.propose().errors(&["D411"]).says("D411", "by an edit alone");
        assert_eq!(verdict.closes(), (0, 1), "{to}");
    }
}

#[test]
fn a_policy_that_is_only_proposed_now() {
    let repo = Repo::clinic();
    repo.edit("policies/training.yaml", "    type: training\n", "    type: training\n    state: proposed\n");
    repo.propose().errors(&["D411", "D412"]);
}

#[test]
fn a_protected_file_approved() {
    let repo = Repo::clinic();
    repo.write(".github/CODEOWNERS", "* @officers\n");
    repo.edit("duly.yaml", "after_leave: 14 days", "after_leave: 10 days");
    approve(&repo, "settings");
    let (before, after) = repo.both();
    before.errors(&[]).has("info", "D419");
    after.passes();
}

/// An approval is of that content and no other.
#[test]
fn an_edit_after_the_approval() {
    let repo = Repo::clinic();
    weaken(&repo);
    approve(&repo, "policy");
    repo.edit("policies/training.yaml", "900 days", "9000 days");
    repo.propose().has("error", "D411").has("error", "D412");
}

#[test]
fn an_approval_by_somebody_who_is_no_officer() {
    let repo = Repo::clinic();
    weaken(&repo);
    let path = FilePath::parse("policies/training.yaml").unwrap();
    let sha256 = Some(Sha256::of(repo.read("policies/training.yaml").as_bytes()));
    let approval = Approval {
        audience: repo.audience(),
        about: About::Files(vec![Approved { path, sha256 }]),
        reason: Reason::Policy,
        approved_on: today(),
        spot: Spot::default(),
    };
    repo.put(approval, &["manager"]);
    let (before, after) = repo.both();
    before.errors(&["D411", "D412", "D417"]);
    after.errors(&["D412", "D417"]);
}

#[test]
fn an_approval_together_with_evidence() {
    let repo = Repo::clinic();
    weaken(&repo);
    approve(&repo, "policy");
    repo.attest("hygiene", "worker/w-0003", &repo.in_days(-1), "manager");
    repo.propose().errors(&["D403"]);
}

/// A fault that was merged: officers know of it, and everybody sees it for ever.
#[test]
fn a_merged_fault_that_officers_know_of() {
    let repo = Repo::clinic();
    let path = repo.files("attestations").remove(0);
    repo.remove(&path);
    let bad = repo.commit("Remove a record");
    repo.past().errors(&["D402"]);
    let know = |codes: &str| {
        let all =
            ["approve", "--commit", &bad, "--codes", codes, "--reason", "known_fault", "--key", "../officer"];
        repo.duly(&all).exits(0);
    };
    know("D401");
    repo.commit("Another code than that of the fault");
    repo.past().errors(&["D402"]);
    know("D402");
    let (before, after) = repo.both();
    before.passes();
    after
        .passes()
        .has("info", "D418")
        .says("D418", "was removed")
        .says("D418", "known since trust/approvals/");
}

/// Nobody approves ahead what a commit is going to break, and no approval covers other commits.
#[test]
fn a_known_fault_excuses_no_other() {
    let repo = Repo::clinic();
    let paths = repo.files("attestations");
    repo.remove(&paths[0]);
    let bad = repo.commit("Remove a record");
    let all =
        ["approve", "--commit", &bad, "--codes", "D402", "--reason", "known_fault", "--key", "../officer"];
    repo.duly(&all).exits(0);
    repo.commit("Known");
    repo.remove(&paths[1]);
    let worse = repo.commit("Remove another");
    repo.past().errors(&["D402"]).says("D402", &worse[..12]);
}

#[test]
fn base_and_head_are_one() {
    let repo = Repo::clinic();
    let run = repo.duly(&["check", "--base", "main", "--head", "HEAD"]).exits(2);
    assert!(run.err.contains("same commit") && run.out.is_empty(), "{run:?}");
    let run = repo.duly(&["check", "--base", "no-such", "--head", "HEAD"]).exits(2);
    assert!(run.err.contains("names no commit"), "{run:?}");
}

#[test]
fn both_sides_changed_a_line() {
    let repo = Repo::clinic();
    repo.branch("change");
    repo.edit("roster/main.yaml", "Nia Nurse", "Nia One");
    repo.commit("One");
    repo.go("main");
    repo.edit("roster/main.yaml", "Nia Nurse", "Nia Two");
    repo.commit("Two");
    let run = repo.duly(&["check", "--base", "main", "--head", "change"]).exits(2);
    assert!(run.err.contains("D406") && run.err.contains("roster/main.yaml"), "{run:?}");
    assert!(run.out.is_empty(), "{run:?}");
    let ask = |format: &str| {
        repo.duly(&["check", "--base", "main", "--head", "change", "--format", format]).exits(2).out
    };
    let value: serde_json::Value = serde_json::from_str(&ask("json")).expect("json");
    assert_eq!((&value["schema"], &value["findings"][0]["code"]), (&"duly/check/v1".into(), &"D406".into()));
    assert!(ask("github").starts_with("::error "), "an annotation");
}

/// The head is the base's own past: merging it changes nothing, and that is no pass of a change.
#[test]
fn a_head_that_is_behind_its_base() {
    let repo = Repo::clinic();
    let verdict = repo.judge("main", "main~1").passes();
    assert_eq!(verdict.closes(), (0, 0));
}

/// Nobody's attestation is held up by a colleague's lateness.
#[test]
fn only_what_is_new_fails() {
    let repo = Repo::clinic();
    repo.attest("hygiene", "worker/w-0003", &repo.in_days(-1), "manager");
    repo.propose().passes();
    let all = ["check", "--base", "main", "--head", "change", "--format", "json"];
    assert!(repo.duly(&all).exits(1).out.contains("D501"));
}

/// What is wrong in one commit of the branch and right at its end is never merged as such;
/// merged commit by commit, it stays.
#[test]
fn a_branch_that_breaks_and_mends() {
    let repo = Repo::clinic();
    let path = repo.files("attestations").remove(0);
    let text = repo.read(&path);
    repo.branch("change");
    repo.remove(&path);
    repo.commit("Remove");
    repo.write(&path, &text);
    repo.write("notes.md", "x\n");
    repo.commit("Restore");
    repo.judge("main", "change").passes();
    repo.go("main");
    repo.git(&["merge", "-q", "--ff-only", "change"]);
    repo.past().errors(&["D402"]);
}

/// A merge queue puts one change on another: each is judged under the one before.
#[test]
fn a_queue_of_a_key_and_then_what_it_signs() {
    let repo = Repo::clinic();
    repo.branch("queue");
    repo.enrol("manager5", "worker/w-0002");
    repo.commit("A second key of the manager");
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager5");
    repo.commit("What it signs");
    repo.judge("main", "queue").errors(&["D307", "D403"]);
    let run = repo.duly(&["check", "--base", "main", "--head", "queue", "--queue", "--format", "json"]);
    let json = run.exits(0).json();
    assert_eq!(json["effects"]["gaps_closed_by_evidence"].as_array().expect("a list").len(), 1);
    // In one commit it is one change, in a queue too.
    repo.git(&["reset", "-q", "--soft", "main"]);
    repo.commit("Both at once");
    let run = repo.duly(&["check", "--base", "main", "--head", "queue", "--queue", "--format", "json"]);
    assert!(run.exits(1).out.contains("D403"));
}

/// Who makes somebody a manager of a year ago makes a record count that did not.
#[test]
fn a_manager_made_so_afterwards() {
    let repo = Repo::clinic();
    // Otto is not Olga's manager, so what he signs does not count.
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "officer");
    repo.commit("A record that does not count");
    repo.branch("change");
    let roster = repo.read("roster/main.yaml");
    let (head, tail) = roster.split_once("name: Olga Overdue").unwrap();
    let tail = tail.replacen("managers: [worker/w-0002]", "managers: [worker/w-0001]", 1);
    repo.write("roster/main.yaml", &format!("{head}name: Olga Overdue{tail}"));
    repo.commit("Another manager, since ever");
    let verdict = repo.judge("main", "change").errors(&["D411"]).says("D411", "by an edit alone");
    assert_eq!(verdict.closes(), (0, 1));
}

#[test]
fn a_new_requirement_without_a_first_day() {
    let added = |first_day: &str| {
        let repo = Repo::clinic();
        let policy = repo.read("policies/training.yaml");
        let new = format!(
            "  - id: phishing\n    title: Phishing\n    type: training\n    applies_to: {{role: clinical}}\n{first_day}    due: {{within: 30 days}}\n    signed_by: [[supervisor]]\n"
        );
        repo.write("policies/training.yaml", &(policy + &new));
        repo.propose()
    };
    added("").has("warning", "D223").says("D223", "phishing has no first day, and 3 people");
    let today = Repo::clinic().in_days(0);
    let dated = added(&format!("    effective_from: {today}\n"));
    assert_eq!(dated.said("D223"), "");
}
