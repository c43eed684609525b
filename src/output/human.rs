//! For people: each finding with the line of the file under it, worst last, so that what
//! matters most stands right above the prompt.

use std::collections::HashMap;
use std::io;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Result, Style, Text, counts};
use crate::finding::{Finding, Place, Severity};
use crate::record::text::visible;

/// How many findings of one code are shown before the rest is counted.
const SHOWN: usize = 10;

pub(super) fn print(
    result: &Result<'_>,
    style: Style,
    text: Text<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    findings(result.findings, style, text, out)?;
    summary(result, out)
}

pub(super) fn findings(
    list: &[Finding],
    style: Style,
    text: Text<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let shown = shown(list, style.all);
    let mut files: HashMap<&str, Option<String>> = HashMap::new();
    for (finding, more) in shown.into_iter().rev() {
        let source = finding
            .place
            .as_ref()
            .filter(|p| p.has_line())
            .and_then(|p| files.entry(&p.path).or_insert_with(|| text(&p.path)).as_deref());
        writeln!(out, "{}\n", renderer.render(&[group(finding, source, more, style.all)]))?;
    }
    Ok(())
}

/// The findings to show, each with how many more of its code are not.
fn shown(list: &[Finding], all: bool) -> Vec<(&Finding, usize)> {
    let mut of_code: HashMap<&str, usize> = HashMap::new();
    for finding in list {
        *of_code.entry(finding.entry.code).or_default() += 1;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut out = Vec::new();
    for finding in list {
        let code = finding.entry.code;
        let nth = seen.entry(code).or_default();
        *nth += 1;
        let total = of_code.get(code).copied().unwrap_or_default();
        match (*nth, all) {
            (_, true) => out.push((finding, 0)),
            (n, false) if n == SHOWN => out.push((finding, total - SHOWN)),
            (n, false) if n < SHOWN => out.push((finding, 0)),
            _ => {}
        }
    }
    out
}

fn group<'g>(finding: &'g Finding, source: Option<&'g str>, more: usize, all: bool) -> Group<'g> {
    let title = level(finding.severity).primary_title(visible(&finding.message)).id(finding.entry.code);
    let group = match &finding.place {
        None => Group::with_title(title),
        Some(place) => title.element(origin(place)),
    };
    let group = match finding.place.as_ref().zip(source).and_then(|(place, text)| snippet(place, text)) {
        Some(snippet) => Group::with_title(
            level(finding.severity).primary_title(visible(&finding.message)).id(finding.entry.code),
        )
        .element(snippet),
        None => group,
    };
    let group = group.element(Level::HELP.message(visible(&finding.help)));
    let group = match consequences(finding, all) {
        Some(text) => group.element(Level::NOTE.message(text)),
        None => group,
    };
    if more == 0 {
        return group;
    }
    let text = format!("{more} more findings of {} are not shown; `--all` shows them", finding.entry.code);
    group.element(Level::NOTE.message(text))
}

/// How many consequences are named where not all findings are asked for.
const NAMED: usize = 3;

/// What follows from a finding: how much, and the first of it.
fn consequences(finding: &Finding, all: bool) -> Option<String> {
    let mut text = finding.consequences()?;
    let named = if all { finding.follows.len() } else { NAMED };
    for one in finding.follows.iter().take(named) {
        text.push_str(&format!("\n[{}] {}", one.entry.code, visible(&one.message)));
    }
    if finding.follows.len() > named {
        text.push_str("\n…");
    }
    Some(text)
}

/// The place alone, where the lines of the file are not shown.
fn origin(place: &Place) -> Origin<'_> {
    let origin = Origin::path(visible(&place.path));
    if !place.has_line() {
        return origin;
    }
    origin.line(place.line as usize).char_column(place.column as usize)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Overdue => Level::ERROR.with_name("overdue"),
        Severity::DueSoon => Level::WARNING.with_name("due soon"),
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

/// The line of a finding with its value marked.
fn snippet<'s>(place: &'s Place, text: &'s str) -> Option<Snippet<'s, annotate_snippets::Annotation<'s>>> {
    let line = text.lines().nth(place.line.checked_sub(1)? as usize)?;
    let start =
        line.char_indices().nth(place.column.saturating_sub(1) as usize).map_or(line.len(), |(i, _)| i);
    let rest = line.get(start..).unwrap_or_default();
    let end = start + value_length(rest);
    let snippet = Snippet::source(line).line_start(place.line as usize).path(visible(&place.path));
    Some(snippet.annotation(AnnotationKind::Primary.span(start..end)))
}

