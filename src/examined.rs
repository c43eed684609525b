//! The pipeline: from a source to what is to be said about it.

use crate::duty::{self, AsOf, Duties, Exemption, Extension, Inputs, Obligation, upkeep};
use crate::finding::{self, Finding};
use crate::ledger::Ledger;
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
    exemptions: Vec<Exemption>,
    extensions: Vec<Extension>,
}

impl Examined {
    /// Reads and judges a repository.
    pub fn load(source: &dyn Source, outside: Outside) -> Examined {
        let ledger = Ledger::load(source);
        let trust = Trust::judge(&ledger, outside);
        Examined::of(ledger, trust)
    }

    /// Puts together what was read and how it was judged.
    pub fn of(ledger: Ledger, trust: Trust) -> Examined {
        let (exemptions, extensions) = waived(&trust);
        Examined { ledger, trust, exemptions, extensions }
    }

    /// Who owes what, by when. Without an organisation nobody owes anything, and the findings
    /// say that it is missing.
    pub fn duties(&self, as_of: AsOf) -> Duties<'_> {
        self.inputs().map(|inputs| duty::compute(&inputs, as_of)).unwrap_or_default()
    }

    /// What the engine computes from; none without an organisation.
    pub fn inputs(&self) -> Option<Inputs<'_>> {
        Some(Inputs {
            organization: self.ledger.organization.as_ref()?,
            workers: &self.ledger.workers,
            others: &[],
            requirements: &self.ledger.requirements,
            accepted: &self.trust.accepted,
            unverified: &self.trust.unverified,
            exemptions: &self.exemptions,
            extensions: &self.extensions,
            calls: &[],
        })
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

/// What officers have accepted, as the engine reads it.
fn waived(trust: &Trust) -> (Vec<Exemption>, Vec<Extension>) {
    let exemptions = trust.exemptions.iter().map(|e| Exemption {
        subject: e.subject().clone(),
        requirement: e.requirement().clone(),
        from: e.from(),
        until: e.until(),
        origin: e.origin(),
    });
    let extensions = trust.extensions.iter().map(|e| Extension {
        subject: e.subject().clone(),
        requirement: e.requirement().clone(),
        given_on: e.given_on(),
        until: e.until(),
        origin: e.origin(),
    });
    (exemptions.collect(), extensions.collect())
}
