//! Which rows of an attestation count, and why the others do not.

use super::{Judged, OpenAttestation, credits};
use crate::finding::Finding;
use crate::finding::catalogue::trust;
use crate::record::attestation::Completion;
use crate::record::id::{Id, Subject};
use crate::record::policy::Assurance;
use crate::trust::accepted::{Accepted, Marks, Origin as Place, Unverified, Voided};
use crate::trust::open::{Opened, When};
use crate::trust::signers::{Counting, Credit, Row, Signer};

/// Why a row is not accepted.
enum Refused {
    /// It never counted.
    Unverified(String),
    /// It would count if nothing had been revoked.
    Void(String),
}

/// A row that counts.
struct Counted {
    signers: Vec<Signer>,
    assurance: Assurance,
    marks: Marks,
}

impl OpenAttestation<'_> {
    pub(super) fn rows(&self, judged: &mut Judged) {
        let Opened { payload, when, signers, .. } = &self.opened;
        let joined = self.context.countersigned.to(payload);
        (judged.payload, judged.when, judged.signers) = (Some(*payload), Some(*when), signers.clone());
        judged.joined = joined.to_vec();
        judged.supersedes = self.record.supersedes;
        let credits = credits(*payload, *when, signers, joined);
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
        let origin = Place { file: self.file, spot: row.spot };
        match self.verdict(&question, credits, Counting::Standing) {
            Ok(counted) => {
                judged.alone.extend(self.alone(&counted.signers));
                judged.findings.extend(self.marked(row, counted.marks));
                let (payload, assurance) = (self.opened.payload, counted.assurance);
                judged
                    .accepted
                    .push(Accepted::new(self.record, row, payload, assurance, origin).marked(counted.marks));
            }
            Err(why) => match self.refused(why, &question, credits) {
                Refused::Void(reason) => judged.voided.push(self.voided(row, reason)),
                Refused::Unverified(reason) => {
                    judged.findings.push(self.unverified(row, &reason));
                    judged.unverified.push(Unverified {
                        subject: row.subject.clone(),
                        requirement: self.requirement.id.value.clone(),
                        completed_on: row.completed_on,
                        reason,
                        origin,
                    });
                }
            },
        }
    }

    /// What the signatures of a row come to, by those that count or as they were made.
    fn verdict(
        &self,
        question: &Row<'_>,
        credits: &[Credit<'_>],
        counting: Counting,
    ) -> Result<Counted, String> {
        let signers = self.by.signers(question, credits, counting);
        let verdict = self.by.judge(question, &signers)?;
        let mut marks = Marks { witness_left: verdict.witness_left, own_approval: false };
        if let Some(when) = self.counts_from(question, credits, counting) {
            marks.own_approval = self.context.backdated(question, when, &signers)?;
        }
        Ok(Counted { signers, assurance: verdict.assurance, marks })
    }

    /// When the signature appeared that makes a row count; none where nobody can tell.
    fn counts_from(&self, question: &Row<'_>, credits: &[Credit<'_>], counting: Counting) -> Option<When> {
        let mut moments: Vec<When> = credits.iter().map(|c| c.when).collect();
        moments.sort_unstable_by_key(|when| when.position);
        moments.dedup_by_key(|when| when.position);
        let (last, earlier) = moments.split_last()?;
        let enough = |at: &&When| {
            let so_far = |c: &&Credit<'_>| c.when.position <= at.position;
            let so_far: Vec<Credit<'_>> = credits.iter().filter(so_far).copied().collect();
            self.by.judge(question, &self.by.signers(question, &so_far, counting)).is_ok()
        };
        let first = earlier.iter().find(enough).unwrap_or(last);
        first.position.map(|_| *first)
    }

    /// What is to be known of a row that counts.
    fn marked(&self, row: &Completion, marks: Marks) -> Vec<Finding> {
        let say = |entry, what: &str, help: &str| {
            let message = format!(
                "{}: the completion of {} on {} {what}",
                self.name(&row.subject),
                self.requirement.id.value,
                row.completed_on
            );
            self.fault(entry, row.spot, message, help).about(row.subject.to_string())
        };
        let own = marks.own_approval.then(|| {
            let help = "A second officer in the root would end this: `duly trust propose`.";
            say(
                &trust::OWN_APPROVAL,
                "lies far back and counts by their own word as an officer: freed by own approval",
                help,
            )
        });
        let left = marks.witness_left.then(|| {
            let help = "Nothing needs to be done.";
            say(
                &trust::WITNESS_LEFT,
                "is signed by an officer, in the place of people who have all left",
                help,
            )
        });
        own.into_iter().chain(left).collect()
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

    fn question<'r>(&'r self, row: &'r Completion) -> Row<'r> {
        Row {
            subject: &row.subject,
            requirement: self.requirement,
            day: row.completed_on,
            origin: self.record.origin,
        }
    }

    /// Why a row was revoked, by itself or with its record.
    fn revoked(&self, row: &Completion) -> Option<String> {
        let list = self.by.revocations.of_record(&self.opened.payload);
        let hit = list.iter().find(|r| r.subjects.as_ref().is_none_or(|s| s.contains(&row.subject)))?;
        Some(format!("revoked ({}) in {}", hit.reason, self.by.ledger.path(hit.file)))
    }

    /// Tells a row that a revocation voided from one that never counted.
    fn refused(&self, why: String, question: &Row<'_>, credits: &[Credit<'_>]) -> Refused {
        if self.verdict(question, credits, Counting::AsSigned).is_err() {
            return Refused::Unverified(why);
        }
        let revoked = credits.iter().find_map(|c| {
            let revoked = self.by.revocations.key(c.key)?;
            self.by.revoked(c.key, c.payload, c.when_for(question))?;
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
        self.context.lone_officers.iter().find(|id| one.holder.is(&Subject::Worker((*id).clone()))).cloned()
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
        let help = "Let somebody who may sign it join the record with `duly countersign`, or sign a new one with `duly attest`.";
        self.fault(&trust::UNVERIFIED, row.spot, message, help).about(row.subject.to_string())
    }

    pub(super) fn name(&self, subject: &Subject) -> String {
        match subject {
            Subject::Worker(id) => self.by.ledger.name_of(id),
            other => other.to_string(),
        }
    }
}
