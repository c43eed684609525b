//! A `.gitignore` that keeps records out: a record that git never takes in is on one machine
//! alone, and nobody misses it.

use std::collections::BTreeSet;

use super::layout;
use crate::finding::catalogue::files;
use crate::finding::{Finding, Place};
use crate::source::{Entry, Source};

/// The name of the file that says what git leaves out.
pub const FILE: &str = ".gitignore";

/// The largest one that is read.
const LIMIT: u64 = 64 << 10;

/// One line of the file.
struct Rule<'r> {
    line: u32,
    pattern: &'r [u8],
    /// Whether it takes back what lines before it said.
    keeps: bool,
    folders_only: bool,
    /// Whether it speaks of a path and not of a name at any place.
    anchored: bool,
}

/// What a `.gitignore` at the top says about the folders of records. `there` are the files that
/// the repository holds.
pub(super) fn check(source: &dyn Source, entry: &Entry, there: &[String]) -> Vec<Finding> {
    if entry.size > LIMIT {
        let message = format!("{FILE} is too large to be looked through; the limit is {LIMIT} bytes");
        return vec![Finding::new(&files::IGNORED, message, "Shorten it.").in_file(FILE)];
    }
    let Ok(bytes) = source.read(FILE) else { return Vec::new() };
    let rules: Vec<Rule<'_>> =
        bytes.split(|b| *b == b'\n').zip(1..).filter_map(|(l, n)| rule(l, n)).collect();
    let mut found = Vec::new();
    let mut said = BTreeSet::new();
    for path in samples(there) {
        let top = path.split('/').next().unwrap_or_default().to_owned();
        if let Some(line) = ignoring(&rules, &path).filter(|line| said.insert((*line, top.clone()))) {
            let message = format!("git would leave out records such as {path}");
            let help =
                "Remove the line: what git leaves out is on one machine alone, and nobody would miss it.";
            found.push(Finding::new(&files::IGNORED, message, help).at(Place::new(FILE, line, 1)));
        }
    }
    found
}

/// One path of each kind that a repository may hold.
fn samples(there: &[String]) -> BTreeSet<String> {
    const NAME: &str = "0123456789abcdef0123456789abcdef.yaml";
    let mut paths: BTreeSet<String> = layout::folders().map(|top| format!("{top}/{NAME}")).collect();
    for folder in ["attestations/2026/11", "trust/keys", "trust/approvals"] {
        paths.insert(format!("{folder}/{NAME}"));
    }
    paths.extend(["duly.yaml", "trust/root/0001.yaml", "policies/documents/text.md"].map(str::to_owned));
    // Years and months that are there.
    let months = there.iter().filter(|p| p.starts_with("attestations/")).filter_map(|p| p.get(..20));
    paths.extend(months.take(10_000).map(|m| format!("{m}/{NAME}")));
    paths
}

fn rule(line: &[u8], number: u32) -> Option<Rule<'_>> {
    let mut line = line.strip_suffix(b"\r").unwrap_or(line);
    while let Some(rest) = line.strip_suffix(b" ").filter(|rest| !rest.ends_with(b"\\")) {
        line = rest;
    }
    if line.is_empty() || line.starts_with(b"#") {
        return None;
    }
    let kept = line.strip_prefix(b"!");
    let pattern = kept.unwrap_or(line);
    let bare = pattern.strip_suffix(b"/").unwrap_or(pattern);
    let anchored = bare.contains(&b'/');
    Some(Rule {
        line: number,
        pattern: bare.strip_prefix(b"/").unwrap_or(bare),
        keeps: kept.is_some(),
        folders_only: bare.len() < pattern.len(),
        anchored,
    })
}

/// The line that makes git leave a file out, or a folder above it.
fn ignoring(rules: &[Rule<'_>], path: &str) -> Option<u32> {
    let ends = path.match_indices('/').map(|(at, _)| (at, true)).chain([(path.len(), false)]);
    ends.filter_map(|(end, folder)| path.get(..end).map(|p| (p, folder))).find_map(|(part, folder)| {
        let name = part.rsplit('/').next().unwrap_or_default();
        let hits = |r: &&Rule<'_>| {
            (folder || !r.folders_only) && glob(r.pattern, if r.anchored { part } else { name }.as_bytes())
        };
        rules.iter().rev().find(hits).filter(|r| !r.keeps).map(|r| r.line)
    })
}

/// Whether a pattern of git stands for a text: `*` and `?` for all but slashes, `**` for all,
/// `[…]` for one of several. The work is the product of both lengths, whatever the pattern.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    // Which beginnings of the text the pattern so far stands for.
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    let mut rest = pattern;
    while let Some((token, after)) = next(rest) {
        rest = after;
        reached = step(&token, &reached, text);
    }
    reached.last().copied().unwrap_or(false)
}

enum Token<'t> {
    /// Exactly this.
    Byte(u8),
    /// One, but no slash.
    Any,
    /// Any number, but no slash.
    Many,
    /// Any number of whole folders.
    Folders,
    /// All that is left.
    Rest,
    /// One of these; or none of them.
    Class(&'t [u8], bool),
}

fn next(pattern: &[u8]) -> Option<(Token<'_>, &[u8])> {
    Some(match pattern {
        [] => return None,
        [b'*', b'*', b'/', rest @ ..] => (Token::Folders, rest),
        [b'*', b'*'] => (Token::Rest, &[]),
        [b'*', rest @ ..] => (Token::Many, rest),
        [b'?', rest @ ..] => (Token::Any, rest),
        [b'\\', byte, rest @ ..] => (Token::Byte(*byte), rest),
        [b'[', rest @ ..] => {
            let not = matches!(rest.first(), Some(b'!' | b'^'));
            let inside = if not { &rest[1..] } else { rest };
            // A bracket right at the start is one of the members.
            match inside.iter().skip(1).position(|b| *b == b']') {
                Some(end) => (Token::Class(&inside[..=end], not), &inside[end + 2..]),
                None => (Token::Byte(b'['), rest),
            }
        }
        [byte, rest @ ..] => (Token::Byte(*byte), rest),
    })
}

fn step(token: &Token<'_>, reached: &[bool], text: &[u8]) -> Vec<bool> {
    let mut out = vec![false; reached.len()];
    let mut open = false;
    for at in 0..reached.len() {
        let here = reached[at];
        let before = at.checked_sub(1).map(|b| (text[b], reached[b]));
        out[at] = match (token, before) {
            (Token::Byte(byte), Some((b, was))) => was && b == *byte,
            (Token::Any, Some((b, was))) => was && b != b'/',
            (Token::Class(set, not), Some((b, was))) => was && b != b'/' && (member(set, b) != *not),
            (Token::Byte(_) | Token::Any | Token::Class(..), None) => false,
            (Token::Many, before) => {
                open = here || (open && before.is_some_and(|(b, _)| b != b'/'));
                open
            }
            (Token::Rest, _) => {
                open |= here;
                open
            }
            (Token::Folders, before) => {
                let passed = open && before.is_some_and(|(b, _)| b == b'/');
                open |= here;
                here || passed
            }
        };
    }
    out
}

/// Whether a byte is a member of a set such as `a-z0`.
fn member(set: &[u8], byte: u8) -> bool {
    let mut rest = set;
    loop {
        rest = match rest {
            [] => return false,
            [from, b'-', to, more @ ..] => {
                if (*from..=*to).contains(&byte) {
                    return true;
                }
                more
            }
            [one, more @ ..] => {
                if *one == byte {
                    return true;
                }
                more
            }
        };
    }
}
