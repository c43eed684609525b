//! `duly init --ci`: the workflow that judges changes, for a new repository or one that is there.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use super::{scaffold, write_all};
use crate::cli::arguments::digest;
use crate::cli::{Context, Failure, Outcome};
use crate::ledger::read_signed;
use crate::record::digest::Sha256;
use crate::record::root::Root;
use crate::source::git::Git;

/// Where checks run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Ci {
    /// GitHub Actions and Pages.
    Github,
}

/// The program that the workflow runs: where it lies, and what it must be.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Program {
    /// The https address of the program that the workflow runs: a released duly for Linux, or a
    /// .tar.gz that holds it
    #[arg(long, value_name = "URL", value_parser = address, requires = "ci", requires = "program_sha256")]
    program_url: Option<String>,
    /// The sha256 of what lies at that address; the workflow runs nothing else
    #[arg(long, value_name = "SHA256", value_parser = digest, requires = "ci", requires = "program_url")]
    program_sha256: Option<Sha256>,
}

/// What the workflow is made from.
pub(super) struct Workflow {
    pub ci: Ci,
    pub branch: String,
    pub url: String,
    pub sha256: String,
}

/// An address that can stand in a workflow and in a shell without a second meaning.
fn address(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!&*+,;=%".contains(c);
    let rest = text.strip_prefix("https://").filter(|rest| !rest.is_empty());
    match rest {
        Some(rest) if rest.chars().all(plain) => Ok(text.to_owned()),
        _ => Err("it starts with https:// and holds no blanks, quotes or brackets".to_owned()),
    }
}

impl Program {
    /// The workflow of a folder. Whoever sits at a terminal is asked for what the arguments leave
    /// open.
    ///
    /// # Errors
    /// The answer is no address or no digest.
    pub(super) fn workflow(&self, ci: Ci, dir: &Path) -> Result<Workflow, Failure> {
        let (mut url, mut sha256) = (self.program_url.clone(), self.program_sha256);
        if url.is_none() && io::stdin().is_terminal() && io::stderr().is_terminal() {
            let question = "Address of the program that CI runs (https://…, empty to decide later): ";
            url = ask(question, &address)?;
            if url.is_some() {
                sha256 = ask("Its sha256: ", &digest)?;
            }
        }
        let sha256 = sha256.map(|digest| digest.to_string()).unwrap_or_default();
        Ok(Workflow { ci, branch: branch(dir), url: url.unwrap_or_default(), sha256 })
    }
}

impl Workflow {
    /// What is left to do before the workflow can pass.
    pub(super) fn to_do(&self, root: Sha256) -> String {
        let program = if self.url.is_empty() || self.sha256.is_empty() {
            format!(
                "\nThe workflow fails until {} names the program that it runs: write the https address of\n\
                 a released duly at DULY_PROGRAM_URL and its sha256 at DULY_PROGRAM_SHA256.\n",
                scaffold::WORKFLOW
            )
        } else {
            String::new()
        };
        format!(
            "{program}\nSet the variable DULY_TRUST_ROOT of the repository to\n  {root}\nunder Settings, Secrets \
             and variables, Actions, Variables, and make the job `duly` a required check."
        )
    }
}

/// Writes the workflow into a repository that has records already.
///
/// # Errors
/// There is a workflow already, or no root.
pub(super) fn add(context: &Context, workflow: &Workflow, dir: &Path) -> Result<Outcome, Failure> {
    const ROOT: &str = "trust/root/0001.yaml";
    let path = dir.join(ROOT);
    let bytes = std::fs::read(&path).map_err(|e| Failure::io(path.display(), &e))?;
    let root = read_signed::<Root>(ROOT, &bytes)?.payload_sha256;
    write_all(dir, &[scaffold::workflow(workflow, root)?])?;
    context.note(&format!("Wrote {}.\n{}", dir.join(scaffold::WORKFLOW).display(), workflow.to_do(root)));
    Ok(Outcome::Clean)
}

/// The branch that is checked out, which is taken for the protected one; `main` where there is
/// none.
fn branch(dir: &Path) -> String {
    let here = Git::open(dir).and_then(|git| git.branch());
    here.ok().flatten().unwrap_or_else(|| "main".to_owned())
}

/// Asks at the terminal; none where the answer is empty.
fn ask<T>(question: &str, read: &dyn Fn(&str) -> Result<T, String>) -> Result<Option<T>, Failure> {
    let fail = |e: io::Error| Failure::io("the terminal", &e);
    write!(io::stderr(), "{question}").and_then(|()| io::stderr().flush()).map_err(fail)?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(fail)?;
    let answer = line.trim();
    if answer.is_empty() {
        return Ok(None);
    }
    let bad =
        |why| Failure::new(format!("`{answer}` cannot be used: {why}"), "Start again; nothing was written.");
    read(answer).map(Some).map_err(bad)
}
