//! One judgement of a repository: what every command and every page prints.
//!
//! [`Examined`] is the repository with what trust accepted of it, whatever the day. A
//! [`Judgement`] is that as of a day: who owes what, everything that was found with
//! consequences folded under their causes, and the headline. No output computes any of it
//! again, so no two of them can differ.

mod calls;
mod causes;
mod examined;
mod headline;
pub(crate) mod parts;
pub mod uncounted;

pub use examined::Examined;
pub use headline::{Headline, Standing, State};

use uncounted::Uncounted;

use crate::duty::{AsOf, Duties, Obligation, Whys};
use crate::duty::{NoWhy, Why, why};
use crate::finding::{self, Finding, Severity};
use crate::record::date::{Date, Zone};
use crate::record::id::{Id, Subject};

/// What is to be said about a repository as of a day.
#[derive(Debug)]
pub struct Judgement<'e> {
    /// The repository.
    pub examined: &'e Examined,
    /// The day asked about, as it was asked.
    pub as_of: AsOf,
    /// The day asked about, where the organisation is.
    pub day: Date,
    /// Who owes what, by when.
    pub duties: Duties<'e>,
    /// Everything that was found, worst first; what only follows from another finding stands
    /// under it.
    pub findings: Vec<Finding>,
    /// The headline.
    pub headline: Headline,
}

impl Examined {
    /// The judgement as of a day. `beside` is what was found outside of the files, as about the
    /// history.
    pub fn judge(&self, as_of: AsOf, beside: &[Finding]) -> Judgement<'_> {
        let day = self.day(as_of);
        let duties = self.duties(as_of);
        let mut findings = self.findings(&duties, day);
        findings.extend_from_slice(beside);
        let mut findings = causes::fold(self, findings);
        finding::sort(&mut findings);
        let headline = Headline::of(&findings, duties.obligations.iter().map(headline::standing));
        Judgement { examined: self, as_of, day, duties, findings, headline }
    }

    /// The civil date that is asked about, where the organisation is.
    pub fn day(&self, as_of: AsOf) -> Date {
        match (&self.ledger.organization, as_of) {
            (_, AsOf::Date(date)) => date,
            (Some(organization), _) => as_of.date(organization),
            (None, AsOf::Now(now)) => Zone::UTC.date_at(now),
        }
    }
}

impl<'e> Judgement<'e> {
    /// How many errors say that the files themselves are wrong: while there are any, no answer
    /// can be relied on.
    pub fn unreliable(&self) -> usize {
        self.errors().filter(|f| !f.entry.can_be_ignored()).count()
    }

    /// The errors: while there are any, no answer is good news.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.severity == Severity::Error)
    }

    /// One obligation and how its due date came about.
    ///
    /// # Errors
    /// There is no such subject or requirement, or the one never applies to the other.
    pub fn why(&self, subject: &Subject, requirement: &Id) -> Result<Why<'e>, NoWhy> {
        let Examined { ledger, trust, .. } = self.examined;
        let inputs = self.examined.inputs().ok_or(NoWhy::Subject)?;
        let mut why = match self.duties.find(subject, requirement.as_str()) {
            Some(obligation) => {
                let obligation: Obligation<'e> = obligation.clone();
                let mut steps = Whys::new(&inputs).of_subject(std::slice::from_ref(&obligation));
                Why { obligation, steps: steps.pop().unwrap_or_default() }
            }
            None => why(&inputs, subject, requirement.as_str(), self.as_of)?,
        };
        let day = why.obligation.as_of;
        Uncounted::new(ledger, trust).tell(subject, requirement, day, &mut why.steps);
        Ok(why)
    }
}
