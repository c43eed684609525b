//! Checkpoints that somebody kept, held against what is there now.

use super::repository::Repo;

/// A clinic whose root names a notary, and a checkpoint kept outside of it.
fn kept() -> Repo {
    let repo = Repo::clinic();
    repo.key("notary");
    repo.next_root(&["--add-notary", "service/lms=../notary.pub"], &["officer"]);
    repo.commit("A notary");
    repo.duly(&["checkpoint", "--key", "../notary", "--out", "../kept"]).exits(0);
    repo
}

fn compare(repo: &Repo) -> (i32, String) {
    let run = repo.duly(&["verify", "--history", "--checkpoint", "../kept"]);
    (run.code, format!("{}{}", run.out, run.err))
}

#[track_caller]
fn rewritten(repo: &Repo) {
    let (code, text) = compare(repo);
    assert!(code == 1 && text.contains("D420"), "{code}\n{text}");
}

#[test]
fn more_history_after_a_checkpoint() {
    let repo = kept();
    assert_eq!(compare(&repo).0, 0);
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager");
    repo.commit("Evidence");
    let (code, text) = compare(&repo);
    assert!(code == 0 && text.contains("The checkpoint holds"), "{text}");
}

#[test]
fn a_force_push_that_drops_the_last_record() {
    let repo = kept();
    repo.git(&["reset", "-q", "--hard", "HEAD~1"]);
    repo.key("notary3");
    // The forger's history is in order in itself, and names the same notary.
    repo.next_root(&["--add-notary", "service/lms=../notary.pub", "--threshold", "revoke=1"], &["officer"]);
    repo.commit("Another second root");
    repo.past().passes();
    rewritten(&repo);
}

/// The same records under other commits.
#[test]
fn a_force_push_of_the_same_records() {
    let repo = kept();
    repo.git(&["commit", "-q", "--amend", "-m", "Another message"]);
    repo.past().passes();
    rewritten(&repo);
}

#[test]
fn a_record_taken_away_after_a_checkpoint() {
    let repo = kept();
    repo.remove(&repo.files("attestations")[0]);
    repo.commit("Remove");
    rewritten(&repo);
}

#[test]
fn a_record_edited_after_a_checkpoint() {
    let repo = kept();
    let path = repo.files("attestations").remove(0);
    repo.write(&path, &(repo.read(&path) + "\n"));
    repo.commit("Edit");
    rewritten(&repo);
}

#[test]
fn a_checkpoint_by_somebody_who_is_no_notary() {
    let repo = kept();
    let run = repo.duly(&["checkpoint", "--key", "../officer"]).exits(2);
    assert!(run.err.contains("no notary"), "{}", run.err);
    let note = std::fs::read_to_string(repo.path("kept")).unwrap();
    let (body, _) = note.split_once("\n\n").unwrap();
    std::fs::write(repo.path("kept"), format!("{body}\n\n")).unwrap();
    let (code, text) = compare(&repo);
    assert!(code != 0 && text.contains("D421"), "{text}");
}

#[test]
fn a_checkpoint_of_another_repository() {
    let (repo, other) = (kept(), crate::harness::Place::with_team());
    std::fs::copy(repo.path("kept"), other.path("kept")).unwrap();
    let run = std::process::Command::new("git").args(["init", "-q"]).current_dir(other.repo("")).status();
    assert!(run.unwrap().success());
    let run = other.duly(&["verify", "--checkpoint", "../kept"]);
    assert_ne!(run.code, 0, "{run:?}");
}

#[test]
fn a_checkpoint_of_half_a_history() {
    let repo = kept();
    let from = format!("file://{}", repo.repo("").display());
    repo.git(&["clone", "-q", "--depth", "2", from.trim_end_matches('/'), "../clone"]);
    let run = crate::harness::run_in(&repo.path("clone"), &["checkpoint", "--key", "../notary"]).exits(2);
    assert!(run.err.contains("D404"), "{}", run.err);
}

#[test]
fn an_old_checkpoint_is_said() {
    for (days, code, said) in [(90, 0, false), (150, 0, true), (400, 1, true)] {
        let repo = Repo::clinic();
        repo.key("notary");
        repo.next_root(&["--add-notary", "service/lms=../notary.pub"], &["officer"]);
        repo.days_ago(days);
        repo.commit("A notary");
        repo.duly(&["checkpoint", "--key", "../notary", "--out", "../kept"]).exits(0);
        let run = repo.duly(&["verify", "--checkpoint", "../kept"]);
        assert_eq!((run.code, run.out.contains("D426")), (code, said), "{days}: {}{}", run.out, run.err);
    }
}
