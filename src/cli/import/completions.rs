//! `duly import completions`.

use std::path::{Path, PathBuf};

use super::{Output, Taken, tell_files, tell_inside, tell_rejects};
use crate::cli::Failure;
use crate::cli::arguments::fingerprint;
use crate::cli::signer::How;
use crate::import::ImportError;
use crate::import::roster_write::FileText;
use crate::import::run::{self, CompletionsJob, Export};
use crate::record::attestation::Attestation;
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::public_key::Fingerprint;
use crate::trust::crypto::signer::Signer;

/// Arguments of `duly import completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The export of the learning system, as CSV
    pub file: PathBuf,
    /// The map: which column and which course means what
    #[arg(long, required_unless_present = "suggest")]
    pub map: Option<PathBuf>,
    /// The issuer's private key that signs what is imported
    #[arg(long, value_name = "PRIVATE_KEY", required_unless_present_any = ["suggest", "dry_run", "agent"])]
    pub key: Option<PathBuf>,
    /// The key of the ssh-agent that signs what is imported, by its fingerprint
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint, conflicts_with = "key")]
    pub agent: Option<Fingerprint>,
    #[command(flatten)]
    pub how: How,
    /// Print a map to start from, and do nothing else
    #[arg(long, conflicts_with = "map")]
    pub suggest: bool,
    /// Where rejected rows go [default: beside FILE, as FILE.rejects.csv]
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Say what would be recorded, and record nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl CompletionsArgs {
    /// What signs; none where nothing is to be signed.
    ///
    /// # Errors
    /// The key cannot be used.
    pub fn signer(&self, repository: &Path) -> Result<Option<Box<dyn Signer>>, Failure> {
        if self.key.is_none() && self.agent.is_none() {
            return Ok(None);
        }
        self.how.signer(self.key.as_deref(), self.agent.as_ref(), repository).map(Some)
    }

    /// Imports into the repository at `root`, whose root 1 has the payload digest `audience`.
    /// `today` is the civil date in its time zone. `sign` makes the signed file of a record
    /// and says where it stands.
    ///
    /// # Errors
    /// Something cannot be read, signed or written: exit code 2.
    pub fn run(
        &self,
        root: &Path,
        today: Date,
        audience: Sha256,
        sign: &mut dyn FnMut(&Attestation) -> Result<FileText, ImportError>,
    ) -> Result<Output, ImportError> {
        let Some(map) = &self.map else {
            let text = run::suggestion(Export::Completions, &self.file, Some(root))?;
            return Ok(Output { text, code: 0, files: Vec::new() });
        };
        let job = CompletionsJob {
            root,
            file: &self.file,
            map,
            audience,
            today,
            rejects: self.rejects.as_deref(),
            dry_run: self.dry_run,
        };
        let done = run::completions(&job, sign)?;
        let mut text = done.summary;
        tell_inside(&mut text, &self.file, root);
        tell_rejects(&mut text, done.rejects.as_ref(), done.plan.rejects.len(), self.dry_run);
        if !self.dry_run {
            let plan = &done.plan;
            let taken = plan.imported + plan.unchanged + plan.repeated + plan.ignored;
            tell_files(&mut text, &done.files, Taken::of(taken, plan.rejects.len()), false);
        }
        Ok(Output { text, code: u8::from(!done.plan.rejects.is_empty()), files: done.files })
    }
}
