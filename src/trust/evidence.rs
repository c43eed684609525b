//! Judging attestations, file by file and row by row.

use std::collections::HashSet;

use super::accepted::{Accepted, Origin as Place, Unverified};
use super::authority::{Authority, Row, Signer};
use super::seal::{self, Seal};
use crate::finding::catalogue::{files, references, trust};
use crate::finding::{Entry, Finding};
use crate::ledger::{InFile, Ledger};
use crate::record::attestation::{Attestation, Completion};
use crate::record::date::{Date, Instant, Zone};
use crate::record::digest::Sha256;
use crate::record::id::Subject;
use crate::record::node::Spot;
use crate::record::policy::{Applies, Edition, Material, Requirement, RequirementType};
use crate::record::public_key::Fingerprint;
use crate::record::signed::Signed;

/// What became of one attestation.
#[derive(Debug, Default)]
pub struct Judged {
    /// The file, as an index of the ledger's paths.
    pub file: u32,
    /// sha256 of the payload; none where the seal is broken.
    pub payload: Option<Sha256>,
    /// The keys whose signatures are good.
    pub signers: Vec<Fingerprint>,
    /// Rows that count.
    pub accepted: Vec<Accepted>,
    /// Rows that are recorded and do not count.
    pub unverified: Vec<Unverified>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Judges one attestation; `now` is the moment that nothing recorded may lie after.
pub fn judge(by: Authority<'_>, file: &InFile<Signed<Attestation>>, now: Instant) -> Judged {
    let mut judged = Judged { file: file.file, ..Judged::default() };
    match Case::open(by, file, now, &mut judged.findings) {
        Ok(case) => case.rows(&mut judged),
        Err(faults) => judged.findings.extend(faults),
    }
    judged
}

/// Where an attestation belongs: the month of its last completion, and the name that its
/// payload's digest gives.
pub fn place(attestation: &Attestation, payload: Sha256, shard: bool) -> String {
    let last = attestation.completions.iter().map(|c| c.completed_on).max().unwrap_or(Date::MIN);
    let name = seal::file_name(payload);
    let folder = if shard { format!("{}/", name.get(..2).unwrap_or_default()) } else { String::new() };
    format!("attestations/{:04}/{:02}/{folder}{name}", last.year(), last.month())
}

/// An attestation whose seal holds and whose references resolve.
struct Case<'a> {
    by: Authority<'a>,
    file: u32,
    record: &'a Attestation,
    requirement: &'a Requirement,
    edition: Option<&'a Edition>,
    seal: Seal,
    now: Instant,
}

impl<'a> Case<'a> {
    fn open(
        by: Authority<'a>,
        file: &'a InFile<Signed<Attestation>>,
        now: Instant,
        found: &mut Vec<Finding>,
    ) -> Result<Case<'a>, Vec<Finding>> {
        let path = by.ledger.path(file.file);
        let known = |key: &Fingerprint| {
            by.registry.checked(key).or_else(|| by.chain.officer_key(key).map(|(_, k)| k))
        };
        let audience = by.chain.audience();
        let seal = seal::judge(&file.value, &seal::Judge { path, audience, keys: &known }, found)?;
        let record = &file.value.record;
        stands_at(path, record, seal.payload)?;
        let requirement =
            by.ledger.requirement(&record.requirement).ok_or_else(|| unknown(by.ledger, file))?;
        let edition = edition(by.ledger, file, requirement)?;
        let case = Case { by, file: file.file, record, requirement, edition, seal, now };
        case.same_text()?;
        case.same_declaration()?;
        case.distinct_rows()?;
        Ok(case)
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

    fn rows(&self, judged: &mut Judged) {
        judged.payload = Some(self.seal.payload);
        judged.signers.clone_from(&self.seal.signers);
        let mut outside = Vec::new();
        for row in &self.record.completions {
            match self.sound(row) {
                Err(finding) => judged.findings.push(finding.about(row.subject.to_string())),
                Ok(()) => {
                    if self.is_outside(row) {
                        outside.push(row);
                    }
                    self.row(row, judged);
                }
            }
        }
        judged.findings.extend(self.outside(&outside));
    }

