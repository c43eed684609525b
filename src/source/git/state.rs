//! Whether all of the history is there.

use std::fs;

use super::{Git, GitError};

/// A reason not to take what is there for all of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The clone was cut off: older commits are not there.
    Shallow,
    /// The clone fetches objects when it needs them, which nothing here does.
    Partial,
    /// A file says that commits have other parents than their bytes name.
    Grafted,
    /// Names below `refs/replace`: git shows other objects than those that are there. They are
    /// not looked at here.
    Replaced(Vec<String>),
}

impl Git {
    /// What is wrong with the history as a whole.
    ///
    /// # Errors
    /// Nobody can tell.
    pub fn faults(&self) -> Result<Vec<Fault>, GitError> {
        self.with(|repository| {
            let folder = repository.commondir();
            let mut faults = Vec::new();
            if repository.is_shallow() {
                faults.push(Fault::Shallow);
            }
            let config = repository.config()?.snapshot()?;
            let promised = config.get_string("extensions.partialclone").is_ok() || promisor(&config);
            if promised {
                faults.push(Fault::Partial);
            }
            if fs::read(folder.join("info/grafts")).is_ok_and(|b| !b.trim_ascii().is_empty()) {
                faults.push(Fault::Grafted);
            }
            let mut names = Vec::new();
            for name in repository.references_glob("refs/replace/*")?.names() {
                names.push(name?.to_owned());
            }
            if !names.is_empty() {
                faults.push(Fault::Replaced(names));
            }
            Ok(faults)
        })
    }
}

/// Whether some remote promises to deliver what is missing.
fn promisor(config: &git2::Config) -> bool {
    let Ok(mut entries) = config.entries(Some(r"remote\..*\.promisor")) else { return true };
    let mut found = false;
    while let Some(entry) = entries.next() {
        found |= entry.is_ok_and(|e| e.value().is_ok_and(|v| v == "true"));
    }
    found
}
