//! A repository that was read and judged, whatever the day that is asked about.

use rayon::prelude::*;

use super::{calls, parts};
use crate::duty::{
    self, AsOf, Duties, Exemption, Extension, ExternalDueDate, Inputs, NonWorkerSubject, Obligation, upkeep,
};
use crate::finding::Finding;
use crate::history::seen::{FirstSeen, KnownHistory};
use crate::history::texts;
use crate::ledger::Ledger;
use crate::ledger::check::access;
use crate::ledger::identities::Lookup;
use crate::record::date::Date;
use crate::record::date::Zone;
use crate::source::Source;
use crate::trust::accepted::Accepted;
use crate::trust::appeared::Appeared;
use crate::trust::{Outside, Trust};

/// A repository that was read and judged.
#[derive(Debug)]
pub struct Examined {
    /// What it holds.
    pub ledger: Ledger,
    /// What is to be trusted of it.
    pub trust: Trust,
    exemptions: Vec<Exemption>,
    extensions: Vec<Extension>,
    /// The systems and vendors, as subjects.
    others: Vec<NonWorkerSubject>,
    /// What incidents and assignments ask for.
    calls: Vec<ExternalDueDate>,
    /// When records appeared, where the history is at hand.
    pub seen: Option<FirstSeen>,
}

impl Examined {
    /// Reads and judges a repository.
    pub fn load(source: &dyn Source, outside: Outside) -> Examined {
        Examined::assemble(Ledger::load(source), outside, None)
    }

    /// Reads and judges a repository, with the names that are kept outside of it: for what
    /// shows people to people.
    pub fn load_with_identities(source: &dyn Source, lookup: Lookup<'_>, outside: Outside) -> Examined {
        Examined::load_with_history(source, lookup, outside, None)
    }

    /// The same, with what the history says about when records appeared.
    pub fn load_with_history(
        source: &dyn Source,
        lookup: Lookup<'_>,
        outside: Outside,
        seen: Option<FirstSeen>,
    ) -> Examined {
        Examined::assemble(Ledger::load_with_identities(source, lookup), outside, seen)
    }

    fn assemble(mut ledger: Ledger, outside: Outside, seen: Option<FirstSeen>) -> Examined {
        let zone = ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
        let ahead = upkeep::confirmed_ahead(&ledger, zone.date_at(outside.now));
        ledger.findings.extend(ahead);
        // What is in no commit yet appears now.
        let now = Appeared { day: zone.date_at(outside.now), position: u32::MAX };
        let trust = match &seen {
            Some(seen) => {
                let known = KnownHistory { ledger: &ledger, seen: Some(seen), fresh: None, now: Some(now) };
                Trust::judge_with(&ledger, outside, Some(&known))
            }
            None => Trust::judge(&ledger, outside),
        };
        let exemptions = trust.exemptions.iter().map(parts::exemption).collect();
        let extensions = trust.extensions.iter().map(parts::extension).collect();
        let (others, calls) = (calls::others(&ledger), calls::calls(&ledger));
        Examined { ledger, trust, exemptions, extensions, others, calls, seen }
    }

    /// The day on which the record of a row appeared, where the history is at hand.
    pub fn appeared(&self, file: u32) -> Option<Date> {
        let zone = self.ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
        Some(self.seen.as_ref()?.appeared(self.ledger.path(file), zone)?.day)
    }

    /// Who owes what, by when. Without an organisation nobody owes anything, and the findings
    /// say that it is missing.
    pub fn duties(&self, as_of: AsOf) -> Duties<'_> {
        let seen = |row: &Accepted| self.appeared(row.origin().file);
        let seen: Option<duty::FirstSeen<'_>> = if self.seen.is_some() { Some(&seen) } else { None };
        self.inputs().map(|inputs| duty::compute_with(&inputs, as_of, seen)).unwrap_or_default()
    }

    /// What the engine computes from; none without an organisation.
    pub fn inputs(&self) -> Option<Inputs<'_>> {
        Some(Inputs {
            organization: self.ledger.organization.as_ref()?,
            workers: &self.ledger.workers,
            others: &self.others,
            requirements: &self.ledger.requirements,
            accepted: &self.trust.accepted,
            unverified: &self.trust.unverified,
            exemptions: &self.exemptions,
            extensions: &self.extensions,
            external: &self.calls,
            unreadable: &self.ledger.unreadable,
        })
    }

    /// Everything that was found as of a day: files, references, trust, gaps.
    pub(super) fn findings(&self, duties: &Duties<'_>, day: Date) -> Vec<Finding> {
        let mut findings: Vec<Finding> =
            self.ledger.findings.iter().chain(&self.trust.findings).cloned().collect();
        findings.par_extend(duties.obligations.par_iter().filter_map(|o| self.gap(o)));
        findings.extend(upkeep::check(&self.ledger, duties, day));
        findings.extend(calls::without_effect(&self.ledger, duties, &self.calls, day));
        findings.extend(access::check(&self.ledger, day));
        if let Some(seen) = &self.seen {
            findings.extend(texts::check(&self.ledger, &self.trust.accepted, seen));
        }
        findings
    }

    /// The finding about an obligation, at the line of its subject or else, as for the
    /// organisation, at the requirement's in its policy.
    fn gap(&self, obligation: &Obligation<'_>) -> Option<Finding> {
        let finding = duty::finding(obligation, self.ledger.title(&obligation.subject))?;
        let place = self.ledger.subject_place(&obligation.subject);
        let place = place.or_else(|| self.ledger.requirement_place(&obligation.requirement.id.value));
        Some(match place {
            Some(place) => finding.at(place),
            None => finding,
        })
    }
}
