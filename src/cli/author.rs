//! What commands that make a signed record share: signing it here, or writing a draft of it for
//! a key that is elsewhere; and putting it in its place once enough people signed.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::fingerprint;
use super::repository::Repository;
use super::signer::How;
use super::{Context, Failure, files};
use crate::finding::Finding;
use crate::finding::catalogue::trust as codes;
use crate::ledger::layout;
use crate::record::public_key::Fingerprint;
use crate::record::signed::{Record, Signed};
use crate::trust::any::Any;
use crate::trust::crypto::signer::Signer;

/// Who signs a new record, or where its draft goes.
#[derive(Debug, Clone, Args)]
pub struct AuthorArgs {
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    how: How,
    /// Where an unfinished record goes, if more people must sign
    #[arg(long, value_name = "FILE", conflicts_with = "draft")]
    out: Option<PathBuf>,
}

/// Exactly one of these.
#[derive(Debug, Clone, Args)]
#[group(id = "author", required = true, multiple = false)]
struct Who {
    /// The private key to sign with, in OpenSSH's form, as ~/.ssh/id_ed25519
    #[arg(long = "key", value_name = "PRIVATE_KEY")]
    key: Option<PathBuf>,
    /// The key of the ssh-agent to sign with, by its fingerprint
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint)]
    agent: Option<Fingerprint>,
    /// Sign nothing; write the record to this file, to be signed elsewhere
    #[arg(long, value_name = "FILE")]
    draft: Option<PathBuf>,
}

impl AuthorArgs {
    /// Where an unfinished record goes.
    pub fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// What signs; none where a draft is asked for.
    ///
    /// # Errors
    /// The key cannot be used.
    pub fn signer(&self, repository: &Repository) -> Result<Option<Box<dyn Signer>>, Failure> {
        match (&self.who.key, &self.who.agent) {
            (Some(path), _) => self.how.file(path, &repository.root).map(Some),
            (None, Some(fingerprint)) => self.how.agent(fingerprint).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// Signs a record, shows what is signed, and writes it at its place; or writes its draft.
    /// Gives the path if the record is in its place.
    ///
    /// # Errors
    /// It would not be sound, or cannot be signed or written.
    pub fn write<R: Record>(
        &self,
        context: &Context,
        repository: &Repository,
        signer: Option<&dyn Signer>,
        record: R,
    ) -> Result<Option<String>, Failure>
    where
        Any: From<Signed<R>>,
    {
        let mut any = Any::draft(record);
        match (signer, &self.who.draft) {
            (Some(signer), _) => {
                repository.may_sign(&any, signer.public_key().fingerprint())?;
                any.sign(signer)?;
                context.note(&format!("What is signed:\n\n{}", String::from_utf8_lossy(&any.file())));
                finish(context, repository, &any, self.out.as_deref())
            }
            (None, Some(path)) => draft(context, repository, &any, path).map(|()| None),
            (None, None) => Err(Failure::new("nobody signs", "Name a key with `--key` or `--agent`.")),
        }
    }
}

/// Writes an unsigned record, outside of the folders that hold signed ones.
///
/// # Errors
/// It would lie in such a folder, or is there already.
pub fn draft(context: &Context, repository: &Repository, any: &Any, path: &Path) -> Result<(), Failure> {
    refuse_managed(repository, path)?;
    files::create(path, &any.file())?;
    let file = path.display();
    context.print(&format!("{file}\n"))?;
    context.note(&format!(
        "This record is not signed yet. Its bytes to sign:\n  \
         duly payload {file} > payload && ssh-keygen -Y sign -n {} -f KEY payload\n  \
         duly attach {file} --key FINGERPRINT --sshsig payload.sig\n\
         or with a key that this machine has:\n  duly sign {file} --key KEY",
        crate::trust::crypto::sshsig::namespace(any.kind())
    ));
    Ok(())
}

/// Unfinished records must not lie where they would be taken for finished ones.
fn refuse_managed(repository: &Repository, path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(folder), Ok(root)) = (folder.canonicalize(), repository.root.canonicalize()) else {
        return Ok(());
    };
    let inside = folder.strip_prefix(&root).ok().map(|f| f.join(path.file_name().unwrap_or_default()));
    let managed = inside.is_some_and(|p| layout::is_managed(&p.to_string_lossy().replace('\\', "/")));
    if !managed {
        return Ok(());
    }
    let help = "Put it somewhere else: what lies there must be finished.";
    Err(Failure::new(format!("{} is in a folder of finished records", path.display()), help))
}

/// Reads a record that is to be signed or looked at.
///
/// # Errors
/// It cannot be read, or is not sound.
pub fn read(file: &Path) -> Result<Any, Failure> {
    let bytes = std::fs::read(file).map_err(|e| Failure::io(file.display(), &e))?;
    Ok(Any::read(&file.display().to_string(), &bytes)?)
}

/// Puts a signed record in its place, prints the path and gives it. Where more officers must
/// sign, it goes to `waiting` instead.
///
/// # Errors
/// It would not be sound in its place, or cannot be written.
pub fn finish(
    context: &Context,
    repository: &Repository,
    any: &Any,
    waiting: Option<&Path>,
) -> Result<Option<String>, Failure> {
    repository.is_for_here(any)?;
    let place = any.place(&repository.ledger).ok_or_else(|| {
        Failure::new("what this record joins is not in this repository", "Restore it from git first.")
    })?;
    let written = match repository.enough_officers(any) {
        Ok(()) => repository.create_checked(context, &place, &any.file()),
        Err(what) => Err(vec![Finding::new(&codes::THRESHOLD, what, "Let more officers sign.")].into()),
    };
    match written {
        Ok(()) => {
            context.print(&format!("{place}\n"))?;
            Ok(Some(place))
        }
        Err(Failure::Findings(found)) if found.iter().all(|f| f.entry == &codes::THRESHOLD) => {
            let what = found.first().map_or("", |f| f.message.as_str());
            let Some(file) = waiting else {
                let help = "Say with `--out FILE` where it goes, and let the next one run `duly sign FILE`.";
                return Err(Failure::new(what, help));
            };
            wait(context, repository, any, file)?;
            context.note(&format!("{what}. Let the next one run:\n  duly sign {} --key KEY", file.display()));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Writes an unfinished record, over its former state where there is one, and prints the path.
///
/// # Errors
/// It would lie among finished ones, or cannot be written.
pub fn wait(context: &Context, repository: &Repository, any: &Any, file: &Path) -> Result<(), Failure> {
    refuse_managed(repository, file)?;
    files::replace(file, &any.file())?;
    context.print(&format!("{}\n", file.display()))
}

impl Repository {
    /// Whether a record was made for this repository.
    ///
    /// # Errors
    /// It was made for another one.
    pub fn is_for_here(&self, any: &Any) -> Result<(), Failure> {
        let root = matches!(any, Any::Root(_));
        if root || any.audience() == Some(self.audience()?) {
            return Ok(());
        }
        Err(Failure::new("the record was made for another repository", "Make it again in this one."))
    }
}
