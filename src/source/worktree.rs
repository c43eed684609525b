//! The files of a folder on disk.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Entry, Listing, Source, path};
use crate::finding::Finding;
use crate::finding::catalogue::files;
use crate::record::text::visible;

/// A folder on disk as a source. Nothing below `.git` is looked at, no link is followed.
#[derive(Debug, Clone)]
pub struct WorkTree {
    root: PathBuf,
}

impl WorkTree {
    /// The folder as a source.
    pub fn new(root: impl Into<PathBuf>) -> WorkTree {
        WorkTree { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn relative(&self, entry: &Path) -> String {
        let inside = entry.strip_prefix(&self.root).unwrap_or(entry);
        let parts: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    fn add(&self, entry: &DirEntry, managed: &dyn Fn(&str) -> bool, listing: &mut Listing) {
        let path = self.relative(entry.path());
        let kind = entry.file_type();
        if managed(&path)
            && let Some(finding) = fault_of(&path, entry)
        {
            listing.findings.push(finding);
            return;
        }
        if !kind.is_file() {
            return;
        }
        match entry.metadata() {
            Ok(meta) => listing.entries.push(Entry { path, size: meta.len() }),
            Err(error) => listing.findings.push(unreadable(&path, &error.to_string())),
        }
    }
}

/// What is wrong with an entry of a managed folder.
fn fault_of(at: &str, entry: &DirEntry) -> Option<Finding> {
    let kind = entry.file_type();
    if kind.is_dir() {
        return None;
    }
    let shown = visible(at);
    if !kind.is_file() {
        let what = if kind.is_symlink() { "a symbolic link" } else { "not a plain file" };
        let message = format!("{shown} is {what}");
        return Some(
            Finding::new(&files::NOT_A_FILE, message, "Put the file itself in its place.").in_file(at),
        );
    }
    let fault =
        if entry.path().to_str().is_none() { Some(path::PathFault::Character) } else { path::fault(at) };
    fault.map(|fault| {
        let message = format!("the path {:?} cannot stand in a managed folder: {fault}", shown);
        Finding::new(&files::ODD_PATH, message, "Rename the file.").in_file(at)
    })
}

fn unreadable(path: &str, error: &str) -> Finding {
    let message = format!("{} cannot be read: {}", visible(path), visible(error));
    Finding::new(&files::UNREADABLE, message, "Look at the permissions of the file and of its folder.")
        .in_file(path)
}

impl Source for WorkTree {
    fn list(&self, managed: &dyn Fn(&str) -> bool) -> Listing {
        let mut listing = Listing::default();
        let walk = WalkDir::new(&self.root).min_depth(1).follow_links(false);
        for entry in walk.into_iter().filter_entry(|e| e.file_name() != ".git") {
            match entry {
                Ok(entry) => self.add(&entry, managed, &mut listing),
                Err(error) => {
                    let path = error.path().map(|p| self.relative(p)).unwrap_or_default();
                    listing.findings.push(unreadable(&path, &error.to_string()));
                }
            }
        }
        listing.entries.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
        listing
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(self.root.join(path))
    }
}
