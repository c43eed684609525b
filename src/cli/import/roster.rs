//! `duly import roster`.

use std::path::{Path, PathBuf};

use super::{Output, Taken, date, tell_files, tell_inside, tell_rejects};
use crate::import::ImportError;
use crate::import::run::{self, Export, RosterJob};
use crate::record::date::Date;

/// Arguments of `duly import roster`.
#[derive(Debug, clap::Args)]
pub struct RosterArgs {
    /// The export of the HR system, as CSV
    pub file: PathBuf,
    /// The map: which column means what
    #[arg(long, required_unless_present = "suggest")]
    pub map: Option<PathBuf>,
    /// Print a map to start from, and do nothing else
    #[arg(long, conflicts_with = "map")]
    pub suggest: bool,
    /// The day that the export speaks of [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Add roles, departments, locations and types that duly.yaml does not declare
    #[arg(long)]
    pub declare: bool,
    /// End everybody whom the export no longer lists, with this last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub end_missing: Option<Date>,
    /// Go on although more than a tenth of the workforce would end
    #[arg(long)]
    pub allow_ending: bool,
    /// Note that the imported roster is right on that day
    #[arg(long)]
    pub confirm: bool,
    /// Where rejected rows go [default: beside FILE, as FILE.rejects.csv]
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl RosterArgs {
    /// Imports into the repository at `root`. `today` is the civil date in its time zone.
    ///
    /// # Errors
    /// Something cannot be read or written, or the import would do harm: exit code 2.
    pub fn run(&self, root: &Path, today: Date) -> Result<Output, ImportError> {
        let Some(map) = &self.map else {
            let text = run::suggestion(Export::Roster, &self.file, None)?;
            return Ok(Output { text, code: 0, files: Vec::new() });
        };
        let done = run::roster(&RosterJob {
            root,
            file: &self.file,
            map,
            as_of: self.as_of.unwrap_or(today),
            declare: self.declare,
            allow_ending: self.allow_ending,
            end_missing: self.end_missing,
            confirm: self.confirm,
            rejects: self.rejects.as_deref(),
            dry_run: self.dry_run,
        })?;
        let mut text = done.summary;
        tell_inside(&mut text, &self.file, root);
        tell_rejects(&mut text, done.rejects.as_ref(), done.plan.rejects.len(), self.dry_run);
        let plan = &done.plan;
        let taken = plan.new.len() + plan.changed.len() + plan.unchanged + plan.ignored;
        tell_files(&mut text, &done.files, Taken::of(taken, plan.rejects.len()), self.dry_run);
        Ok(Output { text, code: u8::from(!done.plan.rejects.is_empty()), files: Vec::new() })
    }
}
