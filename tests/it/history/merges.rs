//! How the protected branch may be joined with others.

use super::repository::Repo;

fn record(repo: &Repo) -> String {
    repo.files("attestations").remove(0)
}

/// A merge commit that holds what neither of its parents does.
#[test]
fn an_evil_merge() {
    let repo = Repo::clinic();
    repo.branch("side");
    repo.write("notes.md", "x\n");
    repo.commit("Honest");
    repo.go("main");
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    repo.remove(&record(&repo));
    repo.commit("Merge with more in it");
    repo.past().errors(&["D402"]);
    // And restored in the next one.
    repo.git(&["checkout", "-q", "HEAD~1", "--", "attestations"]);
    repo.commit("Put back");
    repo.past().errors(&["D402"]);
}

/// The branch of the repository becomes the second parent of somebody's own.
#[test]
fn a_foxtrot_merge() {
    let repo = Repo::clinic();
    repo.branch("mine");
    repo.write("mine.md", "x\n");
    repo.commit("Mine");
    repo.go("main");
    repo.branch("change");
    repo.write("other.md", "x\n");
    repo.commit("Theirs");
    repo.go("main");
    repo.merge("change");
    repo.go("mine");
    repo.merge("main");
    repo.git(&["branch", "-f", "main", "mine"]);
    repo.go("main");
    repo.past().errors(&["D405"]);
}

#[test]
fn a_trusted_commit_that_is_off_the_branch() {
    let repo = Repo::clinic();
    repo.commit("Judged and merged");
    let trusted = repo.tip();
    repo.git(&["reset", "-q", "--hard", "HEAD~1"]);
    repo.commit("Something else");
    let run = repo.duly(&["verify", "--history", "--from", &trusted]).exits(1);
    assert!(run.out.contains("D405"), "{}", run.out);
}

#[test]
fn an_octopus_merge() {
    let repo = Repo::clinic();
    for name in ["one", "two"] {
        repo.go("main");
        repo.branch(name);
        repo.write(&format!("{name}.md"), "x\n");
        repo.commit(name);
    }
    repo.go("main");
    repo.git(&["merge", "-q", "--no-ff", "-m", "Eight arms", "one", "two"]);
    repo.past().errors(&["D407"]);
}

#[test]
fn a_merge_of_an_unrelated_history() {
    let repo = Repo::clinic();
    repo.git(&["checkout", "-q", "--orphan", "other"]);
    repo.git(&["rm", "-rfq", "--cached", "."]);
    repo.git(&["commit", "-q", "--allow-empty", "-m", "Another world"]);
    repo.git(&["checkout", "-qf", "main"]);
    let run = repo.judge("main", "other").run;
    assert!(run.code == 2 && run.err.contains("D406"), "{run:?}");
    repo.git(&["merge", "-q", "--no-ff", "--allow-unrelated-histories", "-m", "Join", "other"]);
    repo.past().errors(&["D407"]);
}

/// The unrelated side is looked at too, for its tree is what would come.
#[test]
fn a_side_that_takes_the_records_away_and_is_merged() {
    let repo = Repo::clinic();
    let path = record(&repo);
    repo.branch("side");
    repo.remove(&path);
    repo.commit("Take away");
    repo.go("main");
    repo.write("more.md", "x\n");
    repo.commit("Main moves on");
    repo.judge("main", "side").errors(&["D402"]);
    repo.merge("side");
    repo.past().errors(&["D402"]);
}

/// Dates go back in time: it is said, and decides nothing.
#[test]
fn a_commit_dated_before_its_parent() {
    let repo = Repo::clinic();
    repo.days_ago(200);
    repo.commit("Long ago");
    repo.past().passes().has("info", "D422");
    repo.days_ago(-20);
    repo.commit("In the future");
    let past = repo.past().passes().has("info", "D422");
    assert_eq!(past.said("D422").lines().count(), 2, "{}", past.run.out);
}
