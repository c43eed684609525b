//! `duly key new PATH`.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::cli::{Context, Failure, Outcome, signer};
use crate::trust::crypto::private_key::PrivateKey;
use crate::trust::crypto::private_key_file::{refuse_inside, write_new};
use crate::trust::crypto::signer::Signer;

/// Make a new key pair: PATH for its holder alone, PATH.pub for everybody
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the private key goes; outside of any repository
    path: PathBuf,
    /// Do not encrypt the private key, as for a service that nobody can type for
    #[arg(long)]
    no_passphrase: bool,
    /// A word behind the public key, to tell keys apart
    #[arg(long, default_value = "duly")]
    comment: String,
}

impl Args {
    /// Makes the key and prints its fingerprint.
    ///
    /// # Errors
    /// The file exists, lies inside the repository, or cannot be written.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let root = context.root()?;
        if root.join("duly.yaml").is_file() {
            refuse_inside(&self.path, &root)?;
        }
        let passphrase = if self.no_passphrase { None } else { Some(new_passphrase()?) };
        let key = PrivateKey::generate().map_err(|e| Failure::new(e.to_string(), "Try again."))?;
        let secret = passphrase.as_ref().map(|p| p.as_str());
        write_new(&key, &self.path, &self.comment, secret)?;
        context.print(&format!("{}\n", key.public_key().fingerprint()))?;
        let path = self.path.display();
        context.note(&format!(
            "The private key is in {path}: nobody but its holder may have it.\n\
             The public key is in {path}.pub.\n\
             Next: duly key request --owner worker/ID --key {path} --out request.yaml"
        ));
        Ok(Outcome::Clean)
    }
}

fn new_passphrase() -> Result<Zeroizing<String>, Failure> {
    let help = "Give a passphrase on a terminal, or say `--no-passphrase` for a key that a service uses.";
    let fail = |e: std::io::Error| Failure::new(e.to_string(), help);
    let first = signer::ask("Passphrase for the new key: ").map_err(fail)?;
    let second = signer::ask("The same again: ").map_err(fail)?;
    if first.is_empty() || first != second {
        return Err(Failure::new("the passphrase is empty or was typed differently the second time", help));
    }
    Ok(first)
}
