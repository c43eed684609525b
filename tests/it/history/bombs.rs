//! A few small objects of git that stand for billions of files.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;

use super::repository::Repo;
use super::trees::{Entry, edited, write};

/// Ten folders in each of ten: 10^10 files from ten objects. The `grain` tells bombs apart.
fn bomb(repo: &Repo, grain: &str) -> String {
    let blob = repo.git_with(&["hash-object", "-w", "--stdin"], grain.as_bytes());
    let mut entry = ("100644", blob);
    for _ in 0..10 {
        let level: Vec<Entry> = (0..10)
            .map(|n| Entry(entry.0.to_owned(), format!("f{n}").into_bytes(), entry.1.clone()))
            .collect();
        entry = ("40000", write(repo, &level));
    }
    entry.1
}

/// A commit on a revision, with a bomb at the top under each of these names.
fn with_bombs(repo: &Repo, on: &str, names: &[&str], grain: &str) -> String {
    let bomb = bomb(repo, grain);
    let tree = edited(repo, Some(&format!("{on}^{{tree}}")), &[], &|entries| {
        entries.retain(|e| !names.iter().any(|n| n.as_bytes() == e.1));
        let all = names.iter().map(|n| Entry("40000".to_owned(), n.as_bytes().to_vec(), bomb.clone()));
        entries.extend(all);
        super::trees::sort(entries);
    });
    repo.git(&["commit-tree", &tree, "-p", on, "-m", "A small commit"])
}

/// Runs a check and gives its exit code with all that it said. It must end soon and stay small.
#[track_caller]
fn run(repo: &Repo, arguments: &[&str]) -> (i32, String) {
    const MEASURE: &str = "import resource, subprocess, sys\n\
        code = subprocess.run(sys.argv[1:]).returncode\n\
        used = resource.getrusage(resource.RUSAGE_CHILDREN)\n\
        print('USED', used.ru_maxrss, used.ru_utime + used.ru_stime)\n\
        sys.exit(code)";
    let mut command = Command::new("timeout");
    command.args(["120", "python3", "-c", MEASURE]).arg(cargo_bin("duly")).args(arguments);
    let output = command.current_dir(repo.repo("")).env_remove("CI").output().expect("python3");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let used = said.lines().find_map(|l| l.strip_prefix("USED ")).unwrap_or_else(|| panic!("{said}"));
    let (kilobytes, seconds) = used.split_once(' ').expect("two numbers");
    println!("{arguments:?}: {kilobytes} kB, {seconds} s");
    assert!(kilobytes.parse::<u64>().expect("a number") < 300 * 1024, "{arguments:?}: {kilobytes} kB");
    // Two seconds for a program that is built for speed; this one is built for tests.
    assert!(seconds.parse::<f64>().expect("a number") < 20.0, "{arguments:?}: {seconds} s");
    (output.status.code().unwrap_or(-1), said)
}

#[test]
fn a_bomb_in_a_managed_folder_is_an_error() {
    for folder in ["attestations", "roster", "policies", ".github"] {
        let repo = Repo::clinic();
        let bad = with_bombs(&repo, "main", &[folder], "x");
        let base = ["check", "--base", "main", "--head", &bad, "--new-only"];
        for arguments in [&["verify", "--history", "--rev", &bad][..], &base] {
            let (code, said) = run(&repo, arguments);
            assert!(code != 0 && said.contains("D143"), "{folder}: {said}");
        }
        if folder != ".github" {
            let (code, said) = run(&repo, &["check", "--rev", &bad]);
            assert!(code != 0 && said.contains("D143"), "{folder}: {said}");
        }
        // The branch moved on: a merge would have to walk it.
        repo.write("moved.md", "on\n");
        repo.commit("The branch moves on");
        let (code, said) = run(&repo, &base);
        assert!(code != 0 && said.contains("D143"), "{folder}: {said}");
    }
}

#[test]
fn a_bomb_elsewhere_is_a_warning_that_names_it() {
    let repo = Repo::clinic();
    let bad = with_bombs(&repo, "main", &["aaa", "zzz"], "x");
    let (code, said) = run(&repo, &["check", "--rev", &bad, "--fail-on", "error"]);
    assert!(code == 0 && said.contains("D142") && said.contains("aaa") && said.contains("zzz"), "{said}");
    let (code, said) = run(&repo, &["verify", "--history", "--rev", &bad]);
    assert!(code == 0 && said.contains("D142"), "{said}");
    let (code, said) = run(&repo, &["check", "--base", "main", "--head", &bad, "--new-only"]);
    assert!(code == 0 && said.contains("D142") && said.contains("aaa"), "{said}");
    repo.write("moved.md", "on\n");
    repo.commit("The branch moves on");
    let (code, said) = run(&repo, &["check", "--base", "main", "--head", &bad, "--new-only"]);
    assert!(code == 0 && said.contains("D142") && said.contains("aaa"), "{said}");
}

/// Behind a bomb, what matters is still seen: a guard, a record taken away, a private key.
#[test]
fn a_bomb_hides_nothing_that_duly_answers_for() {
    let repo = Repo::clinic();
    repo.branch("change");
    repo.write("docs/CODEOWNERS", "* @somebody\n");
    let record = repo.files("attestations").remove(0);
    repo.remove(&record);
    repo.commit("Small things");
    let bad = with_bombs(&repo, "change", &["aaa"], "x");
    for moved in [false, true] {
        if moved {
            repo.go("main");
            repo.write("moved.md", "on\n");
            repo.commit("The branch moves on");
        }
        let (code, said) = run(&repo, &["check", "--base", "main", "--head", &bad, "--new-only"]);
        assert!(code != 0 && said.contains("D402") && said.contains("D415"), "{said}");
    }
}

/// A branch that holds a bomb already goes on working, and each commit of many that bring
/// another one costs no more than what is looked at.
#[test]
fn bombs_that_were_merged_hold_nobody_up() {
    let repo = Repo::clinic();
    let mut tip = "main".to_owned();
    for grain in 0..20 {
        tip = with_bombs(&repo, &tip, &["aaa"], &grain.to_string());
    }
    repo.git(&["branch", "-f", "later", &tip]);
    repo.branch("mine");
    repo.attest("hygiene", "worker/w-0003", &repo.in_days(-1), "manager");
    let mine = repo.commit("My attestation");
    let (code, said) = run(&repo, &["check", "--base", "later", "--head", &mine, "--new-only"]);
    assert!(code == 0, "{said}");
    let (code, said) = run(&repo, &["verify", "--history", "--rev", "later"]);
    assert!(code == 0 && said.contains("D142"), "{said}");
    let (code, said) = run(&repo, &["check", "--base", "main", "--head", "later", "--new-only"]);
    assert!(code == 0 && said.contains("D142"), "{said}");
}
