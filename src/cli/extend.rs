//! `duly extend`: officers give subjects more time, and say why.

use super::arguments::{date, id, subject};
use super::author::AuthorArgs;
use super::exempt::listed;
use super::repository::Repository;
use super::{Context, Failure, Outcome, key};
use crate::record::date::Date;
use crate::record::extension::{Extension, Reason};
use crate::record::id::{Id, Subject};
use crate::record::node::{At, Spot};

/// Give subjects more time for a requirement; officers do this, never for themselves
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The requirement
    #[arg(value_parser = id)]
    requirement: Id,
    /// Who has more time: worker/ID, org, system/ID or vendor/ID; may be given several times
    #[arg(long = "subject", value_name = "SUBJECT", required = true, num_args = 1.., value_parser = subject)]
    subjects: Vec<Subject>,
    /// Why: trainer_unavailable, material_unavailable, outage, emergency, absence or law
    #[arg(long, value_parser = reason)]
    reason: Reason,
    /// The last day: nothing is due before it
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Date,
    #[command(flatten)]
    author: AuthorArgs,
}

fn reason(text: &str) -> Result<Reason, String> {
    let words: Vec<&str> = Reason::ALL.iter().map(|r| r.word()).collect();
    Reason::parse(text).ok_or_else(|| format!("it is one of: {}", words.join(", ")))
}

impl Args {
    /// Signs the extension, which acts from today on, and writes it.
    ///
    /// # Errors
    /// It would not be sound, or the key is no officer's.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let signer = self.author.signer(&repository)?;
        if let Some(signer) = &signer {
            key::officer(&repository, &**signer)?;
        }
        let record = Extension {
            audience: repository.audience()?,
            subjects: listed(self.subjects),
            requirement: At { value: self.requirement, spot: Spot::default() },
            reason: self.reason,
            given_on: repository.today(),
            until: self.until,
            spot: Spot::default(),
        };
        self.author.write(context, &repository, signer.as_deref(), record)?;
        Ok(Outcome::Clean)
    }
}
