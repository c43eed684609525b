//! `duly diff`: what the step from one commit to another does.

use super::asking::Asking;
use super::check::change::{self, How};
use super::{Context, Failure, Outcome};
use crate::report;

/// Two commits as they are.
const HOW: How = How { new_only: false, queue: false, merge: false };

/// Show what the step from one commit to another does to people, policies and gaps
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The commit before
    base: String,
    /// The commit after
    #[arg(default_value = "HEAD")]
    head: String,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    #[command(flatten)]
    asking: Asking,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// `duly/change/v1`, for programs.
    Json,
    /// For a comment or a step summary.
    Markdown,
}

impl Args {
    /// Prints what the step does. What is wrong with it is `duly check --base`'s to say.
    ///
    /// # Errors
    /// The commits are not there.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let (proposal, day) = change::judge(context, &self.asking, (&self.base, &self.head), HOW)?;
        context.write(|out| match self.format {
            Format::Human => report::change::human(&proposal, out),
            Format::Json => report::change::json(&proposal, day, out),
            Format::Markdown => report::change::markdown(&proposal, out),
        })?;
        Ok(Outcome::Clean)
    }
}
