//! Which rows of an attestation count, and why the others do not.

use super::{Case, Judged, credits};
use crate::finding::Finding;
use crate::finding::catalogue::trust;
use crate::record::attestation::Completion;
use crate::record::id::{Id, Subject};
use crate::trust::accepted::{Accepted, Origin as Place, Unverified, Voided};
use crate::trust::authority::{Counting, Credit, Row, Signer};

/// Why a row is not accepted.
enum Refused {
    /// It never counted.
    Unverified(String),
    /// It would count if nothing had been revoked.
    Void(String),
}

impl<'a> Case<'a> {
    pub(super) fn rows(&self, judged: &mut Judged) {
        judged.payload = Some(self.seal.payload);
        judged.signers = self.seal.signers.clone();
        judged.joined = self.court.joined.to(&self.seal.payload).to_vec();
        judged.supersedes = self.record.supersedes;
        let (signers, joined) = (&self.seal.signers, self.court.joined.to(&self.seal.payload));
        let credits = credits(self.seal.payload, signers, joined);
        let mut outside = Vec::new();
        judged.accepted.reserve_exact(self.record.completions.len());
        for row in &self.record.completions {
            // A row that was revoked need not be sound any more.
            if let Some(why) = self.revoked(row) {
                judged.voided.push(self.voided(row, why));
                continue;
            }
            match self.sound(row) {
                Err(fault) => judged.findings.push(fault.about(row.subject.to_string())),
                Ok(()) => {
                    if self.is_outside(row) {
                        outside.push(row);
                    }
                    self.row(row, &credits, judged);
                }
            }
        }
        judged.findings.extend(self.outside(&outside));
        judged.findings.extend(self.void(&judged.voided));
    }

    fn row(&self, row: &Completion, credits: &[Credit<'_>], judged: &mut Judged) {
        let question = self.question(row);
        let signers = self.by.signers(&question, credits, Counting::Standing);
        let origin = Place { file: self.file, spot: row.spot };
        let verdict = self
            .by
            .judge(&question, &signers)
            .and_then(|assurance| self.late(row, &signers).map_or(Ok(assurance), Err));
        match verdict.map_err(|why| self.refused(why, row, &question, credits)) {
            Ok(assurance) => {
                judged.alone.extend(self.alone(&signers));
                judged.accepted.push(Accepted::new(self.record, row, self.seal.payload, assurance, origin));
            }
            Err(Refused::Void(reason)) => judged.voided.push(self.voided(row, reason)),
            Err(Refused::Unverified(reason)) => {
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

    /// Why a row came too late for those who signed it.
    fn late(&self, row: &Completion, signers: &[Signer]) -> Option<String> {
        let appeared = self.court.appeared(self.file)?;
        self.court.backdated(row, self.record.origin, appeared, signers)
    }

    fn voided(&self, row: &Completion, reason: String) -> Voided {
        Voided {
            subject: row.subject.clone(),
            requirement: self.requirement.id.value.clone(),
            completed_on: row.completed_on,
            reason,
            origin: Place { file: self.file, spot: row.spot },
        }
    }

    fn question(&self, row: &'a Completion) -> Row<'a> {
        Row {
            subject: &row.subject,
            requirement: self.requirement,
            day: row.completed_on,
            origin: self.record.origin,
        }
    }

    /// Why a row was revoked, by itself or with its record.
    fn revoked(&self, row: &Completion) -> Option<String> {
        let list = self.by.revocations.of_record(&self.seal.payload);
        let hit = list.iter().find(|r| r.subjects.as_ref().is_none_or(|s| s.contains(&row.subject)))?;
        Some(format!("revoked ({}) in {}", hit.reason, self.by.ledger.path(hit.file)))
    }

    /// Tells a row that a revocation voided from one that never counted.
    fn refused(&self, why: String, row: &Completion, question: &Row<'_>, credits: &[Credit<'_>]) -> Refused {
        let before = self.by.signers(question, credits, Counting::AsSigned);
        if self.by.judge(question, &before).is_err() || self.late(row, &before).is_some() {
            return Refused::Unverified(why);
        }
        let revoked = credits.iter().find_map(|c| {
            let revoked = self.by.revocations.voids(c.key, c.payload, Some(question.day))?;
            let path = self.by.ledger.path(revoked.file);
            Some(format!("key {} was revoked ({}) in {path}", c.key, revoked.reason))
        });
        let enrolment = || {
            let enrolled = credits.iter().filter_map(|c| self.by.registry.get(c.key));
            let reasons =
                enrolled.flat_map(|e| e.void.iter().chain(e.grants.iter().filter_map(|g| g.void.as_ref())));
            reasons.map(|why| format!("the key's enrolment or grant is void: {why}")).next()
        };
        Refused::Void(revoked.or_else(enrolment).unwrap_or(why))
    }

    /// The one person on whose word a row rests, if they enrol keys alone, too.
    fn alone(&self, signers: &[Signer]) -> Option<Id> {
        let mut able = signers.iter().filter(|s| !s.capacities.is_empty());
        let (Some(one), None) = (able.next(), able.next()) else { return None };
        self.court.lone_officers.iter().find(|id| one.holder.is(&Subject::Worker((*id).clone()))).cloned()
    }

    /// One finding for all rows of a file that are void.
    fn void(&self, rows: &[Voided]) -> Option<Finding> {
        let first = rows.first()?;
        let (id, spot) = (&self.requirement.id.value, first.origin.spot);
        let message = match rows.len() {
            1 => format!(
                "{}: the completion of {id} on {} is void: {}",
                self.name(&first.subject),
                first.completed_on,
                first.reason
            ),
            n => format!("{n} completions of {id} in this file are void: {}", first.reason),
        };
        let help = "The gaps that they closed are open again. Sign a new record with a key that holds.";
        let finding = self.fault(&trust::VOID, spot, message, help);
        Some(if rows.len() == 1 { finding.about(first.subject.to_string()) } else { finding })
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

    pub(super) fn name(&self, subject: &Subject) -> String {
        match subject {
            Subject::Worker(id) => self.by.ledger.name_of(id),
            other => other.to_string(),
        }
    }
}
