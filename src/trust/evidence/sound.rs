//! Whether a row can be true at all, before anybody asks who signed.

use super::{OpenAttestation, is_for};
use crate::finding::Finding;
use crate::finding::catalogue::{files, history, references, trust};
use crate::record::attestation::Completion;
use crate::record::date::{Date, Zone};
use crate::record::policy::RequirementType;

impl OpenAttestation<'_> {
    /// Whether a row can be true at all, before anybody asks who signed.
    pub(super) fn sound(&self, row: &Completion) -> Result<(), Box<Finding>> {
        self.known(row)?;
        self.possible_day(row)?;
        self.complete(row)
    }

    fn known(&self, row: &Completion) -> Result<(), Box<Finding>> {
        let fits = is_for(self.requirement, &row.subject);
        let missing = !self.by.ledger.has(&row.subject);
        if !missing && fits {
            return Ok(());
        }
        if missing && row.subject.worker().is_none() {
            let message = format!("{} has no record", row.subject);
            let help = "What is no longer used keeps its record, with an end. If the id has a slip, sign a new record that supersedes this one.";
            return Err(Box::new(self.fault(&references::UNKNOWN_SUBJECT, row.spot, message, help)));
        }
        let message = if missing {
            format!("{} is not in the roster", row.subject)
        } else {
            format!("{} is not of the kind that {} is for", row.subject, self.requirement.id.value)
        };
        let help = "People who left stay in the roster with an end date. If the id has a slip, sign a new record that supersedes this one.";
        Err(Box::new(self.fault(&references::UNKNOWN_WORKER, row.spot, message, help)))
    }

    fn possible_day(&self, row: &Completion) -> Result<(), Box<Finding>> {
        let today = self.zone(row).date_at(self.context.now);
        let published = self.edition.map(|e| e.published);
        let appeared = self.context.appeared(self.file).map(|a| a.day);
        if let Some(appeared) = appeared.filter(|a| row.completed_on > *a) {
            return Err(Box::new(self.not_yet(row, appeared)));
        }
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
        Err(Box::new(self.fault(
            &trust::IMPOSSIBLE_DATE,
            row.spot,
            message,
            "Sign a new record with the right date that supersedes this one.",
        )))
    }

    fn not_yet(&self, row: &Completion, appeared: Date) -> Finding {
        let message = format!(
            "{}: {} is dated {}, after its record appeared on {appeared}",
            self.name(&row.subject),
            self.requirement.id.value,
            row.completed_on
        );
        let help = "Nobody can record what has yet to happen. Sign a new record with the right date that supersedes this one.";
        self.fault(&history::AFTER_IT_APPEARED, row.spot, message, help)
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

    fn complete(&self, row: &Completion) -> Result<(), Box<Finding>> {
        let asked = self.requirement.evidence.min_score.is_some();
        let id = &self.requirement.id.value;
        if row.score.is_some() && !asked {
            let message = format!("{} has a score, and {id} does not ask for one", self.name(&row.subject));
            return Err(Box::new(self.fault(
                &trust::SCORE,
                row.spot,
                message,
                "Sign it again without the score.",
            )));
        }
        if row.expires_on.is_none()
            && self.requirement.kind == RequirementType::Certification
            && row.outcome.is_done()
        {
            let message = format!(
                "{} has no `expires_on`, which every record of the certification {id} needs",
                self.name(&row.subject)
            );
            return Err(Box::new(self.fault(
                &files::MISSING_FIELD,
                row.spot,
                message,
                "Sign it again with the last day on which it is good.",
            )));
        }
        if row.expires_on.is_some_and(|e| e < row.completed_on) {
            let message = format!("{}: it expires before it is completed", self.name(&row.subject));
            return Err(Box::new(self.fault(
                &references::DATE_ORDER,
                row.spot,
                message,
                "Sign it again with the right dates.",
            )));
        }
        Ok(())
    }

    pub(super) fn is_outside(&self, row: &Completion) -> bool {
        let worker = row.subject.worker().and_then(|id| self.by.ledger.worker(id));
        worker.is_some_and(|w| !w.employed_on(row.completed_on))
    }

    /// One finding for all rows of a file that lie outside their worker's employment: a sheet
    /// of a thousand must not bury what matters.
    pub(super) fn outside(&self, rows: &[&Completion]) -> Option<Finding> {
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
