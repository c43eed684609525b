//! What keeps the answers worth something: rosters that somebody confirmed lately, and
//! requirements that apply to somebody.

use std::collections::HashSet;

use super::obligation::Duties;
use crate::finding::Finding;
use crate::finding::catalogue::{files, references};
use crate::ledger::{InFile, Ledger};
use crate::record::date::Date;

/// The findings as of a day.
pub fn check(ledger: &Ledger, duties: &Duties<'_>, day: Date) -> Vec<Finding> {
    let stale = ledger.confirmed.iter().filter_map(|roster| stale(ledger, roster, day));
    stale.chain(matches_nobody(ledger, duties, day)).collect()
}

/// A roster that nobody has confirmed for longer than `stale_after`.
fn stale(ledger: &Ledger, roster: &InFile<Option<Date>>, day: Date) -> Option<Finding> {
    let patience = ledger.organization.as_ref()?.settings.stale_after;
    let path = ledger.path(roster.file);
    let message = match roster.value {
        None => format!("nobody has said when {path} was last confirmed"),
        Some(confirmed) if confirmed.after(patience) < day => {
            format!("{path} was last confirmed on {confirmed}, {} days ago", confirmed.days_to(day))
        }
        Some(_) => return None,
    };
    let help = "Compare the file with the facts, and set `confirmed_on:` to the day.";
    Some(Finding::new(&references::STALE, message, help).in_file(path))
}

/// Rosters that are confirmed for a day later than today.
pub fn confirmed_ahead(ledger: &Ledger, today: Date) -> Vec<Finding> {
    let ahead = ledger.confirmed.iter().filter_map(|r| Some((r.file, r.value.filter(|day| *day > today)?)));
    let finding = |(file, day): (crate::ledger::FileIndex, Date)| {
        let path = ledger.path(file);
        let message = format!("{path} is confirmed for {day}, and today is {today}");
        let help = "Set `confirmed_on:` to the day on which somebody compared the file with the facts.";
        Finding::new(&files::CONFIRMED_AHEAD, message, help).in_file(path)
    };
    ahead.map(finding).collect()
}

/// Requirements in effect that nobody owes: most often a slip in `applies_to`.
fn matches_nobody<'l>(
    ledger: &'l Ledger,
    duties: &Duties<'_>,
    day: Date,
) -> impl Iterator<Item = Finding> + 'l {
    let owed: HashSet<String> = duties.obligations.iter().map(|o| o.requirement.id.to_string()).collect();
    let idle = ledger.requirements.iter().filter(move |r| r.in_effect(day) && !owed.contains(r.id.as_str()));
    idle.map(|requirement| {
        let id = &requirement.id.value;
        let message = format!("requirement {id} applies to nobody");
        let help = "Look at `applies_to`: does anybody have such a role, department, location or type?";
        let finding =
            Finding::new(&references::MATCHES_NOBODY, message, help).for_requirement(id.to_string());
        match ledger.requirement_place(id) {
            Some(place) => finding.at(place),
            None => finding,
        }
    })
}
