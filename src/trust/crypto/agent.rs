//! A client of `ssh-agent`: keys that other programs hold and that sign without being seen
//! (the protocol is in draft-ietf-sshm-ssh-agent).

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::signer::{SignError, Signer};
use super::sshsig::{RawSignature, SshsigError};
use super::wire::{Wire, put_number, put_string};
use crate::record::public_key::{Fingerprint, PublicKey};

const FAILURE: u8 = 5;
const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;

/// The most bytes of a message in either direction: OpenSSH's own limit.
const MESSAGE_MAX: usize = 256 * 1024;

/// How long an agent may take to list its keys.
const LIST_WAIT: Duration = Duration::from_secs(10);

/// How long it may take to sign: somebody may have to find and touch a security key.
const SIGN_WAIT: Duration = Duration::from_secs(120);

/// An agent, by its socket. Each request opens the socket anew.
#[derive(Debug, Clone)]
pub struct Agent {
    socket: PathBuf,
}

/// A key that an agent holds.
#[derive(Debug, Clone)]
pub struct AgentKey {
    agent: Agent,
    key: PublicKey,
    comment: String,
}

/// Why an agent did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// `SSH_AUTH_SOCK` is not set.
    #[error("no ssh-agent is running: SSH_AUTH_SOCK is not set")]
    NotRunning,
    /// The socket cannot be used, or the answer took too long.
    #[error("the ssh-agent at {socket} does not answer: {source}")]
    Io {
        /// The socket.
        socket: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The agent said no: the key is locked, or nobody confirmed or touched it.
    #[error("the ssh-agent refused")]
    Refused,
    /// The answer is not one to the question.
    #[error("the ssh-agent's answer cannot be read: {0}")]
    Answer(&'static str),
    /// The signature in the answer is not one of this key's kind.
    #[error("the ssh-agent's signature cannot be read: {0}")]
    Signature(#[from] SshsigError),
    /// What is to be signed is longer than an agent takes.
    #[error("{0} bytes are more than an ssh-agent signs at once; use the scheme `sshsig`")]
    TooLong(usize),
    /// The agent does not hold the key.
    #[error("the ssh-agent does not hold the key {0}; add it with `ssh-add`")]
    NoSuchKey(Fingerprint),
}

impl Agent {
    /// The agent at a socket.
    pub fn at(socket: &Path) -> Agent {
        Agent { socket: socket.to_owned() }
    }

    /// The agent of this session, by `SSH_AUTH_SOCK`.
    pub fn from_environment() -> Result<Agent, AgentError> {
        match std::env::var_os("SSH_AUTH_SOCK") {
            Some(socket) if !socket.is_empty() => Ok(Agent { socket: socket.into() }),
            _ => Err(AgentError::NotRunning),
        }
    }

    /// The Ed25519 keys that the agent holds; keys of other types are left out.
    pub fn keys(&self) -> Result<Vec<AgentKey>, AgentError> {
        let answer = self.ask(&[REQUEST_IDENTITIES], LIST_WAIT)?;
        let keys = parse_identities(&answer)?;
        Ok(keys.into_iter().map(|(key, comment)| AgentKey { agent: self.clone(), key, comment }).collect())
    }

    /// The key of a fingerprint.
    pub fn key(&self, fingerprint: &Fingerprint) -> Result<AgentKey, AgentError> {
        let found = self.keys()?.into_iter().find(|k| k.key.fingerprint() == fingerprint);
        found.ok_or_else(|| AgentError::NoSuchKey(fingerprint.clone()))
    }

    /// One question and its answer, both without their length.
    fn ask(&self, question: &[u8], wait: Duration) -> Result<Vec<u8>, AgentError> {
        if question.len() > MESSAGE_MAX {
            return Err(AgentError::TooLong(question.len()));
        }
        let failed = |source| AgentError::Io { socket: self.socket.clone(), source };
        let mut stream = UnixStream::connect(&self.socket).map_err(failed)?;
        stream.set_read_timeout(Some(wait)).map_err(failed)?;
        stream.set_write_timeout(Some(wait)).map_err(failed)?;
        let mut message = Vec::with_capacity(question.len() + 4);
        put_string(question, &mut message);
        stream.write_all(&message).map_err(failed)?;
        let mut length = [0; 4];
        stream.read_exact(&mut length).map_err(failed)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length == 0 || length > MESSAGE_MAX {
            return Err(AgentError::Answer("its length is out of bounds"));
        }
        let mut answer = vec![0; length];
        stream.read_exact(&mut answer).map_err(failed)?;
        Ok(answer)
    }
}

impl AgentKey {
    /// What the agent calls the key. The text is the agent's: escape it where it is printed.
    pub fn comment(&self) -> &str {
        &self.comment
    }
}

impl Signer for AgentKey {
    fn public_key(&self) -> &PublicKey {
        &self.key
    }

    fn sign(&self, message: &[u8]) -> Result<RawSignature, SignError> {
        let answer = self.agent.ask(&sign_request(&self.key, message), SIGN_WAIT)?;
        Ok(parse_signature(&answer, &self.key)?)
    }
}

impl From<AgentError> for SignError {
    fn from(error: AgentError) -> SignError {
        SignError::Refused(Box::new(error))
    }
}

fn sign_request(key: &PublicKey, message: &[u8]) -> Vec<u8> {
    let mut question = vec![SIGN_REQUEST];
    put_string(key.wire(), &mut question);
    put_string(message, &mut question);
    put_number(0, &mut question);
    question
}

/// What follows the type of an answer, if the type is the one that was asked for.
fn body<'a>(answer: &'a [u8], expected: u8) -> Result<Wire<'a>, AgentError> {
    let mut wire = Wire::new(answer);
    match wire.byte() {
        Some(kind) if kind == expected => Ok(wire),
        Some(FAILURE) => Err(AgentError::Refused),
        _ => Err(AgentError::Answer("it is of an unknown type")),
    }
}

fn parse_identities(answer: &[u8]) -> Result<Vec<(PublicKey, String)>, AgentError> {
    let cut = || AgentError::Answer("it is cut off");
    let mut wire = body(answer, IDENTITIES_ANSWER)?;
    let count = wire.number().ok_or_else(cut)?;
    let mut keys = Vec::new();
    // The count is only believed as far as there are bytes: each key takes at least eight.
    for _ in 0..count {
        let blob = wire.string().ok_or_else(cut)?;
        let comment = wire.string().ok_or_else(cut)?;
        if let Some(key) = PublicKey::from_wire(blob) {
            keys.push((key, String::from_utf8_lossy(comment).into_owned()));
        }
    }
    if wire.left() > 0 {
        return Err(AgentError::Answer("bytes stand behind its end"));
    }
    Ok(keys)
}

fn parse_signature(answer: &[u8], key: &PublicKey) -> Result<RawSignature, AgentError> {
    let mut wire = body(answer, SIGN_RESPONSE)?;
    let blob = wire.string().ok_or(AgentError::Answer("it is cut off"))?;
    if wire.left() > 0 {
        return Err(AgentError::Answer("bytes stand behind its end"));
    }
    Ok(RawSignature::parse(blob, key)?)
}

#[cfg(test)]
#[path = "tests/agent.rs"]
mod tests;
