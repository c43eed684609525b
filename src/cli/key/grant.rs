//! `duly key grant`: what an issuer's key may sign.

use std::path::PathBuf;

use crate::cli::arguments::{date, fingerprint, id};
use crate::cli::repository::Repository;
use crate::cli::signer::SignerArgs;
use crate::cli::{Context, Failure, Outcome, author, files};
use crate::record::date::Date;
use crate::record::grant::Grant;
use crate::record::id::Id;
use crate::record::node::{At, Spot};
use crate::record::public_key::Fingerprint;
use crate::trust::any::Any;

/// Grant an issuer's key the right to sign; an officer does this
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key's fingerprint, as `duly key list` prints it
    #[arg(value_name = "FINGERPRINT", value_parser = fingerprint)]
    fingerprint: Fingerprint,
    /// The requirements that it may sign completions of
    #[arg(long, value_name = "REQUIREMENT,…", value_delimiter = ',', required = true, value_parser = id)]
    scope: Vec<Id>,
    /// The last day on which a completion may lie
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Date,
    #[command(flatten)]
    signer: SignerArgs,
    /// Where an unfinished grant goes, if more than one officer must sign
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Args {
    /// Signs the grant and writes it.
    ///
    /// # Errors
    /// The grant would not be sound, or the key is no officer's.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let signer = self.signer.open(&repository.root)?;
        super::approve::officer(&repository, &*signer)?;
        let record = Grant {
            audience: repository.audience()?,
            key: self.fingerprint,
            scope: self.scope.into_iter().map(|value| At { value, spot: Spot::default() }).collect(),
            granted_on: repository.today(),
            until: self.until,
            spot: Spot::default(),
        };
        let mut any = Any::draft(record);
        any.sign(&*signer)?;
        if let Err(what) = repository.enough_officers(&any) {
            let Some(out) = &self.out else {
                let help = "Name a file with `--out`, and let the next officer run `duly key approve` on it.";
                return Err(Failure::new(what, help));
            };
            files::create(out, &any.file())?;
            context.print(&format!("{}\n", out.display()))?;
            return Ok(Outcome::Clean);
        }
        author::finish(context, &repository, &any, None)?;
        Ok(Outcome::Clean)
    }
}
