//! That nothing is missing: an empty report must never look like a clean one.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::finding::catalogue::{files, references};
use crate::ledger::Ledger;

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    missing_folders(ledger, found);
    collisions(ledger, found);
    let has = |folder: &str| ledger.paths.iter().any(|p| p.starts_with(folder));
    if has("roster/") && ledger.workers.is_empty() {
        let help = "Add workers to a file below `roster`, or import them with `duly import roster`.";
        found
            .push(Finding::new(&references::EMPTY_ROSTER, "the roster holds nobody", help).in_file("roster"));
    }
    if has("policies/") && ledger.requirements.is_empty() {
        let help = "Add requirements to a file in `policies`.";
        found.push(
            Finding::new(&references::NO_REQUIREMENTS, "the policies ask for nothing", help)
                .in_file("policies"),
        );
    }
}

fn missing_folders(ledger: &Ledger, found: &mut Vec<Finding>) {
    if ledger.is_empty() {
        let help = "Start a repository with `duly init`, or name its folder with `--repo`.";
        found.push(Finding::new(&files::NOTHING_HERE, "there is no `duly.yaml` here", help));
        return;
    }
    for (folder, help) in [
        ("roster", "Add a file with the workers, as in `roster/main.yaml`."),
        ("policies", "Add a file with the requirements, as in `policies/training.yaml`."),
    ] {
        let prefix = format!("{folder}/");
        if !ledger.paths.iter().any(|p| p.starts_with(&prefix)) {
            let message = format!("the folder `{folder}` is missing or empty");
            found.push(Finding::new(&files::MISSING_FOLDER, message, help).in_file(folder));
        }
    }
}

fn collisions(ledger: &Ledger, found: &mut Vec<Finding>) {
    let mut seen: HashMap<String, &str> = HashMap::with_capacity(ledger.paths.len());
    for path in ledger.paths.iter().filter(|p| !p.is_empty()) {
        if let Some(first) = seen.insert(path.to_ascii_lowercase(), path) {
            let message = format!("{path} and {first} differ only in upper and lower case");
            found.push(Finding::new(&files::COLLISION, message, "Rename one of them.").in_file(path));
        }
    }
}
