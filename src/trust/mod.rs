//! Turns parsed records into accepted ones.
//!
//! A chain of roots names the officers; officers enrol keys and grant what issuers may sign;
//! revocations take away what they must; keys sign evidence; officers exempt. [`Trust::judge`]
//! goes through these in that order and ends with rows that are [`Accepted`], rows that are
//! [`Unverified`] or
//! void, and findings. Nothing here takes a key from the file that it judges: who may sign is
//! known before a record is opened.

pub mod accepted;
pub mod any;
pub mod appeared;
pub mod approvals;
pub mod authority;
pub mod chain;
pub mod countersigned;
pub mod crypto;
pub mod evidence;
pub mod judged_evidence;
pub mod key_age;
mod leavers;
pub mod open;
pub mod pin;
mod place;
pub mod registry;
pub mod revocations;
pub mod seal;
pub mod sign;
pub mod signers;
pub mod standing;
mod supersede;
pub mod targets;
pub mod unlikely;
pub mod waivers;

use crate::finding::Finding;
use crate::finding::catalogue::trust as codes;
use crate::ledger::Ledger;
use crate::record::date::{Days, Instant, Zone};
use crate::record::digest::Sha256;
use crate::record::id::Id;
use crate::record::public_key::Fingerprint;

use accepted::{Accepted, AcceptedExemption, AcceptedExtension, Superseded, Unverified, Voided};
use appeared::Seen;
use approvals::Approvals;
use authority::Authority;
use chain::Chain;
use countersigned::Join;
use judged_evidence::JudgedEvidence;
use open::When;
use pin::Pinned;
use registry::Registry;
use revocations::Revocations;
use standing::Standing;

/// What every output says where one person holds everything in their hands.
pub const SINGLE_CONTROL: &str = "single control: the same person enrols keys, records and reports; \
                                  this shows that nothing was altered later, not independence";

/// What is to be trusted of a repository.
#[derive(Debug)]
pub struct Trust {
    /// The roots.
    pub chain: Chain,
    /// The enrolled keys.
    pub registry: Registry,
    /// What was revoked.
    pub revocations: Revocations,
    /// Whether somebody outside the repository vouches for its root.
    pub pinned: Pinned,
    /// The rows that count, in the order of files and lines.
    pub accepted: Vec<Accepted>,
    /// The rows that are recorded and do not count.
    pub unverified: Vec<Unverified>,
    /// The rows that would count if nothing had been revoked.
    pub voided: Vec<Voided>,
    /// The records that later ones replaced.
    pub superseded: Vec<Superseded>,
    /// What officers have exempted.
    pub exemptions: Vec<AcceptedExemption>,
    /// What officers have extended.
    pub extensions: Vec<AcceptedExtension>,
    /// What officers have approved.
    pub approvals: Approvals,
    /// Those who enrol keys alone and on whose word alone some accepted row rests, sorted: the
    /// label [`SINGLE_CONTROL`] is for them.
    pub single_control: Vec<Id>,
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
    /// The keys whose signatures in the file are good, revoked or not.
    pub signers: Vec<Fingerprint>,
    /// When it appeared; none where the seal is broken.
    pub when: Option<When>,
    /// The later signatures that join it.
    pub joined: Vec<Join>,
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
        Trust::judge_with(ledger, outside, None)
    }

    /// Judges the records of a ledger, with what history says about when they appeared.
    pub fn judge_with(ledger: &Ledger, outside: Outside, seen: Seen<'_>) -> Trust {
        let mut findings = Vec::new();
        let standing = Standing::judge(ledger, seen, &mut findings);
        Trust::under(ledger, standing, outside, seen, findings)
    }

    /// Judges the evidence of a ledger by roots, keys and revocations that were judged.
    pub fn under(
        ledger: &Ledger,
        standing: Standing,
        outside: Outside,
        seen: Seen<'_>,
        mut findings: Vec<Finding>,
    ) -> Trust {
        let Standing { chain, registry, revocations } = standing;
        let pinned = Pinned::judge(outside.pin, &chain.digests());
        findings.extend(pin_finding(pinned, &chain, outside));
        let by = Authority { ledger, chain: &chain, registry: &registry, revocations: &revocations, seen };
        findings.extend(expiry(ledger, &chain, outside.now));
        findings.extend(officers_keys(ledger, &chain, &revocations));
        let zone = ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
        let today = zone.date_at(outside.now);
        findings.extend(leavers::check(by, today));
        findings.extend(chain.signed_by_revoked_keys(by.door(), &revocations));
        let JudgedEvidence {
            accepted,
            unverified,
            voided,
            superseded,
            exemptions,
            extensions,
            alone,
            files,
            findings: more,
        } = JudgedEvidence::of(by, outside.now);
        findings.extend(more);
        findings.extend(single_control(&alone));
        findings.extend(unlikely::volume(ledger, &accepted));
        findings.extend(key_age::check(by, today));
        let approvals = Approvals::judge(by, &|_| true, &mut findings);
        Trust {
            chain,
            registry,
            revocations,
            pinned,
            accepted,
            unverified,
            voided,
            superseded,
            exemptions,
            extensions,
            approvals,
            single_control: alone,
            files,
            findings,
        }
    }

    /// Who may sign what, for questions about one record.
    pub fn authority<'a>(&'a self, ledger: &'a Ledger) -> Authority<'a> {
        let Trust { chain, registry, revocations, .. } = self;
        Authority { ledger, chain, registry, revocations, seen: None }
    }
}

