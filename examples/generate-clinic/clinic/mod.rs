//! The example clinic: people's files are copied, signed ones are made.
//!
//! Everything is decided beforehand, keys and dates included, so that the same files come out
//! every time. Files that people write lie in `examples/generate-clinic/files`, with their
//! comments; only what is signed is made here, with the same library that `duly attest` uses.

mod evidence;
mod folder;
mod keys;
mod officers;
mod people;
mod sheet;

use std::path::Path;

use duly::record::digest::Sha256;

/// What making something gives, or why it could not be made.
pub type Made<T> = Result<T, Box<dyn std::error::Error>>;

/// Writes the clinic into a folder that is new or empty, and gives the digest of its root.
///
/// # Errors
/// The folder holds something, cannot be written, or the files do not fit together.
pub fn generate(folder: &Path) -> Made<Sha256> {
    let mut clinic = folder::Folder::begin(folder)?;
    let root = keys::root(&mut clinic)?;
    keys::enrol_all(&mut clinic, root)?;
    evidence::all(&mut clinic, root)?;
    officers::all(&mut clinic, root)?;
    Ok(root)
}
