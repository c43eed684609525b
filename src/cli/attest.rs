//! `duly attest`: signing that somebody completed something.

use std::path::PathBuf;

use super::arguments::{date, id, subject};
use super::repository::Repository;
use super::signer::SignerArgs;
use super::{Context, Failure, Outcome};
use crate::record::attestation::{
    Attestation, Completion, Origin, Outcome as Ending, Session, Trainer, score_hundredths,
};
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::{Id, Subject};
use crate::record::node::Spot;
use crate::record::policy::{Edition, Material, Requirement, RequirementType};
use crate::trust::crypto::signer::Signer;
use crate::trust::{evidence, sign};

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
    #[command(flatten)]
    session: SessionArgs,
    #[command(flatten)]
    signer: SignerArgs,
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
        let signer = self.signer.open(&repository.root)?;
        let record = self.record(&repository, &*signer)?;
        let signed = sign::sign(record, &*signer)?;
        let bytes = sign::file(&signed);
        context.note(&format!("What is signed:\n\n{}", String::from_utf8_lossy(&bytes)));
        let shard = repository.ledger.organization.as_ref().is_some_and(|o| o.shard);
        let path = evidence::place(&signed.record, signed.payload_sha256, shard);
        repository.create_checked(&path, &bytes)?;
        context.print(&format!("{path}\n"))?;
        self.say_what_counts(context, &path)
    }

    fn record(&self, repository: &Repository, signer: &dyn Signer) -> Result<Attestation, Failure> {
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
            session: self.session.read()?,
            supersedes: None,
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

    fn origin(&self, repository: &Repository, signer: &dyn Signer) -> Origin {
        let key = signer.public_key().fingerprint();
        let holder = repository.trust.authority(&repository.ledger).holder(key);
        match (self.imported, self.subjects.as_slice()) {
            (true, _) => Origin::Imported,
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

    /// Tells the signer at once whether the record counts, and if not, what it lacks.
    fn say_what_counts(&self, context: &Context, path: &str) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let file = |index: u32| repository.ledger.path(index) == path;
        let accepted = repository.trust.accepted.iter().filter(|a| file(a.origin().file)).count();
        let mut lines = vec![format!("{accepted} of {} rows count.", self.rows_len())];
        for row in repository.trust.unverified.iter().filter(|u| file(u.origin.file)) {
            lines.push(format!("{} does not count yet: {}", row.subject, row.reason));
        }
        context.note(&lines.join("\n"));
        Ok(Outcome::Clean)
    }

    fn rows_len(&self) -> usize {
        let distinct: std::collections::BTreeSet<_> = self.subjects.iter().collect();
        distinct.len()
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
