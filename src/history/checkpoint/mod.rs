//! Checkpoints: a few lines to be kept by somebody else, which fix everything that a repository
//! held until then.
//!
//! A checkpoint (C2SP `tlog-checkpoint`) is the text of a signed note: whose repository it is,
//! how many files the folders that only grow had, and one hash over the list of them. Who keeps
//! it can later see that the same files still stand at the head of the list ([`Checkpoint::compare`]),
//! whatever became of the history that they came from, and that their content is the same by
//! SHA-256, on which git's own names do not rest.
//!
//! ```text
//! files ─ merkle ─→ Checkpoint ─ sign ─→ Note ─ cosign ─→ text, kept elsewhere
//!                        ↑                                       │
//!                        └──────────────── open ─────────────────┘
//! ```

pub mod cosignature;
pub mod merkle;
pub mod note;
pub mod open;
pub mod sign;
pub mod verified;
pub mod verifier_key;

use std::fmt;

use crate::record::digest::Sha256;
use crate::record::text::visible;
use crate::source::path::{PathFault, fault};
use crate::trust::crypto::text64;

const ORIGIN: &str = "duly/";
const COMMIT: &str = "git ";

/// The state of a list of files that only grows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Sha256,
    extensions: Vec<String>,
}

/// Why there is no checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines, an empty line, or no line end at the end.
    #[error("a checkpoint is three lines or more, none of them empty")]
    Lines,
    /// A control character in a line.
    #[error("a line of the checkpoint holds a control character")]
    Control,
    /// The second line is not a number as it is written in one way only.
    #[error("the second line of the checkpoint is not a number of files")]
    Size,
    /// The third line is not the base64 of 32 bytes.
    #[error("the third line of the checkpoint is not the base64 of 32 bytes")]
    Root,
    /// Not 40 lower-case hex digits.
    #[error("{} is not the name of a commit: 40 hex digits", visible(.0))]
    Commit(String),
    /// A path that no folder with records may hold.
    #[error("{} cannot be in a checkpoint: {fault}", visible(.path))]
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        fault: PathFault,
    },
}

/// How a list of files differs from what a checkpoint fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Files were taken away.
    #[error("the checkpoint was made over {size} files and there are only {found}")]
    TooFew {
        /// The files of the checkpoint.
        size: u64,
        /// The files that there are.
        found: u64,
    },
    /// A file was changed, renamed, left out or put between the others.
    #[error("the first {size} files are not those of the checkpoint: their root is {found}, not {expected}")]
    Root {
        /// The files of the checkpoint.
        size: u64,
        /// The root in the checkpoint.
        expected: Sha256,
        /// The root of as many files of the list.
        found: Sha256,
    },
}

/// The first line of the checkpoints of the organisation whose root 1 has this digest: what its
/// records call their `audience`. The key that signs them goes by the same name.
pub fn origin(audience: &Sha256) -> String {
    format!("{ORIGIN}{audience}")
}

impl Checkpoint {
    /// The checkpoint of some files, in the order in which they were first seen, as they stand
    /// in a commit.
    pub fn of(origin: &str, files: &[(String, Sha256)], commit: &str) -> Result<Checkpoint, CheckpointError> {
        if !is_commit(commit) {
            return Err(CheckpointError::Commit(commit.to_owned()));
        }
        // An auditor gets the same lines out of `sha256sum`, which spells odd names differently.
        if let Some((path, fault)) = files.iter().find_map(|(path, _)| Some((path, fault(path)?))) {
            return Err(CheckpointError::Path { path: path.clone(), fault });
        }
        let range: merkle::Range = leaves(files).collect();
        let extensions = vec![format!("{COMMIT}{commit}")];
        // Reading it again refuses an origin that is empty or more than a line.
        let made =
            Checkpoint { origin: origin.to_owned(), size: range.size(), root: range.root(), extensions };
        Checkpoint::parse(&made.to_string())
    }

    /// Reads the text of a note. Any log's checkpoint is read; what is written again is what was
    /// read.
    pub fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
        let body = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?;
        let mut lines = body.split('\n');
        if lines.clone().any(str::is_empty) {
            return Err(CheckpointError::Lines);
        }
        if body.chars().any(|c| c.is_control() && c != '\n') {
            return Err(CheckpointError::Control);
        }
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::Lines);
        };
        Ok(Checkpoint {
            origin: origin.to_owned(),
            size: read_size(size).ok_or(CheckpointError::Size)?,
            root: read_root(root).ok_or(CheckpointError::Root)?,
            extensions: lines.map(str::to_owned).collect(),
        })
    }

    /// Whether a list begins with the files that the checkpoint was made over. The files are in
    /// the order in which they were first seen; those after the checkpoint may be there or not.
    pub fn compare(&self, files: &[(String, Sha256)]) -> Result<(), Mismatch> {
        let found = u64::try_from(files.len()).unwrap_or(u64::MAX);
        let first = usize::try_from(self.size).ok().and_then(|size| files.get(..size));
        let Some(first) = first else { return Err(Mismatch::TooFew { size: self.size, found }) };
        let found = leaves(first).collect::<merkle::Range>().root();
        if found == self.root {
            return Ok(());
        }
        Err(Mismatch::Root { size: self.size, expected: self.root, found })
    }

    /// Whose list it is.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The digest in the origin, if it is one of ours.
    pub fn audience(&self) -> Option<Sha256> {
        self.origin.strip_prefix(ORIGIN).and_then(Sha256::parse)
    }

    /// The number of files.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash of the files.
    pub fn root(&self) -> &Sha256 {
        &self.root
    }

    /// The lines behind the third.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The commit in whose tree the files stood; none where no line, or more than one, names it.
    pub fn commit(&self) -> Option<&str> {
        let mut named = self.extensions.iter().filter_map(|line| line.strip_prefix(COMMIT));
        let commit = named.next().filter(|commit| is_commit(commit));
        if named.next().is_some() { None } else { commit }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, text64::encode(self.root.bytes()))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

fn leaves(files: &[(String, Sha256)]) -> impl Iterator<Item = Vec<u8>> {
    files.iter().map(|(path, digest)| merkle::leaf(path, digest))
}

fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn read_size(text: &str) -> Option<u64> {
    let size: u64 = text.parse().ok()?;
    (size.to_string() == text).then_some(size)
}

fn read_root(text: &str) -> Option<Sha256> {
    let bytes = text64::decode(text.as_bytes()).ok()?;
    bytes.try_into().ok().map(Sha256::from_bytes)
}

#[cfg(test)]
mod tests;
