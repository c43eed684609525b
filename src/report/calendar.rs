//! Due dates for calendars (RFC 5545): one file per person, for each team and for all one entry
//! per day and requirement, and one file for what the organisation, systems and vendors owe.

use std::collections::BTreeMap;

use super::model::{Model, Obligation, Profile, Status};
use crate::record::date::Date;
use crate::record::text::visible;

/// How far ahead calendars look, in days.
const AHEAD: i64 = 366;

/// How many names an entry of a team holds.
const NAMES: usize = 8;

/// One entry: a whole day.
struct Entry {
    uid: String,
    day: Date,
    summary: String,
    description: String,
}

/// The due dates of everybody, and those of the organisation, its systems and vendors.
pub fn all(model: &Model) -> String {
    let list = upcoming(model, (0..model.people.len()).collect());
    let mut entries = together(model, list, "all");
    entries.extend(owed_by_others(model));
    entries.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    write(model, &format!("duly: {}", model.facts.organization), entries)
}

/// The due dates of the organisation, its systems and vendors alone.
pub fn organization(model: &Model) -> String {
    let name = format!("duly: {}, systems and vendors", model.facts.organization);
    write(model, &name, owed_by_others(model))
}

/// What the organisation, systems and vendors owe, each an entry of its own: few, and each
/// with an owner of its own.
fn owed_by_others(model: &Model) -> Vec<Entry> {
    let entry = |(day, at, o): (Date, usize, &Obligation)| {
        let (requirement, other) = (model.requirement(o)?, model.others.get(at)?);
        Some(Entry {
            uid: format!("{}.{}", requirement.id, other.subject.replace('/', ".")),
            day,
            summary: format!("Due: {} ({})", requirement.title, other.title),
            description: format!("The last good day. {}", o.status.meaning()),
        })
    };
    let due = |at: usize| model.of_other(at).filter_map(move |o| Some((o.due?, at, o)));
    ahead(model, (0..model.others.len()).flat_map(due)).into_iter().filter_map(entry).collect()
}

/// The due dates of a team.
pub fn team(model: &Model, at: usize) -> String {
    let team = model.teams.get(at);
    let number = u32::try_from(at).unwrap_or(u32::MAX);
    let people = model.people.iter().enumerate().filter(|(_, p)| p.teams.contains(&number)).map(|(i, _)| i);
    let list = upcoming(model, people.collect());
    let id = team.map_or("", |t| &t.id);
    write(model, &format!("duly: {}", team.map_or("", |t| &t.title)), together(model, list, id))
}

/// The due dates of a person.
pub fn person(model: &Model, at: usize) -> String {
    let Some(person) = model.people.get(at) else { return String::new() };
    let entry = |(day, _, o): (Date, usize, &Obligation)| {
        let requirement = model.requirement(o)?;
        Some(Entry {
            uid: format!("{}.{}", requirement.id, person.id),
            day,
            summary: format!("Due: {}", requirement.title),
            description: format!("The last good day. {}", o.status.meaning()),
        })
    };
    let entries = upcoming(model, vec![at]).into_iter().filter_map(entry).collect();
    write(model, &format!("duly: {}", person.called()), entries)
}

/// What falls due from the day of the report on, by day.
fn upcoming(model: &Model, people: Vec<usize>) -> Vec<(Date, usize, &Obligation)> {
    let active = people.into_iter().filter(|at| model.people.get(*at).is_some_and(|p| p.active));
    let due = |at: usize| model.of_person(at).filter_map(move |o| Some((o.due?, at, o)));
    ahead(model, active.flat_map(due))
}

/// What of some due dates lies ahead, by day.
fn ahead<'m>(
    model: &Model,
    due: impl Iterator<Item = (Date, usize, &'m Obligation)>,
) -> Vec<(Date, usize, &'m Obligation)> {
    let (from, until) = (model.facts.as_of, model.facts.as_of.plus_days(AHEAD));
    let is_ahead = |day: Date, o: &Obligation| from <= day && day <= until && o.status != Status::Proposed;
    let mut list: Vec<_> = due.filter(|(day, _, o)| is_ahead(*day, o)).collect();
    list.sort_by_key(|(day, at, o)| (*day, o.requirement, *at));
    list
}

