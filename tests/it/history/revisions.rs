//! Which commits a check is about: names that mean two things, and bases that went stale.

use super::repository::Repo;

/// A clinic with a tag `main` beside its branch, at a commit that somebody else chose.
fn with_tag() -> (Repo, String) {
    let repo = Repo::clinic();
    let honest = repo.tip();
    repo.branch("change");
    let record = repo.files("attestations").remove(0);
    repo.remove(&record);
    let bad = repo.commit("A record less");
    repo.git(&["tag", "main", &bad]);
    repo.write("more.md", "more\n");
    repo.commit("Something on top");
    (repo, honest)
}

/// Whoever may push tags could have a change judged under a base of their own making.
#[test]
fn a_tag_in_the_place_of_the_branch_is_refused() {
    let (repo, honest) = with_tag();
    for arguments in [
        &["check", "--base", "main", "--head", "change"][..],
        &["check", "--base", "change", "--head", "main"],
        &["check", "--rev", "main"],
        &["check", "--rev", "main~1"],
        &["check", "--rev", "main^{commit}"],
        &["status", "--rev", "main"],
        &["verify", "--history", "--rev", "main"],
        &["verify", "--history", "--rev", "change", "--from", "main"],
        &["diff", "main", "change"],
        &["log", "--rev", "main"],
    ] {
        let run = repo.duly(arguments).exits(2);
        assert!(run.err.contains("refs/heads/main") && run.err.contains("refs/tags/main"), "{}", run.err);
    }
    // Written in full, or as an id, there is nothing to mix up.
    for base in ["refs/heads/main", "heads/main", honest.as_str()] {
        repo.judge(base, "change").has("error", "D402");
    }
}

#[test]
fn other_names_that_mean_two_things_are_refused() {
    let repo = Repo::clinic();
    let (tip, short) = (repo.tip(), repo.tip()[..8].to_owned());
    repo.commit("Another");
    // A branch of the host, and a tag that is called like it.
    repo.git(&["update-ref", "refs/remotes/origin/main", &tip]);
    repo.git(&["tag", "origin/main"]);
    // A branch that is called like the beginning of an id.
    repo.git(&["branch", &short]);
    for name in ["origin/main", short.as_str()] {
        let run = repo.duly(&["check", "--base", name, "--head", "main"]).exits(2);
        assert!(run.err.contains("more than one thing"), "{name}: {}", run.err);
    }
    for name in ["refs/remotes/origin/main", tip.as_str(), "main~1"] {
        assert_eq!(repo.judge(name, "main").errors(&[]).run.code, 0, "{name}");
    }
}

/// What CI checks out is often a merge into the branch as it is now. Under the commit at which
/// the pull request was opened, everything merged since would be its own.
#[test]
fn a_base_that_went_stale_is_an_error_that_names_the_remedy() {
    let repo = Repo::clinic();
    let opened = repo.tip();
    repo.branch("mine");
    repo.attest("hygiene", "worker/w-0003", &repo.in_days(-1), "manager");
    let mine = repo.commit("My attestation");
    repo.go("main");
    repo.enrol("guard", "worker/w-0005");
    let now = repo.commit("A key, by somebody else");
    repo.merge("mine");
    let run = repo.duly(&["check", "--base", &opened, "--head", "main", "--new-only"]).exits(2);
    for word in [&now[..12], &mine[..12], "--base refs/remotes/origin/main", "--queue"] {
        assert!(run.err.contains(word), "{word}: {}", run.err);
    }
    repo.judge(&now, "main").passes();
    repo.judge(&now, &mine).passes();
    repo.duly(&["check", "--base", &opened, "--head", "main", "--new-only", "--queue"]).exits(0);
}

/// A branch that was brought up to date by a merge, and one of several commits.
#[test]
fn honest_branches_are_no_stale_bases() {
    let repo = Repo::clinic();
    repo.branch("mine");
    repo.attest("hygiene", "worker/w-0003", &repo.in_days(-1), "manager");
    repo.commit("My attestation");
    repo.write("one.md", "1\n");
    repo.commit("And another commit");
    repo.judge("main", "mine").passes();
    repo.go("main");
    repo.write("two.md", "2\n");
    repo.commit("The branch moves on");
    repo.go("mine");
    repo.merge("main");
    repo.judge("main", "mine").passes();
}
