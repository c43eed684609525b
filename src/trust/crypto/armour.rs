//! The text that `ssh-keygen -Y sign` writes around a signature (OpenSSH's PROTOCOL.sshsig).

use super::sshsig::{SSHSIG_MAX, SshSignature, SshsigError};
use super::text64::{self, Base64Error};

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";

/// Columns of a line, as OpenSSH writes it.
const COLUMNS: usize = 70;

/// The most bytes of the text: base64 and its line ends, with room to spare.
const TEXT_MAX: usize = 2 * SSHSIG_MAX;

/// Why a file is not an SSH signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArmourError {
    /// The text is far longer than a signature.
    #[error("the SSH signature file is {0} bytes long; the most is {TEXT_MAX}")]
    TooLong(usize),
    /// The first line is another.
    #[error("the SSH signature file does not start with the line `{BEGIN}`")]
    Begin,
    /// No line ends it.
    #[error("the SSH signature file has no line `{END}`")]
    End,
    /// Something stands behind the last line.
    #[error("something stands behind the end of the SSH signature")]
    Behind,
    /// What is between the two lines is not base64.
    #[error(transparent)]
    Base64(#[from] Base64Error),
    /// The base64 holds something else than a signature.
    #[error(transparent)]
    Signature(#[from] SshsigError),
}

/// Writes a signature's bytes as `ssh-keygen -Y sign` does, with a final newline.
pub fn encode(blob: &[u8]) -> String {
    let mut out = format!("{BEGIN}\n");
    let text = text64::encode(blob);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        // Base64 is ASCII, so any column is the start of a character.
        let (line, behind) = rest.split_at_checked(COLUMNS).unwrap_or((rest, ""));
        out.push_str(line);
        out.push('\n');
        rest = behind;
    }
    out.push_str(END);
    out.push('\n');
    out
}

/// Reads the text of a signature file: its bytes. Lines may be of any length and end in CR LF,
/// which does not change what they say; nothing may stand before, behind or between them.
pub fn decode(text: &[u8]) -> Result<Vec<u8>, ArmourError> {
    if text.len() > TEXT_MAX {
        return Err(ArmourError::TooLong(text.len()));
    }
    let mut lines = text.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    if lines.next() != Some(BEGIN.as_bytes()) {
        return Err(ArmourError::Begin);
    }
    let mut code = Vec::with_capacity(text.len());
    loop {
        match lines.next() {
            None => return Err(ArmourError::End),
            Some(line) if line == END.as_bytes() => break,
            Some(line) => code.extend_from_slice(line),
        }
    }
    match (lines.next(), lines.next()) {
        (None | Some(b""), None) => Ok(text64::decode(&code)?),
        _ => Err(ArmourError::Behind),
    }
}

/// Reads a signature from a file that holds either the text or the bare bytes.
pub fn read(file: &[u8]) -> Result<SshSignature, ArmourError> {
    if file.starts_with(b"SSHSIG") {
        return Ok(SshSignature::parse(file)?);
    }
    Ok(SshSignature::parse(&decode(file)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_seventy_columns() {
        // 105 bytes are 140 characters: two full lines and no empty one.
        let text = encode(&[0; 105]);
        assert_eq!(text.lines().map(str::len).collect::<Vec<_>>(), [29, 70, 70, 27]);
        assert_eq!(encode(b"abc"), format!("{BEGIN}\nYWJj\n{END}\n"));
        assert_eq!(decode(text.as_bytes()).unwrap(), [0; 105]);
    }

    #[test]
    fn line_ends_do_not_matter_and_all_else_does() {
        let fine = |text: &str| decode(text.as_bytes());
        for text in [
            format!("{BEGIN}\nYWJj\n{END}"),
            format!("{BEGIN}\r\nYWJj\r\n{END}\r\n"),
            format!("{BEGIN}\nYW\nJj\n{END}\n"),
        ] {
            assert_eq!(fine(&text).unwrap(), b"abc", "{text}");
        }
        assert_eq!(fine(&format!(" {BEGIN}\nYWJj\n{END}\n")), Err(ArmourError::Begin));
        assert_eq!(fine(&format!("{BEGIN}\nYWJj\n")), Err(ArmourError::End));
        assert_eq!(fine(&format!("{BEGIN}\nYWJj{END}\n")), Err(ArmourError::End));
        assert_eq!(fine(&format!("{BEGIN}\nYWJj\n{END}\n\n")), Err(ArmourError::Behind));
        assert_eq!(fine(&format!("{BEGIN}\nYWJj\n{END}\nx")), Err(ArmourError::Behind));
        let spaced = fine(&format!("{BEGIN}\nYW Jj\n{END}\n"));
        assert_eq!(spaced, Err(ArmourError::Base64(Base64Error::Character)));
        let unpadded = fine(&format!("{BEGIN}\nYWI\n{END}\n"));
        assert_eq!(unpadded, Err(ArmourError::Base64(Base64Error::Padding)));
        assert!(matches!(decode(&[b'-'; TEXT_MAX + 1]), Err(ArmourError::TooLong(_))));
    }
}
