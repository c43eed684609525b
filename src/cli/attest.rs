//! `duly attest`: signing that somebody completed something.

use std::path::PathBuf;

use super::arguments::{date, id, subject};
use super::author::AuthorArgs;
use super::repository::Repository;
use super::{Context, Failure, Outcome, revoke, verify};
use crate::record::attestation::{
    Attestation, Completion, Origin, Outcome as Ending, Session, Trainer, score_hundredths,
};
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::{Id, Subject};
use crate::record::node::Spot;
use crate::record::policy::{Edition, Material, Requirement, RequirementType};
use crate::trust::crypto::signer::Signer;

/// Sign that subjects completed a requirement
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The requirement's id
    #[arg(value_parser = id)]
    requirement: Id,
    /// Who completed it: worker/ID, org, system/ID or vendor/ID; may be given several times
    #[arg(long = "subject", value_name = "SUBJECT", required = true, num_args = 1.., value_parser = subject)]
    subjects: Vec<Subject>,
    /// The day of completion
    #[arg(long, value_name = "DATE", value_parser = date)]
    completed_on: Date,
    /// The edition; by default the one in use on that day
    #[arg(long, value_parser = id)]
    edition: Option<Id>,
    /// How it ended; by default what is usual for the type of requirement
    #[arg(long, value_parser = outcome)]
    outcome: Option<Ending>,
    /// The score, where the requirement asks for one
    #[arg(long, value_parser = score)]
    score: Option<u32>,
    /// The last day on which it is good, as for a licence
    #[arg(long, value_name = "DATE", value_parser = date)]
    expires_on: Option<Date>,
    /// How it was done: online, classroom, paper …
    #[arg(long, default_value = "online", value_parser = id)]
    method: Id,
    /// Say that the record is taken over from another system; only an issuer may
    #[arg(long)]
    imported: bool,
    /// Say that the record is the subject's own word; by itself duly says so where the subject
    /// signs alone, which it cannot know of a draft
    #[arg(long, conflicts_with = "imported")]
    own: bool,
    /// The record that this one corrects, by file or payload digest: none of its rows counts
    /// any more
    #[arg(long, value_name = "RECORD")]
    supersedes: Option<String>,
    #[command(flatten)]
    session: SessionArgs,
    #[command(flatten)]
    author: AuthorArgs,
}

/// The occasion on which people were trained together.
#[derive(Debug, clap::Args)]
struct SessionArgs {
    /// Who trained: worker/ID, service/ID or vendor/ID
    #[arg(long, value_parser = trainer)]
    trainer: Option<Trainer>,
    /// What qualifies the trainer
    #[arg(long)]
    qualification: Option<String>,
    /// Where, as a declared location
    #[arg(long, value_parser = id)]
    place: Option<Id>,
    /// How long it lasted
    #[arg(long)]
    minutes: Option<u32>,
    /// A scanned sheet or certificate; its digest is signed, the file is kept elsewhere
    #[arg(long, value_name = "FILE")]
    evidence: Vec<PathBuf>,
}

fn outcome(text: &str) -> Result<Ending, String> {
    let words: Vec<&str> = Ending::ALL.iter().map(|o| o.word()).collect();
    Ending::parse(text).ok_or_else(|| format!("it is one of: {}", words.join(", ")))
}

fn score(text: &str) -> Result<u32, String> {
    score_hundredths(text).ok_or_else(|| "write a number with at most two decimals".to_owned())
}

fn trainer(text: &str) -> Result<Trainer, String> {
    Trainer::parse(text).ok_or_else(|| "write `worker/`, `service/` or `vendor/` and the id".to_owned())
}

