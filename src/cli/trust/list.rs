//! `duly trust list`.

use std::fmt::Write as _;

use crate::cli::arguments::digest;
use crate::cli::repository::Repository;
use crate::cli::{Context, Failure, Outcome};
use crate::record::digest::Sha256;
use crate::record::root::{Action, Root};
use crate::trust::chain::Link;
use crate::trust::pin::Pinned;

/// List the roots, with their digests, officers and thresholds
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The digest of a root, noted outside the repository
    #[arg(long, value_name = "SHA256", env = "DULY_TRUST_ROOT", value_parser = digest)]
    trust_root: Option<Sha256>,
}

impl Args {
    /// Prints the list. Fails if the pin is of no root.
    ///
    /// # Errors
    /// There is no root that holds.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        repository.audience()?;
        let chain = &repository.trust.chain;
        let pinned = Pinned::judge(self.trust_root, &chain.digests());
        let mut out = String::new();
        for (at, link) in chain.links().iter().enumerate() {
            let last = at + 1 == chain.links().len();
            describe(link, last, pinned, &mut out);
        }
        if pinned == Pinned::Mismatch {
            let _ = writeln!(out, "error[D304]: no root of this repository has the digest that was given.");
        }
        context.print(&out)?;
        Ok(if pinned == Pinned::Mismatch { Outcome::Findings } else { Outcome::Clean })
    }
}

fn describe(link: &Link, last: bool, pinned: Pinned, out: &mut String) {
    let root = &link.root;
    let force = if last { ", in force" } else { "" };
    let pin = if pinned == Pinned::Root(root.version) { ", pinned" } else { "" };
    let _ = writeln!(
        out,
        "root {}, {}{force}{pin}\n  digest      {}",
        root.version, root.created_on, link.digest
    );
    for officer in &root.officers {
        for key in &officer.keys {
            let _ = writeln!(out, "  officer     worker/{} {}", officer.worker, key.fingerprint());
        }
    }
    for key in &root.recovery {
        let _ = writeln!(out, "  recovery    {}", key.fingerprint());
    }
    for notary in &root.notaries {
        let _ = writeln!(out, "  notary      {} {}", notary.holder, notary.key.fingerprint());
    }
    let _ = writeln!(out, "  thresholds  {}", thresholds(root));
    let _ = writeln!(out, "  limits      {}", limits(root));
    if let Some(end) = root.expires_on {
        let _ = writeln!(out, "  expires on  {end}");
    }
}

fn limits(root: &Root) -> String {
    let age = root.max_key_age.map(|age| format!(", issuers' keys {age}")).unwrap_or_default();
    format!("recorded later {}, grants {}{age}", root.max_backdate, root.max_grant)
}

fn thresholds(root: &Root) -> String {
    let one = |a: &Action| format!("{a} {}", root.thresholds.of(*a));
    Action::ALL.iter().map(one).collect::<Vec<_>>().join(", ")
}
