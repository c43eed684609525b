//! Writing a history: for examples alone. Nothing that is judged is written here.

use std::path::Path;

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, ObjectType, Repository, RepositoryInitOptions, Signature, Time};

use super::GitError;

/// One commit to be written.
#[derive(Debug, Clone)]
pub struct Stage {
    /// When, in seconds since 1970.
    pub seconds: i64,
    /// What its message says.
    pub message: String,
    /// The files that it adds.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Makes a folder a git repository with these commits on the branch `main`. The files of the
/// folder are left as they are.
///
/// # Errors
/// There is a repository already, or it cannot be written.
pub fn write(folder: &Path, author: (&str, &str), stages: &[Stage]) -> Result<(), GitError> {
    let mut options = RepositoryInitOptions::new();
    options.initial_head("main").no_reinit(true);
    let repository = Repository::init_opts(folder, &options)?;
    let empty = repository.odb()?.write(ObjectType::Tree, &[])?;
    let mut tree = repository.find_tree(empty)?;
    let mut parent: Option<git2::Oid> = None;
    for stage in stages {
        let mut update = TreeUpdateBuilder::new();
        for (path, bytes) in &stage.files {
            update.upsert(path.as_str(), repository.blob(bytes)?, FileMode::Blob);
        }
        tree = repository.find_tree(update.create_updated(&repository, &tree)?)?;
        let who = Signature::new(author.0, author.1, &Time::new(stage.seconds, 0))?;
        let before = parent.map(|id| repository.find_commit(id)).transpose()?;
        let before: Vec<&git2::Commit<'_>> = before.iter().collect();
        parent = Some(repository.commit(Some("HEAD"), &who, &who, &stage.message, &tree, &before)?);
    }
    let mut index = repository.index()?;
    index.read_tree(&tree)?;
    index.write()?;
    Ok(())
}
