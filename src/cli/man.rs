//! `duly man`: the manual pages.

use std::path::PathBuf;

use clap::CommandFactory;

use super::{Cli, Context, Failure, Outcome, files};

/// Print the manual page, or write those of all subcommands
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write a page for every subcommand into this folder instead
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Args {
    /// Prints the page.
    ///
    /// # Errors
    /// A page or the output cannot be written.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        match self.out {
            Some(folder) => {
                files::create_folder(&folder)?;
                clap_mangen::generate_to(Cli::command(), &folder)
                    .map_err(|e| Failure::io(folder.display(), &e))?;
            }
            None => context.write(|out| clap_mangen::Man::new(Cli::command()).render(out))?,
        }
        Ok(Outcome::Clean)
    }
}
