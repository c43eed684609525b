//! What a change may do to files, whatever stands in them.

use crate::finding::Finding;
use crate::finding::catalogue::history;
use crate::ledger::layout::{self, Room};
use crate::ledger::unrecognised;
use crate::record::text::visible;
use crate::source::git::{mode_fault, path_fault};

use super::guards::guards;
use super::walk::Change;

/// What a path is to a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Attestations, countersignatures, exemptions, extensions: additions only.
    Evidence,
    /// Roots, keys, grants, approvals, revocations: additions only.
    Trust,
    /// What people write: roster, policies and their texts, settings.
    Books,
    /// What guards the repository: workflows, owners, git's attributes.
    Guard,
    /// Not duly's business.
    Other,
}

/// What a path is to a change.
pub fn class(path: &str) -> Class {
    let top = path.split('/').next().unwrap_or_default();
    match layout::is_evidence(top).filter(|_| path.contains('/')) {
        Some(true) => Class::Evidence,
        Some(false) => Class::Trust,
        None if layout::is_managed(path) => Class::Books,
        None if guards(path) => Class::Guard,
        None => Class::Other,
    }
}

/// Judges what a change does to files.
pub fn judge(changes: &[Change]) -> Vec<Finding> {
    let mut found: Vec<Finding> = changes.iter().flat_map(|c| of_file(c, changes)).collect();
    found.extend(shapes(changes));
    found.extend(mixed(changes));
    found.extend(too_many(changes));
    found
}

/// The most managed files that a change may bring.
pub const FILES_MAX: usize = 10_000;

fn too_many(changes: &[Change]) -> Option<Finding> {
    let managed = changes.iter().filter(|c| layout::is_managed(&c.path)).count();
    let message = format!("the change brings {managed} files; the limit is {FILES_MAX}");
    let help = "Split it. Put completions of one kind together in sheets.";
    (managed > FILES_MAX).then(|| Finding::new(&history::TOO_MANY, message, help))
}

fn of_file(change: &Change, all: &[Change]) -> Vec<Finding> {
    let class = class(&change.path);
    let mut found = Vec::new();
    if matches!(class, Class::Evidence | Class::Trust) {
        found.extend(append_only(change, all));
    }
    if class == Class::Guard || change.path == "duly.yaml" {
        found.extend(guard(change));
    }
    found
}

/// What is wrong with the modes and paths of files that a change brings.
pub fn shapes(changes: &[Change]) -> Vec<Finding> {
    let ours = |c: &&Change| !matches!(class(&c.path), Class::Other | Class::Guard);
    let shape = |c: &Change| shape(&c.path, c.after?.mode);
    changes.iter().filter(ours).filter_map(shape).collect()
}

/// What is wrong with a file of a managed folder before it is opened.
fn shape(path: &str, mode: u32) -> Option<Finding> {
    let fault = mode_fault(mode, path).or_else(|| path_fault(path));
    let odd = || unrecognised(path);
    fault.or_else(|| (layout::room(path) == Room::Unrecognised).then(odd))
}

fn append_only(change: &Change, all: &[Change]) -> Option<Finding> {
    let path = visible(&change.path);
    let before = change.before?;
    let Some(after) = change.after else {
        let moved = all.iter().find(|c| c.before.is_none() && c.after.is_some_and(|a| a.id == before.id));
        let message = match moved {
            Some(to) => format!("{path} was renamed to {}", visible(&to.path)),
            None => format!("{path} was removed"),
        };
        let help = "Restore the file from git. What no longer counts gets a revocation with `duly revoke`.";
        return Some(Finding::new(&history::DELETED, message, help).in_file(&change.path));
    };
    let what = if after.id == before.id { "has another mode now" } else { "was edited" };
    let help = "Restore the file from git. A correction is a new record, with `duly attest --supersedes`.";
    Some(Finding::new(&history::CHANGED, format!("{path} {what}"), help).in_file(&change.path))
}

