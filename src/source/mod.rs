//! Where the bytes of a repository come from.
//!
//! A source lists files and reads them under the same rules, whatever lies behind it. It
//! knows nothing of records.

pub mod git;
pub mod path;
pub mod staging;
mod worktree;

pub use worktree::WorkTree;

use crate::finding::Finding;

/// A plain file of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path inside the repository, `/` between its parts.
    pub path: String,
    /// Size in bytes, known before the file is read.
    pub size: u64,
}

/// The files of a repository and what was wrong on the way to them.
#[derive(Debug, Default)]
pub struct Listing {
    /// Plain files, sorted by the bytes of their paths.
    pub entries: Vec<Entry>,
    /// Links, special files, odd paths, unreadable folders.
    pub findings: Vec<Finding>,
}

/// A source with one more file than it has, to see what that would do.
pub struct With<'s> {
    /// What is there.
    pub source: &'s dyn Source,
    /// The path of the file.
    pub path: &'s str,
    /// What it holds.
    pub bytes: &'s [u8],
}

impl Source for With<'_> {
    fn list(&self, managed: &dyn Fn(&str) -> bool) -> Listing {
        let mut listing = self.source.list(managed);
        listing.entries.retain(|e| e.path != self.path);
        listing.entries.push(Entry { path: self.path.to_owned(), size: self.bytes.len() as u64 });
        listing.entries.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
        listing
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        if path == self.path { Ok(self.bytes.to_vec()) } else { self.source.read(path) }
    }
}

/// Where the bytes of a repository come from.
pub trait Source: Sync {
    /// Lists the files. Paths for which `managed` holds must be plain files with plain paths;
    /// elsewhere links and odd names are nobody's business and are left out.
    fn list(&self, managed: &dyn Fn(&str) -> bool) -> Listing;

    /// Reads a file whole.
    ///
    /// # Errors
    /// Whatever keeps the file from being read.
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>>;
}
