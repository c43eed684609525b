//! Two years of evidence, one file for each way in which it came to be.

mod classroom;
mod controls;
mod imported;
mod online;
mod own;
mod supervised;

use duly::record::digest::Sha256;

use super::Made;
use super::folder::Folder;

/// Signs and writes all of it.
pub fn all(clinic: &mut Folder, root: Sha256) -> Made<()> {
    imported::all(clinic, root)?;
    online::all(clinic, root)?;
    classroom::all(clinic, root)?;
    own::all(clinic, root)?;
    supervised::all(clinic, root)?;
    controls::all(clinic, root)
}
