//! Base64 with exactly one spelling for each sequence of bytes (RFC 4648 sections 3.5 and 4).

use base64::DecodeError;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// Why a text is not base64 in the form that files hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Base64Error {
    /// `-` or `_`, of the alphabet for URLs.
    #[error("the base64 text is in the alphabet for URLs, with `-` and `_`")]
    UrlSafe,
    /// Another character that is not in the alphabet, white space too.
    #[error("the base64 text holds a character that is not base64")]
    Character,
    /// `=` is missing at the end, or there are too many, or the text is cut off.
    #[error("the base64 text is not padded with `=` to a multiple of four characters")]
    Padding,
    /// The last character holds bits that no byte takes: a second spelling.
    #[error("the base64 text ends in bits that belong to no byte")]
    TrailingBits,
}

/// Decodes the standard alphabet with padding; any other spelling is an error.
pub fn decode(text: &[u8]) -> Result<Vec<u8>, Base64Error> {
    STANDARD.decode(text).map_err(|error| fault(text, error))
}

/// Decodes either alphabet with padding, as DSSE demands of whoever reads an envelope. A text
/// that mixes the two is an error.
pub fn decode_either(text: &[u8]) -> Result<Vec<u8>, Base64Error> {
    match decode(text) {
        Err(Base64Error::UrlSafe) => URL_SAFE.decode(text).map_err(|error| fault(text, error)),
        other => other,
    }
}

/// Encodes in the standard alphabet with padding.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn fault(text: &[u8], error: DecodeError) -> Base64Error {
    let known = |b: &u8| b.is_ascii_alphanumeric() || b"+/=-_".contains(b);
    let of_urls = |b: &u8| *b == b'-' || *b == b'_';
    let of_both = text.iter().any(of_urls) && text.iter().any(|b| b"+/".contains(b));
    match error {
        _ if !text.iter().all(known) || of_both => Base64Error::Character,
        DecodeError::InvalidByte(_, b'-' | b'_') => Base64Error::UrlSafe,
        DecodeError::InvalidLastSymbol { .. } => Base64Error::TrailingBits,
        _ if text.iter().any(of_urls) => Base64Error::UrlSafe,
        _ => Base64Error::Padding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        assert_eq!(decode(b"+/8="), Ok(vec![0xfb, 0xff]));
        assert_eq!(encode(&[0xfb, 0xff]), "+/8=");
        for (text, fault) in [
            ("-_8=", Base64Error::UrlSafe),
            ("+/8", Base64Error::Padding),
            ("+/8==", Base64Error::Padding),
            ("+/8=AAAA", Base64Error::Padding),
            ("+/9=", Base64Error::TrailingBits),
            ("+/ 8", Base64Error::Character),
            ("+/8=\n", Base64Error::Character),
            ("-/8=", Base64Error::Character),
            ("A", Base64Error::Padding),
        ] {
            assert_eq!(decode(text.as_bytes()), Err(fault), "{text}");
        }
    }

    #[test]
    fn either_alphabet_and_no_mixture() {
        assert_eq!(decode_either(b"+/8="), decode_either(b"-_8="));
        assert_eq!(decode_either(b"-_8="), Ok(vec![0xfb, 0xff]));
        assert_eq!(decode_either(b"-/8="), Err(Base64Error::Character));
        assert!(decode_either(b"-_8").is_err());
        assert!(decode_either(b"-_9=").is_err());
    }
}
