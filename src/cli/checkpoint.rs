//! `duly checkpoint`: a small signed file that others keep.

use std::path::PathBuf;

use super::repository::Repository;
use super::signer::SignerArgs;
use super::{Context, Failure, Outcome, files};
use crate::finding::{Finding, Severity};
use crate::history::checkpoint::verifier_key::{SignatureType, VerifierKey};
use crate::history::checkpoint::{self, Checkpoint, sign};
use crate::history::{completeness, covered};
use crate::source::git::Git;

/// Write a checkpoint: who keeps it can tell later whether history was rewritten
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The commit of the protected branch to write it about
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    rev: String,
    #[command(flatten)]
    signer: SignerArgs,
    /// The file for it; by default it is printed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Args {
    /// Signs a checkpoint.
    ///
    /// # Errors
    /// The history is not all there, or the key is no notary's.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let git = context.needs_git()?;
        refuse_incomplete(&git)?;
        let signer = self.signer.open(&repository.root)?;
        let key = signer.public_key().fingerprint().clone();
        let root = repository.trust.chain.current();
        if !root.is_some_and(|r| r.notaries.iter().any(|n| *n.key.fingerprint() == key)) {
            let help = "Name notaries in a new root with `duly trust propose --add-notary`.";
            return Err(Failure::new(format!("key {key} is no notary's"), help));
        }
        let commit = git.resolve(&self.rev)?;
        let list = covered(&git, commit, crate::clock::now())?;
        let origin = checkpoint::origin(&repository.audience()?);
        let failed = |e: String| Failure::new(e, "Run `duly verify --history` to see what is wrong.");
        let made = Checkpoint::of(&origin, &list, &commit.to_string()).map_err(|e| failed(e.to_string()))?;
        let note = sign::sign(&made, &origin, &*signer).map_err(|e| failed(e.to_string()))?;
        match &self.out {
            Some(path) => files::create(path, note.to_string().as_bytes())?,
            None => context.print(&note.to_string())?,
        }
        let key = VerifierKey::new(&origin, SignatureType::Ed25519, signer.public_key());
        let key = key.map(|k| k.to_string()).map_err(|e| failed(e.to_string()))?;
        context.note(&format!(
            "It covers {} records. Keep it where nobody of this repository can change it, and with it \
             the key that signed it:\n  {key}",
            made.size()
        ));
        Ok(Outcome::Clean)
    }
}

/// A checkpoint of half a history would be a lie.
pub fn refuse_incomplete(git: &Git) -> Result<(), Failure> {
    let faults: Vec<Finding> =
        completeness(git)?.into_iter().filter(|f| f.severity == Severity::Error).collect();
    if faults.is_empty() { Ok(()) } else { Err(Failure::Findings(faults)) }
}
