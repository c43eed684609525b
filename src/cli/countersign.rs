//! `duly countersign FILE`: a later signature that joins an attestation.

use std::path::PathBuf;

use super::repository::Repository;
use super::signer::SignerArgs;
use super::{Context, Failure, Outcome, author, verify};
use crate::record::countersignature::Countersignature;
use crate::record::node::Spot;
use crate::trust::any::Any;

/// Join an attestation that somebody else signed before
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The attestation
    file: PathBuf,
    #[command(flatten)]
    signer: SignerArgs,
}

impl Args {
    /// Shows what is joined, signs, and writes a file of its own beside the attestation.
    ///
    /// # Errors
    /// The file is no attestation of the repository, or the key cannot be used.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let path = verify::inside(&repository, &self.file)?;
        let here = |a: &&crate::ledger::InFile<_>| repository.ledger.path(a.file) == path;
        let Some(attestation) = repository.ledger.attestations.iter().find(here) else {
            let help = "Only attestations are countersigned; unfinished records take `duly sign`.";
            return Err(Failure::new(format!("{path} is no attestation"), help));
        };
        let signer = self.signer.open(&repository.root)?;
        repository.stands(signer.public_key().fingerprint())?;
        context.note(&format!("What is joined:\n\n{}", describe(&attestation.value)));
        let mut any = Any::draft(Countersignature {
            audience: repository.audience()?,
            payload: attestation.value.payload_sha256,
            key: signer.public_key().fingerprint().clone(),
            signed_on: repository.today(),
            spot: Spot::default(),
        });
        any.sign(&*signer)?;
        author::finish(context, &repository, &any, None)?;
        verify::say_what_counts(context, &path)?;
        Ok(Outcome::Clean)
    }
}

fn describe(signed: &crate::record::signed::Signed<crate::record::attestation::Attestation>) -> String {
    String::from_utf8_lossy(&crate::trust::sign::file(signed)).into_owned()
}
