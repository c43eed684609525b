//! That systems, vendors, incidents and assignments name what is there, and that their dates
//! fit together.

use crate::finding::catalogue::references;
use crate::finding::{Entry, Finding};
use crate::ledger::{FileIndex, Ledger};
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::record::node::{At, Spot};

/// One record that is being looked at: `what` names it in messages, as in `incident x`.
pub(super) struct Check<'c, 'l> {
    pub(super) ledger: &'l Ledger,
    pub(super) file: FileIndex,
    pub(super) what: String,
    pub(super) found: &'c mut Vec<Finding>,
}

impl Check<'_, '_> {
    pub(super) fn report(&mut self, entry: &'static Entry, spot: Spot, text: &str, help: &str) {
        let finding = Finding::new(entry, format!("{} {text}", self.what), help);
        self.found.push(finding.at(self.ledger.place(self.file, spot)));
    }

    /// That a subject is there.
    pub(super) fn subject(&mut self, subject: &At<Subject>) {
        if self.ledger.has(&subject.value) {
            return;
        }
        match &subject.value {
            Subject::Worker(id) => self.unknown_worker(id, subject.spot),
            other => {
                let text = format!("names {other}, which has no record");
                let help = "Correct the id, or add the record; what is no longer used keeps it, with an end.";
                self.report(&references::UNKNOWN_SUBJECT, subject.spot, &text, help);
            }
        }
    }

    /// That a worker is there.
    pub(super) fn worker(&mut self, id: &At<Id>) {
        if self.ledger.worker(&id.value).is_none() {
            self.unknown_worker(&id.value, id.spot);
        }
    }

    fn unknown_worker(&mut self, id: &Id, spot: Spot) {
        let text = format!("names worker {id}, who is not in the roster");
        let help = "Correct the id, or add the worker; people who left stay in the roster, with an end.";
        self.report(&references::UNKNOWN_WORKER, spot, &text, help);
    }

    /// That a requirement is there.
    pub(super) fn requirement(&mut self, id: &At<Id>) {
        if self.ledger.requirement(&id.value).is_none() {
            let text = format!("names the requirement `{}`, which no policy has", id.value);
            let help = "Correct the id here, or in the policy if it was changed there.";
            self.report(&references::UNKNOWN_REQUIREMENT, id.spot, &text, help);
        }
    }

    /// That one date does not lie before another; each with what it is the date of.
    pub(super) fn order(&mut self, first: (&str, Option<Date>), then: (&str, Option<Date>), spot: Spot) {
        if let (Some(a), Some(b)) = (first.1, then.1)
            && b < a
        {
            let text = format!("has `{}: {b}`, before `{}: {a}`", then.0, first.0);
            self.report(&references::DATE_ORDER, spot, &text, "Correct one of the two dates.");
        }
    }
}