/// One entry per day and requirement.
fn together(model: &Model, list: Vec<(Date, usize, &Obligation)>, of: &str) -> Vec<Entry> {
    let mut days: BTreeMap<(Date, u32), Vec<usize>> = BTreeMap::new();
    for (day, at, obligation) in list {
        days.entry((day, obligation.requirement)).or_default().push(at);
    }
    let entry = |((day, requirement), people): ((Date, u32), Vec<usize>)| {
        let requirement = model.requirements.get(requirement as usize)?;
        Some(Entry {
            uid: format!("{}.{day}.{of}.group", requirement.id),
            day,
            summary: format!("Due: {} ({})", requirement.title, people.len()),
            description: names(model, &people),
        })
    };
    days.into_iter().filter_map(entry).collect()
}

fn names(model: &Model, people: &[usize]) -> String {
    let shown = people.iter().take(NAMES).filter_map(|at| model.people.get(*at));
    let shown: Vec<&str> =
        shown.map(|p| if model.facts.profile == Profile::Public { &p.id } else { p.called() }).collect();
    match people.len().saturating_sub(NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn write(model: &Model, name: &str, entries: Vec<Entry>) -> String {
    let stamp = compact(model.facts.as_of);
    let mut out = String::new();
    let lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//duly//report//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ];
    lines.into_iter().for_each(|l| line(&mut out, l));
    line(&mut out, &format!("X-WR-CALNAME:{}", text(name)));
    for entry in entries {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}@duly", entry.uid));
        line(&mut out, &format!("DTSTAMP:{stamp}T000000Z"));
        line(&mut out, &format!("DTSTART;VALUE=DATE:{}", compact(entry.day)));
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", compact(entry.day.next())));
        line(&mut out, &format!("SUMMARY:{}", text(&entry.summary)));
        line(&mut out, &format!("DESCRIPTION:{}", text(&entry.description)));
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A value of type text (RFC 5545, 3.3.11).
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for c in visible(value).chars() {
        out.push_str(if matches!(c, '\\' | ';' | ',') { "\\" } else { "" });
        out.push(c);
    }
    out
}

/// A line of at most 75 bytes, the rest folded (RFC 5545, 3.1).
fn line(out: &mut String, content: &str) {
    if content.len() <= 75 {
        out.push_str(content);
        return out.push_str("\r\n");
    }
    let mut room = 75;
    for c in content.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn lines_are_folded_and_texts_escaped() {
        let mut out = String::new();
        line(&mut out, &format!("SUMMARY:{}", "é".repeat(100)));
        assert!(out.split("\r\n").all(|l| l.len() <= 75));
        assert_eq!(out.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é".repeat(100)));
        assert_eq!(text("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\\\u{a}e");
    }

    #[test]
    fn every_due_date_ahead_is_there_once() {
        let model = sample::clinic();
        let today = model.facts.as_of;
        let expected = model.active().filter(|o| model.person(o).is_some() && o.status != Status::Proposed);
        let expected =
            expected.filter(|o| o.due.is_some_and(|d| today <= d && d <= today.plus_days(366))).count();
        let single: usize =
            (0..model.people.len()).map(|at| person(&model, at).matches("BEGIN:VEVENT").count()).sum();
        assert_eq!(single, expected);
        let others = model.active().filter(|o| model.person(o).is_none() && o.status != Status::Proposed);
        let others =
            others.filter(|o| o.due.is_some_and(|d| today <= d && d <= today.plus_days(366))).count();
        assert_eq!(organization(&model).matches("BEGIN:VEVENT").count(), others);
        assert!(others > 0, "the sample has controls");
        let ics = all(&model);
        assert!(organization(&model).lines().filter(|l| l.starts_with("UID:")).all(|l| ics.contains(l)));
        assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.ends_with("END:VCALENDAR\r\n"));
        let uids: std::collections::BTreeSet<&str> = ics.lines().filter(|l| l.starts_with("UID:")).collect();
        assert_eq!(uids.len(), ics.matches("BEGIN:VEVENT").count());
    }
}
