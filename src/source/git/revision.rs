//! Names of commits that could mean several things.

use git2::Repository;

use super::GitError;

/// Refuses a revision whose name is that of a branch and of a tag, or of one of them and of an
/// object: whoever may push one could have another commit judged than the one that is meant.
///
/// # Errors
/// It stands for more than one thing.
pub(super) fn refuse_ambiguous(repository: &Repository, revision: &str) -> Result<(), GitError> {
    let name = stem(revision);
    // These are looked up first and mean nothing else; a whole id is always an id.
    let whole = name.len() == 40 && name.bytes().all(|b| b.is_ascii_hexdigit());
    let full = name.starts_with("refs/") && repository.find_reference(name).is_ok();
    if whole || full || matches!(name, "" | "@" | "HEAD") {
        return Ok(());
    }
    let places = ["refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];
    let names = places.iter().map(|place| format!("{place}{name}"));
    let names = names.chain([format!("refs/remotes/{name}/HEAD")]);
    let mut meant: Vec<String> = names.filter(|n| repository.find_reference(n).is_ok()).collect();
    let is_hex = name.len() >= 4 && name.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hex && let Ok(object) = repository.find_object_by_prefix(name, None) {
        meant.push(format!("the object {}", object.id()));
    }
    match meant.len() {
        0 | 1 => Ok(()),
        _ => Err(GitError::Ambiguous(name.to_owned(), meant.join(", "))),
    }
}

/// A revision without what says how to go on from the name, as in `main~2` or `main@{1}`.
fn stem(revision: &str) -> &str {
    let name = revision.split(['~', '^', ':']).next().unwrap_or_default();
    name.split("@{").next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn what_follows_a_name_is_no_part_of_it() {
        for revision in ["main", "main~2", "main^", "main^{tree}", "main@{1}", "main:roster"] {
            assert_eq!(stem(revision), "main", "{revision}");
        }
        assert_eq!(stem(":/text"), "");
        assert_eq!(stem("me@home"), "me@home");
    }
}
