//! The whole site in one file, for an e-mail or an archive: every page is a part of it, shown
//! by its address, without any script.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use sha2::Digest as _;

use super::model::Model;
use super::template::Templates;
use super::{ReportError, escape, site};

/// What the parts need beside the stylesheet: one at a time on a screen, all of them on paper.
const PARTS: &str = "
.part, .other { display: none; }
.part:target, main:not(:has(.part:target)) > .part:first-child { display: grid; gap: 2.4rem; grid-template-columns: minmax(0, 1fr); }
@media print { .part { display: grid; gap: 1.3rem; break-before: page; } .part:first-child { break-before: auto; } }
";

/// The most bytes that the pages may have together: what is larger opens in no browser in a
/// time that anybody waits, and goes into no e-mail.
const BYTES_MAX: usize = 64 << 20;

/// Renders the site of a model as one file.
///
/// # Errors
/// A template is wrong, or the pages are too much for one file.
pub fn render(model: &Model, templates: &Templates) -> Result<String, ReportError> {
    render_within(model, templates, BYTES_MAX)
}

fn render_within(model: &Model, templates: &Templates, max: usize) -> Result<String, ReportError> {
    let pages = pages(model, templates, max)?;
    let first = pages.get("index.html").map(String::as_str).unwrap_or_default();
    let style = format!("{}{PARTS}", templates.text("report.css")?);
    let mut out = head(first, &style);
    for (path, page) in ordered(&pages) {
        let main = between(page, "<main", "</main>").and_then(|m| m.split_once('>')).map_or("", |m| m.1);
        out.push_str(&format!(
            "<section class=\"part\" id=\"{}\">{}</section>\n",
            escape::html(path),
            links(main, path, &pages)
        ));
    }
    out.push_str("</main>\n");
    let end = first.split_once("</main>").map_or("", |(_, end)| end);
    out.push_str(&links(end, "index.html", &pages));
    Ok(out)
}

/// The pages of HTML; the page for what is missing has no place in one file. Rendering ends
/// as soon as they are too much.
fn pages(model: &Model, templates: &Templates, max: usize) -> Result<BTreeMap<String, String>, ReportError> {
    let (pages, total) = (Mutex::new(BTreeMap::new()), AtomicUsize::new(0));
    site::render(model, templates, &|path, content| {
        if !path.ends_with(".html") || path == "404.html" {
            return Ok(());
        }
        let bytes = content.into_bytes();
        if total.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len() > max {
            return Err(too_large(model, max));
        }
        if let Ok(mut pages) = pages.lock() {
            pages.insert(path, String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(())
    })?;
    Ok(pages.into_inner().unwrap_or_default())
}

fn too_large(model: &Model, max: usize) -> ReportError {
    let people = model.people.len();
    ReportError::TooLarge(format!(
        "the report of {people} people is more than {} MiB as one file, which no browser opens in a \
         reasonable time",
        max >> 20
    ))
}

/// The first page first, then the others by path.
fn ordered(pages: &BTreeMap<String, String>) -> impl Iterator<Item = (&String, &String)> {
    let first = pages.get_key_value("index.html");
    first.into_iter().chain(pages.iter().filter(|(path, _)| *path != "index.html"))
}

/// The head of the first page with the stylesheet inside, which a policy allows by its digest
/// and nothing else.
fn head(first: &str, style: &str) -> String {
    let digest = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style));
    let title = between(first, "<title>", "</title>").unwrap_or_default();
    let body = between(first, "<body", "<main").and_then(|b| b.split_once('>')).map_or("", |b| b.1);
    let body = links(body, "index.html", &BTreeMap::new());
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">\n\
         <meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex, nofollow, noarchive\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>{body}<main id=\"main\" class=\"wrap\" tabindex=\"-1\">\n"
    )
}

fn between<'t>(text: &'t str, from: &str, until: &str) -> Option<&'t str> {
    let rest = text.split_once(from)?.1;
    rest.split_once(until).map(|(inner, _)| inner)
}

/// Turns links between pages into links between parts. Texts from the repository cannot hold
/// `href="`: their quotes are escaped.
fn links(html: &str, path: &str, pages: &BTreeMap<String, String>) -> String {
    let mut parts = html.split("href=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (address, rest) = part.split_once('"').unwrap_or((part, ""));
        out.push_str(&format!("href=\"{}\"{rest}", target(address, path, pages)));
    }
    out
}

/// Where a link of a page goes: to a part, or to where it went before.
fn target(address: &str, path: &str, pages: &BTreeMap<String, String>) -> String {
    let page = address.split('#').next().unwrap_or_default();
    let known = |to: &str| pages.is_empty() || pages.contains_key(to);
    match resolve(path, page) {
        // A filter of a list needs the script, which is not here: the list is shown whole.
        Some(to) if page.ends_with(".html") && !page.contains(':') && known(&to) => format!("#{to}"),
        _ if page.is_empty() && !address.starts_with("#i-") && !address.starts_with("#main") => {
            format!("#{path}")
        }
        _ => address.to_owned(),
    }
}

/// The path of a page that another one links to.
fn resolve(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn links_between_pages_become_links_between_parts() {
        assert_eq!(
            resolve("person/w-1.html", "../requirement/x/index.html").unwrap(),
            "requirement/x/index.html"
        );
        assert_eq!(resolve("requirement/x/index.html", "2.html").unwrap(), "requirement/x/2.html");
        assert_eq!(resolve("a.html", "../b.html"), None);
    }

    #[test]
    fn too_much_for_one_file_is_refused() {
        let error = render_within(&sample::large(60), &Templates::embedded(), 1 << 20).err().unwrap();
        assert!(matches!(error, ReportError::TooLarge(_)), "{error}");
        assert!(error.to_string().starts_with("the report of 60 people is more than 1 MiB"), "{error}");
    }

    #[test]
    fn every_link_has_its_part() {
        for model in [sample::clinic(), sample::hostile(), sample::empty()] {
            let text = render(&model, &Templates::embedded()).unwrap();
            let ids: std::collections::HashSet<&str> =
                text.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()).collect();
            for link in text.split("href=\"").skip(1).filter_map(|p| p.split('"').next()) {
                let known = link.strip_prefix('#').is_none_or(|id| ids.contains(id));
                let outside = link.starts_with("data/")
                    || link.starts_with("calendar")
                    || link.starts_with("../")
                    || link.starts_with("mailto:");
                assert!(known && (link.starts_with('#') || outside), "{link}");
            }
            assert!(!text.contains("<script") && !text.contains("<link"));
        }
    }
}
