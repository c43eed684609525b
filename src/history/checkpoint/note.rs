//! Signed notes (C2SP `signed-note`): a text, an empty line, and a line for each signature.
//!
//! A note of which nobody known signed a word is worth nothing, so the way to its text is
//! [`Note::verify`]. Only one form of each note is taken: what is written again is what was read.

use std::fmt;

use super::verifier_key::is_key_name;
use crate::record::text::visible;
use crate::trust::crypto::text64::{self, Base64Error};

/// The most bytes of a note: room for sixteen signatures of the longest kind in use.
pub const NOTE_MAX: usize = 128 * 1024;

/// The most signatures of a note.
pub const SIGNATURES_MAX: usize = 16;

const DASH: &str = "\u{2014} ";

/// A note. Nothing in it is proven before [`Note::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One line of signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name that the key goes by in the note.
    pub name: String,
    /// The first bytes of a digest of name and key: enough to find the key, too short to be one.
    pub id: [u8; 4],
    /// What the signature's type says; never empty.
    pub bytes: Vec<u8>,
}

/// Why bytes are not a note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// More than [`NOTE_MAX`] bytes.
    #[error("the note is {0} bytes long; the most is {NOTE_MAX}")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("the note is not text in UTF-8")]
    NotText,
    /// A control character, as of a terminal or of a line end of Windows.
    #[error("the note holds the control character U+{:04X}", u32::from(*.0))]
    Control(char),
    /// The text does not end in a line end.
    #[error("the text of the note does not end in a line end")]
    Unfinished,
    /// No empty line ends the text.
    #[error("no empty line stands between the text of the note and its signatures")]
    NoSignatures,
    /// More than [`SIGNATURES_MAX`].
    #[error("the note has {0} signatures; the most is {SIGNATURES_MAX}")]
    TooMany(usize),
    /// A line below the text is not a dash, a name and base64, with one space between each.
    #[error("line {0} of the signatures is not a dash, a name and base64")]
    Line(usize),
    /// A name that is empty or holds white space or `+`.
    #[error("a key cannot be called {}", visible(.0))]
    Name(String),
    /// The last part of a line is not base64.
    #[error("the signature by {} cannot be read: {fault}", visible(.name))]
    Base64 {
        /// The name in the line.
        name: String,
        /// What is wrong.
        fault: Base64Error,
    },
    /// There is no byte behind the key's four.
    #[error("the signature by {} is too short", visible(.0))]
    Short(String),
    /// The same line twice.
    #[error("the same signature by {} is there twice", visible(.0))]
    Twice(String),
}

impl Note {
    /// Puts a note together.
    pub fn new(text: impl Into<String>, signatures: Vec<NoteSignature>) -> Result<Note, NoteError> {
        let note = Note { text: text.into(), signatures };
        note.check()?;
        Ok(note)
    }

    /// Reads a note.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        if bytes.len() > NOTE_MAX {
            return Err(NoteError::TooLong(bytes.len()));
        }
        let all = std::str::from_utf8(bytes).map_err(|_| NoteError::NotText)?;
        // The last empty line ends the text, which may hold others.
        let (text, lines) = all.rsplit_once("\n\n").ok_or(NoteError::NoSignatures)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Unfinished)?;
        let lines: Vec<&str> = lines.split('\n').collect();
        if lines.len() > SIGNATURES_MAX {
            return Err(NoteError::TooMany(lines.len()));
        }
        let signatures = lines.iter().enumerate().map(|(i, line)| read_line(i + 1, line));
        Note::new(format!("{text}\n"), signatures.collect::<Result<_, _>>()?)
    }

    /// The note with one more signature.
    pub fn and(mut self, signature: NoteSignature) -> Result<Note, NoteError> {
        self.signatures.push(signature);
        self.check()?;
        Ok(self)
    }

    /// The signatures. They are not checked.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The text, about which nothing is known yet: for adding a signature to it, and for saying
    /// what a note claims.
    pub fn unverified_text(&self) -> &str {
        &self.text
    }

    /// What holds for notes that are read and for notes that are put together.
    fn check(&self) -> Result<(), NoteError> {
        if !self.text.ends_with('\n') {
            return Err(NoteError::Unfinished);
        }
        // C2SP forbids those below U+0020; the others do no less to a terminal.
        if let Some(control) = self.text.chars().find(|c| c.is_control() && *c != '\n') {
            return Err(NoteError::Control(control));
        }
        match self.signatures.len() {
            0 => return Err(NoteError::NoSignatures),
            count if count > SIGNATURES_MAX => return Err(NoteError::TooMany(count)),
            _ => {}
        }
        for (i, signature) in self.signatures.iter().enumerate() {
            signature.check()?;
            if self.signatures.iter().take(i).any(|other| other == signature) {
                return Err(NoteError::Twice(signature.name.clone()));
            }
        }
        let length = self.to_string().len();
        if length > NOTE_MAX { Err(NoteError::TooLong(length)) } else { Ok(()) }
    }
}

impl NoteSignature {
    fn check(&self) -> Result<(), NoteError> {
        match () {
            () if !is_key_name(&self.name) => Err(NoteError::Name(self.name.clone())),
            () if self.bytes.is_empty() => Err(NoteError::Short(self.name.clone())),
            () => Ok(()),
        }
    }
}

fn read_line(number: usize, line: &str) -> Result<NoteSignature, NoteError> {
    let (name, code) =
        line.strip_prefix(DASH).and_then(|rest| rest.split_once(' ')).ok_or(NoteError::Line(number))?;
    let name = name.to_owned();
    let bytes = match text64::decode(code.as_bytes()) {
        Ok(bytes) => bytes,
        Err(fault) => return Err(NoteError::Base64 { name, fault }),
    };
    match bytes.split_first_chunk() {
        Some((id, bytes)) => Ok(NoteSignature { name, id: *id, bytes: bytes.to_vec() }),
        None => Err(NoteError::Short(name)),
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{DASH}{} {}", self.name, text64::encode(&[&self.id, self.bytes.as_slice()].concat()))
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

#[cfg(test)]
#[path = "tests/note.rs"]
mod tests;
