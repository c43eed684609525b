//! Texts of policies, written in Markdown by anybody: rendered without raw HTML, with links
//! to `https:` and `mailto:` alone, without pictures, and with heads that fit below the page's.

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::record::text::visible;

/// The most bytes of a text that a page shows; the rest is in the repository.
const SHOWN_MAX: usize = 64 * 1024;

/// HTML of a text.
pub fn to_html(source: &str) -> String {
    let source = readable(clip(source));
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut state = State { links: Vec::new(), level: 2 };
    let events = Parser::new_ext(&source, options).filter_map(|event| tame(event, &mut state));
    let mut out = String::with_capacity(source.len() * 2);
    html::push_html(&mut out, events);
    out
}

fn clip(source: &str) -> &str {
    let mut end = source.len().min(SHOWN_MAX);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    source.get(..end).unwrap_or_default()
}

/// Line ends and tabs stay, every other character that acts on its reader is made visible.
fn readable(source: &str) -> String {
    let lines = source
        .lines()
        .map(|line| line.split('\t').map(|part| visible(part).into_owned()).collect::<Vec<_>>().join("    "));
    lines.collect::<Vec<_>>().join("\n")
}

/// What is open while a text is read.
struct State {
    /// For every open link, whether it stays one.
    links: Vec<bool>,
    /// The level of the head before: no level is skipped on the way down.
    level: usize,
}

/// Turns what is not wanted into text, or leaves it out.
fn tame<'e>(event: Event<'e>, state: &mut State) -> Option<Event<'e>> {
    Some(match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Link { dest_url, link_type, .. }) => {
            state.links.push(is_welcome(&dest_url));
            let link =
                Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id: CowStr::Borrowed("") };
            return state.links.last().copied()?.then_some(Event::Start(link));
        }
        Event::End(TagEnd::Link) => return state.links.pop()?.then_some(event),
        // A picture would be a request; its description stays as text.
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
        Event::Start(Tag::Heading { level, .. }) => {
            state.level = (level as usize + 2).min(state.level + 1);
            let level = head(state.level);
            Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(head(state.level))),
        // An alignment would become a style attribute.
        Event::Start(Tag::Table(columns)) => Event::Start(Tag::Table(vec![Alignment::None; columns.len()])),
        other => other,
    })
}

/// Whether a link goes somewhere harmless: only whole addresses of two schemes.
fn is_welcome(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    address.starts_with("https://") || address.starts_with("mailto:")
}

/// Heads of a text stand below those of the page around it.
fn head(level: usize) -> HeadingLevel {
    match level {
        0..=3 => HeadingLevel::H3,
        4 => HeadingLevel::H4,
        5 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::HOSTILE;
    use proptest::prelude::*;

    #[test]
    fn raw_html_is_text() {
        let out = to_html("<script>x</script>\n\na <b onclick=x>b</b>");
        assert!(!out.contains("<script") && !out.contains("<b "), "{out}");
        assert!(out.contains("&lt;script&gt;"), "{out}");
    }

    #[test]
    fn links_go_to_two_schemes() {
        assert!(to_html("[a](https://x.test)").contains("href=\"https://x.test\""));
        for bad in
            ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//x.test", "../x", "file:///x"]
        {
            let out = to_html(&format!("[a]({bad})"));
            assert_eq!(out, "<p>a</p>\n", "{bad}");
        }
        assert_eq!(to_html("![alt](https://x.test/a.png)"), "<p>alt</p>\n");
    }

    #[test]
    fn nothing_needs_a_style() {
        assert!(!to_html("| a |\n|:-:|\n| b |").contains("style"));
        assert_eq!(to_html("# Head"), "<h3>Head</h3>\n");
        assert_eq!(to_html("### Deep\n# Top\n### Deep"), "<h3>Deep</h3>\n<h3>Top</h3>\n<h4>Deep</h4>\n");
    }

    #[test]
    fn the_hostile_list_stays_text() {
        for hostile in HOSTILE {
            let out = to_html(hostile);
            assert!(
                !out.contains("<script") && !out.contains("javascript:\"") && !out.contains('\u{202e}'),
                "{out}"
            );
        }
    }

    proptest! {
        #[test]
        fn only_known_elements_come_out(text in "[<>a-z\"'=/:()\\[\\]!#|`*_ \n-]{0,200}") {
            const KNOWN: [&str; 29] = [
                "p", "h3", "h4", "h5", "h6", "em", "strong", "code", "pre", "ul", "ol", "li", "a", "hr",
                "blockquote", "table", "thead", "tbody", "tr", "th", "td", "del", "br", "img", "div", "sub", "sup", "dl", "dt"];
            for element in to_html(&text).split('<').skip(1) {
                let name: String = element.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(KNOWN.contains(&name.as_str()) && name != "img", "{element}");
            }
        }
    }
}
