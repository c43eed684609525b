//! `duly init` and the first minutes.

use crate::harness::Place;

#[test]
fn a_new_repository_checks_clean() {
    let place = Place::initialised();
    let run = place.duly(&["check"]).exits(0);
    assert!(run.out.contains("1 worker, 1 obligation (1 pending)"), "{}", run.out);
    assert!(run.out.contains("Unpinned"), "{}", run.out);
}

#[test]
fn the_digest_it_prints_pins_the_root() {
    let place = Place::new();
    place.key("officer");
    let arguments =
        ["init", "repo", "--name", "C", "--timezone", "UTC", "--officer", "w-0001", "--key", "officer"];
    let digest = place.run(&arguments).exits(0).out.trim().to_owned();
    assert_eq!(digest.len(), 64);
    let pinned = place.duly(&["check", "--format", "json", "--trust-root", &digest]).exits(0).json();
    assert_eq!(pinned["pinned"], true);
    place.duly_with(("DULY_TRUST_ROOT", &digest), &["check"]).exits(0);
    let wrong = "0".repeat(64);
    let run = place.duly(&["check", "--trust-root", &wrong]).exits(1);
    assert!(run.out.contains("D304"), "{}", run.out);
}

#[test]
fn unpinned_is_an_error_in_ci() {
    let place = Place::initialised();
    let run = place.duly_with(("CI", "true"), &["check", "--format", "json"]).exits(1);
    let findings = run.json()["findings"].as_array().unwrap().clone();
    assert!(findings.iter().any(|f| f["code"] == "D303" && f["severity"] == "error"), "{findings:?}");
}

#[test]
fn awkward_names_are_kept_as_they_are() {
    let place = Place::new();
    place.key("officer");
    let name = "O'Brien \"& Söhne\" \\ {{ 7*7 }} # x: y";
    let arguments = [
        "init",
        "repo",
        "--name",
        name,
        "--timezone",
        "America/Chicago",
        "--officer",
        "w-0001",
        "--key",
        "officer",
    ];
    place.run(&arguments).exits(0);
    place.duly(&["check"]).exits(0);
    assert!(place.read("duly.yaml").contains("O'Brien \\\"& Söhne\\\" \\\\ {{ 7*7 }} # x: y"));
}

#[test]
fn nothing_is_written_over() {
    let place = Place::initialised();
    let before = place.read("trust/root/0001.yaml");
    let arguments =
        ["init", "repo", "--name", "C", "--timezone", "UTC", "--officer", "w-0001", "--key", "officer"];
    let run = place.run(&arguments).exits(2);
    assert!(run.err.contains("is there already"), "{}", run.err);
    assert_eq!(place.read("trust/root/0001.yaml"), before);
}

#[test]
fn the_workflow_carries_the_root_and_least_rights() {
    let place = Place::new();
    place.key("officer");
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
    let digest = place.run(&arguments).exits(0).out.trim().to_owned();
    let text = place.read(".github/workflows/duly.yml");
    assert!(text.contains(&digest), "{text}");
    assert!(text.contains("permissions:\n  contents: read\n"), "{text}");
    let unpinned = text
        .lines()
        .filter(|l| l.contains("uses:"))
        .any(|l| l.split('@').nth(1).and_then(|v| v.split(' ').next()).is_none_or(|v| v.len() != 40));
    assert!(!unpinned, "an action is not pinned by its commit:\n{text}");
    assert!(!text.contains("pull_request_target"));
}

#[test]
fn a_key_inside_the_new_repository_is_refused() {
    let place = Place::new();
    std::fs::create_dir(place.path("repo")).unwrap();
    place.key("repo/officer");
    let arguments =
        ["init", "repo", "--name", "C", "--timezone", "UTC", "--officer", "w-0001", "--key", "repo/officer"];
    let run = place.run(&arguments).exits(2);
    assert!(run.err.contains("outside"), "{}", run.err);
    assert!(!place.repo("duly.yaml").exists());
}

#[test]
fn bad_arguments_say_what_to_write() {
    let place = Place::new();
    place.key("officer");
    let base = ["init", "repo", "--name", "C", "--key", "officer"];
    let with = |more: &[&str]| place.run(&[&base[..], more].concat()).exits(2).err;
    assert!(with(&["--timezone", "Chicago", "--officer", "w-0001"]).contains("America/Chicago"));
    assert!(with(&["--timezone", "UTC", "--officer", "W 1"]).contains("lower-case"));
    assert!(!place.repo("duly.yaml").exists());
}

#[test]
fn the_example_is_the_clinic() {
    let place = Place::new();
    let run = place.run(&["init", "--example", "clinic", "repo"]).exits(0);
    let digest = run.out.trim().to_owned();
    assert!(run.err.contains(&format!("--trust-root {digest}")), "{}", run.err);
    let check = ["check", "--as-of", "2026-11-20", "--trust-root", &digest, "--format", "json"];
    assert_eq!(place.duly(&check).json()["summary"]["workers"], 34);
    let committed = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clinic");
    let files = |folder: &std::path::Path| {
        let walk = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
        let files = walk.filter(|e| e.file_type().is_file());
        let inside = |e: &walkdir::DirEntry| e.path().strip_prefix(folder).unwrap().to_owned();
        files
            .map(|e| (inside(&e), std::fs::read(e.path()).unwrap()))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    assert!(files(&committed) == files(&place.path("repo")), "other files than in examples/clinic");
    place.run(&["init", "--example", "clinic", "repo"]).exits(2);
    place.run(&["init", "--example", "clinic", "other", "--name", "Mine"]).exits(2);
    place.run(&["init", "--example", "hospital", "other"]).exits(2);
    assert!(!place.path("other").exists());
}

#[test]
fn without_an_example_nothing_may_be_missing() {
    let place = Place::new();
    place.key("officer");
    let all = ["--name", "C", "--timezone", "UTC", "--officer", "w-0001", "--key", "officer"];
    for missing in (0..all.len()).step_by(2) {
        let rest: Vec<&str> =
            all.iter().enumerate().filter(|(i, _)| i / 2 != missing / 2).map(|(_, a)| *a).collect();
        let run = place.run(&[&["init", "repo"][..], &rest].concat()).exits(2);
        assert!(run.err.contains(all[missing]), "{}: {}", all[missing], run.err);
    }
    assert!(!place.path("repo").exists());
}
