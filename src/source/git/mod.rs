//! A git repository, read from its objects: no work tree, no index, no hook, no filter.

mod allowance;
mod commit_tree;
mod merge;
mod object;
mod revision;
mod state;
pub mod tree;
pub mod write;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use git2::{ErrorCode, ObjectType, Repository, RepositoryOpenFlags};

pub(crate) use allowance::{Allowance, DEEPEST};
pub use commit_tree::CommitTree;
pub(crate) use commit_tree::{fault_of, join, mode_fault, path_fault};
pub use merge::Merged;
pub use object::{Commit, ObjectId, Person};
pub use state::Fault;

/// Why git's objects cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GitError {
    /// There is no repository.
    #[error("{0} is not the top folder of a git repository: {1}")]
    NotARepository(String, String),
    /// A name that stands for no commit.
    #[error("`{0}` names no commit of this repository")]
    NoSuchRevision(String),
    /// A file that git would leave out.
    #[error("git would leave out {0}, and nobody else would ever get it; nothing was written")]
    Ignored(String),
    /// A repository in a form that cannot be read yet.
    #[error("{0}")]
    Form(&'static str),
    /// A name that stands for several things.
    #[error("`{0}` stands for more than one thing: {1}")]
    Ambiguous(String, String),
    /// An object that others name is not there: a shallow, partial or damaged clone.
    #[error("the object {0} is missing")]
    Missing(ObjectId),
    /// An object that no honest program writes.
    #[error("the object {id}: {what}")]
    Odd {
        /// Its id.
        id: ObjectId,
        /// What is odd about it.
        what: &'static str,
    },
    /// A tree whose folders stand in each other so often that nobody can walk it.
    #[error("folders of the tree {0} repeat so often that nobody could look through it")]
    Repeats(ObjectId),
    /// Two commits that cannot be merged without somebody's decision.
    #[error("{0}")]
    Unmergeable(String),
    /// Whatever else the library says.
    #[error("{0}")]
    Other(String),
}

impl From<git2::Error> for GitError {
    fn from(error: git2::Error) -> GitError {
        GitError::Other(error.message().to_owned())
    }
}

/// A git repository. It may be asked from several threads at once: each question takes a
/// handle of its own.
pub struct Git {
    path: PathBuf,
    handles: Mutex<Vec<Repository>>,
}

impl std::fmt::Debug for Git {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Git").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Another way to the same repository, with handles of its own.
impl Clone for Git {
    fn clone(&self) -> Git {
        Git { path: self.path.clone(), handles: Mutex::default() }
    }
}

impl AsRef<Git> for Git {
    fn as_ref(&self) -> &Git {
        self
    }
}

impl Git {
    /// Opens the repository whose top folder this is, ordinary or bare. It does not look
    /// upwards: the history of a larger project around a folder is not that of its records.
    ///
    /// # Errors
    /// There is none, or it belongs to somebody else.
    pub fn open(path: &Path) -> Result<Git, GitError> {
        // Content is held against its name here, with the processor's own instructions: the
        // library's way takes several times as long as all the rest.
        git2::opts::strict_hash_verification(false);
        let handle = handle(path).map_err(|e| {
            form(e.message()).unwrap_or_else(|| {
                GitError::NotARepository(path.display().to_string(), e.message().to_owned())
            })
        })?;
        Ok(Git { path: path.to_owned(), handles: Mutex::new(vec![handle]) })
    }

    /// Asks with a handle that nobody else uses meanwhile.
    fn with<T>(&self, ask: impl FnOnce(&Repository) -> Result<T, GitError>) -> Result<T, GitError> {
        let free = self.handles.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let repository = match free {
            Some(repository) => repository,
            None => handle(&self.path)?,
        };
        let answer = ask(&repository);
        self.handles.lock().unwrap_or_else(PoisonError::into_inner).push(repository);
        answer
    }

    /// The commit that a name stands for: a branch, a tag, an id or the beginning of one.
    ///
    /// # Errors
    /// There is none, or more than one: a tag takes the place of a branch of its name.
    pub fn resolve(&self, revision: &str) -> Result<ObjectId, GitError> {
        let none = || GitError::NoSuchRevision(revision.to_owned());
        self.with(|repository| {
            revision::refuse_ambiguous(repository, revision)?;
            let object = repository.revparse_single(revision).map_err(|_| none())?;
            let commit = object.peel(ObjectType::Commit).map_err(|_| none())?;
            ObjectId::from_bytes(commit.id().as_bytes()).ok_or_else(none)
        })
    }

