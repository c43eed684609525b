//! Private keys in files: read with care, written once.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::private_key::{AskPassphrase, PrivateKey, PrivateKeyError};
use super::signer::Signer as _;

/// The most bytes of a private key file; an ordinary one has about 400.
const FILE_MAX: u64 = 16 * 1024;

/// Why a private key file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file or its folder cannot be used.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A folder, a device, or a file far too large.
    #[error("{0} is not a private key file")]
    NotAKeyFile(PathBuf),
    /// Others than its owner may use the file.
    #[error("{path} can be read by others (mode {mode:03o}); run `chmod 600` on it")]
    Permissions {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// A private key must never be committed.
    #[error("{path} lies inside the repository {repository}; keep private keys outside of it")]
    InsideRepository {
        /// The key file.
        path: PathBuf,
        /// The repository's working tree.
        repository: PathBuf,
    },
    /// A key is never written over.
    #[error("{0} exists already; give the new key another name")]
    Exists(PathBuf),
    /// What the file holds cannot be used.
    #[error("{path}: {source}")]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: PrivateKeyError,
    },
}

/// Reads a private key file in OpenSSH's form, and asks for its passphrase if it has one.
pub fn load(path: &Path, ask: AskPassphrase<'_>) -> Result<PrivateKey, KeyFileError> {
    let text = read(path)?;
    PrivateKey::from_openssh(&text, ask).map_err(|source| KeyFileError::Key { path: path.to_owned(), source })
}

/// Writes a new private key, for its owner alone, and its public half to the same name with
/// `.pub`. Either both files are new and whole afterwards, or there is an error.
pub fn write_new(
    key: &PrivateKey,
    path: &Path,
    comment: &str,
    passphrase: Option<&str>,
) -> Result<(), KeyFileError> {
    let public_path = public_path(path);
    for taken in [path, &public_path] {
        if taken.symlink_metadata().is_ok() {
            return Err(KeyFileError::Exists(taken.to_owned()));
        }
    }
    let text = key
        .to_openssh(comment, passphrase)
        .map_err(|source| KeyFileError::Key { path: path.to_owned(), source })?;
    let public = format!("{} {comment}", key.public_key().line());
    let private_file = prepare(path, text.as_bytes(), 0o600)?;
    let public_file = prepare(&public_path, format!("{}\n", public.trim_end()).as_bytes(), 0o644)?;
    keep(private_file, path)?;
    keep(public_file, &public_path).inspect_err(|_| drop(fs::remove_file(path)))
}

/// The name of the file with the public half.
pub fn public_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}

/// An error if a key file, there already or not yet, lies in a repository's working tree:
/// whoever commits everything would publish it.
pub fn refuse_inside(path: &Path, repository: &Path) -> Result<(), KeyFileError> {
    let place = resolved(path).map_err(|source| KeyFileError::Io { path: path.to_owned(), source })?;
    let tree = repository
        .canonicalize()
        .map_err(|source| KeyFileError::Io { path: repository.to_owned(), source })?;
    if place.starts_with(&tree) {
        return Err(KeyFileError::InsideRepository { path: path.to_owned(), repository: tree });
    }
    Ok(())
}

/// Where a path leads with every link followed: of a file that is not there yet, its folder,
/// or the nearest folder above that is there. What is not there must not lead upwards again:
/// nobody can say where `missing/../key` will lie.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for place in path.ancestors() {
        match place.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
            Ok(real) => {
                let missing = path.strip_prefix(place).unwrap_or(&path);
                let upwards = missing.components().any(|c| c == Component::ParentDir);
                return if upwards { Err(io::ErrorKind::InvalidInput.into()) } else { Ok(real) };
            }
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
    let failed = |source| KeyFileError::Io { path: path.to_owned(), source };
    // Opening a pipe would wait for ever.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(KeyFileError::NotAKeyFile(path.to_owned()));
    }
    let file = File::open(path).map_err(failed)?;
    check_metadata(path, &file.metadata().map_err(failed)?)?;
    // Room for all of it at once: a buffer that grows would leave copies behind.
    let mut text = Zeroizing::new(Vec::with_capacity(FILE_MAX as usize + 1));
    file.take(FILE_MAX + 1).read_to_end(&mut text).map_err(failed)?;
    if text.len() as u64 > FILE_MAX {
        return Err(KeyFileError::NotAKeyFile(path.to_owned()));
    }
    Ok(text)
}

/// Judges the file that was opened, not the path: the path may lead elsewhere a moment later.
fn check_metadata(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyFileError> {
    if !metadata.is_file() || metadata.len() > FILE_MAX {
        return Err(KeyFileError::NotAKeyFile(path.to_owned()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = metadata.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Permissions { path: path.to_owned(), mode });
        }
    }
    Ok(())
}

/// Writes a file beside its place, with the permissions that it will have there.
fn prepare(path: &Path, bytes: &[u8], mode: u32) -> Result<NamedTempFile, KeyFileError> {
    let write = || -> io::Result<NamedTempFile> {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".duly-key-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
        #[cfg(not(unix))]
        let _ = mode;
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    write().map_err(|source| KeyFileError::Io { path: path.to_owned(), source })
}

/// Puts a prepared file in its place, if nothing is there.
fn keep(file: NamedTempFile, path: &Path) -> Result<(), KeyFileError> {
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(KeyFileError::Exists(path.to_owned()))
        }
        Err(e) => Err(KeyFileError::Io { path: path.to_owned(), source: e.error }),
    }
}
