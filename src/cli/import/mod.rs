//! `duly import`: exports of other systems into records.

mod completions;
mod roster;

pub use completions::CompletionsArgs;
pub use roster::RosterArgs;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::repository::Repository;
use super::{Context, Failure, Outcome};
use crate::import::ImportError;
use crate::import::roster_write::FileText;
use crate::record::attestation::Attestation;
use crate::record::date::{Date, DateError};
use crate::trust::crypto::signer::Signer;
use crate::trust::{evidence, sign};

/// Take over exports of other systems
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: ImportCommand,
}

impl Args {
    /// Runs the import and prints its summary.
    ///
    /// # Errors
    /// Something cannot be read, signed or written, or the import would do harm.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let today = repository.today();
        let mut output = match &self.command {
            ImportCommand::Roster(args) => args.run(&repository.root, today)?,
            ImportCommand::Completions(args) => {
                let audience = repository.audience()?;
                let signer = args.signer(&repository.root)?;
                repository.enrolled(signer.as_deref())?;
                let shard = repository.ledger.organization.as_ref().is_some_and(|o| o.shard);
                args.run(&repository.root, today, audience, &mut |record| {
                    signed(record, signer.as_deref(), shard)
                })?
            }
        };
        if !output.files.is_empty() {
            // What this says of a row is what a check will say of it.
            let written = Repository::open(context)?;
            written.sound(&output.files)?;
            output.text.push_str(&format!("{}\n", written.what_counts(&output.files)));
        }
        context.print(&output.text)?;
        Ok(if output.code == 0 { Outcome::Clean } else { Outcome::Findings })
    }
}

impl Repository {
    /// Refuses a key that nobody enrolled or that does not stand: nothing that it signs would count.
    fn enrolled(&self, signer: Option<&dyn Signer>) -> Result<(), Failure> {
        let Some(signer) = signer else { return Ok(()) };
        let key = signer.public_key().fingerprint();
        if self.trust.authority(&self.ledger).known(key).is_some() {
            return self.stands(key);
        }
        let help = "Its holder asks with `duly key request`, an officer approves with `duly key approve`, and grants what it may sign with `duly key grant`.";
        Err(Failure::new(format!("key {key} is not enrolled: nothing that it signs counts"), help))
    }
}

/// The signed file of a record, and where it stands.
fn signed(record: &Attestation, signer: Option<&dyn Signer>, shard: bool) -> Result<FileText, ImportError> {
    let help = "Name the issuer's key with `--key` or `--agent`.";
    let signer = signer.ok_or_else(|| ImportError::refused("there is no key to sign with", help))?;
    let signed = sign::sign(record.clone(), signer).map_err(|e| ImportError::refused(e.to_string(), help))?;
    let path = evidence::place(&signed.record, signed.payload_sha256, shard);
    let text =
        String::from_utf8(sign::file(&signed)).map_err(|e| ImportError::refused(e.to_string(), help))?;
    Ok(FileText { path, text })
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Failure {
        let message = error.to_string();
        match error {
            ImportError::Findings { findings, .. } => Failure::Findings(findings),
            ImportError::Refused { message, help } => Failure::new(message, help),
            ImportError::Io { path, error } => Failure::io(path.display(), &error),
            ImportError::Csv { .. } => {
                Failure::new(message, "Mend the file, or export it again as CSV in UTF-8.")
            }
        }
    }
}

/// What is imported.
#[derive(Debug, clap::Subcommand)]
pub enum ImportCommand {
    /// Take the workforce over from an HR system's export
    Roster(RosterArgs),
    /// Take course results over from a learning system's export, signed by an issuer's key
    Completions(CompletionsArgs),
}

/// What a command prints, and its exit code: 0, or 1 where rows were rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// For stdout.
    pub text: String,
    /// The exit code.
    pub code: u8,
    /// The signed files that were written.
    pub files: Vec<String>,
}

fn date(text: &str) -> Result<Date, DateError> {
    Date::parse(text)
}

/// Tells where the rejects are, and what to do with them.
fn tell_rejects(text: &mut String, path: Option<&PathBuf>, count: usize, dry_run: bool) {
    if let Some(path) = path {
        let path = shown(path);
        let _ = writeln!(
            text,
            "Rejected rows are in {path}: mend them there and import that file with the same map."
        );
    } else if dry_run && count > 0 {
        let _ = writeln!(text, "Without `--dry-run` the rejected rows go to a file of their own.");
    }
}

