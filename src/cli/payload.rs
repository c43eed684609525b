//! `duly payload FILE`: the exact bytes that a signature is over.

use std::path::PathBuf;

use super::{Context, Failure, Outcome, author};
use crate::trust::crypto::dsse;

/// Print the exact bytes that are signed, for signing or checking with other programs
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A record of any kind, signed or a draft
    file: PathBuf,
    /// The bytes that a DSSE signature is over: the payload with its type and lengths
    #[arg(long)]
    pae: bool,
}

impl Args {
    /// Prints the bytes and nothing else, not even a newline.
    ///
    /// # Errors
    /// The record is not sound.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let payload = author::read(&self.file)?.payload();
        let bytes = if self.pae { dsse::pae(&payload) } else { payload };
        context.write(|out| out.write_all(&bytes))?;
        Ok(Outcome::Clean)
    }
}
