//! `duly exempt`: officers free subjects from a requirement for a time.

use super::arguments::{date, id, subject};
use super::author::AuthorArgs;
use super::repository::Repository;
use super::{Context, Failure, Outcome, key};
use crate::record::date::Date;
use crate::record::exemption::{Exemption, Reason};
use crate::record::id::{Id, Subject};
use crate::record::node::{At, Spot};

/// Free subjects from a requirement for a time; officers do this, never for themselves
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The requirement
    #[arg(value_parser = id)]
    requirement: Id,
    /// Who is exempt: worker/ID, org, system/ID or vendor/ID; may be given several times
    #[arg(long = "subject", value_name = "SUBJECT", required = true, num_args = 1.., value_parser = subject)]
    subjects: Vec<Subject>,
    /// Why: equivalent, no_exposure, law, accommodation or not_practicable
    #[arg(long, value_parser = reason)]
    reason: Reason,
    /// The first day
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Date,
    /// The last day
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
    /// Signs the exemption and writes it.
    ///
    /// # Errors
    /// It would not be sound, or the key is no officer's.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let signer = self.author.signer(&repository)?;
        if let Some(signer) = &signer {
            key::officer(&repository, &**signer)?;
        }
        let record = Exemption {
            audience: repository.audience()?,
            subjects: listed(self.subjects),
            requirement: At { value: self.requirement, spot: Spot::default() },
            reason: self.reason,
            given_on: repository.today(),
            from: self.from,
            until: self.until,
            spot: Spot::default(),
        };
        self.author.write(context, &repository, signer.as_deref(), record)?;
        Ok(Outcome::Clean)
    }
}

/// Subjects in one order, each once.
pub(super) fn listed(mut subjects: Vec<Subject>) -> Vec<At<Subject>> {
    subjects.sort();
    subjects.dedup();
    subjects.into_iter().map(|value| At { value, spot: Spot::default() }).collect()
}
