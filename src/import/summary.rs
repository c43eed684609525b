//! What an import did, or would do, in a few lines for people.

use std::fmt::Write as _;

use super::roster::Undeclared;
use super::{completions, privacy, rejects, roster};
use crate::record::id::Id;
use crate::record::text::visible;

/// How many ids are named before "and N more".
const NAMED: usize = 10;

/// The summary of a roster import. `declared` tells that the undeclared words are added.
pub fn roster(plan: &roster::Plan, declared: bool) -> String {
    let mut out = String::new();
    let rows = [
        ("new", plan.new.len(), String::new()),
        ("changed", plan.changed.len(), changes(plan)),
        ("unchanged", plan.unchanged, String::new()),
        ("ended", plan.ended.len(), format!("among the changed: {}", ids(plan.ended.iter()))),
        ("repeated", plan.repeated, "rows that say the same again".to_owned()),
        ("ignored", plan.ignored, "by their status, as the map says".to_owned()),
    ];
    for (what, count, note) in rows {
        counted(&mut out, what, count, &note);
    }
    rejected(&mut out, &plan.rejects);
    missing(&mut out, &plan.missing);
    by_hand(&mut out, plan);
    for (why, count) in &plan.managers_left_out {
        line(&mut out, &format!("{count} manager(s) left out: the manager {why}"));
    }
    undeclared(&mut out, &plan.undeclared, declared);
    dropped(&mut out, &plan.dropped);
    out
}

/// The summary of a completions import.
pub fn completions(plan: &completions::Plan) -> String {
    let mut out = String::new();
    let outcomes: Vec<String> = plan.outcomes.iter().map(|(o, n)| format!("{n} {o}")).collect();
    let records = format!("in {} record(s): {}", plan.attestations.len(), outcomes.join(", "));
    let rows = [
        ("imported", plan.imported, if plan.imported > 0 { records } else { String::new() }),
        ("unchanged", plan.unchanged, "recorded already".to_owned()),
        ("repeated", plan.repeated, "rows that say the same again".to_owned()),
        ("ignored", plan.ignored, "courses that the map ignores".to_owned()),
    ];
    for (what, count, note) in rows {
        counted(&mut out, what, count, &note);
    }
    rejected(&mut out, &plan.rejects);
    let notes = [
        (plan.after_exit, "imported row(s) are dated after the worker's last day"),
        (plan.scores_left_out, "score(s) left out: their requirement asks for none"),
        (
            plan.since_history_begins,
            "imported row(s) lie after the repository became the record (`history_begins`; where it is not set, all do): those that lie far back count once an officer signs too",
        ),
    ];
    for (count, note) in notes.iter().filter(|(count, _)| *count > 0) {
        line(&mut out, &format!("{count} {note}"));
    }
    dropped(&mut out, &plan.dropped);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn counted(out: &mut String, what: &str, count: usize, note: &str) {
    let note = if count == 0 || note.is_empty() { String::new() } else { format!("  ({note})") };
    let _ = writeln!(out, "{what:<10}{count:>7}{note}");
}

fn changes(plan: &roster::Plan) -> String {
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    plan.changed.iter().flat_map(|c| &c.what).for_each(|what| *counts.entry(what).or_default() += 1);
    counts.iter().map(|(what, n)| format!("{what} {n}")).collect::<Vec<_>>().join(", ")
}

fn rejected(out: &mut String, rejects: &[rejects::Reject]) {
    counted(out, "rejected", rejects.len(), "");
    for (kind, count) in rejects::counts(rejects) {
        let _ = writeln!(out, "{count:>17}  {kind}");
    }
}

fn ids<'i>(ids: impl ExactSizeIterator<Item = &'i Id>) -> String {
    let more = ids.len().saturating_sub(NAMED);
    let named: Vec<&str> = ids.take(NAMED).map(Id::as_str).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", named.join(", "))
}

fn missing(out: &mut String, missing: &[Id]) {
    if !missing.is_empty() {
        let named = ids(missing.iter());
        line(out, &format!("{} worker(s) of the roster are not in the file: {named}", missing.len()));
    }
}

fn by_hand(out: &mut String, plan: &roster::Plan) {
    if plan.by_hand.is_empty() {
        return;
    }
    line(out, "These workers live in files written by hand, which an import leaves alone; edit them there:");
    for (id, what) in plan.by_hand.iter().take(NAMED) {
        line(out, &format!("  {id}: another {}", what.join(", another ")));
    }
    if plan.by_hand.len() > NAMED {
        line(out, &format!("  and {} more", plan.by_hand.len() - NAMED));
    }
}

fn undeclared(out: &mut String, words: &[Undeclared], declared: bool) {
    if words.is_empty() {
        return;
    }
    let start = if declared { "Added to duly.yaml" } else { "Not declared in duly.yaml" };
    line(out, &format!("{start}: {} word(s)", words.len()));
    for word in words {
        let title = word.title.as_deref().filter(|t| *t != word.id.as_str());
        let title = title.map(|t| format!("  \"{}\"", visible(t))).unwrap_or_default();
        line(out, &format!("  {}: {}{title}  ({} worker(s))", word.list.field(), word.id, word.workers));
    }
    if !declared {
        line(out, "Add them with `--declare`, or map the values to words that are declared.");
    }
}

fn dropped(out: &mut String, columns: &[String]) {
    if columns.is_empty() {
        return;
    }
    let (private, others): (Vec<&String>, Vec<&String>) =
        columns.iter().partition(|c| privacy::sensitive_name(c).is_some());
    let names = |list: &[&String]| list.iter().map(|c| visible(c)).collect::<Vec<_>>().join(", ");
    line(out, &format!("Dropped {} column(s) that the map does not name", columns.len()));
    for (what, list) in [("  private: ", private), ("  others: ", others)] {
        if !list.is_empty() {
            line(out, &format!("{what}{}", names(&list)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::roster::List;

    #[test]
    fn what_an_export_says_cannot_act_on_a_terminal() {
        let mut out = String::new();
        let id = Id::parse("nurse").unwrap();
        let word =
            Undeclared { list: List::Roles, id, title: Some("N\u{1b}[2J\nurse".to_owned()), workers: 2 };
        undeclared(&mut out, &[word], false);
        dropped(&mut out, &["DOB".to_owned(), "x\u{202e}y".to_owned()]);
        let wanted = "Not declared in duly.yaml: 1 word(s)
  roles: nurse  \"N\\u{1b}[2J\\u{a}urse\"  (2 worker(s))
Add them with `--declare`, or map the values to words that are declared.
Dropped 2 column(s) that the map does not name
  private: DOB
  others: x\\u{202e}y
";
        assert_eq!(out, wanted);
    }

    #[test]
    fn long_lists_are_cut() {
        let all: Vec<Id> = (0..12).map(|n| Id::parse(&format!("w-{n}")).unwrap()).collect();
        assert!(ids(all.iter()).ends_with("w-9 and 2 more"));
        assert_eq!(ids(all.iter().take(1)), "w-0");
    }
}
