//! The files that guard a repository: they decide who reviews a change, what runs on it, and what
//! git takes in and shows. Every program in wide use that runs something for a change has its
//! place here.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::date::Zone;
use crate::record::organization::{Declared, Location, Organization};

/// Folders at the top of the repository.
const FOLDERS: [&str; 19] = [
    ".github",
    ".gitlab",
    ".forgejo",
    ".gitea",
    ".bitbucket",
    ".azuredevops",
    ".azure-pipelines",
    ".ci",
    ".circleci",
    ".buildkite",
    ".drone",
    ".woodpecker",
    ".semaphore",
    ".teamcity",
    ".jenkins",
    ".cirrus",
    ".harness",
    ".builds",
    ".tekton",
];

/// How the names of files at the top begin.
const FILES: [&str; 24] = [
    ".gitlab-ci.",
    ".travis.",
    ".drone.",
    ".woodpecker.",
    ".cirrus.",
    ".appveyor.",
    "appveyor.",
    ".build.y",
    ".vela.",
    ".semaphore.",
    "azure-pipelines",
    "bitbucket-pipelines.",
    "jenkinsfile",
    "buildspec.y",
    "cloudbuild.",
    "buildkite.",
    "codeship-",
    "wercker.",
    "bors.toml",
    ".mergify.",
    ".gocd.",
    "gocd.",
    "teamcity.",
    "circle.y",
];

/// Names that act wherever they stand.
const ANYWHERE: [&str; 5] = ["CODEOWNERS", ".gitattributes", ".gitmodules", ".gitignore", ".lfsconfig"];

/// Whether a file guards the repository. Case is ignored, as some systems do.
pub fn guards(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let (top, below) = path.split_once('/').map_or((path.as_str(), false), |(top, _)| (top, true));
    ANYWHERE.iter().any(|a| a.eq_ignore_ascii_case(name))
        || (below && FOLDERS.contains(&top))
        || (!below && (FOLDERS.contains(&name) || FILES.iter().any(|f| name.starts_with(f))))
}

/// Whether an entry is a guard, or a folder in which hosts look for one.
pub fn may_guard(path: &str) -> bool {
    guards(path) || path.eq_ignore_ascii_case("docs")
}

/// Whether new settings only add words to the old ones: that gives nobody a way round anything.
/// A location with a time zone of its own moves due dates.
pub fn only_adds(before: &Organization, after: &Organization) -> bool {
    let same = before.name == after.name
        && before.timezone == after.timezone
        && before.history_begins == after.history_begins
        && before.identities.as_ref().map(|i| &i.value) == after.identities.as_ref().map(|i| &i.value)
        && before.settings == after.settings
        && before.shard == after.shard;
    let kept = lists(before).iter().zip(&lists(after)).all(|(b, a)| b.is_subset(a));
    same && kept && places(&before.locations, &after.locations)
}

/// The words of each list. Titles are free.
fn lists(o: &Organization) -> [BTreeSet<&str>; 5] {
    [&o.roles, &o.departments, &o.employment_types, &o.attributes, &o.services].map(|list| words(list))
}

fn words(list: &[Declared]) -> BTreeSet<&str> {
    list.iter().map(|d| d.id.as_str()).collect()
}

fn places(before: &[Location], after: &[Location]) -> bool {
    let zones = |list: &[Location]| -> BTreeMap<String, Option<Zone>> {
        list.iter().map(|l| (l.id.as_str().to_owned(), l.timezone)).collect()
    };
    let (old, new) = (zones(before), zones(after));
    old.iter().all(|(id, zone)| new.get(id) == Some(zone))
        && new.iter().all(|(id, zone)| old.contains_key(id) || zone.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_of_every_host_is_a_guard() {
        for path in [
            ".github/workflows/x.yml",
            ".GitHub/x",
            ".gitlab-ci.yml",
            ".gitlab/merge_request_templates/x.md",
            "bitbucket-pipelines.yml",
            "azure-pipelines.yml",
            "azure-pipelines-nightly.yaml",
            ".circleci/config.yml",
            ".travis.yml",
            "Jenkinsfile",
            "Jenkinsfile.release",
            ".buildkite/pipeline.yml",
            ".drone.yml",
            ".drone.star",
            ".woodpecker.yaml",
            ".woodpecker/check.yaml",
            ".forgejo/workflows/x.yaml",
            ".gitea/workflows/x.yaml",
            "appveyor.yml",
            ".appveyor.yml",
            ".cirrus.yml",
            ".cirrus.star",
            ".teamcity/settings.kts",
            ".semaphore/semaphore.yml",
            ".ci/run",
            ".build.yml",
            ".builds/x.yml",
            "buildspec.yml",
            "cloudbuild.yaml",
            "CODEOWNERS",
            "docs/CODEOWNERS",
            "docs/.gitattributes",
            ".gitmodules",
            ".gitignore",
            ".lfsconfig",
        ] {
            assert!(guards(path), "{path}");
        }
        for path in ["README.md", "docs/jenkinsfile", "docs/x.md", "github/x", "src/.github/x"] {
            assert!(!guards(path), "{path}");
        }
    }
}
