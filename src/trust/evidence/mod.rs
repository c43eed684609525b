//! Judging attestations, file by file and row by row.

mod rows;
mod sound;

use std::collections::{BTreeSet, HashSet};

use super::SealedFile;
use super::accepted::{Accepted, Unverified, Voided};
use super::authority::Authority;
use super::countersigned::{Countersigned, Join};
use super::open::{Opened, When};
use super::signers::{Counting, Credit, Row, Signer};
use crate::finding::catalogue::{files, history, references, trust};
use crate::finding::{Entry, Finding};
use crate::ledger::{InFile, Ledger};
use crate::record::attestation::{Attestation, Completion};
use crate::record::date::Instant;
use crate::record::digest::Sha256;
use crate::record::id::{Id, Subject};
use crate::record::node::Spot;
use crate::record::policy::{Applies, Edition, Material, Requirement};
use crate::record::public_key::Fingerprint;
use crate::record::signed::{Record, Signed};

/// What became of one attestation.
#[derive(Debug, Default)]
pub struct Judged {
    /// The file, as an index of the ledger's paths.
    pub file: u32,
    /// sha256 of the payload; none where the seal is broken.
    pub payload: Option<Sha256>,
    /// The keys whose signatures are good.
    pub signers: Vec<Fingerprint>,
    /// When it appeared; none where the seal is broken.
    pub when: Option<When>,
    /// The later signatures.
    pub joined: Vec<Join>,
    /// The payload that the record replaces.
    pub supersedes: Option<Sha256>,
    /// Rows that count.
    pub accepted: Vec<Accepted>,
    /// Rows that are recorded and do not count.
    pub unverified: Vec<Unverified>,
    /// Rows that would count if nothing had been revoked.
    pub voided: Vec<Voided>,
    /// Those who enrol keys alone and on whose word alone a row rests.
    pub alone: BTreeSet<Id>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What every attestation is judged by.
#[derive(Clone, Copy)]
pub struct JudgingContext<'a> {
    /// Who may sign what.
    pub by: Authority<'a>,
    /// The later signatures.
    pub countersigned: &'a Countersigned,
    /// The officers who enrol keys alone.
    pub lone_officers: &'a [Id],
    /// The moment that nothing recorded may lie after.
    pub now: Instant,
}

/// Judges one attestation.
pub fn judge(context: JudgingContext<'_>, file: &InFile<Signed<Attestation>>) -> Judged {
    let mut judged = Judged { file: file.file, ..Judged::default() };
    match OpenAttestation::open(context, file, &mut judged.findings) {
        Ok(open) => open.rows(&mut judged),
        Err(faults) => judged.findings.extend(faults),
    }
    judged
}

/// Where an attestation belongs: the month of its last completion, and the name that its
/// payload's digest gives.
pub fn place(attestation: &Attestation, payload: Sha256, shard: bool) -> String {
    super::place::of(&attestation.home(), payload, shard).unwrap_or_default()
}

/// An attestation whose seal holds and whose references resolve.
struct OpenAttestation<'a> {
    by: Authority<'a>,
    context: JudgingContext<'a>,
    file: u32,
    record: &'a Attestation,
    requirement: &'a Requirement,
    edition: Option<&'a Edition>,
    opened: Opened,
}

