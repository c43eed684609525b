//! The list of what `init` is about to write. A run that was killed leaves it behind, and the next
//! one takes those files back before it begins anew.

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::path::{Component, Path, PathBuf};

use crate::cli::Failure;
use crate::record::digest::Sha256;
use crate::source::staging;

/// The list of a run, which nobody else may begin meanwhile.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// Whether some files may be written and others not.
    half: Cell<bool>,
}

/// Beside the folder, where no run that clears away looks.
fn place(dir: &Path) -> PathBuf {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    if whole.join(".git").is_dir() {
        return whole.join(".git/duly-init");
    }
    whole.join(staging::NAME).join("init")
}

/// Whether a run was killed before it had written all.
pub(super) fn is_unfinished(dir: &Path) -> bool {
    fs::metadata(place(dir)).is_ok_and(|m| m.len() > 0)
}

/// Takes back what a killed run wrote, and begins a list.
///
/// # Errors
/// Another run is at it, or the folder cannot be written.
pub(super) fn open(dir: &Path) -> Result<Journal, Failure> {
    let path = place(dir);
    let fail = |e: std::io::Error| Failure::io(path.display(), &e);
    fs::create_dir_all(path.parent().unwrap_or(dir)).map_err(fail)?;
    let file = OpenOptions::new().create(true).append(true).open(&path).map_err(fail)?;
    if file.try_lock().is_err() {
        let help = "Wait until it has ended.";
        return Err(Failure::new(format!("another `duly init` is writing to {}", dir.display()), help));
    }
    take_back(dir, &fs::read_to_string(&path).map_err(fail)?);
    Ok(Journal { path: path.clone(), file, half: Cell::new(false) })
}

/// Removes the files of a list that hold what was to be written; what somebody changed stays.
fn take_back(dir: &Path, list: &str) {
    let inside = |path: &str| Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
    for (digest, path) in list.lines().filter_map(|l| l.split_once("  ")).filter(|(_, p)| inside(p)) {
        let path = dir.join(path);
        if fs::read(&path).is_ok_and(|bytes| Sha256::of(&bytes).to_string() == digest) {
            let _ = fs::remove_file(path);
        }
    }
}

impl Journal {
    /// Writes down what is about to be written.
    pub(super) fn note(&self, files: &[&(String, Vec<u8>)]) -> Result<(), Failure> {
        let lines = files.iter().map(|(path, bytes)| format!("{}  {path}\n", Sha256::of(bytes)));
        let text: String = lines.collect();
        let put = || -> std::io::Result<()> {
            self.file.set_len(0)?;
            std::io::Write::write_all(&mut &self.file, text.as_bytes())?;
            self.file.sync_all()
        };
        self.half.set(true);
        put().map_err(|e| Failure::io(self.path.display(), &e))
    }

    /// All is written.
    pub(super) fn done(self) {
        self.half.set(false);
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        if self.half.get() {
            return;
        }
        let _ = fs::remove_file(&self.path);
        if let Some(folder) = self.path.parent().filter(|f| f.ends_with(staging::NAME)) {
            let _ = fs::remove_file(folder.join(".gitignore"));
            let _ = fs::remove_dir(folder);
        }
    }
}
