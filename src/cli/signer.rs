//! The key that a command signs with.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::Failure;
use crate::trust::crypto::private_key::PrivateKey;
use crate::trust::crypto::private_key_file::{KeyFileError, load, refuse_inside};
use crate::trust::crypto::signer::Signer;

/// Which key signs.
#[derive(Debug, Clone, Args)]
pub struct SignerArgs {
    /// The private key to sign with, in OpenSSH's form, as ~/.ssh/id_ed25519
    #[arg(long = "key", value_name = "PRIVATE_KEY")]
    key: PathBuf,
}

impl SignerArgs {
    /// Opens the key, which must lie outside the repository.
    ///
    /// # Errors
    /// The key cannot be read, is readable by others, or lies inside the repository.
    pub fn open(&self, repository: &Path) -> Result<Box<dyn Signer>, Failure> {
        Ok(Box::new(open_outside(&self.key, repository)?))
    }
}

/// Opens a key, which must lie outside the repository.
///
/// # Errors
/// As for [`SignerArgs::open`].
pub fn open_outside(path: &Path, repository: &Path) -> Result<PrivateKey, Failure> {
    refuse_inside(path, repository)?;
    open(path)
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
