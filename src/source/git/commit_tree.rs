//! The files of one commit as a source.

use std::collections::{HashMap, HashSet};
use std::io;

use rayon::prelude::*;

use super::tree::{Item, Items, LINK, PLAIN, SUBMODULE, folded, name_fault, order_fault};
use super::{Allowance, DEEPEST, Git, GitError, ObjectId};
use crate::finding::catalogue::files;
use crate::finding::{Entry as Code, Finding};
use crate::record::text::visible;
use crate::source::{Entry, Listing, Source, path};

/// The files of one tree of a repository, read from its objects.
#[derive(Debug)]
pub struct CommitTree<G> {
    git: G,
    root: ObjectId,
    blobs: HashMap<String, ObjectId>,
    listing: Vec<(String, ObjectId)>,
    found: Vec<Finding>,
    allowance: Allowance,
    /// Contents outside of the managed folders: each is looked at once.
    contents: HashSet<ObjectId>,
}

impl<G: AsRef<Git> + Sync> CommitTree<G> {
    /// Reads the folders of a tree. Paths for which `managed` holds must be plain files with
    /// plain paths.
    ///
    /// # Errors
    /// An object is missing or cannot be read.
    pub fn read(git: G, root: ObjectId, managed: &dyn Fn(&str) -> bool) -> Result<CommitTree<G>, GitError> {
        let mut tree = CommitTree {
            git,
            root,
            blobs: HashMap::new(),
            listing: Vec::new(),
            found: Vec::new(),
            allowance: Allowance::default(),
            contents: HashSet::new(),
        };
        tree.folder(root, "", managed, 0)?;
        tree.found.extend(tree.allowance.finding());
        tree.listing.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
        tree.blobs = tree.listing.iter().cloned().collect();
        Ok(tree)
    }

    /// The tree's id.
    pub fn id(&self) -> ObjectId {
        self.root
    }

    /// The id of a file's content.
    pub fn blob(&self, path: &str) -> Option<ObjectId> {
        self.blobs.get(path).copied()
    }

    /// Whether other files hold the same for all that is managed: byte for byte, and no more
    /// and no fewer.
    pub fn is_same(&self, other: &dyn Source, managed: &dyn Fn(&str) -> bool) -> bool {
        let there = other.list(managed);
        let paths: Vec<&str> = there.entries.iter().map(|e| e.path.as_str()).filter(|p| managed(p)).collect();
        let mine = self.listing.iter().map(|(path, _)| path.as_str()).filter(|p| managed(p));
        let id = |path: &str| ObjectId::of_blob(&other.read(path).ok()?);
        there.findings.is_empty()
            && paths.iter().copied().eq(mine)
            && paths.par_iter().all(|path| self.blob(path).is_some() && self.blob(path) == id(path))
    }

    fn folder(
        &mut self,
        id: ObjectId,
        at: &str,
        managed: &dyn Fn(&str) -> bool,
        depth: usize,
    ) -> Result<(), GitError> {
        if depth > DEEPEST {
            return Err(GitError::Odd { id, what: "folders lie too deep in each other" });
        }
        let bytes = self.git.as_ref().tree(id)?;
        let mut before: Option<Item<'_>> = None;
        let mut names: HashMap<String, Vec<u8>> = HashMap::new();
        for item in Items::of(id, &bytes) {
            let item = item?;
            let path = join(at, item.name);
            // On some systems a backslash is a slash.
            let slashed = path.replace('\\', "/");
            let is_managed = managed(&slashed) || managed(&format!("{slashed}/x"));
            if is_managed {
                self.allowance.managed(self.git.as_ref(), Some(self.root))?;
            } else if !self.allowance.outside() {
                self.allowance.skip(&path);
                continue;
            }
            let neighbour = before.and_then(|b| order_fault(&b, &item));
            let fault = name_fault(item.name, is_managed).or(neighbour);
            before = Some(item);
            if let Some((code, what)) = fault {
                self.found.push(fault_of(code, &path, what));
                continue;
            }
            let known = folded(item.name);
            if at.is_empty() && known.as_bytes() != item.name && managed(&format!("{known}/x")) {
                let message = format!("{} is the folder {known} on some systems", visible(&path));
                let finding = Finding::new(&files::COLLISION, message, "Rename it.");
                self.found.push(finding.in_file(&path));
                continue;
            }
            let other = names.insert(known, item.name.to_vec());
            if let Some(other) = other.filter(|_| is_managed) {
                let message = format!(
                    "{} and {} are one file on some systems",
                    visible(&path),
                    visible(&join(at, &other))
                );
                self.found
                    .push(Finding::new(&files::COLLISION, message, "Rename one of them.").in_file(&path));
            }
            if item.is_folder() {
                self.folder(item.id, &path, managed, depth + 1)?;
            } else {
                self.file(&item, path, is_managed);
            }
        }
        Ok(())
    }

