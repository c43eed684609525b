//! `duly verify FILE…`: what the signatures of a file are worth; `--history`: what the history
//! of the repository is worth; `--checkpoint`: whether it was rewritten.

mod history;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::arguments::digest;
use super::repository::Repository;
use super::{Context, Failure, Outcome};
use crate::finding::catalogue::trust as codes;
use crate::finding::{Finding, Severity};
use crate::history::checkpoint::verifier_key::VerifierKey;
use crate::ledger::InFile;
use crate::record::attestation::{Attestation, Completion};
use crate::record::digest::Sha256;
use crate::record::public_key::Fingerprint;
use crate::record::signed::Signed;
use crate::record::text::visible;
use crate::trust::SealedFile;
use crate::trust::evidence::signers_of;
use crate::trust::pin::Pinned;
use crate::trust::signers::Signer;

/// Check the signatures of files: signers, capacities, assurance, verdict per row
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Signed files of the repository
    #[arg(required_unless_present_any = ["history", "checkpoint"])]
    files: Vec<PathBuf>,
    /// Judge every commit of the protected branch under the one before it
    #[arg(long, conflicts_with = "files")]
    history: bool,
    /// Begin after this commit, which is trusted
    #[arg(long, value_name = "COMMIT", requires = "history")]
    from: Option<String>,
    /// The commit that ends the history
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    rev: String,
    /// A checkpoint that somebody kept: everything it covers must still be there, unchanged
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    checkpoint: Option<PathBuf>,
    /// The key of a witness whose signature the checkpoint must carry, as NAME+ID+KEY
    #[arg(long, value_name = "KEY", requires = "checkpoint", value_parser = witness)]
    witness: Vec<VerifierKey>,
    /// How to print what was found in the history
    #[arg(long, value_name = "FORMAT", default_value = "human", requires = "history")]
    format: history::Format,
    /// The digest of a root, noted outside the repository
    #[arg(long, value_name = "SHA256", env = "DULY_TRUST_ROOT", value_parser = digest)]
    trust_root: Option<Sha256>,
}

impl Args {
    /// Prints what each file is worth. Anything but accepted rows counts as a finding.
    ///
    /// # Errors
    /// A file is not one of the repository.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        if self.files.is_empty() {
            return self.past(context);
        }
        let mut repository = Repository::open(context)?;
        repository.trust.pinned = Pinned::judge(self.trust_root, &repository.trust.chain.digests());
        let mut out = String::new();
        let mut all_good = repository.trust.pinned != Pinned::Mismatch;
        for file in &self.files {
            let path = inside(&repository, file)?;
            all_good &= describe(&repository, &path, &mut out);
        }
        let _ = match repository.trust.pinned {
            Pinned::Root(n) => writeln!(out, "Root {n} is the one that was pinned."),
            Pinned::Mismatch => {
                writeln!(out, "error[D304]: no root of this repository has the digest that was given.")
            }
            Pinned::No => writeln!(out, "Unpinned: the root of trust comes from this repository itself."),
        };
        context.print(&out)?;
        Ok(if all_good { Outcome::Clean } else { Outcome::Findings })
    }
}

fn witness(text: &str) -> Result<VerifierKey, String> {
    VerifierKey::parse(text).map_err(|e| e.to_string())
}

/// The path of a file inside the repository.
pub(super) fn inside(repository: &Repository, file: &Path) -> Result<String, Failure> {
    let help = "Name signed files of this repository, as below `attestations` or `trust`.";
    let direct = file.to_str().filter(|p| repository.ledger.paths.iter().any(|known| known == p));
    if let Some(path) = direct {
        return Ok(path.to_owned());
    }
    let full = file.canonicalize().map_err(|e| Failure::io(file.display(), &e))?;
    let root = repository.root.canonicalize().map_err(|e| Failure::io(repository.root.display(), &e))?;
    let path = full.strip_prefix(&root).ok().and_then(Path::to_str).map(|p| p.replace('\\', "/"));
    path.filter(|p| repository.ledger.paths.contains(p))
        .ok_or_else(|| Failure::new(format!("{} is not a record of this repository", file.display()), help))
}

