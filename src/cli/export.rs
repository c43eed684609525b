//! `duly export FILE`: a record's signatures in the forms that other programs read.

use std::path::{Path, PathBuf};

use super::repository::Repository;
use super::{Context, Failure, Outcome, author, files};
use crate::record::public_key::PublicKey;
use crate::record::signed::{Scheme, Signature};
use crate::trust::any::Any;
use crate::trust::crypto::check::check;
use crate::trust::crypto::point::CheckedKey;
use crate::trust::crypto::{armour, dsse, envelope, pem, sshsig, text64};

/// Give a record's signatures to other programs: a DSSE envelope, files for ssh-keygen or openssl
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A signed record
    file: PathBuf,
    #[command(flatten)]
    form: Form,
    /// The folder for the files, which must be new or empty; with --dsse the envelope is printed
    #[arg(long, value_name = "DIR", required_unless_present = "dsse", conflicts_with = "dsse")]
    out: Option<PathBuf>,
}

/// Exactly one of these.
#[derive(Debug, clap::Args)]
#[group(id = "form", required = true, multiple = false)]
struct Form {
    /// A DSSE envelope in JSON, with the signatures of the scheme `dsse`
    #[arg(long)]
    dsse: bool,
    /// The payload, armoured signatures and allowed_signers, for `ssh-keygen -Y verify`
    #[arg(long)]
    ssh: bool,
    /// The encoded payload, bare signatures and public keys in PEM, for `openssl pkeyutl`
    #[arg(long)]
    pem: bool,
}

impl Args {
    /// Checks the signatures and writes them.
    ///
    /// # Errors
    /// A signature is not valid, or none is of the scheme that the form needs.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let any = author::read(&self.file)?;
        let scheme = if self.form.ssh { Scheme::Sshsig } else { Scheme::Dsse };
        let good = self.good(context, &repository, &any, scheme)?;
        match &self.out {
            None => context.write(|out| out.write_all(&dsse_envelope(&any, &good)))?,
            Some(dir) => {
                let files = if self.form.ssh { for_ssh(&any, &good) } else { for_openssl(&any, &good) };
                write_all(context, dir, &files)?;
            }
        }
        Ok(Outcome::Clean)
    }

    /// The signatures of a scheme, each checked once more before it is given out.
    fn good(
        &self,
        context: &Context,
        repository: &Repository,
        any: &Any,
        scheme: Scheme,
    ) -> Result<Vec<Good>, Failure> {
        let (right, other): (Vec<_>, Vec<_>) = any.signatures().iter().partition(|s| s.scheme == scheme);
        if !other.is_empty() {
            context.note(&format!("{} signatures of another scheme are left out.", other.len()));
        }
        if right.is_empty() {
            let help = "Try another form: a record keeps each signature in the scheme it was made in.";
            return Err(Failure::new(format!("no signature is of the scheme {scheme}"), help));
        }
        right.into_iter().map(|signature| Good::of(repository, any, signature)).collect()
    }
}

/// A signature that was checked.
struct Good {
    key: PublicKey,
    holder: String,
    bytes: Vec<u8>,
}

impl Good {
    fn of(repository: &Repository, any: &Any, signature: &Signature) -> Result<Good, Failure> {
        let trust = &repository.trust;
        let by = trust.authority(&repository.ledger);
        let root = || trust.chain.links().iter().rev().find_map(|l| l.key(&signature.key)).cloned();
        let key: CheckedKey = by.known(&signature.key).cloned().or_else(root).ok_or_else(|| {
            let help = "`duly verify` says more about the file.";
            Failure::new(format!("key {} is not enrolled here", signature.key), help)
        })?;
        check(signature, &key, any.kind(), &any.payload()).map_err(|e| {
            Failure::new(
                format!("the signature by key {} is not valid: {e}", signature.key),
                "Restore the file from git.",
            )
        })?;
        let holder = by.holder_ever(&signature.key).map_or_else(|| "recovery".to_owned(), |h| h.to_string());
        let bytes = text64::decode(signature.sig.as_bytes()).unwrap_or_default();
        Ok(Good { key: key.public_key().clone(), holder, bytes })
    }
}

fn dsse_envelope(any: &Any, good: &[Good]) -> Vec<u8> {
    let one = |g: &Good| Some((g.key.fingerprint().clone(), <[u8; 64]>::try_from(g.bytes.as_slice()).ok()?));
    envelope::write(&any.payload(), &good.iter().filter_map(one).collect::<Vec<_>>())
}

type Files = Vec<(String, Vec<u8>)>;

fn for_ssh(any: &Any, good: &[Good]) -> Files {
    let namespace = sshsig::namespace(any.kind());
    let line = |g: &Good| format!("{} namespaces=\"{namespace}\" {}\n", g.holder, g.key.line());
    let mut files = vec![
        ("payload.json".to_owned(), any.payload()),
        ("allowed_signers".to_owned(), good.iter().map(line).collect::<String>().into_bytes()),
    ];
    for (i, one) in good.iter().enumerate() {
        files.push((format!("{}.sig", i + 1), armour::encode(&one.bytes).into_bytes()));
    }
    files
}

fn for_openssl(any: &Any, good: &[Good]) -> Files {
    let mut files = vec![("payload.pae".to_owned(), dsse::pae(&any.payload()))];
    for (i, one) in good.iter().enumerate() {
        files.push((format!("{}.sig", i + 1), one.bytes.clone()));
        // Only a security key has none, and it makes no signature of this scheme.
        files.extend(pem::public_key(&one.key).map(|text| (format!("{}.pem", i + 1), text.into_bytes())));
    }
    files
}

fn write_all(context: &Context, dir: &Path, list: &Files) -> Result<(), Failure> {
    files::create_folder(dir)?;
    for (name, bytes) in list {
        files::create(&dir.join(name), bytes)?;
        context.print(&format!("{}\n", dir.join(name).display()))?;
    }
    Ok(())
}
