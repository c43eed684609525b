//! `duly key revoke`: a key that signs nothing new.

use std::collections::BTreeSet;

use crate::cli::arguments::fingerprint;
use crate::cli::author::AuthorArgs;
use crate::cli::repository::Repository;
use crate::cli::{Context, Failure, Outcome, revoke};
use crate::record::digest::Sha256;
use crate::record::node::Spot;
use crate::record::public_key::Fingerprint;
use crate::record::revocation::{Keep, Reason, Revocation, Target};

/// Revoke a key; officers or the key itself do this, and nobody undoes it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key's fingerprint, as `duly key list` prints it
    #[arg(value_parser = fingerprint)]
    revoked: Fingerprint,
    /// Why: retired, replaced, left, lost or compromised
    #[arg(long, value_parser = reason)]
    reason: Reason,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    author: AuthorArgs,
}

/// What stays of what the key signed: at most one of these, and nothing without.
#[derive(Debug, clap::Args)]
#[group(id = "what-stays", multiple = false)]
struct KeepArgs {
    /// Keep all that it signed up to today: nothing was wrong with the key
    #[arg(long)]
    keep_all: bool,
    /// Keep these records, by file or payload digest, which officers vouch for
    #[arg(long, value_name = "RECORD", num_args = 1..)]
    keep: Vec<String>,
    /// Keep every record that the key signed and that is here now, as a list
    #[arg(long)]
    keep_recorded: bool,
}

/// A reason to revoke a key.
fn reason(text: &str) -> Result<Reason, String> {
    Reason::parse(text)
        .filter(|r| r.is_for_keys())
        .ok_or_else(|| "it is one of: retired, replaced, left, lost, compromised".to_owned())
}

impl Args {
    /// Signs the revocation, writes it, and says what is void now.
    ///
    /// # Errors
    /// It would not be sound, or the key may not revoke the other one.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let signer = self.author.signer(&repository)?;
        let keep = self.keep.read(&repository, &self.revoked)?;
        if keep == Keep::All && self.reason == Reason::Compromised {
            let help =
                "List what officers vouch for with `--keep`, or with `--keep-recorded` what is here now.";
            return Err(Failure::new("of a compromised key not everything can be kept", help));
        }
        let record = Revocation {
            audience: repository.audience()?,
            target: Target::Key { key: self.revoked, keep },
            reason: self.reason,
            revoked_on: repository.today(),
            spot: Spot::default(),
        };
        let written = self.author.write(context, &repository, signer.as_deref(), record)?;
        if written.is_some() {
            revoke::say_what_is_void(context, &repository)?;
        }
        Ok(Outcome::Clean)
    }
}

impl KeepArgs {
    fn read(&self, repository: &Repository, key: &Fingerprint) -> Result<Keep, Failure> {
        let list = match (self.keep_all, self.keep_recorded) {
            (true, _) => return Ok(Keep::All),
            (false, true) => recorded(repository, key),
            (false, false) => self.keep.iter().map(|k| revoke::payload_of(k)).collect::<Result<_, _>>()?,
        };
        Ok(if list.is_empty() { Keep::Nothing } else { Keep::Listed(list.into_iter().collect()) })
    }
}

/// The payloads of all records here that the key is said to have signed.
fn recorded(repository: &Repository, key: &Fingerprint) -> BTreeSet<Sha256> {
    let all = repository.ledger.signatures();
    let signed = all.filter(|(_, _, signatures)| signatures.iter().any(|s| s.key == *key));
    signed.map(|(_, payload, _)| payload).collect()
}
