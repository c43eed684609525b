//! Writing files whole or not at all.

use std::io;
use std::path::Path;

use super::Failure;
use crate::source::staging::Staging;

/// Writes a new file; one that is already there stays as it is.
///
/// # Errors
/// The file exists, or cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |e: &io::Error| Failure::io(path.display(), e);
    let staging = prepared(path).map_err(|e| fail(&e))?;
    let file = staging.file(bytes, READABLE).map_err(|e| fail(&e))?;
    file.persist_noclobber(path).map_err(|e| fail(&e.error))?;
    Ok(())
}

/// Writes a file in the place of an old one, if there is one.
///
/// # Errors
/// The file cannot be written; the old one is then still whole.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |e: &io::Error| Failure::io(path.display(), e);
    let staging = prepared(path).map_err(|e| fail(&e))?;
    let file = staging.file(bytes, READABLE).map_err(|e| fail(&e))?;
    file.persist(path).map_err(|e| fail(&e.error))?;
    Ok(())
}

/// The last line of every page that `duly report` writes to a file.
const MARK: &str = "<!-- Written by duly report, which may write over it. -->";

/// Writes a page in the place of a former one, and over no other file.
///
/// # Errors
/// Something else stands there, or the file cannot be written.
pub fn replace_own(path: &Path, page: &str) -> Result<(), Failure> {
    let other = match std::fs::read(path) {
        Ok(there) => !there.trim_ascii_end().ends_with(MARK.as_bytes()),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    };
    if other {
        let help = "Name another file, or move that one away yourself.";
        return Err(Failure::new(format!("{} is not a page that duly wrote", path.display()), help));
    }
    replace(path, format!("{}\n\n{MARK}\n", page.trim_end()).as_bytes())
}

/// Makes a folder, with those above it, if it is not there.
///
/// # Errors
/// It cannot be made.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|e| Failure::io(path.display(), &e))
}

/// Temporary files are made for their owner alone; records are for everybody in the repository.
const READABLE: u32 = 0o644;

/// The folder of a path, and a place for what will stand there.
fn prepared(path: &Path) -> io::Result<Staging> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    Staging::for_target(path)
}
