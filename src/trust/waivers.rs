//! Judging exemptions and extensions: what officers let others off, and for how long.

use std::collections::HashSet;

use super::accepted::{AcceptedExemption, AcceptedExtension, Origin};
use super::authority::Authority;
use super::evidence::is_for;
use super::open::{Opened, Shortage};
use crate::finding::catalogue::{references, trust};
use crate::finding::{Entry, Finding};
use crate::ledger::InFile;
use crate::record::date::{Date, Days, Instant, Zone};
use crate::record::id::{Id, Subject};
use crate::record::node::{At, Spot};
use crate::record::policy::Requirement;
use crate::record::root::Action;
use crate::record::signed::{Record, Signed};

/// How long an exemption or extension may last: five years. What lasts longer is a change of
/// the policy.
pub const LONGEST: Days = Days::new(5 * 366);

/// Judges the exemptions of a ledger. The result is in the order of files and lines.
pub fn exemptions(by: Authority<'_>, now: Instant, found: &mut Vec<Finding>) -> Vec<AcceptedExemption> {
    let mut accepted = Vec::new();
    for file in &by.ledger.exemptions {
        let record = &file.value.record;
        let waiver = Waiver {
            by,
            file: file.file,
            action: Action::Exempt,
            spot: record.spot,
            subjects: &record.subjects,
            requirement: &record.requirement,
            given_on: record.given_on,
            from: record.from,
            until: record.until,
        };
        waiver.accept(file, now, found, |subject, payload, origin| {
            accepted.push(AcceptedExemption::new(record, subject, payload, origin));
        });
    }
    accepted
}

/// Judges the extensions of a ledger. The result is in the order of files and lines.
pub fn extensions(by: Authority<'_>, now: Instant, found: &mut Vec<Finding>) -> Vec<AcceptedExtension> {
    let mut accepted = Vec::new();
    for file in &by.ledger.extensions {
        let record = &file.value.record;
        let waiver = Waiver {
            by,
            file: file.file,
            action: Action::Extend,
            spot: record.spot,
            subjects: &record.subjects,
            requirement: &record.requirement,
            given_on: record.given_on,
            from: record.given_on,
            until: record.until,
        };
        waiver.accept(file, now, found, |subject, payload, origin| {
            accepted.push(AcceptedExtension::new(record, subject, payload, origin));
        });
    }
    accepted
}

/// One exemption or extension while it is judged.
struct Waiver<'a> {
    by: Authority<'a>,
    file: u32,
    action: Action,
    spot: Spot,
    subjects: &'a [At<Subject>],
    requirement: &'a At<Id>,
    given_on: Date,
    from: Date,
    until: Date,
}

