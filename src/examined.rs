//! The pipeline: from a source to what is to be said about it.

mod calls;

use rayon::prelude::*;

use crate::duty::{self, AsOf, Call, Duties, Exemption, Extension, Inputs, Obligation, Other, upkeep};
use crate::finding::{self, Finding};
use crate::ledger::Ledger;
use crate::ledger::check::access;
use crate::record::date::Date;
use crate::source::Source;
use crate::trust::accepted::{AcceptedExemption, AcceptedExtension};
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
    others: Vec<Other>,
    /// What incidents and assignments ask for.
    calls: Vec<Call>,
}

impl Examined {
    /// Reads and judges a repository.
    pub fn load(source: &dyn Source, outside: Outside) -> Examined {
        let ledger = Ledger::load(source);
        let trust = Trust::judge(&ledger, outside);
        let exemptions = trust.exemptions.iter().map(exemption).collect();
        let extensions = trust.extensions.iter().map(extension).collect();
        let (others, calls) = (calls::others(&ledger), calls::calls(&ledger));
        Examined { ledger, trust, exemptions, extensions, others, calls }
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
            others: &self.others,
            requirements: &self.ledger.requirements,
            accepted: &self.trust.accepted,
            unverified: &self.trust.unverified,
            exemptions: &self.exemptions,
            extensions: &self.extensions,
            calls: &self.calls,
        })
    }

    /// Everything that was found as of a day, sorted: files, references, trust, gaps.
    pub fn findings(&self, duties: &Duties<'_>, day: Date) -> Vec<Finding> {
        let mut findings: Vec<Finding> =
            self.ledger.findings.iter().chain(&self.trust.findings).cloned().collect();
        findings.par_extend(duties.obligations.par_iter().filter_map(|o| self.gap(o)));
        findings.extend(upkeep::check(&self.ledger, duties, day));
        findings.extend(calls::without_effect(&self.ledger, duties, &self.calls, day));
        findings.extend(access::check(&self.ledger, day));
        finding::sort(&mut findings);
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

/// An accepted exemption as the engine takes it.
fn exemption(accepted: &AcceptedExemption) -> Exemption {
    Exemption {
        subject: accepted.subject().clone(),
        requirement: accepted.requirement().clone(),
        from: accepted.from(),
        until: accepted.until(),
        origin: accepted.origin(),
    }
}

/// An accepted extension as the engine takes it.
fn extension(accepted: &AcceptedExtension) -> Extension {
    Extension {
        subject: accepted.subject().clone(),
        requirement: accepted.requirement().clone(),
        given_on: accepted.given_on(),
        until: accepted.until(),
        origin: accepted.origin(),
    }
}
