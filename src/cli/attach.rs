//! `duly attach FILE`: a signature that another program made.

use std::path::{Path, PathBuf};

use super::arguments::fingerprint;
use super::repository::Repository;
use super::{Context, Failure, Outcome, author, sign};
use crate::record::node::Spot;
use crate::record::public_key::Fingerprint;
use crate::record::signed::{SIGNATURES_MAX, Scheme, Signature};
use crate::trust::any::Any;
use crate::trust::crypto::check::check;
use crate::trust::crypto::envelope::Envelope;
use crate::trust::crypto::point::CheckedKey;
use crate::trust::crypto::{armour, text64};

/// Attach a signature that another program made to a draft
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The draft, or a record that more people must sign
    file: PathBuf,
    /// The fingerprint of the key that signed
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint)]
    key: Fingerprint,
    #[command(flatten)]
    made: Made,
    /// Leave the record in the file, for others to sign the same
    #[arg(long)]
    more: bool,
}

/// Exactly one of these.
#[derive(Debug, clap::Args)]
#[group(id = "made", required = true, multiple = false)]
struct Made {
    /// What `ssh-keygen -Y sign` wrote
    #[arg(long, value_name = "SIGFILE")]
    sshsig: Option<PathBuf>,
    /// The Ed25519 signature over `duly payload FILE --pae`, in base64
    #[arg(long, value_name = "BASE64")]
    dsse: Option<String>,
    /// A DSSE envelope of the same payload
    #[arg(long, value_name = "DSSE.json")]
    envelope: Option<PathBuf>,
}

impl Args {
    /// Checks the signature and writes the record with it.
    ///
    /// # Errors
    /// The key is not known here, or the signature is not by it over this record.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let mut any = author::read(&self.file)?;
        repository.is_for_here(&any)?;
        sign::unfinished(&repository, &self.file)?;
        repository.may_sign(&any, &self.key)?;
        let key = self.known(&repository, &any)?;
        let signature = self.made.signature(&key, &any)?;
        check(&signature, &key, any.kind(), &any.payload()).map_err(|e| not_valid(&e))?;
        room(&any, &self.key)?;
        any.push(signature);
        if self.more {
            author::wait(context, &repository, &any, &self.file)?;
        } else {
            author::finish(context, &repository, &any, Some(&self.file))?;
        }
        Ok(Outcome::Clean)
    }

    fn known(&self, repository: &Repository, any: &Any) -> Result<CheckedKey, Failure> {
        let trust = &repository.trust;
        let own = any.own_key(&self.key);
        let root = || trust.chain.links().iter().rev().find_map(|l| l.key(&self.key)).cloned();
        let known = || trust.authority(&repository.ledger).known(&self.key).cloned();
        own.or_else(known).or_else(root).ok_or_else(|| {
            let help = "`duly key list` shows the keys; ask for a new one with `duly key request`.";
            Failure::new(format!("key {} is not enrolled here", self.key), help)
        })
    }
}

fn room(any: &Any, key: &Fingerprint) -> Result<(), Failure> {
    let full = any.signatures().len() >= SIGNATURES_MAX;
    if !full && any.signatures().iter().all(|s| s.key != *key) {
        return Ok(());
    }
    let what =
        if full { "the record has as many signatures as it can" } else { "the key has signed already" };
    Err(Failure::new(what, "Nothing was written."))
}

fn not_valid(error: &dyn std::fmt::Display) -> Failure {
    let help = "Sign exactly the bytes that `duly payload FILE` prints, or with `--pae` for DSSE.";
    Failure::new(format!("the signature is not valid: {error}"), help)
}

impl Made {
    fn signature(&self, key: &CheckedKey, any: &Any) -> Result<Signature, Failure> {
        let (scheme, bytes) = match (&self.sshsig, &self.dsse, &self.envelope) {
            (Some(file), _, _) => (Scheme::Sshsig, sshsig(file)?),
            (_, Some(text), _) => {
                (Scheme::Dsse, text64::decode_either(text.trim().as_bytes()).map_err(|e| not_valid(&e))?)
            }
            (_, _, Some(file)) => (Scheme::Dsse, envelope(file, key, any)?),
            _ => return Err(Failure::new("there is no signature", "Give one with `--sshsig`.")),
        };
        let key = key.public_key().fingerprint().clone();
        Ok(Signature { scheme, key, sig: text64::encode(&bytes), spot: Spot::default() })
    }
}

fn sshsig(file: &Path) -> Result<Vec<u8>, Failure> {
    let text = std::fs::read(file).map_err(|e| Failure::io(file.display(), &e))?;
    Ok(armour::read(&text).map_err(|e| not_valid(&e))?.to_bytes())
}

fn envelope(file: &Path, key: &CheckedKey, any: &Any) -> Result<Vec<u8>, Failure> {
    let json = std::fs::read(file).map_err(|e| Failure::io(file.display(), &e))?;
    let envelope = Envelope::parse(&json).map_err(|e| not_valid(&e))?;
    if envelope.payload != any.payload() {
        return Err(not_valid(&"the envelope is of another payload"));
    }
    let none =
        || not_valid(&format!("no signature of the envelope is by key {}", key.public_key().fingerprint()));
    Ok(envelope.signature_by(key).ok_or_else(none)?.to_vec())
}
