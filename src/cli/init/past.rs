//! The history of an example: as if each record had been committed on its day.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::Failure;
use crate::history::rules::{Class, class};
use crate::record::date::Date;
use crate::source::git::write::{Stage, write};
use crate::trust::any::Any;

/// A path and the bytes of its file.
type File = (String, Vec<u8>);

/// Who the commits say wrote them.
const AUTHOR: (&str, &str) = ("Example", "example@example.com");

/// Makes the folder a repository whose commits follow the dates of its records, from a first
/// day on.
///
/// # Errors
/// There is a repository already, or it cannot be written.
pub(super) fn tell(dir: &Path, files: &[File], begin: Date) -> Result<(), Failure> {
    // Who may sign comes before what they sign, and never in one commit with it.
    let mut days: BTreeMap<(Date, bool), Vec<File>> = BTreeMap::new();
    for (path, bytes) in files {
        let evidence = class(path) == Class::Evidence;
        let day = day(path, bytes).unwrap_or(begin).max(begin);
        days.entry((day, evidence)).or_default().push((path.clone(), bytes.clone()));
    }
    let stages = days.into_iter().map(|((day, evidence), files)| Stage {
        seconds: seconds(day) + if evidence { 18 * 3600 } else { 15 * 3600 },
        message: if evidence { format!("Records of {day}") } else { format!("Trust and books of {day}") },
        files,
    });
    write(dir, AUTHOR, &stages.collect::<Vec<_>>()).map_err(Failure::from)
}

/// The day on which a signed record was made: of completions, the day after the last.
fn day(path: &str, bytes: &[u8]) -> Option<Date> {
    if !matches!(class(path), Class::Evidence | Class::Trust) {
        return None;
    }
    let any = Any::read(path, bytes).ok()?;
    Some(match any {
        Any::Attestation(_) | Any::Countersignature(_) => any.dated().next(),
        _ => any.dated(),
    })
}

/// Midnight of a day, in UTC.
fn seconds(day: Date) -> i64 {
    const DAY: i64 = 86_400;
    let epoch = Date::ymd(1970, 1, 1).map_or(0, |epoch| epoch.days_to(day));
    epoch * DAY
}
