//! Writing files so that a crash leaves either the old ones or the new ones.

use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::error::ImportError;
use super::roster_write::FileText;
use crate::source::git::refuse_ignored;
use crate::source::staging::Staging;

/// Writes files of a repository. All are on disk under other names before the first gets its
/// own, so nothing is half written, and what can fail fails before anything is replaced.
///
/// # Errors
/// A folder or file cannot be written, or a link leads out of the repository.
pub fn write_all(root: &Path, files: &[FileText]) -> Result<(), ImportError> {
    let mut staged: Vec<(TempPath, PathBuf)> = Vec::with_capacity(files.len());
    let staging = Staging::for_target(&root.join("x")).map_err(|e| ImportError::io(root, e))?;
    for file in files {
        refuse_links(root, &file.path)?;
        let path = root.join(&file.path);
        if !path.exists() {
            refuse_ignored(root, &file.path).map_err(|e| {
                ImportError::refused(
                    e.to_string(),
                    "Look with `git check-ignore -v FILE` which line says so.",
                )
            })?;
        }
        staged.push((stage(&staging, &path, file.text.as_bytes())?, path));
    }
    for (temporary, path) in staged {
        temporary.persist(&path).map_err(|e| ImportError::io(&path, e.error))?;
    }
    Ok(())
}

/// Waits until no other import writes into a repository; others wait as long as the value lives.
/// Where the system cannot tell, nobody waits.
pub fn turn(root: &Path) -> Option<std::fs::File> {
    let folder = std::fs::File::open(root).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// Writes one file anywhere. It is there whole, or not at all.
///
/// # Errors
/// The folder or file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), ImportError> {
    let staging = Staging::for_target(path).map_err(|e| ImportError::io(path, e))?;
    let temporary = stage(&staging, path, bytes)?;
    temporary.persist(path).map_err(|e| ImportError::io(path, e.error))
}

/// Puts bytes on disk, and makes the folder in which they will stand.
fn stage(staging: &Staging, path: &Path, bytes: &[u8]) -> Result<TempPath, ImportError> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let put = || -> std::io::Result<NamedTempFile> {
        std::fs::create_dir_all(folder)?;
        staging.file(bytes, mode(path))
    };
    put().map(NamedTempFile::into_temp_path).map_err(|e| ImportError::io(path, e))
}

/// The permissions that a file has, or gets: what the umask leaves, as from any editor.
#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).map_or(0o666, |old| old.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode(_: &Path) -> u32 {
    0o666
}

/// A link in a managed folder could lead a write to any file of this machine.
fn refuse_links(root: &Path, path: &str) -> Result<(), ImportError> {
    let mut at = root.to_path_buf();
    for part in path.split('/') {
        at.push(part);
        if std::fs::symlink_metadata(&at).is_ok_and(|m| m.file_type().is_symlink()) {
            let message = format!("{} is a symbolic link", at.display());
            return Err(ImportError::refused(message, "Put the folder or file itself in its place."));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> FileText {
        FileText { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn files_are_replaced_and_nothing_is_left_over() {
        let dir = tempfile::tempdir().unwrap();
        write_all(dir.path(), &[file("a.txt", "old")]).unwrap();
        write_all(dir.path(), &[file("a.txt", "new"), file("roster/b.txt", "b")]).unwrap();
        assert_eq!(std::fs::read_to_string(dir.path().join("a.txt")).unwrap(), "new");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
        assert_eq!(std::fs::read_dir(dir.path().join("roster")).unwrap().count(), 1);
    }

    #[test]
    fn one_that_cannot_be_written_leaves_all_as_they_were() {
        let dir = tempfile::tempdir().unwrap();
        write_all(dir.path(), &[file("a.txt", "old")]).unwrap();
        // A file stands where a folder is needed.
        let failed = write_all(dir.path(), &[file("a.txt", "new"), file("a.txt/b.txt", "b")]);
        assert!(failed.is_err());
        assert_eq!(std::fs::read_to_string(dir.path().join("a.txt")).unwrap(), "old");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (dir, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("roster")).unwrap();
        assert!(write_all(dir.path(), &[file("roster/a.yaml", "x")]).is_err());
        assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
