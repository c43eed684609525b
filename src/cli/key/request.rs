//! `duly key request`: what the holder of a key does.

use std::path::PathBuf;

use crate::cli::repository::Repository;
use crate::cli::signer::SignerArgs;
use crate::cli::{Context, Failure, Outcome, files};
use crate::record::id::Holder;
use crate::record::key::Key;
use crate::record::node::Spot;
use crate::record::public_key::Fingerprint;
use crate::trust::crypto::signer::Signer;
use crate::trust::sign;

/// Ask for a key to be enrolled; the holder of the key does this
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who holds the key: worker/ID or service/ID
    #[arg(long, value_name = "HOLDER", value_parser = holder)]
    owner: Holder,
    #[command(flatten)]
    signer: SignerArgs,
    /// Where the request goes; send this file to an officer
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

fn holder(text: &str) -> Result<Holder, String> {
    Holder::parse(text).ok_or_else(|| "write `worker/` or `service/` and the id".to_owned())
}

impl Args {
    /// Signs the request with the key itself and writes it.
    ///
    /// # Errors
    /// The holder is not known, the key cannot be used, or the file exists.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        repository.known_holder(&self.owner)?;
        let signer = self.signer.open(&repository.root)?;
        repository.not_revoked(signer.public_key().fingerprint())?;
        let key = record(&repository, self.owner, &*signer)?;
        let signed = sign::sign(key, &*signer)?;
        files::create(&self.out, &sign::file(&signed))?;
        context.print(&format!("{}\n", self.out.display()))?;
        context.note(&format!(
            "This asks to enrol key {} for {}. Send the file to an officer, who runs:\n  duly key approve {} --key OFFICER_KEY",
            signed.record.public_key.fingerprint(),
            signed.record.owner,
            self.out.display()
        ));
        Ok(Outcome::Clean)
    }
}

fn record(repository: &Repository, owner: Holder, signer: &dyn Signer) -> Result<Key, Failure> {
    Ok(Key {
        audience: repository.audience()?,
        owner,
        public_key: signer.public_key().clone(),
        requested_on: repository.today(),
        spot: Spot::default(),
    })
}

impl Repository {
    /// Whether a key may be enrolled at all.
    ///
    /// # Errors
    /// It was revoked, which nobody undoes.
    pub fn not_revoked(&self, key: &Fingerprint) -> Result<(), Failure> {
        match self.trust.revocations.key(key) {
            None => Ok(()),
            Some(revoked) => {
                let message = format!("key {key} was revoked ({}) on {}", revoked.reason, revoked.revoked_on);
                Err(Failure::new(message, "Make another key with `duly key new`."))
            }
        }
    }

    /// Whether the roster or `duly.yaml` knows the holder of a key.
    ///
    /// # Errors
    /// Neither does.
    pub fn known_holder(&self, holder: &Holder) -> Result<(), Failure> {
        use crate::record::organization::Organization;
        let organization = self.ledger.organization.as_ref();
        let (known, help) = match holder {
            Holder::Worker(id) => (self.ledger.worker(id).is_some(), "Add the worker to the roster first."),
            Holder::Service(id) => (
                organization.is_some_and(|o| Organization::declares(&o.services, id.as_str())),
                "Add it to `services:` in duly.yaml first.",
            ),
        };
        if known {
            Ok(())
        } else {
            Err(Failure::new(format!("{holder} is not known in this repository"), help))
        }
    }
}
