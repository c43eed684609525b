//! `duly check --base`: a pull request judged under its base.

use super::Args;
use crate::change::{self, Proposal, Question};
use crate::cli::asking::Asking;
use crate::cli::context::text_of;
use crate::cli::{Context, Failure, Outcome};
use crate::duty::AsOf;
use crate::finding::Finding;
use crate::history::completeness;
use crate::ledger::layout;
use crate::output::{self, Format, Summary};
use crate::record::date::{Date, Zone};
use crate::report::change as shown;
use crate::source::git::{CommitTree, Fault, Git};

/// How a change is judged.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// Of gaps, only what the change makes worse.
    pub new_only: bool,
    /// Each commit from the base to the head by itself.
    pub queue: bool,
    /// Whether the head is merged into the base first.
    pub merge: bool,
}

/// Judges a change.
///
/// # Errors
/// The commits are not there, cannot be merged, or are one and the same.
pub fn judge(
    context: &Context,
    asking: &Asking,
    revisions: (&str, &str),
    how: How,
) -> Result<(Proposal, Date), Failure> {
    let git = context.needs_git()?;
    let (base, head) = (git.resolve(revisions.0)?, git.resolve(revisions.1)?);
    if base == head && how.merge {
        let message = format!("base and head are the same commit, {base}: nothing would be judged");
        return Err(Failure::new(message, "Name the commit of the protected branch with --base."));
    }
    if how.merge && !how.queue {
        refuse_old_base(&git, base, head)?;
    }
    whole(&git, base, head)?;
    let (as_of, outside) = (asking.as_of(), asking.outside());
    let How { new_only, queue, merge } = how;
    let question = Question { base, head, as_of, outside, new_only, queue, merge };
    let mut proposal = change::judge(&git, question)?;
    let replaced = completeness(&git)?.into_iter().filter(|f| f.entry.code == "D408");
    proposal.findings.extend(replaced);
    let organization = proposal.ledger.organization.as_ref();
    let day = organization.map_or_else(|| Zone::UTC.date_at(outside.now), |o| as_of.date(o));
    Ok((proposal, day))
}

/// A head that was merged into a later commit than the base would bring all that lies between,
/// as if it were its own.
fn refuse_old_base(
    git: &Git,
    base: crate::source::git::ObjectId,
    head: crate::source::git::ObjectId,
) -> Result<(), Failure> {
    let [into, merged, ..] = git.commit(head)?.parents[..] else { return Ok(()) };
    if into == base || merged == base || !git.is_ancestor(base, into)? {
        return Ok(());
    }
    let message = format!(
        "the head {} is a merge into {}, which is later than the base {}",
        head.short(),
        into.short(),
        base.short()
    );
    let help = format!(
        "Fetch the target branch and name it, as in `--base refs/remotes/origin/main`, with the pull request's own last commit as `--head {}`. Where the merges in between are meant to be judged one by one, as in a merge queue, add `--queue`.",
        merged.short()
    );
    Err(Failure::new(message, help))
}

/// A merge needs the history that both sides share. Where the head is a merge that CI made, its
/// files are all that is needed.
fn whole(
    git: &Git,
    base: crate::source::git::ObjectId,
    head: crate::source::git::ObjectId,
) -> Result<(), Failure> {
    let direct = git.commit(head)?.parents.contains(&base);
    let faults = git.faults()?;
    let cut = faults.iter().any(|f| !matches!(f, Fault::Replaced(_)));
    if cut && !direct {
        let found: Vec<Finding> = completeness(git)?;
        return Err(Failure::Findings(found));
    }
    Ok(())
}

impl Args {
    pub(super) fn change(&self, context: &Context, base: &str) -> Result<Outcome, Failure> {
        let head = self.head.as_deref().unwrap_or("HEAD");
        let how = How { new_only: self.new_only, queue: self.queue, merge: true };
        let judged = judge(context, &self.asking, (base, head), how);
        if let Err(Failure::Findings(found)) = &judged {
            self.alone(context, found)?;
        }
        let (proposal, day) = judged?;
        let result = output::Result {
            as_of: day,
            pinned: proposal.pinned,
            headline: None,
            summary: summary(&proposal, day),
            findings: &proposal.findings,
        };
        let git = context.needs_git()?;
        let tree = git.commit(proposal.head)?.tree;
        let files = CommitTree::read(&git, tree, &layout::is_managed)?;
        let text = text_of(&files);
        context.write(|out| match self.format {
            Format::Json => shown::json(&proposal, day, out),
            Format::Human => {
                shown::human(&proposal, out)?;
                output::print(self.format, &result, context.style(self.all), &text, out)
            }
            Format::Markdown => {
                shown::markdown(&proposal, out)?;
                output::print(self.format, &result, context.style(self.all), &text, out)
            }
            _ => output::print(self.format, &result, context.style(self.all), &text, out),
        })?;
        if self.format != Format::Human {
            context.note(&format!("Trusted base: {}", proposal.base));
        }
        self.outcome(context, &proposal.findings)
    }

    /// What keeps a change from being judged, for a program that waits for findings; people
    /// are told on stderr.
    fn alone(&self, context: &Context, findings: &[Finding]) -> Result<(), Failure> {
        if self.format == Format::Human {
            return Ok(());
        }
        let as_of = match self.asking.as_of() {
            AsOf::Date(day) => day,
            AsOf::Now(now) => Zone::UTC.date_at(now),
        };
        let result =
            output::Result { as_of, pinned: false, headline: None, summary: Summary::default(), findings };
        context.write(|out| output::print(self.format, &result, context.style(self.all), &|_| None, out))
    }
}

fn summary(proposal: &Proposal, day: Date) -> Summary {
    Summary {
        workers: proposal.ledger.workers.iter().filter(|w| w.employed_on(day)).count(),
        obligations: proposal.statuses.iter().map(|(_, n)| n).sum(),
        accepted: proposal.rows.0,
        unverified: proposal.rows.1,
        statuses: proposal.statuses.clone(),
    }
}
