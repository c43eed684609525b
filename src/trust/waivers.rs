//! Judging exemptions and extensions: what officers let others off, and for how long.

use std::collections::HashSet;

use super::accepted::{AcceptedExemption, AcceptedExtension, Origin};
use super::authority::Authority;
use super::evidence::is_for;
use super::seal::{self, Seal};
use crate::finding::catalogue::{references, trust};
use crate::finding::{Entry, Finding};
use crate::ledger::InFile;
use crate::record::date::{Date, Days, Instant, Zone};
use crate::record::id::{Id, Subject};
use crate::record::node::{At, Spot};
use crate::record::policy::Requirement;
use crate::record::public_key::Fingerprint;
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
        let case = Case {
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
        case.accept(file, now, found, |subject, payload, origin| {
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
        let case = Case {
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
        case.accept(file, now, found, |subject, payload, origin| {
            accepted.push(AcceptedExtension::new(record, subject, payload, origin));
        });
    }
    accepted
}

/// One exemption or extension while it is judged.
struct Case<'a> {
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

impl Case<'_> {
    fn accept<R: Record>(
        &self,
        file: &InFile<Signed<R>>,
        now: Instant,
        found: &mut Vec<Finding>,
        mut add: impl FnMut(&Subject, crate::record::digest::Sha256, Origin),
    ) {
        let seal = match self.judge(file, now, found) {
            Ok(seal) => seal,
            Err(faults) => return found.extend(faults),
        };
        let rows = self.by.revocations.of_record(&seal.payload);
        for subject in self.subjects {
            match rows.iter().find(|r| r.subjects.as_ref().is_none_or(|s| s.contains(&subject.value))) {
                None => add(&subject.value, seal.payload, Origin { file: self.file, spot: subject.spot }),
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
    ) -> Result<Seal, Vec<Finding>> {
        let path = self.by.ledger.path(self.file);
        let known = |key: &Fingerprint| self.by.known(key);
        let by = seal::Judge {
            path,
            audience: self.by.chain.audience(),
            keys: &known,
            judged: self.by.ledger.is_judged(self.file),
        };
        let seal = seal::judge(&file.value, &by, found)?;
        let expected = format!("exemptions/{}", seal::file_name(seal.payload));
        if path != expected {
            return Err(vec![seal::wrong_name(path, &expected)]);
        }
        self.references()?;
        self.dates(now)?;
        self.nobodys_own(&seal)?;
        self.officers(&seal)?;
        Ok(seal)
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
            let help =
                "Restore the requirement: one that no longer applies gets `effective_until` and stays.";
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

    fn dates(&self, now: Instant) -> Result<(), Vec<Finding>> {
        let zone = self.by.ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
        let today = zone.date_at(now);
        let last = self.from.after(LONGEST);
        let message = if self.given_on > today {
            format!("it is given on {}, which lies in the future; today is {today}", self.given_on)
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
    fn nobodys_own(&self, seal: &Seal) -> Result<(), Vec<Finding>> {
        let holders: Vec<_> = seal.signers.iter().filter_map(|key| self.by.holder_ever(key)).collect();
        let own = self.subjects.iter().find(|s| holders.iter().any(|h| h.is(&s.value)));
        let Some(own) = own else { return Ok(()) };
        let message = format!("{} signed it for themself", own.value);
        let help = "Let another officer sign a record of its own for them.";
        Err(self.fault(&trust::BENEFICIARY, own.spot, message, help))
    }

    fn officers(&self, seal: &Seal) -> Result<(), Vec<Finding>> {
        let new = self.by.ledger.is_new(self.file);
        if let Err(what) = self.by.chain.enough_for(new, self.action, &seal.signers, self.given_on) {
            let help = "Let as many officers sign it as the root asks for.";
            return Err(self.fault(&trust::THRESHOLD, self.spot, what, help));
        }
        let standing = self.by.standing(&seal.signers, seal.payload, self.given_on);
        self.by
            .chain
            .enough(self.action, &standing, self.given_on)
            .map_err(|what| vec![self.void(&format!("a key that signed it was revoked, and {what}"))])
    }
}
