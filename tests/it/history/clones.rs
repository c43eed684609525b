//! Clones and repositories that do not hold, or do not show, all of the history.

use super::repository::Repo;
use crate::harness::run_in;

/// Clones the repository into `clone` and gives what three commands say there, each with its
/// exit code.
fn cloned(repo: &Repo, arguments: &[&str]) -> Vec<(i32, String)> {
    let from = format!("file://{}", repo.repo("").display());
    let from = from.trim_end_matches('/');
    let mut all = vec!["clone", "-q"];
    all.extend(arguments);
    all.extend([from, "../clone"]);
    repo.git(&all);
    asked(repo, "clone")
}

fn asked(repo: &Repo, folder: &str) -> Vec<(i32, String)> {
    let run = |arguments: &[&str]| {
        let run = run_in(&repo.path(folder), arguments);
        (run.code, format!("{}{}", run.out, run.err))
    };
    vec![
        run(&["verify", "--history"]),
        run(&["check", "--rev", "HEAD", "--fail-on", "error"]),
        run(&["check", "--base", "HEAD~1", "--head", "HEAD", "--new-only"]),
    ]
}

#[track_caller]
fn incomplete(said: &[(i32, String)]) {
    for (code, text) in said {
        assert!((1..=2).contains(code) && text.contains("D404"), "{code}\n{text}");
    }
}

#[test]
fn a_whole_clone() {
    let repo = Repo::clinic();
    repo.commit("One more");
    for (code, text) in cloned(&repo, &[]) {
        assert_eq!((code, text.contains("D404")), (0, false), "{text}");
    }
}

#[test]
fn a_shallow_clone() {
    let repo = Repo::clinic();
    repo.commit("One more");
    let said = cloned(&repo, &["--depth", "2"]);
    incomplete(&said[..2]);
    // The head names the base as its parent: nothing before it is needed to judge the step.
    assert_eq!(said[2].0, 0, "{}", said[2].1);
    let deep = run_in(&repo.path("clone"), &["check", "--base", "HEAD", "--head", "HEAD~1"]);
    assert!(deep.exits(2).err.contains("D404"));
}

#[test]
fn a_partial_clone() {
    let repo = Repo::clinic();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.commit("One more");
    incomplete(&cloned(&repo, &["--filter=blob:none"])[..2]);
}

#[test]
fn a_file_of_grafts() {
    let repo = Repo::clinic();
    repo.commit("One more");
    std::fs::create_dir_all(repo.repo(".git/info")).unwrap();
    std::fs::write(repo.repo(".git/info/grafts"), format!("{}\n", repo.tip())).unwrap();
    incomplete(&asked(&repo, "repo")[..2]);
}

#[test]
fn a_missing_object() {
    let repo = Repo::clinic();
    repo.commit("One more");
    let path = repo.files("attestations").remove(0);
    let blob = repo.git(&["rev-parse", &format!("HEAD:{path}")]);
    let file = repo.repo(&format!(".git/objects/{}/{}", &blob[..2], &blob[2..]));
    std::fs::remove_file(file).unwrap();
    let said = asked(&repo, "repo");
    incomplete(&said[..1]);
    assert!((1..=2).contains(&said[1].0), "{}", said[1].1);
    assert!(said[2].0 != 0 && said[2].1.contains("missing"), "{}", said[2].1);
}

#[test]
fn a_missing_tree_in_the_middle() {
    let repo = Repo::clinic();
    repo.commit("One more");
    let tree = repo.git(&["rev-parse", "HEAD~2:trust"]);
    let file = repo.repo(&format!(".git/objects/{}/{}", &tree[..2], &tree[2..]));
    std::fs::remove_file(file).unwrap();
    incomplete(&asked(&repo, "repo")[..2]);
}

/// Git shows another file than the one that is stored; duly reads the one that is stored.
#[test]
fn replaced_objects() {
    let repo = Repo::clinic();
    let path = repo.files("attestations").remove(0);
    let text = repo.read(&path);
    repo.remove(&path);
    repo.commit("Remove a record");
    let honest = repo.git(&["rev-parse", "HEAD~1^{tree}"]);
    let bad = repo.git(&["rev-parse", "HEAD^{tree}"]);
    repo.git(&["replace", "-f", &bad, &honest]);
    assert_eq!(repo.git(&["show", &format!("HEAD:{path}")]).trim(), text.trim());
    let past = repo.past().errors(&["D402"]).has("warning", "D408");
    assert!(past.said("D408").contains('1'), "{}", past.run.out);
    repo.judge("main~1", "main").errors(&["D402"]).has("warning", "D408");
    repo.check("main").has("warning", "D408").has("overdue", "D501");
}

#[test]
fn a_commit_replaced() {
    let repo = Repo::clinic();
    let path = repo.files("attestations").remove(0);
    let first = repo.tip();
    repo.remove(&path);
    let second = repo.commit("Remove a record");
    repo.git(&["replace", "-f", &second, &first]);
    repo.past().errors(&["D402"]).has("warning", "D408");
}

/// The history of a larger project around the folder is not that of its records.
#[test]
fn no_history_at_all() {
    let repo = Repo::clinic();
    std::fs::remove_dir_all(repo.repo(".git")).unwrap();
    let run = repo.duly(&["verify", "--history"]).exits(2);
    assert!(run.err.contains("needs a git repository"), "{}", run.err);
}
