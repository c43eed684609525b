//! `duly trust`: the chain of roots, and the next one.

mod list;
mod propose;

use clap::Subcommand;

use super::{Context, Failure, Outcome, sign};

/// Show the chain of roots, propose the next one, sign it
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Propose(Box<propose::Args>),
    /// Sign the proposal of a root; with enough signatures under the old and the new root it
    /// becomes the root in force
    Sign(sign::Args),
    List(list::Args),
}

impl Args {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// Whatever kept it from doing its work.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        match self.command {
            Command::Propose(args) => args.run(context),
            Command::Sign(args) => args.run(context),
            Command::List(args) => args.run(context),
        }
    }
}
