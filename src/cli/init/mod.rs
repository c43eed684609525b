//! `duly init DIR`: a repository that checks clean, with its officer as the first worker.

mod ci;
mod example;
mod journal;
mod past;
mod scaffold;

use std::path::{Path, PathBuf};

use super::arguments::{fingerprint, id};
use super::signer::How;
use super::{Context, Failure, Outcome, files};
use crate::clock;
use crate::record::date::{Date, Days, Zone};
use crate::record::digest::Sha256;
use crate::record::id::{Holder, Id};
use crate::record::key::Key;
use crate::record::node::Spot;
use crate::record::public_key::{Fingerprint, PublicKey};
use crate::record::root::{Officer, Root, Thresholds};
use crate::record::signed::Signed;
use crate::record::text::fault;
use crate::trust::crypto::pem;
use crate::trust::crypto::signer::Signer;
use crate::trust::{seal, sign};
use ci::{Ci, Program, Workflow};
use example::Example;

/// Start a repository
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder, new or without records
    dir: PathBuf,
    /// Write a finished repository to look at, instead of beginning one
    #[arg(long, conflicts_with_all = ["name", "timezone", "officer", "key", "agent", "scheme", "recovery_key", "ci", "with"])]
    example: Option<Example>,
    /// Make it a git repository whose commits follow the dates of the records
    #[arg(long, requires = "example")]
    history: bool,
    /// The name of the organisation, for reports
    #[arg(long, required_unless_present_any = ["example", "ci"])]
    name: Option<String>,
    /// Its time zone, as America/Chicago
    #[arg(long, value_name = "TZ", value_parser = zone, required_unless_present_any = ["example", "ci"])]
    timezone: Option<Zone>,
    /// The id of the officer who signs the root, as w-0001
    #[arg(long, value_name = "ID", value_parser = id, required_unless_present_any = ["example", "ci"])]
    officer: Option<Id>,
    /// The private key to sign with, in OpenSSH's form, as ~/.ssh/id_ed25519
    #[arg(long, value_name = "PRIVATE_KEY", required_unless_present_any = ["example", "agent", "ci"])]
    key: Option<PathBuf>,
    /// The key of the ssh-agent to sign with, by its fingerprint
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint, conflicts_with = "key")]
    agent: Option<Fingerprint>,
    #[command(flatten)]
    how: How,
    /// A public key whose private half somebody else keeps, for when the officer's is lost
    #[arg(long, value_name = "PUBLIC_KEY")]
    recovery_key: Option<PathBuf>,
    /// Write a workflow that judges pull requests and publishes the public report; in a folder
    /// that has records already, nothing else
    #[arg(long, value_name = "SYSTEM")]
    ci: Option<Ci>,
    #[command(flatten)]
    program: Program,
    /// Also write ready-made requirements: each with its citation, its source, and the date on
    /// which the two were compared
    #[arg(long, value_name = "SET,…", value_delimiter = ',')]
    with: Vec<With>,
}

/// A repository that is to be begun.
struct Begin {
    dir: PathBuf,
    name: String,
    timezone: Zone,
    officer: Id,
    recovery_key: Option<PathBuf>,
    workflow: Option<Workflow>,
    with: Vec<With>,
}

/// Ready-made requirements, a file of `policies` each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum With {
    /// HIPAA: security awareness with its parts, phishing, privacy.
    Hipaa,
    /// Texas Health & Safety Code 181.101.
    Texas,
    /// OSHA 29 CFR 1910.1030, bloodborne pathogens.
    Osha,
    /// PCI DSS 12.6.
    Pci,
    /// California Government Code 12950.1.
    California,
}

fn zone(name: &str) -> Result<Zone, String> {
    Zone::parse(name)
        .ok_or_else(|| "use a name of the IANA time zone database, as America/Chicago".to_owned())
}

impl Args {
    /// Writes the repository, prints root 1's digest and the next steps.
    ///
    /// # Errors
    /// The folder holds records already, or the key cannot be used.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        if let Some(example) = self.example {
            return example::write(context, example, &self.dir, self.history);
        }
        let Args { dir, name, timezone, officer, key, agent, how, recovery_key, ci, program, with, .. } =
            self;
        let workflow = ci.map(|ci| program.workflow(ci, &dir)).transpose()?;
        let half = journal::is_unfinished(&dir);
        if let Some(workflow) = workflow.as_ref().filter(|_| dir.join("duly.yaml").exists() && !half) {
            return ci::add(context, workflow, &dir);
        }
        let (Some(name), Some(timezone), Some(officer)) = (name, timezone, officer) else {
            let help = "Give `--name`, `--timezone`, `--officer` and `--key` for a new repository; for one that is there, name its folder.";
            return Err(Failure::new(format!("{} holds no records yet", dir.display()), help));
        };
        let begin = Begin { dir, name, timezone, officer, recovery_key, workflow, with };
        begin.check_arguments()?;
        files::create_folder(&begin.dir)?;
        let signer = how.signer(key.as_deref(), agent.as_ref(), &begin.dir)?;
        begin.run(context, &*signer)
    }
}