    fn row(&self, row: &Completion, judged: &mut Judged) {
        let question = Row {
            subject: &row.subject,
            requirement: self.requirement,
            day: row.completed_on,
            origin: self.record.origin,
        };
        let signers = self.by.signers(&question, &self.seal.signers);
        let origin = Place { file: self.file, spot: row.spot };
        match self.by.judge(&question, &signers) {
            Ok(assurance) => {
                judged.accepted.push(Accepted::new(self.record, row, self.seal.payload, assurance, origin))
            }
            Err(reason) => {
                judged.findings.push(self.unverified(row, &reason));
                judged.unverified.push(Unverified {
                    subject: row.subject.clone(),
                    requirement: self.requirement.id.value.clone(),
                    completed_on: row.completed_on,
                    reason,
                    origin,
                });
            }
        }
    }

    fn unverified(&self, row: &Completion, reason: &str) -> Finding {
        let who = self.name(&row.subject);
        let message = format!(
            "{who}: the completion of {} on {} is not accepted: {reason}",
            self.requirement.id.value, row.completed_on
        );
        let help = "Let the right person sign a record of it with `duly attest`.";
        self.fault(&trust::UNVERIFIED, row.spot, message, help).about(row.subject.to_string())
    }

    fn name(&self, subject: &Subject) -> String {
        match subject {
            Subject::Worker(id) => self.by.ledger.name_of(id),
            other => other.to_string(),
        }
    }

    /// Whether a row can be true at all, before anybody asks who signed.
    fn sound(&self, row: &Completion) -> Result<(), Finding> {
        self.known(row)?;
        self.possible_day(row)?;
        self.complete(row)
    }

    fn known(&self, row: &Completion) -> Result<(), Finding> {
        let fits = matches!(
            (&row.subject, &self.requirement.applies_to),
            (Subject::Worker(_), Applies::Workers(_))
                | (Subject::Org, Applies::Org)
                | (Subject::System(_), Applies::Systems(_))
                | (Subject::Vendor(_), Applies::Vendors(_))
        );
        let missing = !self.by.ledger.has(&row.subject);
        if !missing && fits {
            return Ok(());
        }
        if missing && row.subject.worker().is_none() {
            let message = format!("{} has no record", row.subject);
            let help = "What is no longer used keeps its record, with an end. If the id has a slip, sign a new record that supersedes this one.";
            return Err(self.fault(&references::UNKNOWN_SUBJECT, row.spot, message, help));
        }
        let message = if missing {
            format!("{} is not in the roster", row.subject)
        } else {
            format!("{} is not of the kind that {} is for", row.subject, self.requirement.id.value)
        };
        let help = "People who left stay in the roster with an end date. If the id has a slip, sign a new record that supersedes this one.";
        Err(self.fault(&references::UNKNOWN_WORKER, row.spot, message, help))
    }

    fn possible_day(&self, row: &Completion) -> Result<(), Finding> {
        let today = self.zone(row).date_at(self.now);
        let published = self.edition.map(|e| e.published);
        let what = if row.completed_on > today {
            format!("which lies in the future; today is {today}")
        } else if let Some(published) = published.filter(|p| row.completed_on < *p) {
            format!("before that edition was published on {published}")
        } else {
            return Ok(());
        };
        let message = format!(
            "{}: {} is dated {}, {what}",
            self.name(&row.subject),
            self.requirement.id.value,
            row.completed_on
        );
        Err(self.fault(
            &trust::IMPOSSIBLE_DATE,
            row.spot,
            message,
            "Sign a new record with the right date that supersedes this one.",
        ))
    }

