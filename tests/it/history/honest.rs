//! What honest people do every day: nothing here is an error, before the merge or after.

use super::repository::{Repo, Verdict};

/// Judges a change at both doors, and the whole repository after it.
#[track_caller]
fn fine(repo: &Repo) -> Verdict {
    let (before, after) = repo.both();
    after.passes();
    repo.check("main").errors(&[]);
    before.passes()
}

/// A new clinical worker in the roster.
fn hire(repo: &Repo) {
    let more = format!(
        "  - id: w-0006\n    name: Hana Hired\n    employment: [{{start: {}, type: full-time}}]\n    \
         roles: [clinical]\n    managers: [worker/w-0002]\n",
        repo.in_days(-5)
    );
    let roster = repo.read("roster/main.yaml");
    repo.write("roster/main.yaml", &(roster + &more));
}

#[test]
fn nothing_is_wrong_with_the_clinic() {
    let repo = Repo::clinic();
    repo.past().passes();
    repo.check("main").errors(&[]).has("overdue", "D501");
}

#[test]
fn a_new_hire() {
    let repo = Repo::clinic();
    hire(&repo);
    fine(&repo);
}

#[test]
fn a_new_hire_with_an_attestation_by_an_issuer() {
    let repo = Repo::clinic();
    hire(&repo);
    repo.attest("hygiene", "worker/w-0006", &repo.in_days(-1), "lms");
    let verdict = fine(&repo);
    assert_eq!(verdict.said("D315"), "");
    assert_eq!(verdict.run.json()["effects"]["obligations_added"], 1);
}

#[test]
fn an_attestation() {
    let repo = Repo::clinic();
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager");
    assert_eq!(fine(&repo).closes(), (1, 0));
    assert_eq!(repo.check("main").said("D501"), "");
}

#[test]
fn a_sheet_of_500_rows() {
    let repo = Repo::clinic();
    let worker = |n: u32| {
        let day = repo.in_days(-300);
        format!(
            "  - id: w-1{n:03}\n    employment: [{{start: {day}, type: full-time}}]\n    roles: [clinical]\n"
        )
    };
    let workers: String = (0..500).map(worker).collect();
    let head = format!("apiVersion: duly/v1\nkind: Roster\nconfirmed_on: {}\nworkers:\n", repo.in_days(0));
    repo.write("roster/many.yaml", &(head + &workers));
    repo.commit("Take over another clinic");
    let subjects: Vec<String> = (0..500).map(|n| format!("worker/w-1{n:03}")).collect();
    let day = repo.in_days(-1);
    let mut all = vec!["attest", "hygiene", "--completed-on", &day, "--key", "../lms", "--subject"];
    all.extend(subjects.iter().map(String::as_str));
    repo.duly(&all).exits(0);
    assert_eq!(fine(&repo).closes(), (500, 0));
}

#[test]
fn another_name_for_the_same_person() {
    let repo = Repo::clinic();
    repo.edit("roster/main.yaml", "Nia Nurse", "Nia Newlywed");
    fine(&repo);
}

#[test]
fn another_role_for_somebody_who_is_current() {
    let repo = Repo::clinic();
    let roster = repo.read("roster/main.yaml");
    let (head, tail) = roster.split_once("name: Nia Nurse").unwrap();
    let tail = tail.replacen("roles: [clinical]", "roles: [front-desk]", 1);
    repo.write("roster/main.yaml", &format!("{head}name: Nia Nurse{tail}"));
    fine(&repo);
}

#[test]
fn a_new_edition() {
    let repo = Repo::clinic();
    let text = "# Hand hygiene\n\nWash your hands, twice.\n";
    repo.write("policies/documents/hygiene-2.md", text);
    let digest = duly::record::digest::Sha256::of(text.as_bytes());
    let more = "    signed_by: [[issuer], [supervisor]";
    let edition = format!(
        "      - {{edition: \"2\", published: {}, document: documents/hygiene-2.md, sha256: \"{digest}\", change: material, within: 60 days}}\n{more}",
        repo.in_days(0)
    );
    repo.edit("policies/training.yaml", more, &edition);
    fine(&repo);
}

#[test]
fn an_officers_key_is_rotated() {
    let repo = Repo::clinic();
    repo.key("officer2");
    let old = repo.fingerprint("officer");
    let change = ["--add-officer", "w-0001=../officer2.pub", "--remove-key", &old];
    repo.next_root(&change, &["officer", "officer2"]);
    fine(&repo);
    // The new key acts in the next change, the old one does not.
    let key = repo.fingerprint("lms");
    let revoke = ["key", "revoke", &key, "--reason", "retired", "--keep-all", "--key", "../officer2"];
    repo.duly(&revoke).exits(0);
    repo.branch("next");
    repo.commit("Retire the learning system");
    repo.judge("main", "next").passes();
}

#[test]
fn a_key_is_revoked() {
    let repo = Repo::clinic();
    repo.revoke_key("lms", &["--reason", "retired", "--keep-all"]);
    fine(&repo);
}

/// What was signed counts no longer: that is a gap and no fault.
#[test]
fn a_key_is_revoked_with_all_it_signed() {
    let repo = Repo::clinic();
    repo.revoke_key("lms", &["--reason", "compromised"]);
    let (before, after) = repo.both();
    assert_eq!(before.errors(&[]).has("overdue", "D501").run.code, 1);
    after.passes();
}

