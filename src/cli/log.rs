//! `duly log`: the audit trail.

use std::io;

use serde_json::{Value, json};

use super::arguments::{date, digest};
use super::asking::Asking;
use super::{Context, Failure, Outcome};
use crate::Examined;
use crate::cli::checkpoint::refuse_incomplete;
use crate::history::log::{Entry, Line, Wanted, in_words, tell};
use crate::record::date::{Date, Instant, Zone};
use crate::record::digest::Sha256;
use crate::record::id::{Id, Subject};
use crate::record::text::visible;
use crate::report::escape::csv as cell;

/// Tell who changed what when: people, policies, keys and evidence
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only about this: worker/ID or a worker's id, org, system/ID, vendor/ID, a requirement's
    /// id, or a file or folder
    #[arg(value_name = "SUBJECT|REQUIREMENT|PATH")]
    about: Option<String>,
    /// Only what came on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,
    /// The commit that ends the trail
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    rev: String,
    /// The digest of a root, noted outside the repository
    #[arg(long, value_name = "SHA256", env = "DULY_TRUST_ROOT", value_parser = digest)]
    trust_root: Option<Sha256>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people, the newest first.
    Human,
    /// `duly/log/v1`, for programs, the oldest first.
    Json,
    /// A table, the oldest first.
    Csv,
}

impl Args {
    /// Prints the trail.
    ///
    /// # Errors
    /// The history is not all there, or the word matches nothing.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let asked = Asking::today(self.trust_root).examine(context)?;
        let repository = &asked.examined;
        let git = context.needs_git()?;
        refuse_incomplete(&git)?;
        let name = |id: &Id| repository.ledger.name_of(id);
        let entries = tell(&git, git.resolve(&self.rev)?, &name)?;
        let wanted = self.wanted(repository)?;
        let zone = repository.ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
        let shown = Shown { args: &self, repository, wanted, zone };
        context.write(|out| match self.format {
            Format::Human => shown.human(&entries, out),
            Format::Json => shown.json(&entries, out),
            Format::Csv => shown.csv(&entries, out),
        })?;
        let judgement = asked.judge();
        asked.caution(context, &judgement);
        Ok(Outcome::of_answer(&judgement))
    }

    fn wanted(&self, repository: &Examined) -> Result<Wanted, Failure> {
        let Some(about) = &self.about else { return Ok(Wanted::default()) };
        let id = Id::parse(about);
        let worker = id.clone().filter(|id| repository.ledger.worker(id).is_some());
        let subject = Subject::parse(about).or(worker.map(Subject::Worker));
        let subject = subject.filter(|s| repository.ledger.has(s));
        let requirement = id.filter(|id| subject.is_none() && repository.ledger.requirement(id).is_some());
        let path =
            (about.contains('/') || about.contains('.')).then(|| about.trim_end_matches('/').to_owned());
        match (subject, requirement, path) {
            (Some(subject), _, _) => Ok(Wanted { subject: Some(subject), ..Wanted::default() }),
            (None, Some(requirement), _) => {
                Ok(Wanted { requirement: Some(requirement), ..Wanted::default() })
            }
            (None, None, Some(path)) => Ok(Wanted { path: Some(path), ..Wanted::default() }),
            _ => Err(Failure::new(
                format!("nothing here is called `{about}`"),
                "`duly status` lists the subjects and requirements.",
            )),
        }
    }
}

struct Shown<'s> {
    args: &'s Args,
    repository: &'s Examined,
    wanted: Wanted,
    zone: Zone,
}

impl Shown<'_> {
    fn day(&self, entry: &Entry) -> Date {
        self.zone.date_at(Instant::from_unix(entry.commit.committer.seconds).unwrap_or(Instant::EPOCH))
    }

    fn lines<'e>(&self, entry: &'e Entry) -> Vec<&'e Line> {
        let early = self.args.since.is_some_and(|since| self.day(entry) < since);
        let wanted = entry.lines.iter().filter(|l| !early && self.wanted.matches(l));
        wanted.collect()
    }

    /// The holders of the keys that signed.
    fn signers(&self, line: &Line) -> Vec<String> {
        let by = self.repository.trust.authority(&self.repository.ledger);
        let one = |key| by.holder_ever(key).map_or_else(|| format!("{key}"), |holder| holder.to_string());
        line.signers.iter().map(one).collect()
    }

    fn human(&self, entries: &[Entry], out: &mut dyn io::Write) -> io::Result<()> {
        let name = |id: &Id| self.repository.ledger.name_of(id);
        let mut any = false;
        for entry in entries.iter().rev() {
            let lines = self.lines(entry);
            if lines.is_empty() {
                continue;
            }
            any = true;
            let commit = &entry.commit;
            let put = if commit.author.name == commit.committer.name {
                String::new()
            } else {
                format!(", put there by {}", visible(&commit.committer.name))
            };
            let (day, author) = (self.day(entry), visible(&commit.author.name).to_string());
            writeln!(out, "{day}  {}  {author}{put}", commit.id.short())?;
            for line in lines {
                let signers = self.signers(line);
                let signed = if signers.is_empty() {
                    String::new()
                } else {
                    format!("  [signed by {}]", signers.join(", "))
                };
                writeln!(out, "    {}{signed}", visible(&in_words(line, &name)))?;
            }
            writeln!(out)?;
        }
        if any { Ok(()) } else { writeln!(out, "Nothing of this is in the history.") }
    }

    fn json(&self, entries: &[Entry], out: &mut dyn io::Write) -> io::Result<()> {
        let commits: Vec<Value> = entries
            .iter()
            .map(|entry| (entry, self.lines(entry)))
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(entry, lines)| {
                json!({
                    "commit": entry.commit.id.to_string(),
                    "position": entry.position,
                    "day": self.day(entry).to_string(),
                    "author": entry.commit.author.name,
                    "committer": entry.commit.committer.name,
                    "events": lines.iter().map(|l| self.value(l)).collect::<Vec<_>>(),
                })
            })
            .collect();
        let report = json!({
            "schema": "duly/log/v1",
            "pinned": self.repository.trust.pinned.holds(),
            "commits": commits,
        });
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)
    }

    fn value(&self, line: &Line) -> Value {
        json!({
            "what": line.event.what.word(),
            "subject": line.event.subject.as_ref().map(ToString::to_string),
            "requirement": line.event.requirement.as_ref().map(ToString::to_string),
            "words": line.event.words,
            "effect": line.event.effect.word(),
            "path": line.path,
            "signed_by": self.signers(line),
        })
    }

    fn csv(&self, entries: &[Entry], out: &mut dyn io::Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
            "day",
            "commit",
            "author",
            "committer",
            "what",
            "subject",
            "requirement",
            "words",
            "path",
            "signed_by",
        ])?;
        for entry in entries {
            for line in self.lines(entry) {
                let (commit, event) = (&entry.commit, &line.event);
                let text = |value: &Option<String>| value.clone().unwrap_or_default();
                table.write_record(
                    [
                        self.day(entry).to_string(),
                        commit.id.to_string(),
                        commit.author.name.clone(),
                        commit.committer.name.clone(),
                        event.what.word().to_owned(),
                        text(&event.subject.as_ref().map(ToString::to_string)),
                        text(&event.requirement.as_ref().map(ToString::to_string)),
                        event.words.clone(),
                        text(&line.path),
                        self.signers(line).join(" "),
                    ]
                    .map(|value| cell(&value).into_owned()),
                )?;
            }
        }
        table.flush()
    }
}
