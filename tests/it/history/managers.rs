//! Managers who are entered for days that are over, and those who were there in time.

use super::repository::Repo;

/// Olga's entry in the roster, with these managers.
fn managed(repo: &Repo, managers: &str) {
    repo.edit(
        "roster/main.yaml",
        "    roles: [clinical]\n    managers: [worker/w-0002]\n  - id: w-0005",
        &format!("    roles: [clinical]\n    managers: {managers}\n  - id: w-0005"),
    );
}

/// What a check says of Olga's row: nothing where it counts.
fn said(repo: &Repo) -> String {
    let check = repo.duly(&["check", "--format", "json"]).json();
    let found = check["findings"].as_array().unwrap().iter();
    let mut rows = found.filter(|f| f["code"] == "D315" && f["subject"] == "worker/w-0004");
    rows.next().map(|f| f["message"].as_str().unwrap().to_owned()).unwrap_or_default()
}

/// A clinic in which Gus, who has a key, is entered as Olga's manager for one day of the past.
fn for_one_day(repo: &Repo) -> String {
    repo.enrol("guard", "worker/w-0005");
    repo.commit("A key for Gus");
    let day = repo.in_days(-5);
    let before = repo.in_days(-6);
    let after = repo.in_days(-4);
    managed(
        repo,
        &format!(
            "[{{manager: worker/w-0002, until: {before}}}, {{manager: worker/w-0005, from: {day}, until: {day}}}, {{manager: worker/w-0002, from: {after}}}]"
        ),
    );
    repo.commit("Gus managed for a day");
    day
}

#[test]
fn a_supervisor_made_for_a_single_day_of_the_past() {
    let repo = Repo::clinic();
    let day = for_one_day(&repo);
    repo.branch("change");
    let path = repo.attest("hygiene", "worker/w-0004", &day, "guard");
    repo.commit("Gus signs for that day");
    // Told at the gate, in the history and in the check.
    let words = "made supervisor of that day on";
    repo.judge("main", "change").has("warning", "D315").says("D315", words);
    assert!(said(&repo).contains(words), "{}", said(&repo));
    // An officer who signs too stands behind it.
    repo.duly(&["countersign", &path, "--key", "../officer"]).exits(0);
    repo.commit("An officer signs too");
    assert_eq!(said(&repo), "");
}

#[test]
fn a_former_supervisor_who_signs_a_sheet_late() {
    let repo = Repo::clinic();
    let (day, last, next) = (repo.in_days(-5), repo.in_days(-4), repo.in_days(-3));
    // The entry stood before that day and has ended since.
    managed(
        &repo,
        &format!("[{{manager: worker/w-0002, until: {last}}}, {{manager: worker/w-0001, from: {next}}}]"),
    );
    repo.commit("Another manager");
    repo.attest("hygiene", "worker/w-0004", &day, "manager");
    repo.commit("The sheet of last week");
    assert_eq!(said(&repo), "");
}

#[test]
fn a_worker_who_comes_with_their_manager() {
    let repo = Repo::clinic();
    let (first, day, next) = (repo.in_days(-20), repo.in_days(-5), repo.in_days(-3));
    let roster = repo.read("roster/main.yaml");
    repo.write(
        "roster/main.yaml",
        &format!(
            "{roster}  - id: w-0006\n    name: Hana Hired\n    employment: [{{start: {first}, type: full-time}}]\n    roles: [clinical]\n    managers: [{{manager: worker/w-0002, until: {day}}}, {{manager: worker/w-0001, from: {next}}}]\n"
        ),
    );
    repo.commit("Hana was hired, entered late");
    repo.attest("hygiene", "worker/w-0006", &day, "manager");
    repo.commit("Her first course");
    let check = repo.duly(&["check", "--format", "json"]).json();
    let found = check["findings"].as_array().unwrap();
    assert!(!found.iter().any(|f| f["code"] == "D315"), "{check}");
}
