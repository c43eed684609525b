//! Where signed files belong: each under the name that its payload gives, in the folder of its
//! kind.

use super::seal;
use crate::finding::Finding;
use crate::finding::catalogue::files;
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::signed::Home;

/// Whether a file stands where its record belongs. What stands beside another record is looked
/// at where that one is known.
///
/// # Errors
/// It belongs somewhere else.
pub fn check(path: &str, home: &Home, payload: Sha256) -> Result<(), Vec<Finding>> {
    let mut expected = [false, true].into_iter().filter_map(|shard| of(home, payload, shard));
    let Some(first) = expected.next() else { return Ok(()) };
    if first == path || expected.any(|other| other == path) {
        return Ok(());
    }
    let message = format!("{path} holds a record that belongs at {first}");
    let help = "Restore the file from git under its own name; remove copies.";
    Err(vec![Finding::new(&files::WRONG_NAME, message, help).in_file(path)])
}

/// The path of a record's file; none for what stands beside another record.
pub fn of(home: &Home, payload: Sha256, shard: bool) -> Option<String> {
    let name = seal::file_name(payload);
    Some(match home {
        Home::Folder(folder) => format!("{folder}/{name}"),
        Home::Month(day) => in_month(*day, &name, shard),
        Home::Path(path) => path.clone(),
        Home::Beside(_) => return None,
    })
}

fn in_month(day: Date, name: &str, shard: bool) -> String {
    let folder = if shard { format!("{}/", name.get(..2).unwrap_or_default()) } else { String::new() };
    format!("attestations/{:04}/{:02}/{folder}{name}", day.year(), day.month())
}
