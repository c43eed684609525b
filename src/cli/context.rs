//! What every subcommand shares: where the repository is, where output goes, how it looks.

use std::io::{self, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::Failure;
use crate::Judgement;
use crate::finding::{Finding, Severity};
use crate::output::Style;
use crate::source::git::Git;
use crate::source::{Source, WorkTree};

/// Flags of every subcommand.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The repository; by default the one around the current folder
    #[arg(long, global = true, value_name = "DIR")]
    pub repo: Option<PathBuf>,
    /// When to colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Say less: results only, no notes
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// When to do something that depends on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What a subcommand that ran came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked, or found nothing at or above the threshold.
    Clean,
    /// It found something at or above the threshold.
    Findings,
    /// There was nothing to check.
    Nothing,
}

impl Outcome {
    /// What findings come to: the one place that decides between 0 and 1.
    pub fn of(findings: &[Finding], fail_on: Severity) -> Outcome {
        if findings.iter().any(|f| f.severity >= fail_on) { Outcome::Findings } else { Outcome::Clean }
    }

    /// What an answer comes to that is no check: it fails where it cannot be relied on.
    pub fn of_answer(judgement: &Judgement<'_>) -> Outcome {
        if judgement.unreliable() == 0 { Outcome::Clean } else { Outcome::Findings }
    }

    /// The exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Nothing => 3,
        }
    }
}

/// What every subcommand shares.
#[derive(Debug, Clone)]
pub struct Context {
    global: Global,
}

impl Context {
    /// The context of a command line.
    pub fn new(global: Global) -> Context {
        Context { global }
    }

    /// The folder of the repository: as given, or the nearest one upwards that holds a
    /// `duly.yaml`, or the current folder.
    ///
    /// # Errors
    /// The folder given does not exist, or there is no current folder.
    pub fn root(&self) -> Result<PathBuf, Failure> {
        if let Some(dir) = &self.global.repo {
            return if dir.is_dir() {
                Ok(dir.clone())
            } else {
                Err(Failure::new(
                    format!("{} is not a folder", dir.display()),
                    "Name the folder of the repository with `--repo`.",
                ))
            };
        }
        let here = std::env::current_dir().map_err(|e| Failure::io("the current folder", &e))?;
        let found = here.ancestors().find(|d| d.join("duly.yaml").is_file()).map(PathBuf::from);
        Ok(found.unwrap_or(here))
    }

    /// The repository's folder as a source.
    ///
    /// # Errors
    /// As for [`Context::root`].
    pub fn source(&self) -> Result<WorkTree, Failure> {
        Ok(WorkTree::new(self.root()?))
    }

    /// The git repository whose top folder this is; none where there is none.
    ///
    /// # Errors
    /// There is one, and it cannot be opened.
    pub fn git(&self) -> Result<Option<Git>, Failure> {
        let root = self.root()?;
        let bare = root.join("objects").is_dir() && root.join("HEAD").is_file();
        if !bare && !root.join(".git").exists() {
            return Ok(None);
        }
        Git::open(&root).map(Some).map_err(Failure::from)
    }

    /// The git repository of a command that needs one.
    ///
    /// # Errors
    /// There is none.
    pub fn needs_git(&self) -> Result<Git, Failure> {
        self.git()?.ok_or_else(|| {
            let help =
                "Run it at the top of the git repository that holds `duly.yaml`, or name it with `--repo`.";
            Failure::new("this needs a git repository, and there is none here", help)
        })
    }

    /// Whether to colour what goes to stdout.
    pub fn color(&self) -> bool {
        match self.global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
            }
        }
    }

    /// How to print findings.
    pub fn style(&self, all: bool) -> Style {
        Style { color: self.color(), all }
    }

    /// Writes a result to stdout. A reader that closes the pipe early is no failure.
    ///
    /// # Errors
    /// Whatever else keeps the output from being written.
    pub fn write(&self, result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match result(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::io("the output", &error)),
            _ => Ok(()),
        }
    }

    /// Writes a text to stdout.
    ///
    /// # Errors
    /// As for [`Context::write`].
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        self.write(|out| out.write_all(text.as_bytes()))
    }

    /// Says on stderr what the result cannot be relied on for: also where nothing else is said.
    pub fn caution(&self, text: &str) {
        // Nobody can be told that stderr is gone.
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Says something beside the result, on stderr.
    pub fn note(&self, text: &str) {
        if !self.global.quiet {
            // Nobody can be told that stderr is gone.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }
}

/// Gives the text of a file of a source, to show its lines. Lines of files outside of the
/// repository, which hold names, come into no log.
pub fn text_of(source: &dyn Source) -> impl Fn(&str) -> Option<String> + '_ {
    let inside = |path: &&str| Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
    move |path| {
        let bytes = source.read(Some(path).filter(inside)?).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}
