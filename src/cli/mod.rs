//! The command line: one file per subcommand. Arguments in, one call into the library,
//! output out.

mod approve;
mod arguments;
mod asking;
mod attach;
mod attest;
mod author;
mod check;
mod checkpoint;
mod completions;
mod context;
mod countersign;
mod diff;
mod exempt;
mod explain;
mod export;
mod extend;
mod failure;
mod files;
mod import;
mod init;
mod key;
mod log;
mod man;
mod payload;
mod report;
mod repository;
mod revoke;
mod schema;
mod sign;
mod signer;
mod status;
mod trust;
mod verify;
mod why;

use clap::{Parser, Subcommand};

pub use context::{Context, Outcome};
pub use failure::Failure;

/// Is everyone duly trained, and can you prove it?
#[derive(Debug, Parser)]
#[command(name = "duly", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    global: context::Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Check(check::Args),
    Diff(diff::Args),
    Log(log::Args),
    Status(status::Args),
    Why(why::Args),
    Import(import::Args),
    Report(report::Args),
    Key(key::Args),
    Attest(attest::Args),
    Countersign(countersign::Args),
    Sign(sign::Args),
    Attach(attach::Args),
    Payload(payload::Args),
    Export(export::Args),
    Exempt(exempt::Args),
    Extend(extend::Args),
    Revoke(revoke::Args),
    Trust(trust::Args),
    Verify(verify::Args),
    Approve(approve::Args),
    Checkpoint(checkpoint::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs a command line and gives the exit code (section 8): 0 nothing at or above the
/// threshold, 1 findings, 2 usage, configuration or I/O, 3 nothing to check.
pub fn run(cli: Cli) -> u8 {
    let context = Context::new(cli.global);
    let outcome = match cli.command {
        Command::Init(args) => args.run(&context),
        Command::Check(args) => args.run(&context),
        Command::Diff(args) => args.run(&context),
        Command::Log(args) => args.run(&context),
        Command::Status(args) => args.run(&context),
        Command::Why(args) => args.run(&context),
        Command::Import(args) => args.run(&context),
        Command::Report(args) => args.run(&context),
        Command::Key(args) => args.run(&context),
        Command::Attest(args) => args.run(&context),
        Command::Countersign(args) => args.run(&context),
        Command::Sign(args) => args.run(&context),
        Command::Attach(args) => args.run(&context),
        Command::Payload(args) => args.run(&context),
        Command::Export(args) => args.run(&context),
        Command::Exempt(args) => args.run(&context),
        Command::Extend(args) => args.run(&context),
        Command::Revoke(args) => args.run(&context),
        Command::Trust(args) => args.run(&context),
        Command::Verify(args) => args.run(&context),
        Command::Approve(args) => args.run(&context),
        Command::Checkpoint(args) => args.run(&context),
        Command::Explain(args) => args.run(&context),
        Command::Schema(args) => args.run(&context),
        Command::Completions(args) => args.run(&context),
        Command::Man(args) => args.run(&context),
    };
    match outcome {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => failure.report(&context),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    /// Clap finds clashes of names and other slips of the definition only when asked.
    #[test]
    fn the_command_line_is_well_defined() {
        super::Cli::command().debug_assert();
    }
}
