//! `duly import roster`.

use std::path::{Path, PathBuf};

use super::{check_map, load, read_csv, read_map, table, write_rejects};
use crate::import::error::ImportError;
use crate::import::map::{Map, RosterMap};
use crate::import::roster::{self as plan, Input, Plan};
use crate::import::roster_write::{FileText, Ours};
use crate::import::{atomic, declare, summary};
use crate::record::date::Date;
use crate::source::{Source as _, WorkTree};

/// What to import, and how.
#[derive(Debug, Clone, Copy)]
pub struct RosterJob<'j> {
    /// The repository.
    pub root: &'j Path,
    /// The export.
    pub file: &'j Path,
    /// Its map.
    pub map: &'j Path,
    /// The day that the export speaks of.
    pub as_of: Date,
    /// Whether to add undeclared words to `duly.yaml`.
    pub declare: bool,
    /// Whether more than a tenth of the workforce may end.
    pub allow_ending: bool,
    /// The last day of workers whom the export does not list.
    pub end_missing: Option<Date>,
    /// Whether `as_of` becomes the day on which the roster was last confirmed.
    pub confirm: bool,
    /// Where the rejects go; beside the export where it is not said.
    pub rejects: Option<&'j Path>,
    /// Whether to leave everything as it is.
    pub dry_run: bool,
}

/// What was done.
#[derive(Debug)]
pub struct RosterDone {
    /// What was planned.
    pub plan: Plan,
    /// The files of the repository that were written, or would be.
    pub files: Vec<String>,
    /// The file of rejects, if there are any.
    pub rejects: Option<PathBuf>,
    /// What to tell people.
    pub summary: String,
}

/// Imports an HR export. Running it twice changes nothing.
///
/// # Errors
/// Something cannot be read or written, or the import would do harm. The repository is as it
/// was then.
pub fn roster(job: &RosterJob<'_>) -> Result<RosterDone, ImportError> {
    // Two imports at once: the second reads what the first wrote.
    let _turn = atomic::turn(job.root);
    let map: RosterMap = read_map(job.map)?;
    let bytes = read_csv(job.file)?;
    let table = table(job.file, &bytes, map.delimiter())?;
    check_map(&map, job.map, &table)?;
    let source = WorkTree::new(job.root);
    let ledger = load(job.root, &["roster"])?;
    let Some(organization) = &ledger.organization else {
        let message = format!("{} has no duly.yaml", job.root.display());
        return Err(ImportError::refused(message, "Start a repository with `duly init`."));
    };
    let ours = Ours::find(&ledger, &source).map_err(|e| ImportError::io(&job.root.join("roster"), e))?;
    let plan = plan::plan(Input {
        table: &table,
        map: &map,
        workers: &ledger.workers,
        by_hand: &ours.by_hand,
        organization,
        as_of: job.as_of,
        end_missing: job.end_missing,
        allow_ending: job.allow_ending,
    })?;
    let mut files = ours.files(&plan, job.as_of, job.confirm);
    let adds = job.declare && !plan.undeclared.is_empty();
    if adds {
        // First the words, then those who use them.
        files.insert(0, declared(&source, &plan)?);
    }
    let mut rejects = None;
    if !job.dry_run {
        let mapped = map.columns();
        rejects = write_rejects(job.file, job.rejects, &table, (&mapped, map.delimiter()), &plan.rejects)?;
        atomic::write_all(job.root, &files)?;
    }
    let summary = summary::roster(&plan, adds);
    Ok(RosterDone { plan, files: files.into_iter().map(|f| f.path).collect(), rejects, summary })
}

/// `duly.yaml` with the undeclared words added.
fn declared(source: &WorkTree, plan: &Plan) -> Result<FileText, ImportError> {
    let path = source.root().join(declare::PATH);
    let bytes = source.read(declare::PATH).map_err(|e| ImportError::io(&path, e))?;
    let text = String::from_utf8_lossy(&bytes);
    let text = declare::declare(&text, &plan.undeclared)?;
    Ok(FileText { path: declare::PATH.to_owned(), text })
}