    /// Whether it has no files beside its objects.
    ///
    /// # Errors
    /// Nobody can tell.
    pub fn is_bare(&self) -> Result<bool, GitError> {
        self.with(|repository| Ok(repository.is_bare()))
    }

    /// The commit that is checked out, or that a bare repository shows first; none before the
    /// first commit.
    ///
    /// # Errors
    /// Nobody can tell.
    pub fn head(&self) -> Result<Option<ObjectId>, GitError> {
        self.with(|repository| match repository.head() {
            Ok(head) => {
                let commit = head.peel_to_commit()?;
                Ok(ObjectId::from_bytes(commit.id().as_bytes()))
            }
            Err(e) if matches!(e.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => Ok(None),
            Err(e) => Err(e.into()),
        })
    }

    /// The name of the branch that is checked out, born or not; none where a commit is.
    ///
    /// # Errors
    /// Nobody can tell.
    pub fn branch(&self) -> Result<Option<String>, GitError> {
        self.with(|repository| {
            let head = repository.find_reference("HEAD")?;
            let target = head.symbolic_target().ok().flatten();
            Ok(target.and_then(|t| t.strip_prefix("refs/heads/")).map(str::to_owned))
        })
    }

    /// A commit, from its bytes.
    ///
    /// # Errors
    /// It is missing or odd.
    pub fn commit(&self, id: ObjectId) -> Result<Commit, GitError> {
        self.object(id, ObjectType::Commit, |bytes| Commit::read(id, bytes))
    }

    /// The bytes of a tree.
    ///
    /// # Errors
    /// It is missing or no tree.
    pub fn tree(&self, id: ObjectId) -> Result<Vec<u8>, GitError> {
        self.object(id, ObjectType::Tree, |bytes| Ok(bytes.to_vec()))
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// It is missing or no file.
    pub fn blob(&self, id: ObjectId) -> Result<Vec<u8>, GitError> {
        self.object(id, ObjectType::Blob, |bytes| Ok(bytes.to_vec()))
    }

    /// The size of a file in bytes, from its header alone.
    ///
    /// # Errors
    /// It is missing or no file.
    pub fn size(&self, id: ObjectId) -> Result<u64, GitError> {
        self.with(|repository| {
            let (size, kind) = repository.odb()?.read_header(id.oid()?).map_err(|e| missing(id, &e))?;
            if kind == ObjectType::Blob { Ok(size as u64) } else { Err(WRONG(id)) }
        })
    }

    fn object<T>(
        &self,
        id: ObjectId,
        kind: ObjectType,
        read: impl FnOnce(&[u8]) -> Result<T, GitError>,
    ) -> Result<T, GitError> {
        self.with(|repository| {
            let odb = repository.odb()?;
            let object = odb.read(id.oid()?).map_err(|e| missing(id, &e))?;
            if object.kind() != kind {
                return Err(WRONG(id));
            }
            if !id.is_of(kind.str(), object.data()) {
                return Err(GitError::Odd {
                    id,
                    what: "its content is not the one that its name stands for",
                });
            }
            read(object.data())
        })
    }
}

/// Refuses a path that git would leave out: a record there would reach nobody else.
///
/// # Errors
/// Git's settings say so. Where there is no git repository, nothing does.
pub fn refuse_ignored(root: &Path, path: &str) -> Result<(), GitError> {
    let Ok(repository) = handle(root) else { return Ok(()) };
    match repository.is_path_ignored(Path::new(path)) {
        Ok(true) => Err(GitError::Ignored(path.to_owned())),
        _ => Ok(()),
    }
}

const WRONG: fn(ObjectId) -> GitError =
    |id| GitError::Odd { id, what: "it is of another type than its place needs" };

/// What makes a repository one that cannot be read, if its form does.
fn form(said: &str) -> Option<GitError> {
    let said = said.to_lowercase();
    if said.contains("objectformat") || said.contains("object format") {
        return Some(GitError::Form(
            "the repository names its objects by sha256, which duly cannot read yet",
        ));
    }
    if said.contains("refstorage") || said.contains("ref storage") {
        return Some(GitError::Form(
            "the repository keeps its branches in a reftable, which duly cannot read yet",
        ));
    }
    None
}

fn missing(id: ObjectId, error: &git2::Error) -> GitError {
    match error.code() {
        ErrorCode::NotFound => GitError::Missing(id),
        _ => GitError::Other(format!("the object {id} cannot be read: {}", error.message())),
    }
}

fn handle(path: &Path) -> Result<Repository, git2::Error> {
    let none: [&std::ffi::OsStr; 0] = [];
    Repository::open_ext(path, RepositoryOpenFlags::NO_SEARCH, none)
}
