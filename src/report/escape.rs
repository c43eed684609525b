//! Making text harmless for the place where it is printed.
//!
//! Names, titles and paths come from a repository that anybody may have written. Every place
//! has its own dangers, so every place has its own function, and each of them first makes
//! control, bidirectional and invisible characters visible.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::record::text::visible;

/// Text for the content or a quoted attribute of HTML.
pub fn html(text: &str) -> Cow<'_, str> {
    // Most texts are ids, dates and words: nothing in them needs a second look.
    if text.bytes().all(|b| matches!(b, b' '..=b'~') && !matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return Cow::Borrowed(text);
    }
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Text for the inside of a line or table cell of Markdown, as GitHub and GitLab render it:
/// no markup, no HTML, no link, no mention.
pub fn markdown(text: &str) -> String {
    let text = visible(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '^' | '{' | '}' => {
                push_escaped(&mut out, c)
            }
            ':' if next == Some('/') => push_escaped(&mut out, c),
            '.' if starts_link(&out) => push_escaped(&mut out, c),
            '.' | ')' if is_list_number(&out) && next.is_none_or(|n| n == ' ') => push_escaped(&mut out, c),
            '-' | '+' | '=' | '#' | ':' if out.is_empty() => push_escaped(&mut out, c),
            // A comment between the sign and the name: what is linked after the Markdown was
            // rendered does not see a backslash.
            '@' | '#' if next.is_some_and(char::is_alphanumeric) => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            c => out.push(c),
        }
    }
    out
}

fn push_escaped(out: &mut String, c: char) {
    out.push('\\');
    out.push(c);
}

/// Whether a dot after this text would make a link of it.
fn starts_link(before: &str) -> bool {
    before.get(before.len().saturating_sub(3)..).is_some_and(|w| w.eq_ignore_ascii_case("www"))
}

/// Whether a dot or bracket after this text would make a list of it.
fn is_list_number(before: &str) -> bool {
    !before.is_empty() && before.bytes().all(|b| b.is_ascii_digit())
}

/// Text for a field of a CSV file: a leading character by which a spreadsheet would take it
/// for a formula gets an apostrophe before it. Quoting is the writer's business.
pub fn csv(text: &str) -> Cow<'_, str> {
    // Judged before anything is made visible: a tab would no longer be one afterwards.
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let formula = formula || text.starts_with(['\t', '\r', '\n']);
    let text = visible(text);
    if formula { format!("'{text}").into() } else { text }
}

/// JSON for the inside of a script: nothing in it can end the script or be taken for markup,
/// in a file of its own or inside a page.
pub fn script(json: &str) -> String {
    let ends_it = |c: char| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}'..='\u{9f}');
    let mut out = String::with_capacity(json.len() + json.len() / 64);
    let mut rest = json;
    while let Some((before, c, after)) = cut(rest, ends_it) {
        let _ = write!(out, "{before}\\u{:04x}", u32::from(c));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands before the first of some characters, the character, and what follows it.
fn cut(text: &str, is: impl Fn(char) -> bool) -> Option<(&str, char, &str)> {
    let (at, c) = text.char_indices().find(|(_, c)| is(*c))?;
    Some((text.get(..at)?, c, text.get(at + c.len_utf8()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::HOSTILE;
    use proptest::prelude::*;

    #[test]
    fn html_has_no_way_out_of_text_or_attribute() {
        assert_eq!(html("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(html("a\u{1b}[31m\nb\u{202e}"), "a\\u{1b}[31m\\u{a}b\\u{202e}");
        for hostile in HOSTILE {
            assert!(!html(hostile).contains(['<', '>', '"', '\'', '\n', '\u{1b}']), "{hostile:?}");
        }
    }

    #[test]
    fn markdown_stays_plain() {
        assert_eq!(markdown("a|b `c` [d](e) <f>"), "a\\|b \\`c\\` \\[d\\](e) &lt;f&gt;");
        assert_eq!(markdown("- item"), "\\- item");
        assert_eq!(markdown("# head"), "\\# head");
        assert_eq!(markdown("12. item"), "12\\. item");
        assert_eq!(markdown("12) item"), "12\\) item");
        assert_eq!(markdown("^up^"), "\\^up\\^");
        assert_eq!(markdown("0.1.0"), "0.1.0");
        assert_eq!(markdown("    code"), "code");
        assert_eq!(markdown("https://x.test"), "https\\://x.test");
        assert_eq!(markdown("www.x.test"), "www\\.x.test");
        assert_eq!(markdown("ask @ana, see #12"), "ask @<!-- -->ana, see #<!-- -->12");
        assert_eq!(markdown("w-0042 on 2026-11-01"), "w-0042 on 2026-11-01", "ordinary text stays readable");
        assert_eq!(markdown("a\nb"), "a\\\\u\\{a\\}b");
    }

    #[test]
    fn csv_is_no_formula() {
        assert_eq!(csv("=cmd()"), "'=cmd()");
        assert_eq!(csv(" +1"), "' +1");
        assert_eq!(csv("\t=1"), "'\\u{9}=1");
        assert_eq!(csv("Ana-Maria"), "Ana-Maria");
    }

    #[test]
    fn a_script_cannot_be_ended() {
        assert_eq!(script(r#"{"a":"</script>&"}"#), r#"{"a":"\u003c/script\u003e\u0026"}"#);
        assert_eq!(script("\"\u{2028}\""), "\"\\u2028\"");
    }

    proptest! {
        #[test]
        fn html_never_holds_markup(text in any::<String>()) {
            let out = html(&text);
            prop_assert!(!out.contains(['<', '>', '"', '\'']));
            prop_assert!(crate::record::text::fault(&out).is_none_or(|f| f == crate::record::text::TextFault::NotNormalized));
        }

        /// A Markdown parser with every extension finds nothing but text in it, at the start of
        /// a line and later.
        #[test]
        fn markdown_never_holds_markup(
            text in prop_oneof![any::<String>(), "[-+=#*_~`>|:.0-9a-z@/\\[\\]()!<&^$%\"'{} \n]{0,40}"],
        ) {
            for source in [format!("x {}", markdown(&text)), markdown(&text)] {
                prop_assert_eq!(more_than_text(&source), None, "in {:?}", source);
            }
        }
    }

    /// The first event of a Markdown text that is neither text nor the comment of ours.
    fn more_than_text(source: &str) -> Option<String> {
        use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
        let is_plain = |event: &Event<'_>| match event {
            Event::Text(_) | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => true,
            Event::InlineHtml(html) | Event::Html(html) => html.trim() == "<!-- -->",
            _ => false,
        };
        Parser::new_ext(source, Options::all()).find(|e| !is_plain(e)).map(|e| format!("{e:?}"))
    }
}