impl Begin {
    fn run(&self, context: &Context, signer: &dyn Signer) -> Result<Outcome, Failure> {
        let today = self.timezone.date_at(clock::now());
        let root = sign::sign(self.root(today, signer)?, signer)?;
        let key = sign::sign(self.key(today, root.payload_sha256, signer), signer)?;
        let facts = scaffold::Facts {
            name: &self.name,
            timezone: self.timezone.name(),
            officer: self.officer.as_str(),
            today,
            root: root.payload_sha256,
        };
        let mut written = scaffold::files(&facts, self.workflow.as_ref(), &self.with)?;
        written.push(("trust/root/0001.yaml".to_owned(), sign::file(&root)));
        written.push((format!("trust/keys/{}", seal::file_name(key.payload_sha256)), sign::file(&key)));
        write_all(&self.dir, &written)?;
        context.print(&format!("{}\n", root.payload_sha256))?;
        self.next_steps(context, &root);
        Ok(Outcome::Clean)
    }

    fn check_arguments(&self) -> Result<(), Failure> {
        if let Some(fault) = fault(&self.name) {
            return Err(Failure::new(format!("the name holds {fault}"), "Type the name again without it."));
        }
        if self.name.trim().is_empty() {
            return Err(Failure::new(
                "the name is empty",
                "Give the name of the organisation with `--name`.",
            ));
        }
        Ok(())
    }

    fn root(&self, today: Date, signer: &dyn Signer) -> Result<Root, Failure> {
        let mut id = [0u8; 16];
        getrandom::fill(&mut id).map_err(|e| Failure::new(format!("no random bytes: {e}"), "Try again."))?;
        Ok(Root {
            id: Some(id.iter().map(|b| format!("{b:02x}")).collect()),
            version: 1,
            previous: None,
            created_on: today,
            expires_on: None,
            officers: vec![Officer { worker: self.officer.clone(), keys: vec![signer.public_key().clone()] }],
            recovery: self.recovery_key.iter().map(|path| public_key(path)).collect::<Result<_, _>>()?,
            notaries: Vec::new(),
            thresholds: Thresholds::all(1),
            max_backdate: Days::new(30),
            max_grant: Days::new(400),
            max_key_age: None,
            spot: Spot::default(),
        })
    }

    /// The officer's key, enrolled as their own: in a small practice the officer is a worker
    /// like the others, and signs for their own training.
    fn key(&self, today: Date, audience: Sha256, signer: &dyn Signer) -> Key {
        Key {
            audience,
            owner: Holder::Worker(self.officer.clone()),
            public_key: signer.public_key().clone(),
            requested_on: today,
            spot: Spot::default(),
        }
    }

    fn next_steps(&self, context: &Context, root: &Signed<Root>) {
        let dir = self.dir.display();
        let lost = if self.recovery_key.is_none() {
            "\nThere is one key to this repository. If it is lost, nobody can enrol keys again: let somebody\n\
             else keep a second one, and begin anew with `--recovery-key THEIR_KEY.pub` while it is early.\n"
        } else {
            ""
        };
        let ci = self.workflow.as_ref().map(|w| w.to_do(root.payload_sha256) + "\n").unwrap_or_default();
        context.note(&format!(
            "\nThe line above is the digest of the root of trust. Note it outside of this repository, and\n\
             give it as `--trust-root` or in DULY_TRUST_ROOT wherever you check.\n{lost}{ci}\n\
             Next:\n  cd {dir} && git init -b main && git add -A && git commit -m 'Begin the record'\n  \
             edit roster/main.yaml, duly.yaml and the files in policies\n  \
             duly check --trust-root {}\n  \
             duly attest security-awareness --subject worker/{} --completed-on {} --key KEY",
            root.payload_sha256, self.officer, root.record.created_on
        ));
    }
}

/// Reads the public half of a key: a `.pub` file of OpenSSH, or PEM.
///
/// # Errors
/// It is not that of an Ed25519 key.
pub(in crate::cli) fn public_key(path: &Path) -> Result<PublicKey, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::io(path.display(), &e))?;
    PublicKey::parse(&text).or_else(|| pem::read(&text)).ok_or_else(|| {
        let help = "Give the `.pub` file of an Ed25519 key, or its public half in PEM.";
        Failure::new(format!("{} is not an Ed25519 public key", path.display()), help)
    })
}

/// Writes all files, or none where one is there already. What an earlier run wrote that was
/// killed is taken back first.
fn write_all(dir: &Path, written: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let journal = journal::open(dir)?;
    // A README or .gitattributes of an existing repository stays as it is.
    let keep = |path: &str| matches!(path, "README.md" | ".gitattributes") && dir.join(path).exists();
    let taken = written.iter().find(|(path, _)| !keep(path) && dir.join(path).exists());
    if let Some((path, _)) = taken {
        let help = "Choose another folder; this one already belongs to a repository.";
        return Err(Failure::new(format!("{} is there already", dir.join(path).display()), help));
    }
    let new: Vec<&(String, Vec<u8>)> = written.iter().filter(|(path, _)| !keep(path)).collect();
    journal.note(&new)?;
    for (path, bytes) in new {
        files::create(&dir.join(path), bytes)?;
    }
    journal.done();
    Ok(())
}