impl Waiver<'_> {
    fn accept<R: Record>(
        &self,
        file: &InFile<Signed<R>>,
        now: Instant,
        found: &mut Vec<Finding>,
        mut add: impl FnMut(&Subject, crate::record::digest::Sha256, Origin),
    ) {
        let opened = match self.judge(file, now, found) {
            Ok(opened) => opened,
            Err(faults) => return found.extend(faults),
        };
        let rows = self.by.revocations.of_record(&opened.payload);
        for subject in self.subjects {
            match rows.iter().find(|r| r.subjects.as_ref().is_none_or(|s| s.contains(&subject.value))) {
                None => add(&subject.value, opened.payload, Origin { file: self.file, spot: subject.spot }),
                Some(revoked) => {
                    let path = self.by.ledger.path(revoked.file);
                    let why = format!("it was revoked ({}) in {path}", revoked.reason);
                    found.push(self.void(&why).about(subject.value.to_string()));
                }
            }
        }
    }

    fn judge<R: Record>(
        &self,
        file: &InFile<Signed<R>>,
        now: Instant,
        found: &mut Vec<Finding>,
    ) -> Result<Opened, Vec<Finding>> {
        let opened = self.by.door().open(file, &|key| self.by.known(key), found)?;
        // What was revoked as a whole need not be sound any more.
        if self.by.revocations.of_whole(&opened.payload).is_some() {
            return Ok(opened);
        }
        self.references()?;
        self.dates(now, &opened)?;
        self.nobodys_own(&opened)?;
        self.officers(&opened)?;
        Ok(opened)
    }

    fn fault(&self, entry: &'static Entry, spot: Spot, message: String, help: &str) -> Vec<Finding> {
        let finding = Finding::new(entry, message, help).at(self.by.ledger.place(self.file, spot));
        vec![finding.for_requirement(self.requirement.value.to_string())]
    }

    fn void(&self, why: &str) -> Finding {
        let what = if self.action == Action::Exempt { "exemption from" } else { "extension for" };
        let message = format!("the {what} {} is void: {why}", self.requirement.value);
        let help = "What is due is due again. Officers can sign a new one if it was right.";
        let place = self.by.ledger.place(self.file, self.spot);
        Finding::new(&trust::VOID, message, help)
            .at(place)
            .for_requirement(self.requirement.value.to_string())
    }

    fn references(&self) -> Result<(), Vec<Finding>> {
        let Some(requirement) = self.by.ledger.requirement(&self.requirement.value) else {
            let message = format!("no policy has the requirement `{}`", self.requirement.value);
            let help = "Correct the id in the policy if it was changed there. A requirement that no longer applies gets `effective_until` and stays.";
            return Err(self.fault(&references::UNKNOWN_REQUIREMENT, self.requirement.spot, message, help));
        };
        let mut seen = HashSet::new();
        for subject in self.subjects {
            self.subject(requirement, subject)?;
            if !seen.insert(&subject.value) {
                let message = format!("{} stands here twice", subject.value);
                return Err(self.fault(&trust::WAIVER, subject.spot, message, "Name each subject once."));
            }
        }
        Ok(())
    }

    fn subject(&self, requirement: &Requirement, subject: &At<Subject>) -> Result<(), Vec<Finding>> {
        let missing = !self.by.ledger.has(&subject.value);
        if missing && subject.value.worker().is_none() {
            let message = format!("{} has no record", subject.value);
            let help = "What is no longer used keeps its record, with an end.";
            return Err(self.fault(&references::UNKNOWN_SUBJECT, subject.spot, message, help));
        }
        if missing {
            let message = format!("{} is not in the roster", subject.value);
            let help = "People who left stay in the roster with an end date.";
            return Err(self.fault(&references::UNKNOWN_WORKER, subject.spot, message, help));
        }
        if is_for(requirement, &subject.value) {
            return Ok(());
        }
        let message = format!("{} is not of the kind that {} is for", subject.value, requirement.id.value);
        Err(self.fault(&trust::WAIVER, subject.spot, message, "Name subjects that owe the requirement."))
    }

    fn dates(&self, now: Instant, opened: &Opened) -> Result<(), Vec<Finding>> {
        let zone = self.by.ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
        let today = zone.date_at(now);
        let last = self.from.after(LONGEST);
        let door = self.by.door();
        let limit = door.max_backdate(opened.when).unwrap_or(Days::new(0));
        let message = if self.given_on > today {
            format!("it is given on {}, which lies in the future; today is {today}", self.given_on)
        } else if self.from.after(limit) < opened.when.day {
            let day = opened.when.day;
            format!("it begins on {}, more than {limit} before it appeared on {day}", self.from)
        } else if self.until < self.from {
            format!("it ends on {}, before it begins on {}", self.until, self.from)
        } else if self.until > last {
            format!("it ends on {}, later than {last}, five years after it begins", self.until)
        } else {
            return Ok(());
        };
        Err(self.fault(&trust::WAIVER, self.spot, message, "Sign a new one with the right dates."))
    }

    /// Nobody exempts themself, and beside others neither: who signs must not be named.
    fn nobodys_own(&self, opened: &Opened) -> Result<(), Vec<Finding>> {
        let holders: Vec<_> = opened.signers.iter().filter_map(|key| self.by.holder_ever(key)).collect();
        let own = self.subjects.iter().find(|s| holders.iter().any(|h| h.is(&s.value)));
        let Some(own) = own else { return Ok(()) };
        let message = format!("{} signed it for themself", own.value);
        let help = "Let another officer sign a record of its own for them.";
        Err(self.fault(&trust::BENEFICIARY, own.spot, message, help))
    }

    fn officers(&self, opened: &Opened) -> Result<(), Vec<Finding>> {
        let few = match self.by.door().officers(self.action, opened, self.by.revocations) {
            Ok(()) => return Ok(()),
            Err(few) => few,
        };
        if few.how != Shortage::Never {
            return Err(vec![self.void(&few.what)]);
        }
        let help = "Let as many officers sign it as the root asks for.";
        Err(self.fault(&trust::THRESHOLD, self.spot, few.what, help))
    }
}