    /// The time zone that decides what day it is for a row's subject.
    fn zone(&self, row: &Completion) -> Zone {
        let ledger = self.by.ledger;
        let location = row
            .subject
            .worker()
            .and_then(|id| ledger.worker(id))
            .and_then(|w| w.location_on(row.completed_on));
        ledger.organization.as_ref().map_or(Zone::UTC, |o| o.zone_of(location))
    }

    fn complete(&self, row: &Completion) -> Result<(), Finding> {
        let asked = self.requirement.evidence.min_score.is_some();
        let id = &self.requirement.id.value;
        if row.score.is_some() && !asked {
            let message = format!("{} has a score, and {id} does not ask for one", self.name(&row.subject));
            return Err(self.fault(&trust::SCORE, row.spot, message, "Sign it again without the score."));
        }
        if row.expires_on.is_none()
            && self.requirement.kind == RequirementType::Certification
            && row.outcome.is_done()
        {
            let message = format!(
                "{} has no `expires_on`, which every record of the certification {id} needs",
                self.name(&row.subject)
            );
            return Err(self.fault(
                &files::MISSING_FIELD,
                row.spot,
                message,
                "Sign it again with the last day on which it is good.",
            ));
        }
        if row.expires_on.is_some_and(|e| e < row.completed_on) {
            let message = format!("{}: it expires before it is completed", self.name(&row.subject));
            return Err(self.fault(
                &references::DATE_ORDER,
                row.spot,
                message,
                "Sign it again with the right dates.",
            ));
        }
        Ok(())
    }

    fn is_outside(&self, row: &Completion) -> bool {
        let worker = row.subject.worker().and_then(|id| self.by.ledger.worker(id));
        worker.is_some_and(|w| !w.employed_on(row.completed_on))
    }

    /// One finding for all rows of a file that lie outside their worker's employment: a sheet
    /// of a thousand must not bury what matters.
    fn outside(&self, rows: &[&Completion]) -> Option<Finding> {
        let first = rows.first()?;
        let message = match rows.len() {
            1 => format!(
                "{}: {} is dated {}, outside their employment",
                self.name(&first.subject),
                self.requirement.id.value,
                first.completed_on
            ),
            n => format!(
                "{n} rows are dated outside the worker's employment, the first of {} on {}",
                self.name(&first.subject),
                first.completed_on
            ),
        };
        let help = "Compare the dates with the roster. Whether such a completion counts, the due rule says (`carry_in`).";
        Some(self.fault(&trust::OUTSIDE_EMPLOYMENT, first.spot, message, help))
    }
}

fn stands_at(path: &str, record: &Attestation, payload: Sha256) -> Result<(), Vec<Finding>> {
    let places = [false, true].map(|shard| place(record, payload, shard));
    if places.iter().any(|p| p == path) {
        return Ok(());
    }
    let [flat, _] = places;
    Err(vec![seal::wrong_name(path, &flat)])
}

fn unknown(ledger: &Ledger, file: &InFile<Signed<Attestation>>) -> Vec<Finding> {
    let id = &file.value.record.requirement;
    let message = format!("{} is for the requirement `{id}`, which no policy has", ledger.path(file.file));
    let help = "Restore the requirement: one that no longer applies gets `effective_until` and stays.";
    vec![Finding::new(&references::UNKNOWN_REQUIREMENT, message, help).in_file(ledger.path(file.file))]
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
    let help = "Restore the edition in the policy: editions stay when newer ones come.";
    Err(vec![Finding::new(&references::UNKNOWN_REQUIREMENT, message, help).in_file(ledger.path(file.file))])
}

/// The signers of a row with their capacities, for showing.
pub fn signers_of(
    by: Authority<'_>,
    attestation: &Attestation,
    row: &Completion,
    keys: &[Fingerprint],
) -> Vec<Signer> {
    let Some(requirement) = by.ledger.requirement(&attestation.requirement) else { return Vec::new() };
    let row = Row { subject: &row.subject, requirement, day: row.completed_on, origin: attestation.origin };
    by.signers(&row, keys)
}
