//! `duly sign FILE`: a signature to a draft or an unfinished record.

use std::path::PathBuf;

use super::repository::Repository;
use super::signer::SignerArgs;
use super::{Context, Failure, Outcome, author};
use crate::ledger::layout;

/// Sign a draft, or a record that more people must sign
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The record; not one that is in its place already
    file: PathBuf,
    #[command(flatten)]
    signer: SignerArgs,
    /// Leave the record in the file, for others to sign the same
    #[arg(long)]
    more: bool,
}

impl Args {
    /// Adds the signature; once enough people signed, the record goes to its place.
    ///
    /// # Errors
    /// The record is not sound, or the key cannot be used.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let mut any = author::read(&self.file)?;
        repository.is_for_here(&any)?;
        unfinished(&repository, &self.file)?;
        let signer = self.signer.open(&repository.root)?;
        repository.may_sign(&any, signer.public_key().fingerprint())?;
        any.sign(&*signer)?;
        context.note(&format!("What is signed:\n\n{}", String::from_utf8_lossy(&any.file())));
        if self.more {
            author::wait(context, &repository, &any, &self.file)?;
        } else {
            author::finish(context, &repository, &any, Some(&self.file))?;
        }
        Ok(Outcome::Clean)
    }
}

/// A record in its place never changes.
///
/// # Errors
/// The file is one of the repository's.
pub(super) fn unfinished(repository: &Repository, file: &std::path::Path) -> Result<(), Failure> {
    let (Ok(full), Ok(root)) = (file.canonicalize(), repository.root.canonicalize()) else { return Ok(()) };
    let inside = full.strip_prefix(&root).ok().map(|p| p.to_string_lossy().replace('\\', "/"));
    if inside.is_some_and(|p| layout::is_managed(&p)) {
        let help = "Signed files never change. Join an attestation with `duly countersign`.";
        return Err(Failure::new(format!("{} is in its place already", file.display()), help));
    }
    Ok(())
}
