//! `duly check`: everything in one pass.

pub(super) mod change;

use super::asking::Asking;
use super::context::text_of;
use super::{Context, Failure, Outcome};
use crate::Judgement;
use crate::duty::Status;
use crate::finding::{Finding, Severity};
use crate::output::{self, Format, Summary};

/// Check records, signatures and who owes what; fails where something is wrong or overdue
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    asking: Asking,
    /// Judge a change under this commit of the protected branch, which is trusted
    #[arg(long, value_name = "REV", conflicts_with_all = ["rev", "identities"])]
    base: Option<String>,
    /// The commit with the change
    #[arg(long, value_name = "REV", requires = "base")]
    head: Option<String>,
    /// Of gaps, fail only for what the change makes worse
    #[arg(long, requires = "base")]
    new_only: bool,
    /// Judge each commit from the base to the head by itself, as a merge queue makes them
    #[arg(long, requires = "base")]
    queue: bool,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// The mildest finding that makes the check fail
    #[arg(long, value_name = "SEVERITY", default_value = "overdue")]
    fail_on: FailOn,
    /// Exit with 0 whatever was found, and say so
    #[arg(long)]
    report_only: bool,
    /// Print every finding, not only the first ten of each code
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
enum FailOn {
    /// What is wrong or cannot be trusted.
    Error,
    /// Also who is overdue.
    Overdue,
    /// Also who is in the days of grace or due soon.
    DueSoon,
}

impl FailOn {
    fn severity(self) -> Severity {
        match self {
            FailOn::Error => Severity::Error,
            FailOn::Overdue => Severity::Overdue,
            FailOn::DueSoon => Severity::DueSoon,
        }
    }
}

impl Args {
    /// Prints what was found.
    ///
    /// # Errors
    /// There is no repository here, or the output cannot be written.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        if let Some(base) = &self.base {
            return self.change(context, base);
        }
        let asked = self.asking.examine(context)?;
        let judgement = asked.judge();
        let result = output::Result {
            as_of: judgement.day,
            pinned: asked.examined.trust.pinned.holds(),
            headline: Some(judgement.headline),
            summary: summary(&judgement),
            findings: &judgement.findings,
        };
        let text = text_of(&*asked.source);
        context.write(|out| output::print(self.format, &result, context.style(self.all), &text, out))?;
        self.outcome(context, &judgement.findings)
    }

    fn outcome(&self, context: &Context, findings: &[Finding]) -> Result<Outcome, Failure> {
        let outcome = Outcome::of(findings, self.fail_on.severity());
        if self.report_only && outcome == Outcome::Findings {
            context.note("Exit code 0 because of --report-only; without it this check fails.");
            return Ok(Outcome::Clean);
        }
        Ok(outcome)
    }
}

fn summary(judgement: &Judgement<'_>) -> Summary {
    let Judgement { examined, duties, day, .. } = judgement;
    let count = |status: Status| duties.obligations.iter().filter(|o| o.status == status).count();
    Summary {
        workers: examined.ledger.workers.iter().filter(|w| w.employed_on(*day)).count(),
        obligations: duties.obligations.len(),
        accepted: examined.trust.accepted.len(),
        unverified: examined.trust.unverified.len(),
        statuses: Status::ALL.iter().map(|s| (s.word(), count(*s))).collect(),
    }
}