    fn file(&mut self, item: &Item<'_>, path: String, managed: bool) {
        if managed && let Some(finding) = mode_fault(item.mode, &path).or_else(|| path_fault(&path)) {
            self.found.push(finding);
            return;
        }
        let new = self.contents.insert(item.id);
        if !matches!(item.mode, LINK | SUBMODULE) && (managed || new || path == ".gitignore") {
            self.listing.push((path, item.id));
        }
    }
}

/// A path, with what is not UTF-8 replaced.
pub(crate) fn join(at: &str, name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    if at.is_empty() { name.into_owned() } else { format!("{at}/{name}") }
}

pub(crate) fn fault_of(code: &'static Code, path: &str, what: &str) -> Finding {
    let message = format!("the name {:?} {what}", visible(path));
    let help = "No program makes such a name by accident: find out who committed it, and take it out.";
    Finding::new(code, message, help).in_file(path)
}

/// What is wrong with the mode of a file in a managed folder.
pub(crate) fn mode_fault(mode: u32, path: &str) -> Option<Finding> {
    let shown = visible(path);
    let (code, message, help) = match mode {
        PLAIN => return None,
        LINK => {
            (&files::NOT_A_FILE, format!("{shown} is a symbolic link"), "Put the file itself in its place.")
        }
        SUBMODULE => {
            let help = "Take it out: records of another repository prove nothing here.";
            (&files::SUBMODULE, format!("{shown} is a submodule"), help)
        }
        _ => {
            let help = "Run `git update-index --chmod=-x` on it and commit.";
            (&files::MODE, format!("{shown} is executable or has an odd mode ({mode:o})"), help)
        }
    };
    Some(Finding::new(code, message, help).in_file(path))
}

/// What is wrong with the path of a file in a managed folder.
pub(crate) fn path_fault(at: &str) -> Option<Finding> {
    let fault = path::fault(at)?;
    let message = format!("the path {:?} cannot stand in a managed folder: {fault}", visible(at));
    Some(Finding::new(&files::ODD_PATH, message, "Rename the file.").in_file(at))
}

impl<G: AsRef<Git> + Sync> Source for CommitTree<G> {
    fn list(&self, _: &dyn Fn(&str) -> bool) -> Listing {
        let sized: Vec<Result<Entry, Finding>> = self
            .listing
            .par_iter()
            .map(|(path, id)| match self.git.as_ref().size(*id) {
                Ok(size) => Ok(Entry { path: path.clone(), size }),
                Err(error) => Err(unreadable(path, &error)),
            })
            .collect();
        let mut listing = Listing { entries: Vec::with_capacity(sized.len()), findings: self.found.clone() };
        for one in sized {
            match one {
                Ok(entry) => listing.entries.push(entry),
                Err(finding) => listing.findings.push(finding),
            }
        }
        listing
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let id = self.blob(path).ok_or(io::ErrorKind::NotFound)?;
        self.git.as_ref().blob(id).map_err(io::Error::other)
    }
}

fn unreadable(path: &str, error: &GitError) -> Finding {
    let message = format!("{} cannot be read: {error}", visible(path));
    let help = "Fetch the whole repository: `git fetch --unshallow`, or clone it without a filter.";
    Finding::new(&files::UNREADABLE, message, help).in_file(path)
}
