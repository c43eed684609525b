//! Why a command could not do its work: exit code 2, with what to do next.

use std::io::{self, Write};

use super::Context;
use crate::finding::Finding;
use crate::finding::catalogue::history;
use crate::history::unreadable;
use crate::output;
use crate::record::text::visible;
use crate::source::git::GitError;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// One thing is in the way.
    Message {
        /// What happened.
        message: String,
        /// What to do next.
        help: String,
    },
    /// A file that the command needs has these faults.
    Findings(Vec<Finding>),
    /// There is nothing to work on (exit code 3).
    Nothing(String),
}

impl Failure {
    /// What happened, and what to do next.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::Message { message: message.into(), help: help.into() }
    }

    /// Something could not be read or written.
    pub fn io(what: impl std::fmt::Display, error: &io::Error) -> Failure {
        let help = match error.kind() {
            io::ErrorKind::NotFound => "Check the spelling of the path.",
            io::ErrorKind::PermissionDenied => "Look at the permissions of the file and its folder.",
            io::ErrorKind::AlreadyExists => {
                "Choose another name: a file that is there is never written over."
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "The disk is full. Make room and run the same command again: nothing was half written."
            }
            io::ErrorKind::ReadOnlyFilesystem => {
                "The disk cannot be written to. Copy the repository to a folder that can, or mount the disk for writing."
            }
            _ => "Try again; if it stays, look at the disk.",
        };
        Failure::new(format!("{what}: {error}"), help)
    }

    /// Prints the failure to stderr and gives the exit code.
    pub fn report(&self, context: &Context) -> u8 {
        let mut err = io::stderr().lock();
        // Nobody can be told that stderr is gone.
        let _ = match self {
            Failure::Message { message, help } => {
                writeln!(err, "error: {}\nhelp: {}", visible(message), visible(help))
            }
            Failure::Findings(findings) => {
                let text = |path: &str| std::fs::read_to_string(path).ok();
                let style = output::Style { color: false, ..context.style(false) };
                output::print_findings(findings, style, &text, &mut err)
            }
            Failure::Nothing(help) => {
                writeln!(err, "error[D127]: there is nothing to check\nhelp: {}", visible(help))
            }
        };
        match self {
            Failure::Nothing(_) => 3,
            _ => 2,
        }
    }
}

impl From<GitError> for Failure {
    fn from(error: GitError) -> Failure {
        match &error {
            GitError::Missing(_) | GitError::Odd { .. } | GitError::Repeats(_) => {
                Failure::Findings(vec![unreadable(&error)])
            }
            GitError::Unmergeable(what) => {
                let help = "Bring the branch up to date with its base first.";
                let finding = Finding::new(&history::UNMERGEABLE, what.clone(), help);
                Failure::Findings(vec![finding])
            }
            GitError::NotARepository(..) => {
                let help = "Name the top folder of the repository with `--repo`. If it belongs to another account, run `git config --global --add safe.directory DIR`.";
                Failure::new(error.to_string(), help)
            }
            GitError::NoSuchRevision(_) => {
                let help = "Check the spelling; a branch of the host is named as in origin/main. In CI, fetch it first.";
                Failure::new(error.to_string(), help)
            }
            GitError::Ignored(_) => {
                let help =
                    "Look with `git check-ignore -v FILE` which line of which file says so, and remove it.";
                Failure::new(error.to_string(), help)
            }
            GitError::Form(_) => {
                let help = "Make a new one with `git init --object-format=sha1 --ref-format=files`, and push the branch there.";
                Failure::new(error.to_string(), help)
            }
            GitError::Ambiguous(..) => {
                let help = "Write the one that you mean in full, as in refs/heads/main, and find out who made the other.";
                Failure::new(error.to_string(), help)
            }
            GitError::Other(_) => {
                Failure::new(error.to_string(), "Run `git fsck` to see whether the repository is whole.")
            }
        }
    }
}

impl From<Vec<Finding>> for Failure {
    fn from(findings: Vec<Finding>) -> Failure {
        Failure::Findings(findings)
    }
}
