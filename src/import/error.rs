//! Why an import stops before it changes anything.

use std::path::{Path, PathBuf};

use super::csv::CsvError;
use crate::finding::Finding;

/// Why an import stops. Nothing has been written then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read or written.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The CSV file cannot be read as one.
    #[error("{}: {error}", path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: CsvError,
    },
    /// The map, or the repository, has faults that must be mended first.
    #[error("{what} has {} fault(s) that must be mended first", findings.len())]
    Findings {
        /// Which of them, for people.
        what: String,
        /// The faults, each at its line.
        findings: Vec<Finding>,
    },
    /// What was asked would do harm.
    #[error("{message}")]
    Refused {
        /// What would happen.
        message: String,
        /// What to do instead.
        help: String,
    },
}

impl ImportError {
    /// An error of the file system.
    pub fn io(path: &Path, error: std::io::Error) -> ImportError {
        ImportError::Io { path: path.to_owned(), error }
    }

    /// A refusal.
    pub fn refused(message: impl Into<String>, help: impl Into<String>) -> ImportError {
        ImportError::Refused { message: message.into(), help: help.into() }
    }
}
