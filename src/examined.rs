//! The pipeline: from a source to what is to be said about it.

use crate::duty::{self, AsOf, Duties, Inputs};
use crate::finding::{self, Finding};
use crate::ledger::Ledger;
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
        let ledger = Ledger::load(source);
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

    /// Everything that was found, sorted: files, references, trust, gaps.
    pub fn findings(&self, duties: &Duties<'_>) -> Vec<Finding> {
        let mut findings: Vec<Finding> =
            self.ledger.findings.iter().chain(&self.trust.findings).cloned().collect();
        finding::sort(&mut findings);
        findings
    }
}
