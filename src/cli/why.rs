//! `duly why`: the derivation of a due date.

use super::arguments::{id, subject};
use super::asking::Asking;
use super::{Context, Failure, Outcome};
use crate::duty::NoWhy;
use crate::record::id::{Id, Subject};
use crate::report::why::{Format, print};

/// Explain a due date step by step, with the place of every input
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who owes it: worker/ID or a worker's id, org, system/ID, vendor/ID
    #[arg(value_parser = subject)]
    subject: Subject,
    /// The requirement's id
    #[arg(value_parser = id)]
    requirement: Id,
    /// How to print
    #[arg(long, default_value = "text")]
    format: Format,
    #[command(flatten)]
    asking: Asking,
}

impl Args {
    /// Prints the derivation.
    ///
    /// # Errors
    /// There is no such subject or requirement, or the one never applies to the other.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let asked = self.asking.examine(context)?;
        if asked.examined.ledger.organization.is_none() {
            return Err(Failure::new("duly.yaml cannot be read", "`duly check` says what is wrong with it."));
        }
        let judgement = asked.judge();
        let derived = judgement.why(&self.subject, &self.requirement).map_err(|e| self.failure(e))?;
        context.write(|out| print(self.format, &derived, &judgement, out))?;
        asked.caution(context, &judgement);
        Ok(Outcome::of_answer(&judgement))
    }

    fn failure(&self, error: NoWhy) -> Failure {
        let help = match error {
            NoWhy::Subject => "`duly status` lists the subjects.",
            NoWhy::Requirement => "`duly status` lists the requirements.",
            NoWhy::NeverApplies => {
                "Look at `applies_to` of the requirement, and at the roles and days of the worker."
            }
        };
        Failure::new(format!("{} and {}: {error}", self.subject, self.requirement), help)
    }
}
