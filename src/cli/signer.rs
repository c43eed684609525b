//! The key that a command signs with.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::Failure;
use super::arguments::fingerprint;
use crate::record::public_key::Fingerprint;
use crate::record::signed::Scheme;
use crate::trust::crypto::private_key::PrivateKey;
use crate::trust::crypto::private_key_file::{KeyFileError, load, refuse_inside};
use crate::trust::crypto::signer::{Signer, WithScheme};

/// Which key signs, and how.
#[derive(Debug, Clone, Args)]
pub struct SignerArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    how: How,
}

/// Exactly one of these.
#[derive(Debug, Clone, Args)]
#[group(id = "signing-key", required = true, multiple = false)]
struct Which {
    /// The private key to sign with, in OpenSSH's form, as ~/.ssh/id_ed25519
    #[arg(long = "key", value_name = "PRIVATE_KEY")]
    key: Option<PathBuf>,
    /// The key of the ssh-agent to sign with, by its fingerprint
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint)]
    agent: Option<Fingerprint>,
}

/// The scheme of a signature.
#[derive(Debug, Clone, Args)]
pub struct How {
    /// The scheme: dsse, or sshsig as `ssh-keygen` makes it; by default dsse, but for security
    /// keys sshsig, the only one that they can make
    #[arg(long, value_name = "SCHEME", value_parser = scheme)]
    scheme: Option<Scheme>,
}

fn scheme(text: &str) -> Result<Scheme, String> {
    Scheme::parse(text).ok_or_else(|| "it is `dsse` or `sshsig`".to_owned())
}

impl SignerArgs {
    /// Opens the key, which must lie outside the repository.
    ///
    /// # Errors
    /// The key cannot be read, is readable by others, or lies inside the repository; or the
    /// agent does not hold it.
    pub fn open(&self, repository: &Path) -> Result<Box<dyn Signer>, Failure> {
        self.how.signer(self.which.key.as_deref(), self.which.agent.as_ref(), repository)
    }
}

impl How {
    /// The key in a file outside the repository, or else the one that the agent holds.
    ///
    /// # Errors
    /// Neither is named, or it cannot be used.
    pub fn signer(
        &self,
        file: Option<&Path>,
        agent: Option<&Fingerprint>,
        repository: &Path,
    ) -> Result<Box<dyn Signer>, Failure> {
        match (file, agent) {
            (Some(path), _) => self.file(path, repository),
            (None, Some(fingerprint)) => self.agent(fingerprint),
            (None, None) => Err(Failure::new("no key is named", "Name one with `--key` or `--agent`.")),
        }
    }

    /// The key in a file outside the repository.
    ///
    /// # Errors
    /// It cannot be read, is readable by others, or lies inside the repository.
    pub fn file(&self, path: &Path, repository: &Path) -> Result<Box<dyn Signer>, Failure> {
        refuse_inside(path, repository)?;
        Ok(self.with_scheme(Box::new(open(path)?)))
    }

    /// The key of a fingerprint that the ssh-agent holds.
    ///
    /// # Errors
    /// There is no agent, or it does not hold the key.
    #[cfg(unix)]
    pub fn agent(&self, fingerprint: &Fingerprint) -> Result<Box<dyn Signer>, Failure> {
        use crate::trust::crypto::agent::Agent;
        let key = Agent::from_environment().and_then(|agent| agent.key(fingerprint));
        let help = "Start an agent, add the key with `ssh-add`, and look with `ssh-add -l`.";
        Ok(self.with_scheme(Box::new(key.map_err(|e| Failure::new(e.to_string(), help))?)))
    }

    /// The key of a fingerprint that the ssh-agent holds.
    ///
    /// # Errors
    /// Always: agents are not reached on this system yet.
    #[cfg(not(unix))]
    pub fn agent(&self, _: &Fingerprint) -> Result<Box<dyn Signer>, Failure> {
        let help = "Use `--key`, or write a `--draft` and attach what `ssh-keygen -Y sign` makes.";
        Err(Failure::new("an ssh-agent cannot be used on this system", help))
    }

    fn with_scheme(&self, signer: Box<dyn Signer>) -> Box<dyn Signer> {
        match self.scheme {
            Some(scheme) => Box::new(WithScheme { signer, scheme }),
            None => signer,
        }
    }
}

/// Reads a private key and asks for its passphrase where it has one.
///
/// # Errors
/// The key cannot be read, or nobody is there to be asked.
pub fn open(path: &Path) -> Result<PrivateKey, Failure> {
    let mut ask = || ask(&format!("Passphrase of {}: ", path.display()));
    Ok(load(path, &mut ask)?)
}

/// Asks for a secret on the terminal.
///
/// # Errors
/// There is no terminal, or it could not be read.
pub fn ask(prompt: &str) -> io::Result<Zeroizing<String>> {
    if !io::stdin().is_terminal() {
        let message = "a passphrase is needed, and there is no terminal to ask on";
        return Err(io::Error::new(io::ErrorKind::NotConnected, message));
    }
    rpassword::prompt_password(prompt).map(Zeroizing::new)
}

impl From<KeyFileError> for Failure {
    fn from(error: KeyFileError) -> Failure {
        let help = match &error {
            KeyFileError::Permissions { .. } => "Nobody but you may read a private key.",
            KeyFileError::InsideRepository { .. } => {
                "Keep it in ~/.ssh or another folder outside the repository."
            }
            KeyFileError::Exists(_) => "A key is never written over.",
            KeyFileError::Io { .. } => "Check the spelling of the path.",
            KeyFileError::NotAKeyFile(_) | KeyFileError::Key { .. } => {
                "Make a key with `duly key new PATH`, or use an Ed25519 key made by `ssh-keygen -t ed25519`."
            }
        };
        Failure::new(error.to_string(), help)
    }
}