#[test]
fn a_key_and_a_grant_are_added() {
    let repo = Repo::clinic();
    repo.enrol("olga", "worker/w-0004");
    repo.issuer("lms2");
    fine(&repo);
}

#[test]
fn a_correction() {
    let repo = Repo::clinic();
    let of = |path: &&String| repo.read(path).contains("worker/w-0003");
    let old = repo.files("attestations").iter().find(of).unwrap().clone();
    let day = repo.in_days(-20);
    repo.duly(&[
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--completed-on",
        &day,
        "--supersedes",
        &old,
        "--key",
        "../manager",
    ])
    .exits(0);
    fine(&repo);
}

fn waive(repo: &Repo, arguments: &[&str]) {
    let mut all = arguments.to_vec();
    all.extend(["hygiene", "--subject", "worker/w-0004", "--key", "../officer"]);
    repo.duly(&all).exits(0);
    assert_eq!(fine(repo).closes(), (1, 0), "an exemption is evidence");
}

#[test]
fn an_exemption() {
    let repo = Repo::clinic();
    let (from, until) = (repo.in_days(-30), repo.in_days(100));
    waive(&repo, &["exempt", "--reason", "equivalent", "--from", &from, "--until", &until]);
}

#[test]
fn an_extension() {
    let repo = Repo::clinic();
    waive(&repo, &["extend", "--reason", "trainer_unavailable", "--until", &repo.in_days(40)]);
}

#[test]
fn a_record_is_revoked() {
    let repo = Repo::clinic();
    let of = |path: &&String| repo.read(path).contains("worker/w-0003");
    let path = repo.files("attestations").iter().find(of).unwrap().clone();
    repo.duly(&["revoke", &path, "--reason", "mistaken", "--key", "../manager"]).exits(0);
    let (before, after) = repo.both();
    // A gap opens, and nothing is wrong.
    before.errors(&[]).has("overdue", "D501");
    after.passes();
}

#[test]
fn a_leave() {
    let repo = Repo::clinic();
    let leave = format!("    leave: [{{from: {}, until: {}}}]\n", repo.in_days(-2), repo.in_days(30));
    let roster = repo.read("roster/main.yaml");
    let (head, tail) = roster.split_once("  - id: w-0004").unwrap();
    repo.write("roster/main.yaml", &format!("{head}{leave}  - id: w-0004{tail}"));
    fine(&repo);
}

#[test]
fn somebody_leaves_who_owes_nothing() {
    let repo = Repo::clinic();
    let start = format!("start: {}, type: part-time", repo.in_days(-300));
    let end = format!("start: {}, end: {}, type: part-time", repo.in_days(-300), repo.in_days(0));
    repo.edit("roster/main.yaml", &start, &end);
    fine(&repo);
}

#[test]
fn a_branch_merged_by_squash() {
    let repo = Repo::clinic();
    repo.branch("change");
    for subject in ["worker/w-0003", "worker/w-0004"] {
        repo.attest("hygiene", subject, &repo.in_days(-1), "manager");
        repo.commit("One more");
    }
    repo.judge("main", "change").passes();
    repo.go("main");
    repo.git(&["merge", "-q", "--squash", "change"]);
    repo.commit("Both at once");
    repo.past().passes();
}

/// The branch is brought up to date from `main`: no foxtrot.
#[test]
fn a_branch_brought_up_to_date() {
    let repo = Repo::clinic();
    repo.branch("change");
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager");
    repo.commit("Evidence");
    repo.go("main");
    repo.branch("other");
    hire(&repo);
    repo.commit("A new hire");
    repo.go("main");
    repo.merge("other");
    // `main` moved on: what is judged is the merge.
    assert_eq!(repo.judge("main", "change").passes().run.json()["merged"], true);
    repo.go("change");
    repo.merge("main");
    assert_eq!(repo.judge("main", "change").passes().run.json()["merged"], false);
    repo.go("main");
    repo.merge("change");
    repo.past().passes();
}

#[test]
fn a_readme_edited() {
    let repo = Repo::clinic();
    repo.write("README.md", "# Our record\n");
    repo.write("notes/a\u{e9}.md", "x\n");
    fine(&repo);
}

#[test]
fn a_bare_repository() {
    let repo = Repo::clinic();
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager");
    repo.branch("change");
    repo.commit("Evidence");
    repo.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = ["--repo", "bare.git"].iter().chain(arguments).copied().collect();
        repo.run(&all).exits(0)
    };
    run(&["check", "--base", "main", "--head", "change", "--new-only"]);
    run(&["verify", "--history", "--rev", "change"]);
    run(&["check", "--rev", "change"]);
    run(&["diff", "main", "change"]);
    run(&["status", "--rev", "change"]);
    run(&["status"]);
}

#[test]
fn a_difference_is_shown_and_fails_nothing() {
    let repo = Repo::clinic();
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager");
    repo.commit("Evidence");
    let out = repo.duly(&["diff", "HEAD~1", "HEAD"]).exits(0).out;
    assert!(out.contains("1 closed by evidence"), "{out}");
    let back = repo.duly(&["diff", "HEAD", "HEAD~1", "--format", "json"]).exits(0).json();
    assert_eq!(back["effects"]["gaps_opened"].as_array().unwrap().len(), 1);
}
