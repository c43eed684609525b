//! `duly key`: making keys, enrolling them, granting what issuers may sign.

mod approve;
mod grant;
mod list;
mod new;
mod request;
mod revoke;

use clap::Subcommand;

pub(super) use approve::officer;

use super::{Context, Failure, Outcome};

/// Make keys, enrol them, grant what issuers may sign
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Args),
    Request(request::Args),
    Approve(approve::Args),
    Grant(grant::Args),
    Revoke(revoke::Args),
    List(list::Args),
}

impl Args {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// Whatever kept it from doing its work.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        match self.command {
            Command::New(args) => args.run(context),
            Command::Request(args) => args.run(context),
            Command::Approve(args) => args.run(context),
            Command::Grant(args) => args.run(context),
            Command::Revoke(args) => args.run(context),
            Command::List(args) => args.run(context),
        }
    }
}

impl From<crate::trust::crypto::signer::SignError> for Failure {
    fn from(error: crate::trust::crypto::signer::SignError) -> Failure {
        Failure::new(error.to_string(), "Nothing was signed or written. Check the key.")
    }
}
