//! `duly status`: who owes what.

mod incident;

use std::collections::{HashMap, HashSet};

use super::arguments::{date, id};
use super::asking::Asking;
use super::{Context, Failure, Outcome};
use crate::duty::{Obligation, Status};
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::record::organization::Organization;
use crate::report;
use crate::report::status::{Format, Row, matrix, print};
use crate::{Examined, Judgement};

/// Show who owes what, by when
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these: worker/ID or a worker's id, org, system/ID, vendor/ID, or a requirement's id
    #[arg(value_name = "SUBJECT|REQUIREMENT")]
    only_these: Vec<String>,
    /// Only these statuses, as overdue,due_soon
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',', value_parser = status)]
    only: Vec<Status>,
    /// Only workers who have this role on the day
    #[arg(long, value_parser = id)]
    role: Option<Id>,
    /// Only workers who are employed on the day
    #[arg(long, conflicts_with = "left")]
    active: bool,
    /// Only workers who have left
    #[arg(long)]
    left: bool,
    /// Only what was completed in this time; shows the last such completion
    #[arg(long, value_name = "FROM..TO", value_parser = range)]
    completed: Option<Range>,
    /// Roles and requirements in a table, with "not required" where a role does not owe one
    #[arg(long, conflicts_with_all = ["only_these", "only", "role", "active", "left", "completed"])]
    matrix: bool,
    /// Whether each requirement of those whom an incident touched was met, and provably
    /// recorded, before it
    #[arg(
        long,
        value_name = "INCIDENT",
        value_parser = id,
        conflicts_with_all = ["matrix", "only", "role", "active", "left", "completed", "as_of"]
    )]
    at_incident: Option<Id>,
    /// How to print
    #[arg(long, default_value = "table")]
    format: Format,
    #[command(flatten)]
    asking: Asking,
}

/// Two days, both inclusive.
#[derive(Debug, Clone, Copy)]
struct Range {
    from: Date,
    to: Date,
}

fn status(text: &str) -> Result<Status, String> {
    let words: Vec<&str> = Status::ALL.iter().map(|s| s.word()).collect();
    Status::ALL
        .into_iter()
        .find(|s| s.word() == text)
        .ok_or_else(|| format!("it is one of: {}", words.join(", ")))
}

fn range(text: &str) -> Result<Range, String> {
    let (from, to) =
        text.split_once("..").ok_or("write two dates with `..` between, as in 2025-01-01..2025-12-31")?;
    let range = Range { from: date(from)?, to: date(to)? };
    if range.from <= range.to { Ok(range) } else { Err("the first day lies after the last".to_owned()) }
}

impl Args {
    /// Prints the obligations that match, or one of the other views.
    ///
    /// # Errors
    /// There is no repository here, or a word matches nothing in it.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let asked = self.asking.examine(context)?;
        let wanted = Wanted::read(&self, &asked.examined)?;
        let judgement = asked.judge();
        if let Some(id) = &self.at_incident {
            let report = incident::report(&asked.examined, id, &wanted)?;
            context.write(|out| report::status::incident::print(self.format, &report, out))?;
        } else if self.matrix {
            let matrix = matrix::build(&asked.examined.ledger, &judgement.duties, judgement.day);
            context.write(|out| matrix::print(self.format, &matrix, out))?;
        } else {
            self.obligations(context, &judgement, &wanted)?;
        }
        asked.caution(context, &judgement);
        Ok(Outcome::of_answer(&judgement))
    }

    /// Prints the obligations that are wanted.
    fn obligations(
        &self,
        context: &Context,
        judgement: &Judgement<'_>,
        wanted: &Wanted<'_>,
    ) -> Result<(), Failure> {
        let examined = judgement.examined;
        let completions = self.completed.map(|range| completions(examined, range));
        let matching = judgement.duties.obligations.iter().filter(|o| wanted.matches(o, examined));
        let (over, shown): (Vec<_>, Vec<_>) =
            matching.partition(|o| self.leaves_out_what_ended() && o.status == Status::NotApplicable);
        let rows: Vec<Row> = shown.iter().filter_map(|o| row(o, examined, completions.as_ref())).collect();
        context.write(|out| print(self.format, judgement, &rows, out))?;
        match over.len() {
            0 => {}
            1 => context.note("1 obligation that has ended is not shown; `--left` shows it."),
            n => {
                context.note(&format!("{n} obligations that have ended are not shown; `--left` shows them."))
            }
        }
        Ok(())
    }

    /// Whether obligations that have ended stay out of sight: for people who asked for nothing
    /// in particular.
    fn leaves_out_what_ended(&self) -> bool {
        let asked =
            self.left || !self.only.is_empty() || !self.only_these.is_empty() || self.completed.is_some();
        self.format == Format::Table && !asked
    }
}

