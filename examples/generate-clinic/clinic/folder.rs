//! The folder that the clinic is written into.

use std::path::{Path, PathBuf};

use duly::ledger::Ledger;
use duly::record::id::Id;
use duly::record::policy::Requirement;
use duly::record::signed::{Record, Signed};
use duly::source::WorkTree;
use duly::trust::sign;
use walkdir::WalkDir;

use super::Made;

/// The files that people write.
const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/generate-clinic/files");

/// The folder, and what the people's files in it say.
pub struct Folder {
    root: PathBuf,
    ledger: Ledger,
}

impl Folder {
    /// Copies the people's files into a folder and reads them.
    pub fn begin(root: &Path) -> Made<Folder> {
        if root.exists() && std::fs::read_dir(root)?.next().is_some() {
            return Err(format!("{} is not empty", root.display()).into());
        }
        for entry in WalkDir::new(FILES).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() {
                let to = root.join(entry.path().strip_prefix(FILES)?);
                put(&to, &std::fs::read(entry.path())?)?;
            }
        }
        let ledger = Ledger::load(&WorkTree::new(root));
        Ok(Folder { root: root.to_owned(), ledger })
    }

    /// Writes a signed record.
    pub fn write<R: Record>(&mut self, path: &str, signed: &Signed<R>) -> Made<()> {
        put(&self.root.join(path), &sign::file(signed))
    }

    /// A requirement of the policies.
    pub fn requirement(&self, id: &str) -> Made<&Requirement> {
        let id = Id::parse(id).ok_or("an id")?;
        self.ledger.requirement(&id).ok_or_else(|| format!("no policy has {id}").into())
    }
}

/// Writes a file that is not there yet.
fn put(path: &Path, bytes: &[u8]) -> Made<()> {
    if path.exists() {
        return Err(format!("{} is written twice", path.display()).into());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes)?;
    Ok(())
}
