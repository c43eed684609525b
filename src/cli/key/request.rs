//! `duly key request`: what the holder of a key does.

use std::path::{Path, PathBuf};

use crate::cli::author::AuthorArgs;
use crate::cli::repository::Repository;
use crate::cli::{Context, Failure, Outcome, files, init};
use crate::record::id::Holder;
use crate::record::key::Key;
use crate::record::node::Spot;
use crate::record::public_key::{Fingerprint, PublicKey};
use crate::trust::crypto::signer::Signer;
use crate::trust::sign;

/// Ask for a key to be enrolled; the holder of the key does this
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who holds the key: worker/ID or service/ID
    #[arg(long, value_name = "HOLDER", value_parser = holder)]
    owner: Holder,
    /// The public half of a key that is elsewhere; needed for a draft alone
    #[arg(long, value_name = "KEY.pub", requires = "draft", conflicts_with_all = ["key", "agent"])]
    public_key: Option<PathBuf>,
    #[command(flatten)]
    author: AuthorArgs,
}

fn holder(text: &str) -> Result<Holder, String> {
    Holder::parse(text).ok_or_else(|| "write `worker/` or `service/` and the id".to_owned())
}

impl Args {
    /// Signs the request with the key itself and writes it, or writes its draft.
    ///
    /// # Errors
    /// The holder is not known, the key cannot be used, or the file exists.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        repository.known_holder(&self.owner)?;
        let signer = self.author.signer(&repository)?;
        let public_key = self.public_key(signer.as_deref())?;
        repository.not_revoked(public_key.fingerprint())?;
        let record = Key {
            audience: repository.audience()?,
            owner: self.owner.clone(),
            public_key,
            requested_on: repository.today(),
            spot: Spot::default(),
        };
        match (&signer, self.author.out()) {
            (None, _) => self.author.write(context, &repository, None, record).map(|_| Outcome::Clean),
            (Some(signer), Some(out)) => request(context, record, &**signer, out),
            (Some(_), None) => {
                let help = "Name a file for the request with `--out`, to be sent to an officer.";
                Err(Failure::new("there is no place for the request", help))
            }
        }
    }

    fn public_key(&self, signer: Option<&dyn Signer>) -> Result<PublicKey, Failure> {
        match (signer, &self.public_key) {
            (Some(signer), _) => Ok(signer.public_key().clone()),
            (None, Some(path)) => init::public_key(path),
            (None, None) => {
                Err(Failure::new("a draft needs the public key", "Give it with `--public-key KEY.pub`."))
            }
        }
    }
}

fn request(context: &Context, record: Key, signer: &dyn Signer, out: &Path) -> Result<Outcome, Failure> {
    let signed = sign::sign(record, signer)?;
    files::create(out, &sign::file(&signed))?;
    let (out, record) = (out.display(), &signed.record);
    context.print(&format!("{out}\n"))?;
    context.note(&format!(
        "This asks to enrol key {} for {}. Send the file to an officer, who runs:\n  duly key approve {out} --key OFFICER_KEY",
        record.public_key.fingerprint(),
        record.owner,
    ));
    Ok(Outcome::Clean)
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