impl<'a> OpenAttestation<'a> {
    fn open(
        context: JudgingContext<'a>,
        file: &'a InFile<Signed<Attestation>>,
        found: &mut Vec<Finding>,
    ) -> Result<OpenAttestation<'a>, Vec<Finding>> {
        let by = context.by;
        let opened = by.door().open(file, &|key| by.known(key), found)?;
        let record = &file.value.record;
        let requirement =
            by.ledger.requirement(&record.requirement).ok_or_else(|| unknown(by.ledger, file))?;
        let edition = edition(by.ledger, file, requirement)?;
        let open = OpenAttestation { by, context, file: file.file, record, requirement, edition, opened };
        open.same_text()?;
        open.same_declaration()?;
        open.distinct_rows()?;
        open.timely_keys()?;
        Ok(open)
    }

    fn fault(&self, entry: &'static Entry, spot: Spot, message: String, help: &str) -> Finding {
        let ledger = self.by.ledger;
        let place = if spot.line == 0 {
            crate::finding::Place::file(ledger.path(self.file))
        } else {
            ledger.place(self.file, spot)
        };
        Finding::new(entry, message, help).at(place).for_requirement(self.requirement.id.to_string())
    }

    fn same_text(&self) -> Result<(), Vec<Finding>> {
        let text = match self.edition.map(|e| &e.material) {
            Some(Material::Document { sha256, .. }) => Some(*sha256),
            _ => None,
        };
        if self.record.document == text {
            return Ok(());
        }
        let message =
            format!("{} was signed for another text than the policy names", self.by.ledger.path(self.file));
        let help = "Restore the text of the edition from git; a changed text is a new edition.";
        Err(vec![self.fault(&trust::OTHER_DOCUMENT, Spot::default(), message, help)])
    }

    fn same_declaration(&self) -> Result<(), Vec<Finding>> {
        if self.record.declaration == self.requirement.declaration {
            return Ok(());
        }
        let message = format!(
            "{} does not declare the sentence that {} asks for",
            self.by.ledger.path(self.file),
            self.requirement.id.value
        );
        let help = "Sign it again with `duly attest`, or restore the sentence in the policy.";
        Err(vec![self.fault(&trust::OTHER_DECLARATION, Spot::default(), message, help)])
    }

    /// Whether every key could sign when the record appeared.
    fn timely_keys(&self) -> Result<(), Vec<Finding>> {
        let why = self.opened.signers.iter().find_map(|key| self.context.untimely(key, self.file));
        let Some(why) = why else { return Ok(()) };
        let help = "Let somebody with a key that held then sign a new record of it.";
        Err(vec![self.fault(&history::UNTIMELY_KEY, Spot::default(), why, help)])
    }

    fn distinct_rows(&self) -> Result<(), Vec<Finding>> {
        let mut seen = HashSet::with_capacity(self.record.completions.len());
        match self.record.completions.iter().find(|c| !seen.insert((&c.subject, c.completed_on))) {
            None => Ok(()),
            Some(row) => {
                let message = format!("{} stands twice with the date {}", row.subject, row.completed_on);
                Err(vec![self.fault(
                    &files::BAD_VALUE,
                    row.spot,
                    message,
                    "Each row is one completion of one subject.",
                )])
            }
        }
    }
}

/// The signatures of a record: its own, and those that joined it.
fn credits<'a>(
    payload: Sha256,
    when: When,
    signers: &'a [Fingerprint],
    joined: &'a [Join],
) -> Vec<Credit<'a>> {
    let own = signers.iter().map(|key| Credit { key, payload, when });
    own.chain(joined.iter().map(|j| Credit { key: &j.key, payload: j.payload, when: j.when })).collect()
}

/// Whether a requirement is for subjects of this kind.
pub(super) fn is_for(requirement: &Requirement, subject: &Subject) -> bool {
    matches!(
        (subject, &requirement.applies_to),
        (Subject::Worker(_), Applies::Workers(_))
            | (Subject::Org, Applies::Org)
            | (Subject::System(_), Applies::Systems(_))
            | (Subject::Vendor(_), Applies::Vendors(_))
    )
}

fn unknown(ledger: &Ledger, file: &InFile<Signed<Attestation>>) -> Vec<Finding> {
    let id = &file.value.record.requirement;
    let message = format!("{} is for the requirement `{id}`, which no policy has", ledger.path(file.file));
    let help = "Correct the id in the policy if it was changed there. A requirement that no longer applies gets `effective_until` and stays.";
    let finding = Finding::new(&references::UNKNOWN_REQUIREMENT, message, help);
    vec![finding.in_file(ledger.path(file.file)).for_requirement(id.to_string())]
}

/// The edition that a record names: one of the requirement's, or none where it has none.
fn edition<'a>(
    ledger: &Ledger,
    file: &InFile<Signed<Attestation>>,
    requirement: &'a Requirement,
) -> Result<Option<&'a Edition>, Vec<Finding>> {
    let named = file.value.record.edition.as_ref();
    let found = named.and_then(|id| requirement.edition(id.as_str()));
    if found.is_some() || (named.is_none() && requirement.editions.is_empty()) {
        return Ok(found);
    }
    let what = named.map_or("no edition".to_owned(), |id| format!("the edition `{id}`"));
    let message = format!(
        "{} is for {what} of {}, which the policy does not have",
        ledger.path(file.file),
        requirement.id.value
    );
    let help =
        "Correct the edition in the policy if it was changed there: editions stay when newer ones come.";
    let finding = Finding::new(&references::UNKNOWN_REQUIREMENT, message, help);
    Err(vec![finding.in_file(ledger.path(file.file)).for_requirement(requirement.id.to_string())])
}

/// The signers of a row with their capacities, for showing.
pub fn signers_of(
    by: Authority<'_>,
    attestation: &Attestation,
    row: &Completion,
    sealed: &SealedFile,
) -> Vec<Signer> {
    let Some(requirement) = by.ledger.requirement(&attestation.requirement) else { return Vec::new() };
    let Some((payload, when)) = sealed.payload.zip(sealed.when) else { return Vec::new() };
    let row = Row { subject: &row.subject, requirement, day: row.completed_on, origin: attestation.origin };
    by.signers(&row, &credits(payload, when, &sealed.signers, &sealed.joined), Counting::Standing)
}
