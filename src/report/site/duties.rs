//! What somebody owes, as the items of a list: where each obligation stands, its line of time
//! as a picture, and in a fold how its dates came about. See [`super::rows`] for why it is made
//! here.

use std::fmt::Write as _;

use minijinja::Value;
use serde::Serialize;

use super::chart::{Percent, Tick, Window};
use super::page::markup;
use super::past;
use super::rows::{push, push_requirement, push_status};
use crate::record::date::Date;
use crate::report::model::{Mark, Model, Obligation, Status};

/// What every picture of the list shares.
#[derive(Serialize)]
pub(super) struct Timeline {
    today: Percent,
    ticks: Vec<Tick>,
}

/// A list that is being made.
struct List<'m> {
    model: &'m Model,
    /// Who owes, as `duly why` is asked about them.
    subject: &'m str,
    window: Option<Window>,
}

/// The way from the pages of people and controls to the top of the site.
const ROOT: &str = "../";

/// Some obligations of one subject, the most urgent first, and what their pictures share.
pub(super) fn list(
    model: &Model,
    subject: &str,
    mut obligations: Vec<&Obligation>,
) -> (Option<Timeline>, Value) {
    obligations.sort_by_key(|o| (o.urgency(), o.requirement));
    let window = window(&obligations, model.facts.as_of);
    let list = List { model, subject, window };
    let mut out = String::with_capacity(obligations.len() * 3072);
    obligations.iter().for_each(|o| list.push(&mut out, o));
    (window.map(|w| timeline(w, model.facts.as_of)), markup(out))
}

/// From the first day of any history, at most five years back, to the last due date, at most
/// a year ahead.
fn window(obligations: &[&Obligation], today: Date) -> Option<Window> {
    let first = obligations.iter().filter_map(|o| o.segments.first()).map(|s| s.from).min()?;
    let last = obligations.iter().filter_map(|o| o.due).max().unwrap_or(today);
    Some(Window {
        from: first.max(today.plus_days(-5 * 366)).min(today),
        until: last.min(today.plus_days(366)).max(today.plus_days(30)),
    })
}

fn timeline(window: Window, today: Date) -> Timeline {
    Timeline { today: window.x(today), ticks: window.ticks() }
}

impl List<'_> {
    fn push(&self, out: &mut String, o: &Obligation) {
        let requirement = self.model.requirement(o);
        let (id, title) = requirement.map_or(("", ""), |r| (&r.id, &r.title));
        out.push_str("<li>\n<div class=\"duty\">\n<h3>");
        push_requirement(out, id, title, ROOT);
        out.push_str("</h3>\n<p>");
        push_standing(out, o);
        out.push_str("</p>\n<p class=\"when\">");
        push_when(out, o);
        out.push_str("</p>\n</div>\n");
        if let Some(window) = self.window {
            self.push_line(out, o, window);
        }
        out.push_str("<details>\n<summary>Why, and its history</summary>\n");
        self.push_fold(out, o, title);
        out.push_str(
            "<p class=\"meaning\">The same on the command line: <code class=\"copy\" data-copy>duly why ",
        );
        push(out, self.subject);
        out.push(' ');
        push(out, id);
        out.push_str("</code></p>\n</details>\n</li>\n");
    }

    fn push_line(&self, out: &mut String, o: &Obligation, window: Window) {
        let today = self.model.facts.as_of;
        out.push_str("<svg class=\"line\" aria-hidden=\"true\">");
        past::push_bar(out, &window.segments(&o.segments, today));
        if let Some(due) = o.due.filter(|due| window.shows(*due)) {
            let x = window.x(due);
            let _ = write!(out, "<line class=\"due\" x1=\"{x}\" x2=\"{x}\" y1=\"3\" y2=\"25\"/>");
        }
        let x = window.x(today);
        let _ = writeln!(out, "<line class=\"today\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"28\"/></svg>");
    }

    fn push_fold(&self, out: &mut String, o: &Obligation, title: &str) {
        if !o.why.is_empty() {
            out.push_str("<ol class=\"why\">");
            past::push_why(out, &o.why);
            out.push_str("</ol>\n");
        }
        let _ = write!(out, "<p class=\"meaning\">{}", o.status.label());
        if let Some(since) = o.since {
            let _ = write!(out, " since {since}");
        }
        let _ = writeln!(out, ": {}</p>", o.status.meaning());
        if !o.segments.is_empty() {
            out.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"History of ");
            push(out, title);
            out.push_str("\">\n");
            past::push_tables(out, o, self.model.facts.as_of);
            out.push_str("</div>\n");
        }
    }
}