impl Args {
    /// Shows what will be signed, signs it, writes the file at its place, prints the path.
    ///
    /// # Errors
    /// The record would not be sound, or cannot be signed or written.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let signer = self.author.signer(&repository)?;
        let record = self.record(&repository, signer.as_deref())?;
        warn_of_dropped_rows(context, &repository, &record);
        if let Some(path) = self.author.write(context, &repository, signer.as_deref(), record)? {
            verify::say_what_counts(context, &path)?;
        }
        Ok(Outcome::Clean)
    }

    fn record(&self, repository: &Repository, signer: Option<&dyn Signer>) -> Result<Attestation, Failure> {
        let requirement = repository.ledger.requirement(&self.requirement).ok_or_else(|| {
            let known: Vec<&str> = repository.ledger.requirements.iter().map(|r| r.id.as_str()).collect();
            let help = format!("The requirements are: {}.", known.join(", "));
            Failure::new(format!("no policy has the requirement `{}`", self.requirement), help)
        })?;
        let edition = self.edition(requirement)?;
        Ok(Attestation {
            audience: repository.audience()?,
            requirement: self.requirement.clone(),
            edition: edition.map(|e| e.id.value.clone()),
            document: edition.and_then(|e| match &e.material {
                Material::Document { sha256, .. } => Some(*sha256),
                _ => None,
            }),
            method: self.method.clone(),
            origin: self.origin(repository, signer),
            declaration: requirement.declaration.clone(),
            session: self.session.read()?.map(Box::new),
            supersedes: self.supersedes.as_deref().map(revoke::payload_of).transpose()?,
            completions: self.rows(requirement),
        })
    }

    fn edition<'r>(&self, requirement: &'r Requirement) -> Result<Option<&'r Edition>, Failure> {
        let known: Vec<&str> = requirement.editions.iter().map(|e| e.id.as_str()).collect();
        let help = format!("The editions are: {}. Name one with `--edition`.", known.join(", "));
        match &self.edition {
            Some(id) => requirement
                .edition(id.as_str())
                .map(Some)
                .ok_or_else(|| Failure::new(format!("{} has no edition `{id}`", self.requirement), help)),
            None if requirement.editions.is_empty() => Ok(None),
            None => requirement.edition_on(self.completed_on).map(Some).ok_or_else(|| {
                Failure::new(format!("{} had no edition on {}", self.requirement, self.completed_on), help)
            }),
        }
    }

    fn origin(&self, repository: &Repository, signer: Option<&dyn Signer>) -> Origin {
        let by = repository.trust.authority(&repository.ledger);
        let holder = signer.and_then(|s| by.holder(s.public_key().fingerprint()));
        match (self.imported, self.subjects.as_slice()) {
            (true, _) => Origin::Imported,
            _ if self.own => Origin::Own,
            (false, [one]) if holder.is_some_and(|h| h.is(one)) => Origin::Own,
            _ => Origin::Observed,
        }
    }

    fn rows(&self, requirement: &Requirement) -> Vec<Completion> {
        let mut subjects = self.subjects.clone();
        subjects.sort();
        subjects.dedup();
        let row = |subject| Completion {
            subject,
            completed_on: self.completed_on,
            outcome: self.outcome.unwrap_or_else(|| usual_outcome(requirement)),
            expires_on: self.expires_on,
            score: self.score,
            spot: Spot::default(),
        };
        subjects.into_iter().map(row).collect()
    }
}

/// A correction takes the whole old record out of account: what it does not repeat is lost.
fn warn_of_dropped_rows(context: &Context, repository: &Repository, record: &Attestation) {
    let Some(payload) = record.supersedes else { return };
    let old = repository.ledger.attestations.iter().find(|a| a.value.payload_sha256 == payload);
    let old = old.map(|a| a.value.record.completions.as_slice()).unwrap_or_default();
    let kept = |row: &&Completion| record.completions.iter().any(|c| c.subject == row.subject);
    let dropped: Vec<String> = old.iter().filter(|r| !kept(r)).map(|r| r.subject.to_string()).collect();
    if !dropped.is_empty() {
        context.note(&format!(
            "The record that this one corrects also has rows of {}, which then count no longer.\n\
             To correct single rows of a sheet, revoke them with `duly revoke --subject` instead.",
            dropped.join(", ")
        ));
    }
}

/// The outcome that a requirement's records have where nobody says otherwise.
fn usual_outcome(requirement: &Requirement) -> Ending {
    let usual = match requirement.kind {
        RequirementType::Training => Ending::Completed,
        RequirementType::Acknowledgement => Ending::Acknowledged,
        RequirementType::Certification => Ending::Issued,
        RequirementType::Control => Ending::Performed,
    };
    let allowed = &requirement.evidence.outcomes;
    if allowed.is_empty() || allowed.contains(&usual) {
        usual
    } else {
        allowed.first().copied().unwrap_or(usual)
    }
}

impl SessionArgs {
    fn read(&self) -> Result<Option<Session>, Failure> {
        let mut evidence = Vec::new();
        for path in &self.evidence {
            let bytes = std::fs::read(path).map_err(|e| Failure::io(path.display(), &e))?;
            evidence.push(Sha256::of(&bytes));
        }
        let session = Session {
            trainer: self.trainer.clone(),
            qualification: self.qualification.clone(),
            place: self.place.clone(),
            minutes: self.minutes,
            evidence,
        };
        Ok((session != Session::default()).then_some(session))
    }
}
