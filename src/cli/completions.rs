//! `duly completions`: what a shell needs to complete a command line.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Context, Failure, Outcome};

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

impl Args {
    /// Prints the completions.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        // Into memory first: the generator panics at a pipe that is closed early.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "duly", &mut script);
        context.write(|out| out.write_all(&script))?;
        Ok(Outcome::Clean)
    }
}
