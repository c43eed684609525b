//! A whole import from files to files: read, plan, write.

mod completions;
mod roster;
#[cfg(test)]
mod tests;

pub use completions::{CompletionsDone, CompletionsJob, completions};
pub use roster::{RosterDone, RosterJob, roster};

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::atomic;
use super::csv::{self, CsvError, Table};
use super::error::ImportError;
use super::map::{self, Column, Map};
use super::rejects::{self, Reject};
use super::suggest;
use crate::finding::catalogue::{files, references};
use crate::finding::{Finding, Severity};
use crate::ledger::Ledger;
use crate::source::WorkTree;

/// Which kind of export a starting map is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Of an HR system.
    Roster,
    /// Of a learning system.
    Completions,
}

/// A map to start from for an export. Nothing is written.
///
/// # Errors
/// The file cannot be read.
pub fn suggestion(export: Export, file: &Path, root: Option<&Path>) -> Result<String, ImportError> {
    let bytes = read_csv(file)?;
    let delimiter = suggest::delimiter_of(&bytes);
    let table = table(file, &bytes, delimiter)?;
    Ok(match export {
        Export::Roster => suggest::roster(&table, delimiter),
        Export::Completions => {
            let ledger = root.map(|root| Ledger::load(&WorkTree::new(root)));
            suggest::completions(&table, delimiter, ledger.as_ref())
        }
    })
}

/// Reads a file of at most [`csv::BYTES_MAX`] bytes.
fn read_csv(path: &Path) -> Result<Vec<u8>, ImportError> {
    let bytes = read_bounded(path, csv::BYTES_MAX)?;
    if bytes.len() as u64 > csv::BYTES_MAX {
        let error = CsvError::TooLarge(std::fs::metadata(path).map_or(0, |m| m.len()));
        return Err(ImportError::Csv { path: path.to_owned(), error });
    }
    Ok(bytes)
}

/// At most one byte more than the limit: enough to know that it is passed.
fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|e| ImportError::io(path, e))
}

fn table<'d>(path: &Path, bytes: &'d [u8], delimiter: u8) -> Result<Table<'d>, ImportError> {
    Table::read(bytes, delimiter).map_err(|error| ImportError::Csv { path: path.to_owned(), error })
}

fn read_map<M: Map>(path: &Path) -> Result<M, ImportError> {
    let bytes = read_bounded(path, crate::yaml::limits::PEOPLE_BYTES)?;
    map::read(&path.to_string_lossy(), &bytes).map_err(|findings| faults("the map", findings))
}

fn check_map<M: Map>(map: &M, path: &Path, table: &Table<'_>) -> Result<(), ImportError> {
    map::check(map, &path.to_string_lossy(), table).map_err(|findings| faults("the map", findings))
}

fn faults(what: &str, findings: Vec<Finding>) -> ImportError {
    ImportError::Findings { what: what.to_owned(), findings }
}

/// Loads a repository whose files below some folders can all be read: what cannot be read
/// would look as if it were not there, and be written a second time.
fn load(root: &Path, folders: &[&str]) -> Result<Ledger, ImportError> {
    let ledger = Ledger::load(&WorkTree::new(root));
    let here = |f: &&Finding| {
        let path = f.place.as_ref().map_or("", |place| place.path.as_str());
        let inside =
            |folder: &str| path.strip_prefix(folder).is_some_and(|r| r.is_empty() || r.starts_with('/'));
        path == "duly.yaml" || path.is_empty() || folders.iter().any(|f| inside(f))
    };
    // A missing folder and an unknown word are what an import is there to mend.
    let blocks = |f: &&Finding| {
        let unreadable = f.entry.code.starts_with("D1") && !std::ptr::eq(f.entry, &files::MISSING_FOLDER);
        f.severity == Severity::Error && (unreadable || std::ptr::eq(f.entry, &references::DUPLICATE_ID))
    };
    let findings: Vec<Finding> = ledger.findings.iter().filter(here).filter(blocks).cloned().collect();
    if findings.is_empty() { Ok(ledger) } else { Err(faults("the repository", findings)) }
}

/// Writes the rejects beside the file that was imported, or where it is said. A file of that
/// name that somebody may be mending is never replaced: then the next number is taken.
fn write_rejects(
    file: &Path,
    said: Option<&Path>,
    table: &Table<'_>,
    (mapped, delimiter): (&[&Column], u8),
    rejected: &[Reject],
) -> Result<Option<PathBuf>, ImportError> {
    if rejected.is_empty() {
        return Ok(None);
    }
    let bytes = rejects::to_csv(table, mapped, rejected, delimiter);
    let first = said.map_or_else(|| rejects_path(file), Path::to_owned);
    for path in numbered(&first) {
        match std::fs::read(&path) {
            Ok(same) if same == bytes => return Ok(Some(path)),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                atomic::write(&path, &bytes)?;
                return Ok(Some(path));
            }
            Err(error) => return Err(ImportError::io(&path, error)),
        }
    }
    Err(ImportError::refused("there are too many files of rejects", "Delete the old ones."))
}

/// `export.csv` has its rejects in `export.rejects.csv`, and so have the rejects themselves.
fn rejects_path(file: &Path) -> PathBuf {
    let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = stem.split(".rejects").next().unwrap_or_default();
    file.with_file_name(format!("{stem}.rejects.csv"))
}

/// The path, then the same with `-2`, `-3` and so on.
fn numbered(path: &Path) -> impl Iterator<Item = PathBuf> {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    let other = path.to_owned();
    let more = (2..1000).map(move |n| other.with_file_name(format!("{stem}-{n}{extension}")));
    std::iter::once(path.to_owned()).chain(more)
}
