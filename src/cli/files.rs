//! Writing files whole or not at all.

use std::io::Write;
use std::path::Path;

use super::Failure;

/// Writes a new file; one that is already there stays as it is.
///
/// # Errors
/// The file exists, or cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let file = temporary(path, bytes)?;
    file.persist_noclobber(path).map_err(|e| Failure::io(path.display(), &e.error))?;
    Ok(())
}

/// Writes a file in the place of an old one, if there is one.
///
/// # Errors
/// The file cannot be written; the old one is then still whole.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    temporary(path, bytes)?.persist(path).map_err(|e| Failure::io(path.display(), &e.error))?;
    Ok(())
}

/// Makes a folder, with those above it, if it is not there.
///
/// # Errors
/// It cannot be made.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|e| Failure::io(path.display(), &e))
}

/// The bytes in a file beside the path, to be renamed.
fn temporary(path: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile, Failure> {
    let fail = |e: &std::io::Error| Failure::io(path.display(), e);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|e| fail(&e))?;
    let mut builder = tempfile::Builder::new();
    readable(&mut builder);
    let mut file = builder.prefix(".duly-").tempfile_in(folder).map_err(|e| fail(&e))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| fail(&e))?;
    Ok(file)
}

/// Temporary files are made for their owner alone; records are for everybody in the
/// repository.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable(_: &mut tempfile::Builder<'_, '_>) {}
