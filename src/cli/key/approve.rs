//! `duly key approve`: what an officer does with a request.

use std::path::PathBuf;

use crate::cli::repository::Repository;
use crate::cli::signer::SignerArgs;
use crate::cli::{Context, Failure, Outcome, author, files};
use crate::ledger::read_signed;
use crate::record::grant::Grant;
use crate::record::key::Key;
use crate::record::signed::Signed;
use crate::trust::any::Any;
use crate::trust::crypto::signer::Signer;

/// Approve a request for a key or a grant; an officer does this
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The request
    file: PathBuf,
    #[command(flatten)]
    signer: SignerArgs,
}

impl Args {
    /// Signs the request and, once enough officers have, writes it into the repository.
    ///
    /// # Errors
    /// The request is not sound, or the key is no officer's.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let bytes = std::fs::read(&self.file).map_err(|e| Failure::io(self.file.display(), &e))?;
        let signer = self.signer.open(&repository.root)?;
        officer(&repository, &*signer)?;
        let name = self.file.display().to_string();
        match read_signed::<Key>(&name, &bytes) {
            Ok(key) => self.key(context, &repository, key, &*signer),
            Err(why_no_key) => match read_signed::<Grant>(&name, &bytes) {
                Ok(grant) => self.finish(context, &repository, grant.into(), &*signer),
                Err(_) => Err(why_no_key.into()),
            },
        }
    }

    fn key(
        &self,
        context: &Context,
        repository: &Repository,
        key: Signed<Key>,
        signer: &dyn Signer,
    ) -> Result<Outcome, Failure> {
        let record = &key.record;
        repository.known_holder(&record.owner)?;
        let fingerprint = record.public_key.fingerprint();
        repository.not_revoked(fingerprint)?;
        if !key.signatures.iter().any(|s| s.key == *fingerprint) {
            let help = "Let the holder make the request with `duly key request`.";
            return Err(Failure::new(format!("the key {fingerprint} did not sign its own request"), help));
        }
        context.note(&format!(
            "Holder:      {}\nFingerprint: {fingerprint}\nRequested:   {}\nCompare the fingerprint with the holder, by telephone or in person.",
            record.owner, record.requested_on
        ));
        self.finish(context, repository, key.into(), signer)
    }

    /// Adds the officer's signature; with enough of them the file goes to its place.
    fn finish(
        &self,
        context: &Context,
        repository: &Repository,
        mut any: Any,
        signer: &dyn Signer,
    ) -> Result<Outcome, Failure> {
        repository.is_for_here(&any)?;
        any.sign(signer)?;
        if let Err(what) = repository.enough_officers(&any) {
            files::replace(&self.file, &any.file())?;
            context.print(&format!("{}\n", self.file.display()))?;
            context.note(&format!("Your signature is in the file. {what}: send it to the next officer."));
            return Ok(Outcome::Clean);
        }
        author::finish(context, repository, &any, None)?;
        context.note("Commit this file. The request itself can be deleted.");
        Ok(Outcome::Clean)
    }
}

/// Whether the key that signs is an officer's.
///
/// # Errors
/// It is not.
pub(in crate::cli) fn officer(repository: &Repository, signer: &dyn Signer) -> Result<(), Failure> {
    let key = signer.public_key().fingerprint();
    repository.not_revoked(key)?;
    if repository.trust.chain.officer_now(key).is_some() {
        return Ok(());
    }
    let help = "Officers and their keys are named in the root; `duly key list` shows them.";
    Err(Failure::new(format!("the key {key} is not an officer's"), help))
}