fn guard(change: &Change) -> Option<Finding> {
    let what = match (change.before, change.after) {
        (None, _) => "is added",
        (_, None) => "is removed",
        _ => "is edited",
    };
    let help = "Let officers approve it with `duly approve`, and merge it by itself.";
    let message = format!("{} {what}: it decides how changes are judged or seen", visible(&change.path));
    Some(Finding::new(&history::PROTECTED, message, help).in_file(&change.path))
}

/// Evidence and who may sign it, in one change.
fn mixed(changes: &[Change]) -> Option<Finding> {
    let first = |wanted: Class| changes.iter().find(|c| class(&c.path) == wanted);
    let (evidence, trust) = (first(Class::Evidence)?, first(Class::Trust)?);
    let message = format!("one change brings evidence ({}) and trust ({})", evidence.path, trust.path);
    let help = "Split it: merge keys, roots, revocations and approvals first, then the evidence.";
    Some(Finding::new(&history::MIXED, message, help).in_file(&evidence.path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::walk::Blob;
    use crate::source::git::ObjectId;

    fn blob(n: u8) -> Option<Blob> {
        Some(Blob { mode: 0o100_644, id: ObjectId::from_bytes(&[n; 20]).unwrap() })
    }

    fn change(path: &str, before: Option<Blob>, after: Option<Blob>) -> Change {
        Change { path: path.to_owned(), before, after }
    }

    fn codes(changes: &[Change]) -> Vec<&'static str> {
        judge(changes).iter().map(|f| f.entry.code).collect()
    }

    const RECORD: &str = "attestations/2026/11/0123456789abcdef0123456789abcdef.yaml";

    #[test]
    fn records_are_added_and_nothing_else() {
        assert!(codes(&[change(RECORD, None, blob(1))]).is_empty());
        assert_eq!(codes(&[change(RECORD, blob(1), blob(2))]), ["D401"]);
        assert_eq!(codes(&[change(RECORD, blob(1), None)]), ["D402"]);
        let executable = Some(Blob { mode: 0o100_755, ..blob(1).unwrap() });
        assert_eq!(codes(&[change(RECORD, blob(1), executable)]), ["D401", "D139"]);
        let link = Some(Blob { mode: 0o120_000, ..blob(1).unwrap() });
        assert_eq!(codes(&[change(RECORD, None, link)]), ["D122"]);
        assert_eq!(codes(&[change("trust/root/0001.yaml", blob(1), None)]), ["D402"]);
        assert_eq!(codes(&[change("roster/main.yaml", blob(1), blob(2))]), [""; 0]);
    }

    #[test]
    fn evidence_comes_without_its_judges() {
        let trust = |path| [change(RECORD, None, blob(1)), change(path, None, blob(2))];
        for path in ["trust/keys/a.yaml", "trust/root/0002.yaml", "revocations/a.yaml"] {
            assert_eq!(codes(&trust(path)), ["D403"], "{path}");
        }
        assert!(codes(&trust("roster/new.yaml")).is_empty());
    }

    #[test]
    fn a_change_that_nobody_can_look_through_is_refused() {
        let many = |n: usize| -> Vec<Change> {
            (0..n).map(|i| change(&format!("roster/p{i}.yaml"), None, blob(1))).collect()
        };
        assert!(codes(&many(FILES_MAX)).is_empty());
        assert_eq!(codes(&many(FILES_MAX + 1)), ["D425"]);
    }

    #[test]
    fn what_guards_the_repository_is_seen() {
        for path in [".github/workflows/x.yml", "CODEOWNERS", "docs/.gitattributes", "duly.yaml"] {
            assert_eq!(codes(&[change(path, blob(1), blob(2))]), ["D415"], "{path}");
        }
        assert!(codes(&[change("README.md", blob(1), None)]).is_empty());
    }

    #[test]
    fn a_rename_says_where_to() {
        let to = "attestations/2026/11/ffffffffffffffffffffffffffffffff.yaml";
        let found = judge(&[change(RECORD, blob(1), None), change(to, None, blob(1))]);
        assert_eq!(found.first().map(|f| f.entry.code), Some("D402"));
        assert!(found[0].message.contains(to), "{}", found[0].message);
    }
}
