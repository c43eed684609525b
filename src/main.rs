//! Parses the command line, runs it, exits.

use std::process::ExitCode;

use clap::Parser;
use duly::cli::{Cli, run};

fn main() -> ExitCode {
    ExitCode::from(run(Cli::parse()))
}
