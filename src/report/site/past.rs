//! What was: the line of time of an obligation, its due dates, its history and the records,
//! as markup. See [`super::rows`] for why it is made here.

use std::fmt::Write as _;

use minijinja::Value;

use super::chart::Part;
use super::page::markup;
use super::rows::{isolated, push, push_requirement, push_status};
use crate::record::date::Date;
use crate::report::model::{Due, Given, Model, Obligation, Record, Segment, Step};

/// The coloured parts of a line of time; their heights are the stylesheet's.
pub fn push_bar(out: &mut String, parts: &[Part]) {
    for Part { word, label, n, x, width } in parts {
        let _ = write!(
            out,
            "<rect class=\"f-{word}\" x=\"{x}\" width=\"{width}\"><title>{label}, {n} {}</title></rect>",
            if *n == 1 { "day" } else { "days" }
        );
        if *word == "overdue" {
            let _ = write!(out, "<rect class=\"hatched\" x=\"{x}\" width=\"{width}\"/>");
        }
    }
}

/// The due dates of an obligation and its history, each newest first.
pub fn push_tables(out: &mut String, obligation: &Obligation, today: Date) {
    if !obligation.dues.is_empty() {
        push_head(out, "Due dates", &["Due", "Outcome", "Done on", "Open from"]);
        obligation.dues.iter().rev().for_each(|due| push_due(out, due, today));
        out.push_str("</tbody></table>\n");
    }
    push_head(out, "History", &["From", "Until", "Status"]);
    obligation.segments.iter().rev().for_each(|segment| push_segment(out, segment));
    out.push_str("</tbody></table>");
}

fn push_head(out: &mut String, caption: &str, heads: &[&str]) {
    let _ = write!(out, "<table class=\"rows small dates\"><caption>{caption}</caption><thead><tr>");
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    out.push_str("</tr></thead><tbody>");
}

fn push_due(out: &mut String, due: &Due, today: Date) {
    let _ = write!(out, "<tr><td>{}", due.due);
    if let Some((to, why)) = &due.moved {
        let _ = write!(out, " moved to {to}");
        if !why.is_empty() {
            let _ = write!(out, " ({why})");
        }
    }
    let _ = write!(out, "</td><td>{}</td><td>", outcome(due, today));
    if let Some(served) = due.served_by {
        let _ = write!(out, "{served}");
    }
    let _ = write!(out, "</td><td>{}</td></tr>", due.opened);
}

fn outcome(due: &Due, today: Date) -> &'static str {
    let late = due.served_by.is_some_and(|day| day > due.last_day());
    match (due.served_by, due.missed) {
        (Some(_), _) if late => "served late",
        (Some(_), _) => "served in time",
        (None, true) => "missed",
        (None, false) if due.last_day() < today => "not served",
        (None, false) => "open",
    }
}

fn push_segment(out: &mut String, segment: &Segment) {
    let _ = write!(out, "<tr><td>{}</td><td>", segment.from);
    match segment.until {
        Some(until) => {
            let _ = write!(out, "{until}");
        }
        None => out.push_str("today"),
    }
    let _ = write!(out, "</td><td>{}", segment.status.label());
    if let Some(underlying) = segment.underlying {
        let _ = write!(out, ", else {}", underlying.label().to_lowercase());
    }
    out.push_str("</td></tr>");
}

/// How a date came about, step by step, each with what it rests on.
pub fn push_why(out: &mut String, steps: &[Step]) {
    for step in steps {
        out.push_str("<li>");
        isolated(out, &step.text);
        let of = if step.rule == "status" { "" } else { "rule " };
        let _ = write!(out, " <span class=\"rule\">{of}{}</span>", step.rule);
        for given in &step.givens {
            push_given(out, given);
        }
        out.push_str("</li>");
    }
}

fn push_given(out: &mut String, given: &Given) {
    let _ = write!(out, "<br><small>{}: ", given.name);
    isolated(out, &given.value);
    if let Some(place) = &given.place {
        out.push_str(" <code>");
        isolated(out, place);
        out.push_str("</code>");
    }
    out.push_str("</small>");
}

/// The records about somebody; who signed is not for everybody.
pub fn records(model: &Model, records: &[Record], root: &str, signers: bool) -> Value {
    let mut out = String::with_capacity(records.len() * 560);
    for record in records {
        push_record(&mut out, model, record, root, signers);
    }
    markup(out)
}

fn push_record(out: &mut String, model: &Model, record: &Record, root: &str, signers: bool) {
    let _ = write!(out, "<tr>\n<td class=\"k-date\">{}", record.completed_on);
    if let Some(day) = record.expires_on {
        let _ = write!(out, "<br><small>good until {day}</small>");
    }
    out.push_str("</td>\n<td class=\"k-requirement\">");
    let requirement = model.requirements.get(record.requirement as usize);
    push_requirement(out, requirement.map_or("", |r| &r.id), requirement.map_or("", |r| &r.title), root);
    if let Some(edition) = &record.edition {
        out.push_str(" <span class=\"id\">");
        push(out, edition);
        out.push_str("</span>");
    }
    out.push_str("<br><small>");
    push(out, record.outcome);
    if let Some(score) = &record.score {
        out.push_str(", score ");
        push(out, score);
    }
    out.push_str("</small></td>\n<td>");
    push_verdict(out, record);
    out.push_str("</td>\n");
    if signers {
        out.push_str("<td class=\"minor\">");
        for (at, signer) in record.signers.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "<br>" });
            isolated(out, signer);
        }
        out.push_str("</td>\n");
    }
    push_file(out, record);
}

fn push_verdict(out: &mut String, record: &Record) {
    let (word, label, note) = match record.accepted {
        true => ("current", "Accepted", record.assurance),
        false => ("unverified", "Unverified", record.reason.as_deref()),
    };
    push_status(out, word, label, []);
    if let Some(note) = note {
        out.push_str("<br><small>");
        isolated(out, note);
        out.push_str("</small>");
    }
}

fn push_file(out: &mut String, record: &Record) {
    out.push_str("<td class=\"minor file\"><code data-copy>");
    isolated(out, &record.path);
    out.push_str("</code>");
    if record.line > 0 {
        let _ = write!(out, " line {}", record.line);
    }
    if let Some(commit) = &record.first_commit {
        out.push_str("<br><small>first in commit <code>");
        push(out, commit.get(..12).unwrap_or(commit));
        out.push_str("</code></small>");
    }
    out.push_str("</td>\n</tr>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn texts_stay_texts_in_every_row() {
        let model = sample::hostile();
        for at in 0..model.people.len() {
            let records = records(&model, &model.people[at].records, "../", true).to_string();
            let mut whys = String::new();
            model.of_person(at).for_each(|o| push_why(&mut whys, &o.why));
            for text in [records, whys] {
                assert!(!text.contains("<script") && !text.contains("<img") && !text.contains('\u{202e}'));
            }
        }
    }
}
