//! The pipeline: from a source to what is to be said about it.

use crate::duty::{self, AsOf, Duties, Inputs, Obligation, upkeep};
use crate::finding::{self, Finding};
use crate::ledger::Ledger;
use crate::ledger::identities::Lookup;
use crate::record::date::Date;
use crate::source::Source;
use crate::trust::{Outside, Trust};

/// A repository that was read and judged.
#[derive(Debug)]
pub struct Examined {
    /// What it holds.
    pub ledger: Ledger,
    /// What is to be trusted of it.
    pub trust: Trust,
}

impl Examined {
    /// Reads and judges a repository.
    pub fn load(source: &dyn Source, outside: Outside) -> Examined {
        Examined::judge(Ledger::load(source), outside)
    }

    /// Reads and judges a repository, with the names that are kept outside of it: for what
    /// shows people to people.
    pub fn load_with_identities(source: &dyn Source, lookup: Lookup<'_>, outside: Outside) -> Examined {
        Examined::judge(Ledger::load_with_identities(source, lookup), outside)
    }

    fn judge(ledger: Ledger, outside: Outside) -> Examined {
        let trust = Trust::judge(&ledger, outside);
        Examined { ledger, trust }
    }

    /// Who owes what, by when. Without an organisation nobody owes anything, and the findings
    /// say that it is missing.
    pub fn duties(&self, as_of: AsOf) -> Duties<'_> {
        let Some(organization) = &self.ledger.organization else { return Duties::default() };
        let inputs = Inputs {
            organization,
            workers: &self.ledger.workers,
            others: &[],
            requirements: &self.ledger.requirements,
            accepted: &self.trust.accepted,
            unverified: &self.trust.unverified,
            exemptions: &[],
            extensions: &[],
            calls: &[],
        };
        duty::compute(&inputs, as_of)
    }

    /// Everything that was found as of a day, sorted: files, references, trust, gaps.
    pub fn findings(&self, duties: &Duties<'_>, day: Date) -> Vec<Finding> {
        let mut findings: Vec<Finding> =
            self.ledger.findings.iter().chain(&self.trust.findings).cloned().collect();
        findings.extend(duties.obligations.iter().filter_map(|o| self.gap(o)));
        findings.extend(upkeep::check(&self.ledger, duties, day));
        finding::sort(&mut findings);
        findings
    }

    /// The finding about an obligation, at the worker's line in the roster or else at the
    /// requirement's in its policy.
    fn gap(&self, obligation: &Obligation<'_>) -> Option<Finding> {
        let worker = obligation.subject.worker();
        let name = worker.and_then(|id| self.ledger.worker(id)).and_then(|w| w.name.as_deref());
        let finding = duty::finding(obligation, name)?;
        let place = worker.and_then(|id| self.ledger.worker_place(id));
        let place = place.or_else(|| self.ledger.requirement_place(&obligation.requirement.id.value));
        Some(match place {
            Some(place) => finding.at(place),
            None => finding,
        })
    }
}
