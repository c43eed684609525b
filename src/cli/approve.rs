//! `duly approve`: officers stand behind an edit, or say that they know of a merged fault.

use std::collections::BTreeSet;

use super::author::AuthorArgs;
use super::repository::Repository;
use super::{Context, Failure, Outcome, key};
use crate::history::rules::{Class, class};
use crate::ledger::layout;
use crate::record::approval::{About, Approval, Approved, Code, CommitId, FilePath, Reason};
use crate::record::digest::Sha256;
use crate::record::node::Spot;
use crate::source::git::CommitTree;
use crate::source::{Source, WorkTree};

/// Approve an edit of the books, or say that a merged fault is known; officers do this
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Approve what the files here hold other than in this commit
    #[arg(long, value_name = "REV", required_unless_present = "commit", conflicts_with = "commit")]
    base: Option<String>,
    /// Only these files of the edit
    #[arg(long, value_name = "PATH", requires = "base", num_args = 1..)]
    only: Vec<String>,
    /// Say that officers know of a fault that this commit of the protected branch made
    #[arg(long, value_name = "COMMIT", requires = "codes")]
    commit: Option<String>,
    /// The codes of the fault, as D402,D403
    #[arg(long, value_name = "CODE,…", value_delimiter = ',', value_parser = code)]
    codes: Vec<Code>,
    /// Why: policy, correction, settings or known_fault
    #[arg(long, value_parser = reason)]
    reason: Reason,
    #[command(flatten)]
    author: AuthorArgs,
}

fn code(text: &str) -> Result<Code, String> {
    let known = crate::finding::catalogue::find(text).is_some();
    Code::parse(text).filter(|_| known).ok_or_else(|| "no finding has this code".to_owned())
}

fn reason(text: &str) -> Result<Reason, String> {
    let words: Vec<&str> = Reason::ALL.iter().map(|r| r.word()).collect();
    Reason::parse(text).ok_or_else(|| format!("it is one of: {}", words.join(", ")))
}

impl Args {
    /// Signs the approval and writes it.
    ///
    /// # Errors
    /// There is nothing to approve, or the key is no officer's.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let signer = self.author.signer(&repository)?;
        if let Some(signer) = &signer {
            key::officer(&repository, &**signer)?;
        }
        let about = match (&self.commit, &self.base) {
            (Some(commit), _) => self.fault(context, commit)?,
            (None, base) => self.files(context, base.as_deref().unwrap_or("HEAD"))?,
        };
        let record = Approval {
            audience: repository.audience()?,
            about,
            reason: self.reason,
            approved_on: repository.today(),
            spot: Spot::default(),
        };
        self.author.write(context, &repository, signer.as_deref(), record)?;
        Ok(Outcome::Clean)
    }

    fn fault(&self, context: &Context, commit: &str) -> Result<About, Failure> {
        let id = context.needs_git()?.resolve(commit)?.to_string();
        let commit = CommitId::parse(&id)
            .ok_or_else(|| Failure::new("the commit has an id of another form", "Use another commit."))?;
        let codes: BTreeSet<Code> = self.codes.iter().cloned().collect();
        Ok(About::Commit { commit, codes: codes.into_iter().collect() })
    }

    /// The files that differ between a commit and the folder, as far as officers can approve
    /// them.
    fn files(&self, context: &Context, base: &str) -> Result<About, Failure> {
        let git = context.needs_git()?;
        let tree = git.commit(git.resolve(base)?)?.tree;
        let before = CommitTree::read(&git, tree, &layout::is_managed)?;
        let now = WorkTree::new(context.root()?);
        let mut files = BTreeSet::new();
        for path in paths(&before).union(&paths(&now)) {
            let (old, new) = (before.read(path).ok(), now.read(path).ok());
            let wanted = self.only.is_empty() || self.only.contains(path);
            if old != new && wanted {
                let path = FilePath::parse(path).ok_or_else(|| {
                    Failure::new(format!("{path} cannot be named in an approval"), "Rename it.")
                })?;
                files.insert(Approved { path, sha256: new.map(|bytes| Sha256::of(&bytes)) });
            }
        }
        if files.is_empty() {
            let help = "Compare with another commit with `--base`; records are signed and need no approval.";
            return Err(Failure::new("nothing here needs an approval", help));
        }
        Ok(About::Files(files.into_iter().collect()))
    }
}

/// The paths of a source that officers can approve edits of.
fn paths(source: &dyn Source) -> BTreeSet<String> {
    let all = source.list(&layout::is_managed).entries.into_iter().map(|e| e.path);
    all.filter(|path| matches!(class(path), Class::Books | Class::Guard)).collect()
}