/// How many bytes the value at the start of a text takes: up to the next blank, comma or
/// closing bracket, at least one character where there is one.
fn value_length(rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    if rest.starts_with(['"', '\'']) {
        let quote = rest.chars().next().unwrap_or('"');
        return rest.get(1..).and_then(|r| r.find(quote)).map_or(rest.len(), |i| i + 2);
    }
    rest.find([' ', ',', ']', '}', '\t']).unwrap_or(rest.len()).max(first)
}

/// A number of things, as in `1 worker` and `2 workers`.
fn some(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// How many findings there are of each severity, as in `8 errors, 2 overdue`.
fn found(findings: &[Finding]) -> String {
    let words = |(severity, n): (Severity, usize)| match severity {
        Severity::Error => some(n, "error"),
        Severity::Warning => some(n, "warning"),
        Severity::Overdue | Severity::DueSoon | Severity::Info => {
            format!("{n} {}", severity.word().replace('_', " "))
        }
    };
    counts(findings).filter(|(_, n)| *n > 0).map(words).collect::<Vec<_>>().join(", ")
}

fn summary(result: &Result<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let numbers = &result.summary;
    let counted = |list: Vec<(&str, usize)>| {
        let parts: Vec<String> = list
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(w, n)| format!("{n} {}", w.replace('_', " ")))
            .collect();
        parts.join(", ")
    };
    let statuses = counted(numbers.statuses.clone());
    let found = found(result.findings);
    writeln!(
        out,
        "As of {}: {}, {} ({}).",
        result.as_of,
        some(numbers.workers, "worker"),
        some(numbers.obligations, "obligation"),
        if statuses.is_empty() { "none" } else { &statuses }
    )?;
    writeln!(
        out,
        "Evidence: {} accepted, {} unverified.",
        some(numbers.accepted, "row"),
        numbers.unverified
    )?;
    writeln!(
        out,
        "Signed: attestations, exemptions, keys. Protected by review in git only: roster, policies, settings."
    )?;
    if !result.pinned {
        writeln!(out, "Unpinned: the root of trust comes from this repository itself.")?;
    }
    let sentence = result.headline.map(|h| h.sentence(result.as_of));
    match sentence.filter(|_| found.is_empty()) {
        Some(sentence) => writeln!(out, "{sentence}"),
        None if found.is_empty() => {
            writeln!(out, "No gap found against the requirements configured here, as of {}.", result.as_of)
        }
        None => writeln!(out, "Found: {found}. `duly explain CODE` tells more about a code."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::catalogue::{files, gaps};

    fn render(list: &[Finding], all: bool) -> String {
        let mut out = Vec::new();
        let text = |_: &str| Some("workers:\n  - id: w-1\n    roles: [nu\u{1b}[31mres, x]\n".to_owned());
        findings(list, Style { color: false, all }, &text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_line_stands_under_the_finding() {
        let place = Place::new("roster/a.yaml", 2, 9);
        let text = render(&[Finding::new(&files::BAD_VALUE, "wrong", "Do this.").at(place)], false);
        assert!(text.contains("error[D114]: wrong"), "{text}");
        assert!(text.contains("roster/a.yaml:2:9"), "{text}");
        assert!(text.contains("2 |   - id: w-1\n  |         ^^^"), "{text}");
        assert!(text.contains("help: Do this."), "{text}");
    }

    #[test]
    fn a_place_without_its_text_keeps_its_line() {
        let place = Place::new("../people/a.yaml", 2, 9);
        let finding = Finding::new(&files::BAD_VALUE, "wrong", "Do this.").at(place);
        let mut out = Vec::new();
        findings(&[finding], Style { color: false, all: false }, &|_: &str| None, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("../people/a.yaml:2:9"), "{text}");
    }

    #[test]
    fn escapes_do_not_reach_the_terminal() {
        let place = Place::new("roster/\u{1b}]0;x\u{7}.yaml", 3, 13);
        let finding = Finding::new(&files::BAD_VALUE, "a \u{1b}[2J b", "c \u{1b}[2J d").at(place);
        let text = render(&[finding], false);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
    }

    #[test]
    fn what_is_not_shown_is_counted() {
        let list: Vec<Finding> =
            (0..25).map(|i| Finding::new(&gaps::OVERDUE, format!("f{i}"), "h")).collect();
        assert!(render(&list, false).contains("15 more findings of D501 are not shown"));
        assert_eq!(render(&list, true).matches("overdue[D501]").count(), 25);
    }
}
