//! The command line: one file per subcommand, each arguments in, one library call, output out.

pub mod import;
