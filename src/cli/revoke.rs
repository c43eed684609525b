//! `duly revoke`: a record, or rows of one, that no longer count.

use std::path::Path;

use super::arguments::{digest, subject};
use super::author::{self, AuthorArgs};
use super::exempt::listed;
use super::repository::Repository;
use super::{Context, Failure, Outcome};
use crate::record::digest::Sha256;
use crate::record::id::Subject;
use crate::record::node::Spot;
use crate::record::revocation::{Reason, Revocation, Target};

/// Revoke a record or rows of it; whoever signed it or officers do this, and nobody undoes it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The record: its file, or the digest of its payload
    record: String,
    /// Revoke the rows of these subjects alone
    #[arg(long = "subject", value_name = "SUBJECT", num_args = 1.., value_parser = subject)]
    subjects: Vec<Subject>,
    /// Why: mistaken, fraudulent or withdrawn
    #[arg(long, value_parser = reason)]
    reason: Reason,
    #[command(flatten)]
    author: AuthorArgs,
}

/// A reason to revoke a record.
fn reason(text: &str) -> Result<Reason, String> {
    Reason::parse(text)
        .filter(|r| !r.is_for_keys())
        .ok_or_else(|| "it is one of: mistaken, fraudulent, withdrawn".to_owned())
}

impl Args {
    /// Signs the revocation, writes it, and says what is void now.
    ///
    /// # Errors
    /// It would not be sound, or the key may not revoke the record.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let signer = self.author.signer(&repository)?;
        let payload = payload_of(&self.record)?;
        let target = match self.subjects.is_empty() {
            true => Target::Record(payload),
            false => Target::Rows { payload, subjects: listed(self.subjects) },
        };
        let record = Revocation {
            audience: repository.audience()?,
            target,
            reason: self.reason,
            revoked_on: repository.today(),
            spot: Spot::default(),
        };
        let written = self.author.write(context, &repository, signer.as_deref(), record)?;
        if written.is_some() {
            say_what_is_void(context, &repository)?;
        }
        Ok(Outcome::Clean)
    }
}

/// The digest of a record's payload, from the digest itself or from the record's file.
///
/// # Errors
/// It is neither, or the file is not sound.
pub(super) fn payload_of(text: &str) -> Result<Sha256, Failure> {
    match digest(text) {
        Ok(digest) => Ok(digest),
        Err(_) => Ok(author::read(Path::new(text))?.stated()),
    }
}

/// Says which rows, exemptions and keys counted before and do not count now.
pub(super) fn say_what_is_void(context: &Context, before: &Repository) -> Result<(), Failure> {
    let now = Repository::open(context)?;
    let still: std::collections::HashSet<_> = now.trust.accepted.iter().map(|a| a.origin()).collect();
    let lost =
        before.trust.accepted.iter().filter(|a| !still.contains(&origin_now(before, &now, a.origin())));
    let mut lines: Vec<String> =
        lost.map(|a| format!("  {} {} of {}", a.subject(), a.requirement(), a.completed_on())).collect();
    if lines.is_empty() {
        context.note("No completion that counted is void now.");
        return Ok(());
    }
    let (count, shown) = (lines.len(), 20);
    lines.truncate(shown);
    let more = if count > shown { format!("\n  and {} more", count - shown) } else { String::new() };
    context.note(&format!(
        "{count} completions that counted are void now, and their gaps are open again:\n{}{more}",
        lines.join("\n")
    ));
    Ok(())
}

/// Where a row stands now: a new file moves the indexes of those behind it.
fn origin_now(
    before: &Repository,
    now: &Repository,
    origin: crate::trust::accepted::Origin,
) -> crate::trust::accepted::Origin {
    let path = before.ledger.path(origin.file);
    let file = now.ledger.paths.binary_search_by(|p| p.as_str().cmp(path)).unwrap_or(usize::MAX);
    crate::trust::accepted::Origin { file: u32::try_from(file).unwrap_or(u32::MAX), ..origin }
}