/// Describes one file; says whether everything in it counts.
fn describe(repository: &Repository, path: &str, out: &mut String) -> bool {
    let _ = writeln!(out, "{path}");
    let about = |f: &&Finding| f.place.as_ref().is_some_and(|p| p.path == path);
    let findings: Vec<&Finding> =
        repository.ledger.findings.iter().chain(&repository.trust.findings).filter(about).collect();
    let position = |i: &InFile<Signed<Attestation>>| repository.ledger.path(i.file) == path;
    let attestation = repository.ledger.attestations.iter().find(|a| position(a));
    let sealed = repository.trust.files.iter().find(|s| repository.ledger.path(s.file) == path);
    let replaced = attestation.zip(sealed).is_some_and(|(attestation, sealed)| {
        rows(repository, attestation, sealed, out);
        repository.trust.superseded.iter().any(|s| s.file == attestation.file)
    });
    for finding in &findings {
        let _ =
            writeln!(out, "  {}[{}]: {}", finding.severity, finding.entry.code, visible(&finding.message));
    }
    let errors = findings.iter().any(|f| f.severity == Severity::Error);
    if attestation.is_none() && !errors {
        let _ = writeln!(out, "  The record and its signatures hold.");
    }
    let unverified =
        repository.trust.unverified.iter().any(|u| repository.ledger.path(u.origin.file) == path);
    let void = findings.iter().any(|f| f.entry == &codes::VOID);
    let _ = writeln!(out);
    !errors && !unverified && !void && !replaced
}

/// Tells a signer at once which rows of a record count, and what the others lack.
pub(super) fn say_what_counts(context: &Context, path: &str) -> Result<(), Failure> {
    context.note(&Repository::open(context)?.what_counts(&[path.to_owned()]));
    Ok(())
}

fn rows(repository: &Repository, file: &InFile<Signed<Attestation>>, sealed: &SealedFile, out: &mut String) {
    let record = &file.value.record;
    let Some(payload) = sealed.payload else {
        let _ = writeln!(out, "  The seal does not hold: no row counts.");
        return;
    };
    let edition = record.edition.as_ref().map(|e| format!(", edition {e}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "  {}{edition}, {}, origin {}\n  payload sha256:{payload}",
        record.requirement, record.method, record.origin
    );
    for key in &sealed.signers {
        let _ = writeln!(out, "  good signature by {}", signer(repository, key, payload));
    }
    for join in &sealed.joined {
        let (who, path) = (signer(repository, &join.key, join.payload), repository.ledger.path(join.file));
        let _ = writeln!(out, "  countersigned by {who}, in {path}");
    }
    for row in &record.completions {
        let _ = writeln!(
            out,
            "  {} completed on {}, {}: {}",
            row.subject,
            row.completed_on,
            row.outcome,
            verdict(repository, file, row, sealed)
        );
    }
}

/// Who holds a key, the key, and whether it was revoked.
fn signer(repository: &Repository, key: &Fingerprint, payload: Sha256) -> String {
    let trust = &repository.trust;
    let holder = trust.authority(&repository.ledger).holder(key);
    let holder = holder.map_or("nobody now".to_owned(), |h| h.to_string());
    let revoked = trust.revocations.key(key).map_or(String::new(), |revoked| {
        let kept = if revoked.keeps(payload, None) { ", this record stays" } else { "" };
        format!(", revoked ({}){kept}", revoked.reason)
    });
    format!("{holder}, key {key}{revoked}")
}

fn verdict(
    repository: &Repository,
    file: &InFile<Signed<Attestation>>,
    row: &Completion,
    sealed: &SealedFile,
) -> String {
    let here = |at: crate::trust::accepted::Origin| at.file == file.file && at.spot == row.spot;
    let by = repository.trust.authority(&repository.ledger);
    let signers = signers_of(by, &file.value.record, row, sealed);
    if let Some(accepted) = repository.trust.accepted.iter().find(|a| here(a.origin())) {
        return format!("accepted, assurance {} ({})", accepted.assurance(), capacities(&signers));
    }
    if let Some(by) = repository.trust.superseded.iter().find(|s| s.file == file.file) {
        return format!("REPLACED by {}", repository.ledger.path(by.by));
    }
    if let Some(void) = repository.trust.voided.iter().find(|v| here(v.origin)) {
        return format!("VOID, {}", visible(&void.reason));
    }
    match repository.trust.unverified.iter().find(|u| here(u.origin)) {
        Some(unverified) => format!("UNVERIFIED, {}", visible(&unverified.reason)),
        None => "REFUSED, see below".to_owned(),
    }
}

fn capacities(signers: &[Signer]) -> String {
    let one = |s: &Signer| {
        let words: Vec<&str> = s.capacities.iter().map(|c| c.word()).collect();
        format!("{} as {}", s.holder, words.join("/"))
    };
    signers.iter().filter(|s| !s.capacities.is_empty()).map(one).collect::<Vec<_>>().join(", ")
}
