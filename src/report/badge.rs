//! `badge.svg` and the endpoint that badge services read: where the organisation stands, in
//! two words.

use super::escape;
use super::model::Model;
use super::site::overview;
use crate::judgement::State;

/// What a badge says.
struct Badge {
    message: String,
    /// Colour of the right half; white on it is readable.
    colour: &'static str,
}

fn badge(model: &Model) -> Badge {
    let headline = overview::headline(model);
    let (message, colour) = match headline.state() {
        State::Errors | State::Gaps => (headline.in_words(), "#a81e16"),
        State::Clean if model.facts.pinned => ("no gap found".to_owned(), "#17603a"),
        State::Clean => ("no gap found, unpinned".to_owned(), "#6d5200"),
        State::Open => (headline.in_words(), "#5f3596"),
        State::Empty => ("nothing owed yet".to_owned(), "#56626a"),
    };
    Badge { message: format!("{message}, {}", model.facts.as_of), colour }
}

/// The badge as a picture.
pub fn svg(model: &Model) -> String {
    let badge = badge(model);
    // The widths fit the letters of the usual fonts at this size; nothing depends on them.
    let right = 16 + 7 * badge.message.chars().count();
    let (width, middle, text) = (40 + right, 40 + right / 2, escape::html(&badge.message));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"20\" role=\"img\" aria-label=\"duly: {text}\">\
         <title>duly: {text}</title><rect width=\"40\" height=\"20\" fill=\"#3b4649\"/>\
         <rect x=\"40\" width=\"{right}\" height=\"20\" fill=\"{colour}\"/>\
         <g fill=\"#fff\" text-anchor=\"middle\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">\
         <text x=\"20\" y=\"14\">duly</text><text x=\"{middle}\" y=\"14\">{text}</text></g></svg>\n",
        colour = badge.colour,
    )
}

/// The badge for a service that draws it, in the shape of shields.io's endpoint.
pub fn endpoint(model: &Model) -> String {
    let badge = badge(model);
    let value = serde_json::json!({
        "schemaVersion": 1, "label": "duly", "message": badge.message, "color": badge.colour,
    });
    format!("{value}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn it_never_says_more_than_is_known() {
        assert!(svg(&sample::clean()).contains("no gap found, 2026-11-21"));
        let mut unpinned = sample::clean();
        unpinned.facts.pinned = false;
        assert!(svg(&unpinned).contains("no gap found, unpinned"));
        assert!(endpoint(&sample::clinic()).contains(" gaps, "));
        assert!(svg(&sample::empty()).contains("nothing owed yet"));
    }
}
