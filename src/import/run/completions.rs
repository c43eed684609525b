//! `duly import completions`.

use std::path::{Path, PathBuf};

use super::{check_map, load, read_csv, read_map, table, write_rejects};
use crate::import::completions::{self as plan, Input, Plan};
use crate::import::error::ImportError;
use crate::import::map::{CompletionsMap, Map};
use crate::import::roster_write::FileText;
use crate::import::{atomic, summary};
use crate::record::attestation::Attestation;
use crate::record::date::Date;
use crate::record::digest::Sha256;

/// What to import, and how.
#[derive(Debug, Clone, Copy)]
pub struct CompletionsJob<'j> {
    /// The repository.
    pub root: &'j Path,
    /// The export.
    pub file: &'j Path,
    /// Its map.
    pub map: &'j Path,
    /// sha256 of root 1's payload.
    pub audience: Sha256,
    /// No completion may be dated after this day.
    pub today: Date,
    /// Where the rejects go; beside the export where it is not said.
    pub rejects: Option<&'j Path>,
    /// Whether to leave everything as it is.
    pub dry_run: bool,
}

/// What was done.
#[derive(Debug)]
pub struct CompletionsDone {
    /// What was planned.
    pub plan: Plan,
    /// The signed files that were written; none on a dry run.
    pub files: Vec<String>,
    /// The file of rejects, if there are any.
    pub rejects: Option<PathBuf>,
    /// What to tell people.
    pub summary: String,
}

/// Imports a learning system's export. Running it twice changes nothing. `sign` makes the
/// signed file of a record, and where in the repository it stands; all of them are signed
/// before the first is written.
///
/// # Errors
/// Something cannot be read, signed or written. The repository is as it was then.
pub fn completions(
    job: &CompletionsJob<'_>,
    sign: &mut dyn FnMut(&Attestation) -> Result<FileText, ImportError>,
) -> Result<CompletionsDone, ImportError> {
    // Two imports at once: the second reads what the first wrote.
    let _turn = atomic::turn(job.root);
    let map: CompletionsMap = read_map(job.map)?;
    let bytes = read_csv(job.file)?;
    let table = table(job.file, &bytes, map.delimiter())?;
    check_map(&map, job.map, &table)?;
    let ledger = load(job.root, &["roster", "policies", "attestations"])?;
    let (audience, today) = (job.audience, job.today);
    let plan = plan::plan(Input { table: &table, map: &map, ledger: &ledger, audience, today });
    let (mut files, mut rejects) = (Vec::new(), None);
    if !job.dry_run {
        files = plan.attestations.iter().map(sign).collect::<Result<Vec<FileText>, ImportError>>()?;
        let mapped = map.columns();
        rejects = write_rejects(job.file, job.rejects, &table, (&mapped, map.delimiter()), &plan.rejects)?;
        atomic::write_all(job.root, &files)?;
    }
    let summary = summary::completions(&plan);
    Ok(CompletionsDone { plan, files: files.into_iter().map(|f| f.path).collect(), rejects, summary })
}
