//! What officers may not do for themselves, nor for others as of the past.

use super::repository::Repo;
use super::standing::{BOTH, free, put, two_officers};
use crate::bench::today;

#[test]
fn an_exemption_dated_into_the_past() {
    let repo = Repo::clinic();
    let arguments = |from: i64| {
        let all = ["exempt", "hygiene", "--subject", "worker/w-0004", "--reason", "equivalent"];
        let rest = [
            "--from".to_owned(),
            repo.in_days(from),
            "--until".to_owned(),
            repo.in_days(9),
            "--key".to_owned(),
            "../officer".to_owned(),
        ];
        all.iter().map(|a| (*a).to_owned()).chain(rest).collect::<Vec<_>>()
    };
    let run = |from: i64| {
        let all = arguments(from);
        repo.duly(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert!(run(-31).exits(2).err.contains("more than 30 days before it appeared"));
    // Dated back as a whole, and by hand.
    for kind in ["exemption", "extension"] {
        let path = put(&repo, kind, today().plus_days(-31), &["officer"]);
        let before = repo.propose().errors(&["D328"]);
        assert_eq!(before.closes(), (0, 0));
        before.says("D328", "more than 30 days before it appeared");
        repo.check("change").errors(&["D328"]);
        repo.go("main");
        repo.git(&["branch", "-q", "-D", "change"]);
        assert!(!repo.repo(&path).exists());
    }
    run(-30).exits(0);
    let (before, after) = repo.both();
    assert_eq!(before.passes().closes(), (1, 0));
    after.passes();
    repo.check("main").errors(&[]);
}

/// The officer is overdue, and an edit ends that.
fn overdue_officer(repo: &Repo) {
    repo.edit("roster/main.yaml", "roles: [officer]", "roles: [officer, clinical]");
    repo.commit("Otto works with patients, too");
    assert!(repo.check("main").said("D501").contains("Otto"));
    repo.edit("roster/main.yaml", "roles: [officer, clinical]", "roles: [officer]");
}

#[test]
fn an_officer_does_not_free_themself_where_there_is_another() {
    let repo = two_officers();
    let back: Vec<String> = BOTH.iter().map(|t| t.replace("=2", "=1")).collect();
    repo.next_root(&back.iter().map(String::as_str).collect::<Vec<_>>(), &["officer"]);
    repo.commit("One of two officers is enough");
    overdue_officer(&repo);
    free(&repo, "officer");
    repo.propose().errors(&["D411"]).says("D411", "another officer must");
    // The other one approves the same for another reason: the first word spoils nothing.
    repo.duly(&["approve", "--base", "main", "--reason", "policy", "--key", "../boss"]).exits(0);
    repo.commit("The other officer approves it");
    repo.judge("main", "change").passes().has("info", "D419");
}

#[test]
fn the_only_officer_frees_themself_and_it_is_said() {
    let repo = Repo::clinic();
    overdue_officer(&repo);
    free(&repo, "officer");
    let before = repo.propose().passes();
    before.has("info", "D339").says("D339", "freed by own approval");
}

/// Their own late completion, by their own word as an officer.
#[test]
fn the_only_officers_own_late_completion() {
    let late = |repo: &Repo| {
        repo.attest("fire", "worker/w-0001", &repo.in_days(-50), "officer");
        repo.commit("Own and late");
        repo.check("main")
    };
    let repo = Repo::clinic();
    late(&repo).errors(&[]).has("info", "D339").says("D339", "freed by own approval");
    let (_, trust) = repo.judged();
    assert_eq!(trust.unverified.len(), 0);
    // On the first page, too.
    let out = repo.path("site");
    repo.duly(&["report", "--out", out.to_str().unwrap()]).exits(0);
    let front = std::fs::read_to_string(out.join("index.html")).unwrap();
    assert!(front.contains("Freed by own approval") && front.contains("1 time an officer"), "{front}");
    let repo = two_officers();
    late(&repo).errors(&[]).says("D315", "no other officer signed it than worker/w-0001 for themself");
    // An exemption for oneself never counts, alone or not.
    let all = ["exempt", "fire", "--subject", "worker/w-0001", "--reason", "law", "--from"];
    let rest = [repo.in_days(0), "--until".to_owned(), repo.in_days(9)];
    let rest: Vec<&str> = rest.iter().map(String::as_str).chain(["--key", "../officer"]).collect();
    Repo::clinic().duly(&[&all[..], &rest].concat()).exits(2);
}