/// Warns of an export that lies in the repository: once it is committed, git keeps for good
/// what the import left out on purpose.
fn tell_inside(text: &mut String, file: &Path, root: &Path) {
    let inside = |file: std::path::PathBuf| root.canonicalize().is_ok_and(|root| file.starts_with(root));
    if file.canonicalize().is_ok_and(inside) {
        let _ = writeln!(text, "{} lies inside the repository: do not commit it.", shown(file));
    }
}

/// How much of an export could be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Every row of it was rejected.
    Nothing,
    /// At least one row was not.
    Something,
}

impl Taken {
    fn of(taken: usize, rejected: usize) -> Taken {
        if taken == 0 && rejected > 0 { Taken::Nothing } else { Taken::Something }
    }
}

/// Tells which files of the repository were written.
fn tell_files(text: &mut String, files: &[String], taken: Taken, dry_run: bool) {
    let verb = if dry_run { "Would write" } else { "Wrote" };
    match files {
        [] if taken == Taken::Nothing => text.push_str(
            "Nothing was taken over: every row was rejected. Most often the map names another column \
             or date format than the file has; `--suggest` prints a map to start from.\n",
        ),
        [] => text.push_str("Nothing to write: the repository has it all already.\n"),
        files => {
            let some = if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) };
            let _ = writeln!(text, "{verb} {some}:");
            for file in files.iter().take(20) {
                let _ = writeln!(text, "  {file}");
            }
            if files.len() > 20 {
                let _ = writeln!(text, "  and {} more", files.len() - 20);
            }
        }
    }
}

fn shown(path: &Path) -> String {
    crate::record::text::visible(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[derive(Debug, clap::Parser)]
    struct Whole {
        #[command(subcommand)]
        command: ImportCommand,
    }

    fn parse(line: &str) -> Result<Whole, clap::Error> {
        Whole::try_parse_from(line.split(' '))
    }

    #[test]
    fn arguments_are_asked_for_where_they_are_needed() {
        <Whole as clap::CommandFactory>::command().debug_assert();
        assert!(
            parse("import roster a.csv --map m.yaml --as-of 2026-03-01 --end-missing 2026-02-01").is_ok()
        );
        assert!(parse("import roster a.csv --suggest").is_ok());
        assert!(parse("import completions a.csv --suggest").is_ok());
        assert!(parse("import completions a.csv --map m.yaml --dry-run").is_ok());
        assert!(parse("import completions a.csv --map m.yaml --key k").is_ok());
        assert!(parse("import roster a.csv").is_err(), "no map");
        let agent = format!("import completions a.csv --map m.yaml --agent SHA256:{}", "A".repeat(43));
        assert!(parse(&agent).is_ok());
        assert!(parse(&format!("{agent} --scheme sshsig")).is_ok());
        assert!(parse(&format!("{agent} --key k")).is_err(), "two keys");
        assert!(parse("import completions a.csv --map m.yaml").is_err(), "no key");
        assert!(parse("import roster a.csv --suggest --map m.yaml").is_err());
        assert!(parse("import roster a.csv --map m.yaml --as-of 3/1/2026").is_err());
    }

    #[test]
    fn an_export_inside_the_repository_is_pointed_out() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let told = |folder: &Path| {
            std::fs::write(folder.join("hr.csv"), "x").unwrap();
            let mut text = String::new();
            tell_inside(&mut text, &folder.join("hr.csv"), root.path());
            text
        };
        assert!(told(root.path()).contains("do not commit it"));
        assert_eq!(told(other.path()), "");
    }

    #[test]
    fn what_was_written_is_told_in_bounds() {
        let mut text = String::new();
        let files: Vec<String> = (0..30).map(|n| format!("f{n}")).collect();
        tell_files(&mut text, &files, Taken::Something, true);
        assert!(text.starts_with("Would write 30 files:\n  f0\n") && text.ends_with("  and 10 more\n"));
        let mut text = String::new();
        tell_files(&mut text, &[], Taken::of(0, 3), false);
        assert!(text.contains("every row was rejected"), "{text}");
        tell_files(&mut text, &[], Taken::of(0, 0), false);
        tell_rejects(&mut text, Some(&PathBuf::from("a\u{1b}[2J.csv")), 1, false);
        assert!(text.contains("Nothing to write") && !text.contains('\u{1b}'));
    }
}