/// How many days before the end of a root its officers are told.
const EXPIRY_NOTICE: Days = Days::new(30);

fn expiry(ledger: &Ledger, chain: &Chain, now: Instant) -> Option<Finding> {
    let root = chain.current()?;
    let end = root.expires_on?;
    let today = ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone).date_at(now);
    let help = "Make the next root with `duly trust propose --expires-on DATE`.";
    let finding = |message| Finding::new(&codes::ROOT_EXPIRED, message, help);
    let found = match (today > end, today.after(EXPIRY_NOTICE) > end) {
        (true, _) => finding(format!("root {} expired on {end}", root.version)),
        (false, true) => {
            let message = format!("root {} expires on {end}", root.version);
            finding(message).with_severity(crate::finding::Severity::Warning)
        }
        (false, false) => return None,
    };
    Some(found.in_file(&format!("trust/root/{:04}.yaml", root.version)))
}

fn single_control(people: &[Id]) -> Option<Finding> {
    let names: Vec<&str> = people.iter().map(Id::as_str).collect();
    let help = "Let managers sign for their staff, or let a second officer enrol keys.";
    let message = format!("{SINGLE_CONTROL} ({})", names.join(", "));
    (!names.is_empty()).then(|| Finding::new(&codes::SINGLE_CONTROL, message, help))
}

/// What is to be done about the keys of officers: revoked ones that the root still names, and
/// ones that it names no longer and that nobody revoked.
fn officers_keys(ledger: &Ledger, chain: &Chain, revocations: &Revocations) -> Vec<Finding> {
    let mut found = Vec::new();
    let current = ledger.roots.get(chain.links().len().saturating_sub(1));
    let path = current.map_or("trust/root", |file| ledger.path(file.file));
    for officer in chain.current().iter().flat_map(|root| &root.officers) {
        for key in officer.keys.iter().filter(|k| revocations.key(k.fingerprint()).is_some()) {
            let message = format!("key {} of the officer {} is revoked", key.fingerprint(), officer.worker);
            let help = "Make a new root without it with `duly trust propose`.";
            found.push(Finding::new(&codes::REVOKED_OFFICER, message, help).in_file(path));
        }
    }
    for (officer, key) in chain.former_keys() {
        if revocations.key(key).is_none() {
            let message = format!("key {key} of {officer} was an officer's and is not revoked");
            let help = format!("Run `duly key revoke {key} --reason retired --keep-all`.");
            found.push(Finding::new(&codes::FORMER_OFFICER, message, help).in_file(path));
        }
    }
    found
}

/// Whether a chain of roots is the pinned one, and what is to be said about it.
pub fn pinned(chain: &Chain, outside: Outside) -> (bool, Option<Finding>) {
    let pinned = Pinned::judge(outside.pin, &chain.digests());
    (pinned.holds(), pin_finding(pinned, chain, outside))
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
