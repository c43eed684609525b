//! Turns parsed records into accepted ones.
//!
//! A chain of roots names the officers; officers enrol keys and grant what issuers may sign;
//! keys sign evidence. [`Trust::judge`] goes through these in that order and ends with rows
//! that are [`Accepted`](accepted::Accepted), rows that are
//! [`Unverified`](accepted::Unverified), and findings. Nothing here takes a key from the
//! file that it judges: who may sign is known before a record is opened.

pub mod accepted;
pub mod authority;
pub mod chain;
pub mod crypto;
pub mod evidence;
pub mod pin;
pub mod registry;
pub mod seal;
pub mod sign;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::finding::Finding;
use crate::finding::catalogue::trust as codes;
use crate::ledger::Ledger;
use crate::record::date::Instant;
use crate::record::digest::Sha256;

use accepted::{Accepted, Unverified};
use authority::Authority;
use chain::Chain;
use evidence::Judged;
use pin::Pinned;
use registry::Registry;

/// What is to be trusted of a repository.
#[derive(Debug)]
pub struct Trust {
    /// The roots.
    pub chain: Chain,
    /// The enrolled keys.
    pub registry: Registry,
    /// Whether somebody outside the repository vouches for its root.
    pub pinned: Pinned,
    /// The rows that count, in the order of files and lines.
    pub accepted: Vec<Accepted>,
    /// The rows that are recorded and do not count.
    pub unverified: Vec<Unverified>,
    /// For each attestation: its file, its payload and the keys whose signatures are good.
    pub files: Vec<SealedFile>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// The seal of one attestation.
#[derive(Debug)]
pub struct SealedFile {
    /// The file, as an index of the ledger's paths.
    pub file: u32,
    /// sha256 of the payload; none where the seal is broken.
    pub payload: Option<Sha256>,
    /// The keys whose signatures are good.
    pub signers: Vec<crate::record::public_key::Fingerprint>,
}

/// What is known from outside the repository when it is judged.
#[derive(Debug, Clone, Copy)]
pub struct Outside {
    /// The digest of a root, kept elsewhere.
    pub pin: Option<Sha256>,
    /// The moment that nothing recorded may lie after.
    pub now: Instant,
    /// Whether to insist on a pin, as in CI.
    pub must_be_pinned: bool,
}

impl Trust {
    /// Judges the records of a ledger.
    pub fn judge(ledger: &Ledger, outside: Outside) -> Trust {
        let mut findings = Vec::new();
        let chain = Chain::judge(ledger, &mut findings);
        let pinned = Pinned::judge(outside.pin, &chain.digests());
        findings.extend(pin_finding(pinned, &chain, outside));
        let registry = Registry::judge(ledger, &chain, &mut findings);
        let by = Authority { ledger, chain: &chain, registry: &registry };
        let judged: Vec<Judged> =
            ledger.attestations.par_iter().map(|file| evidence::judge(by, file, outside.now)).collect();
        let mut trust = Trust {
            chain,
            registry,
            pinned,
            accepted: Vec::with_capacity(judged.iter().map(|j| j.accepted.len()).sum()),
            unverified: Vec::new(),
            files: Vec::with_capacity(judged.len()),
            findings,
        };
        trust.collect(ledger, judged);
        trust
    }

    fn collect(&mut self, ledger: &Ledger, judged: Vec<Judged>) {
        let mut seen: HashMap<Sha256, u32> = HashMap::with_capacity(judged.len());
        for mut one in judged {
            let first = one.payload.and_then(|payload| seen.insert(payload, one.file));
            match first {
                Some(first) => self.findings.push(same_payload(ledger, one.file, first)),
                None => {
                    self.accepted.append(&mut one.accepted);
                    self.unverified.append(&mut one.unverified);
                }
            }
            self.findings.append(&mut one.findings);
            self.files.push(SealedFile { file: one.file, payload: one.payload, signers: one.signers });
        }
    }

    /// Who may sign what, for questions about one record.
    pub fn authority<'a>(&'a self, ledger: &'a Ledger) -> Authority<'a> {
        Authority { ledger, chain: &self.chain, registry: &self.registry }
    }
}

fn same_payload(ledger: &Ledger, file: u32, first: u32) -> Finding {
    let message = format!("{} holds the same signed record as {}", ledger.path(file), ledger.path(first));
    Finding::new(&codes::SAME_PAYLOAD, message, "Remove one of the two files.").in_file(ledger.path(file))
}

fn pin_finding(pinned: Pinned, chain: &Chain, outside: Outside) -> Option<Finding> {
    let digest = chain.audience()?;
    match pinned {
        Pinned::Root(_) => None,
        Pinned::Mismatch => {
            let message = "no root of this repository has the digest that was given with --trust-root";
            let help = "Find out whether the repository or the pin is the right one before you rely on anything here.";
            Some(Finding::new(&codes::WRONG_PIN, message, help).in_file("trust/root/0001.yaml"))
        }
        Pinned::No => {
            let message = "the root is not pinned, so nothing here is called verified";
            let help = format!(
                "If you know that the digest is right: --trust-root {digest}, or set DULY_TRUST_ROOT to it."
            );
            let finding = Finding::new(&codes::UNPINNED, message, help);
            Some(if outside.must_be_pinned {
                finding.with_severity(crate::finding::Severity::Error)
            } else {
                finding
            })
        }
    }
}