/// The row of an obligation; where completions are asked for, only if there is one.
fn row(
    obligation: &Obligation<'_>,
    examined: &Examined,
    completions: Option<&Completions<'_>>,
) -> Option<Row> {
    let mut row = Row::of(obligation, &examined.ledger);
    if let Some(completions) = completions {
        let (day, assurance) = completions.get(&(&obligation.subject, &obligation.requirement.id.value))?;
        row.completed_on = Some(*day);
        row.assurance = Some(assurance);
    }
    Some(row)
}

/// The last completion of each obligation in a time, with its assurance.
type Completions<'e> = HashMap<(&'e Subject, &'e Id), (Date, &'static str)>;

/// The completions in a time that count for their requirement.
fn completions(examined: &Examined, range: Range) -> Completions<'_> {
    let mut last = Completions::new();
    for row in &examined.trust.accepted {
        let counts = examined.ledger.requirement(row.requirement()).is_some_and(|r| r.counts(row.outcome()));
        if !counts || !(range.from..=range.to).contains(&row.completed_on()) {
            continue;
        }
        let found = (row.completed_on(), row.assurance().word());
        let known = last.entry((row.subject(), row.requirement())).or_insert(found);
        if known.0 <= found.0 {
            *known = found;
        }
    }
    last
}

/// Which obligations are wanted.
struct Wanted<'w> {
    args: &'w Args,
    subjects: HashSet<Subject>,
    requirements: HashSet<&'w str>,
}

impl<'w> Wanted<'w> {
    /// Resolves the words given: one that is nothing here is an error, because an empty list
    /// would look like good news.
    fn read(args: &'w Args, examined: &Examined) -> Result<Wanted<'w>, Failure> {
        let mut wanted = Wanted { args, subjects: HashSet::new(), requirements: HashSet::new() };
        for word in &args.only_these {
            wanted.word(word, examined)?;
        }
        let organization = examined.ledger.organization.as_ref();
        if let Some(role) = &args.role
            && organization.is_some_and(|o| !Organization::declares(&o.roles, role.as_str()))
        {
            let help = "The roles are listed under `roles:` in duly.yaml.";
            return Err(Failure::new(format!("the role `{role}` is not declared"), help));
        }
        Ok(wanted)
    }

    fn word(&mut self, word: &'w str, examined: &Examined) -> Result<(), Failure> {
        let worker = Id::parse(word).filter(|id| examined.ledger.worker(id).is_some()).map(Subject::Worker);
        let subject = Subject::parse(word).filter(|s| examined.ledger.has(s)).or(worker);
        let requirement = examined.ledger.requirements.iter().any(|r| r.id.as_str() == word);
        if requirement {
            self.requirements.insert(word);
        }
        if subject.is_none() && !requirement {
            let help = "Give worker/ID, a worker's id, org, system/ID, vendor/ID, or a requirement's id.";
            return Err(Failure::new(format!("`{word}` is neither a subject nor a requirement here"), help));
        }
        self.subjects.extend(subject);
        Ok(())
    }

    fn matches(&self, obligation: &Obligation<'_>, examined: &Examined) -> bool {
        let of_subject = self.subjects.is_empty() || self.subjects.contains(&obligation.subject);
        let of_requirement =
            self.requirements.is_empty() || self.requirements.contains(obligation.requirement.id.as_str());
        let of_status = self.args.only.is_empty() || self.args.only.contains(&obligation.status);
        of_subject && of_requirement && of_status && self.worker_matches(obligation, examined)
    }

    fn worker_matches(&self, obligation: &Obligation<'_>, examined: &Examined) -> bool {
        let asks = self.args.role.is_some() || self.args.active || self.args.left;
        let Some(worker) = obligation.subject.worker().and_then(|id| examined.ledger.worker(id)) else {
            return !asks;
        };
        let day = obligation.as_of;
        let employed = worker.employed_on(day);
        let role = self.args.role.as_ref();
        role.is_none_or(|role| worker.roles.iter().any(|r| r.on(day) && r.value.value == *role))
            && (!self.args.active || employed)
            && (!self.args.left || worker.left().is_some_and(|left| left < day))
    }
}
