//! Which characters a text may hold.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// A control character: U+0000–001F, U+007F–009F.
    Control(char),
    /// A character that changes the direction of what follows (Unicode UAX 9).
    Bidirectional(char),
    /// A character without width, a separator of lines, the byte-order mark, or none at all.
    Invisible(char),
    /// The text is not in Unicode Normalization Form C.
    NotNormalized,
}

/// The first fault of a text, if it has one.
///
/// Such characters make two texts look alike that are not, or one text look different in
/// two programs: in signed records they are refused and never escaped.
pub fn fault(text: &str) -> Option<TextFault> {
    if text.is_ascii() {
        return text.chars().find(char::is_ascii_control).map(TextFault::Control);
    }
    text.chars().find_map(character_fault).or_else(|| (!is_nfc(text)).then_some(TextFault::NotNormalized))
}

fn character_fault(c: char) -> Option<TextFault> {
    match c {
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(TextFault::Control(c)),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(TextFault::Bidirectional(c))
        }
        '\u{ad}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some(TextFault::Invisible(c)),
        _ if is_no_character(c) => Some(TextFault::Invisible(c)),
        _ => None,
    }
}

/// The 66 code points that Unicode keeps free for good. Readers of YAML refuse some of them.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

fn is_nfc(text: &str) -> bool {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => true,
        IsNormalized::No => false,
        IsNormalized::Maybe => text.nfc().eq(text.chars()),
    }
}

impl std::fmt::Display for TextFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TextFault::Control(c) => write!(f, "the control character U+{:04X}", u32::from(*c)),
            TextFault::Bidirectional(c) => {
                write!(f, "the text-direction character U+{:04X}", u32::from(*c))
            }
            TextFault::Invisible(c) => write!(f, "the invisible character U+{:04X}", u32::from(*c)),
            TextFault::NotNormalized => f.write_str("letters that are not in Unicode form NFC"),
        }
    }
}

/// A text with every character that could act on a terminal, a log or a reader's eye shown
/// as `\u{…}`: for printing what a file holds.
pub fn visible(text: &str) -> std::borrow::Cow<'_, str> {
    // Nearly all texts are ids, dates and words of ASCII.
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return text.into();
    }
    if text.chars().all(|c| character_fault(c).is_none()) {
        return text.into();
    }
    let show = |c: char| match character_fault(c) {
        None => c.to_string(),
        Some(_) => c.escape_unicode().to_string(),
    };
    text.chars().map(show).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        assert_eq!(fault("Zoë Müller – 東京 ✓"), None);
        assert_eq!(fault("a\u{1b}[31m"), Some(TextFault::Control('\u{1b}')));
        assert_eq!(fault("é\n"), Some(TextFault::Control('\n')));
        assert_eq!(fault("a\u{202e}b"), Some(TextFault::Bidirectional('\u{202e}')));
        for c in ['\u{200b}', '\u{200d}', '\u{2028}', '\u{2029}', '\u{feff}'] {
            assert_eq!(fault(&format!("a{c}b")), Some(TextFault::Invisible(c)));
        }
        for c in ['\u{fdd0}', '\u{fffe}', '\u{ffff}', '\u{1ffff}', '\u{10fffe}'] {
            assert_eq!(fault(&format!("a{c}b")), Some(TextFault::Invisible(c)));
        }
        assert_eq!(fault("\u{fffd}\u{e000}\u{1fffd}"), None);
        assert_eq!(fault("e\u{301}"), Some(TextFault::NotNormalized));
    }

    #[test]
    fn nothing_hidden_stays_hidden() {
        assert_eq!(visible("plain"), "plain");
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}"), "a\\u{1b}[2Jb\\u{202e}");
    }
}