/// The status, what is said beside it, and what it would be otherwise.
fn push_standing(out: &mut String, o: &Obligation) {
    push_status(out, o.status.word(), o.status.label(), o.marks.iter().copied().map(Mark::label));
    if let Some(underlying) = o.underlying.filter(|u| *u != o.status) {
        let _ = write!(out, " <span class=\"mark\">else {}</span>", underlying.label().to_lowercase());
    }
}

/// When it is due, when it was done, and how well that is shown.
fn push_when(out: &mut String, o: &Obligation) {
    let _ = match (o.due, o.completed_on) {
        (Some(due), _) => write!(out, "due <time>{due}</time>"),
        (None, Some(_)) if o.status == Status::Current => write!(out, "nothing more is due"),
        (None, _) => write!(out, "no due date"),
    };
    let is_late = matches!(o.status, Status::Overdue | Status::Grace);
    if o.due.is_some() && o.days_late != 0 && is_late {
        let _ =
            write!(out, ", <b>{} {} late</b>", o.days_late, if o.days_late == 1 { "day" } else { "days" });
    }
    if let Some(done) = o.completed_on {
        let _ = write!(out, "; done <time>{done}</time>");
    }
    if let Some(assurance) = o.assurance {
        let _ = write!(out, " ({assurance})");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn of(status: Status) -> (Model, Obligation) {
        let model = sample::clinic();
        let found = model.obligations.iter().find(|o| o.status == status).cloned();
        (model, found.unwrap())
    }

    fn when(o: &Obligation) -> String {
        let mut out = String::new();
        push_when(&mut out, o);
        out
    }

    #[test]
    fn when_says_what_is_known() {
        let (_, mut o) = of(Status::Overdue);
        let day = |text: &str| Date::parse(text).ok();
        (o.due, o.completed_on, o.assurance, o.days_late) = (day("2026-11-20"), None, None, 1);
        assert_eq!(when(&o), "due <time>2026-11-20</time>, <b>1 day late</b>");
        (o.completed_on, o.assurance, o.days_late) = (day("2025-11-20"), Some("issuer"), 2);
        assert_eq!(
            when(&o),
            "due <time>2026-11-20</time>, <b>2 days late</b>; done <time>2025-11-20</time> (issuer)"
        );
        (o.due, o.status, o.days_late) = (None, Status::Current, 0);
        assert_eq!(when(&o), "nothing more is due; done <time>2025-11-20</time> (issuer)");
        (o.completed_on, o.assurance) = (None, None);
        assert_eq!(when(&o), "no due date");
    }

    #[test]
    fn an_excuse_says_what_would_be_otherwise() {
        let (_, mut o) = of(Status::Overdue);
        (o.status, o.underlying, o.marks) = (Status::Exempt, Some(Status::Overdue), Vec::new());
        let mut out = String::new();
        push_standing(&mut out, &o);
        assert!(out.ends_with("Exempt</span> <span class=\"mark\">else overdue</span>"), "{out}");
    }

    #[test]
    fn texts_of_the_repository_add_no_element() {
        let (mut model, o) = of(Status::Overdue);
        let elements =
            |model: &Model, subject: &str| list(model, subject, vec![&o]).1.to_string().matches('<').count();
        let plain = elements(&model, "w-0001");
        for hostile in sample::HOSTILE.iter().filter(|h| h.is_ascii()) {
            model.requirements[o.requirement as usize].title = (*hostile).to_owned();
            assert_eq!(elements(&model, hostile), plain, "{hostile:?}");
        }
    }
}
