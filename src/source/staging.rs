//! Where files are made before they get their names: a place that nothing reads, on the same disk.
//! A run that was killed leaves its files there, and the next one clears them away.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The place of one run. It is gone with the value.
#[derive(Debug)]
pub struct Staging {
    run: PathBuf,
    /// Held while the run lives: whoever can take it knows that the run is dead.
    lock: (PathBuf, File),
    place: PathBuf,
}

impl Staging {
    /// A place for files that will stand at or below a path.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn for_target(path: &Path) -> io::Result<Staging> {
        Staging::at(place(path))
    }

    fn at(place: PathBuf) -> io::Result<Staging> {
        fs::create_dir_all(&place)?;
        if fs::symlink_metadata(&place)?.file_type().is_symlink() {
            let what = format!("{} is a symbolic link", place.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        }
        // Where the place is one that git would look at, it must not take it in.
        if place.file_name().is_some_and(|n| n == NAME) {
            fs::write(place.join(".gitignore"), "*\n")?;
        }
        clear(&place);
        let lock = locked(&place)?;
        let run = folder_of(&lock.0);
        fs::create_dir(&run)?;
        Ok(Staging { run, lock, place })
    }

    /// The folder of this run.
    pub fn folder(&self) -> &Path {
        &self.run
    }

    /// A file with these bytes, on the disk, to be given its name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn file(&self, bytes: &[u8], mode: u32) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        with_mode(&mut builder, mode);
        let mut file = builder.tempfile_in(self.folder())?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now, the next run removes.
        let _ = fs::remove_dir_all(&self.run);
        let _ = fs::remove_file(&self.lock.0);
        let _ = self.lock.1.unlock();
        leave(&self.place);
    }
}

#[cfg(unix)]
fn with_mode(builder: &mut tempfile::Builder<'_, '_>, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn with_mode(_: &mut tempfile::Builder<'_, '_>, _: u32) {}

/// The folder at the top of a repository whose git folder cannot be used.
pub const NAME: &str = ".duly-tmp";

/// In git's own folder; at the top of a repository that has none; or else beside the file.
pub fn place(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for folder in whole.ancestors() {
        if folder.join(".git").is_dir() {
            return folder.join(".git/duly");
        }
        if folder.join(".git").is_file() || folder.join("duly.yaml").is_file() {
            return folder.join(NAME);
        }
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".duly-tmp");
    whole.with_file_name(name)
}

/// A new file that this run alone has locked.
fn locked(place: &Path) -> io::Result<(PathBuf, File)> {
    loop {
        let made = tempfile::Builder::new().suffix(".lock").tempfile_in(place)?;
        let (file, path) = made.keep().map_err(|e| e.error)?;
        // Another run may have taken it for a dead one's before it was locked.
        if file.try_lock().is_ok() && path.exists() {
            return Ok((path, file));
        }
        let _ = fs::remove_file(&path);
    }
}

/// The folder of the run that has this lock.
fn folder_of(lock: &Path) -> PathBuf {
    lock.with_extension("run")
}

/// Removes what dead runs left. A run has its lock before it has a folder, and longer.
fn clear(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let path = entry.path();
        let locks = path.extension().is_some_and(|e| e == "lock");
        let dead = |file: File| file.try_lock().is_ok();
        if locks && File::open(&path).is_ok_and(dead) {
            let _ = fs::remove_dir_all(folder_of(&path));
            let _ = fs::remove_file(&path);
        }
    }
}

/// Removes a place that holds nothing any more.
fn leave(place: &Path) {
    let only = |e: io::Result<fs::DirEntry>| e.is_ok_and(|e| e.file_name() == ".gitignore");
    if fs::read_dir(place).is_ok_and(|mut all| all.all(only)) {
        let _ = fs::remove_file(place.join(".gitignore"));
        let _ = fs::remove_dir(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(place: &Path) -> usize {
        fs::read_dir(place).map_or(0, |all| all.count())
    }

    #[test]
    fn nothing_is_left_and_what_a_dead_run_left_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        let target = folder.path().join("roster/main.yaml");
        let dead = Staging::for_target(&target).unwrap();
        let place = folder.path().join(".git/duly");
        drop(dead.file(b"half", 0o644).unwrap().into_temp_path().keep().unwrap());
        let alive = Staging::for_target(&target).unwrap();
        assert!(dead.folder().exists() && alive.folder().exists(), "one run cleared away another");
        // Killed: its lock is free, and its files are still there.
        let run = dead.folder().to_owned();
        dead.lock.1.unlock().unwrap();
        std::mem::forget(dead);
        assert!(run.exists());
        drop(Staging::for_target(&target).unwrap());
        assert!(!run.exists() && alive.folder().exists());
        drop(alive);
        assert_eq!(left(&place), 0);
        assert!(!place.exists());
    }

    #[test]
    fn files_are_made_where_nothing_reads_them() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("roster/main.yaml");
        assert!(place(&target).ends_with("roster/.main.yaml.duly-tmp"));
        fs::write(folder.path().join("duly.yaml"), "").unwrap();
        assert_eq!(place(&target), folder.path().join(NAME));
        fs::create_dir(folder.path().join(".git")).unwrap();
        assert_eq!(place(&target), folder.path().join(".git/duly"));
    }
}
