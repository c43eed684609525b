//! The flags of commands that ask about a day.

use std::path::PathBuf;

use clap::Args;

use super::arguments::{date, digest};
use super::{Context, Failure};
use crate::Examined;
use crate::clock;
use crate::duty::AsOf;
use crate::ledger::identities::Lookup;
use crate::record::date::{Date, Zone};
use crate::record::digest::Sha256;
use crate::trust::Outside;

/// About which day, and under which root.
#[derive(Debug, Clone, Args)]
pub struct Asking {
    /// The day to ask about; by default today, where each worker works
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// The digest of a root, noted outside the repository
    #[arg(long, value_name = "SHA256", env = "DULY_TRUST_ROOT", value_parser = digest)]
    trust_root: Option<Sha256>,
    /// A file or folder with the names of people, kept outside of the repository
    #[arg(long, value_name = "FILE|DIR")]
    identities: Option<PathBuf>,
}

impl Asking {
    /// Reads and judges the repository of a command.
    ///
    /// # Errors
    /// There is none, or the identities that were named are not there.
    pub fn examine(&self, context: &Context) -> Result<(Examined, AsOf), Failure> {
        let now = clock::now();
        let outside = Outside { pin: self.trust_root, now, must_be_pinned: in_ci() };
        let source = context.source()?;
        if let Some(path) = &self.identities {
            std::fs::metadata(path).map_err(|e| Failure::io(path.display(), &e))?;
        }
        let lookup = Lookup { root: source.root(), given: self.identities.as_deref() };
        let examined = Examined::load_with_identities(&source, lookup, outside);
        if examined.ledger.is_empty() {
            let help = "Start a repository with `duly init`, or name its folder with `--repo`.";
            return Err(Failure::Nothing(help.to_owned()));
        }
        Ok((examined, self.as_of.map_or(AsOf::Now(now), AsOf::Date)))
    }
}

/// The day asked about, for the head of an output.
pub fn day(examined: &Examined, as_of: AsOf) -> Date {
    match (&examined.ledger.organization, as_of) {
        (_, AsOf::Date(date)) => date,
        (Some(organization), _) => as_of.date(organization),
        (None, AsOf::Now(now)) => Zone::UTC.date_at(now),
    }
}

/// Whether this runs in CI, where nobody sees a note: a missing pin is then an error.
fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|v| !v.is_empty() && v != "false")
}
