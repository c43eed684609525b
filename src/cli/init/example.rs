//! `duly init --example`: a finished repository to look at.

use std::path::Path;

use super::{past, write_all};
use crate::cli::{Context, Failure, Outcome, files};
use crate::ledger::read_signed;
use crate::record::date::Date;
use crate::record::root::Root;

/// A finished repository that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Example {
    /// An invented clinic with ten providers and two years of signed records.
    Clinic,
}

/// Path and bytes of each file of `examples/clinic`; the build script lists them.
const CLINIC: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/clinic.rs"));

/// The day on which the clinic is to be looked at.
const CLINIC_DAY: &str = "2026-11-20";

/// The first day after the one on which its repository became the record.
const CLINIC_BEGAN: &str = "2024-12-02";

const ROOT: &str = "trust/root/0001.yaml";

/// Writes an example, prints root 1's digest and what to try.
///
/// # Errors
/// The folder holds records already, or cannot be written.
pub(super) fn write(
    context: &Context,
    example: Example,
    dir: &Path,
    history: bool,
) -> Result<Outcome, Failure> {
    let Example::Clinic = example;
    let written: Vec<(String, Vec<u8>)> =
        CLINIC.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    let bytes = written.iter().find(|(path, _)| path == ROOT).map(|(_, bytes)| bytes.as_slice());
    let root = read_signed::<Root>(ROOT, bytes.unwrap_or_default())?.payload_sha256;
    let begin = Date::parse(CLINIC_BEGAN).unwrap_or(Date::MIN);
    files::create_folder(dir)?;
    write_all(dir, &written)?;
    if history {
        past::tell(dir, &written, begin)?;
    }
    context.print(&format!("{root}\n"))?;
    context.note(&format!(
        "\nThe line above is the digest of the root of trust. Its keys are examples that protect nothing.\n\n\
         Next:\n  cd {}\n  \
         duly check --as-of {CLINIC_DAY} --trust-root {root}\n  \
         duly status --as-of {CLINIC_DAY} --only overdue,due_soon\n  \
         and whatever README.md there says",
        dir.display()
    ));
    Ok(Outcome::Clean)
}
