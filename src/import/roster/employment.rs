//! Laying the employment and leave of a row over those of the roster.

use super::dated::at;
use super::row::LeaveFacts;
use crate::import::rejects::Reason;
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::node::Spot;
use crate::record::roster::{Leave, Spell};

/// What a row says about an employment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term<'f> {
    pub start: Date,
    pub end: Option<Date>,
    pub kind: &'f Id,
}

impl Term<'_> {
    fn spell(&self, start: Date) -> Spell {
        Spell { start: Some(start), end: self.end, kind: at(self.kind.clone()), spot: Spot::default() }
    }
}

/// The spells of a worker after an import.
///
/// The row speaks of the last unbroken run of spells, or of that part of it which starts on the
/// row's day. A start after its end is a rehire; any other start corrects the run's. A change of
/// type splits the run on `as_of`.
///
/// # Errors
/// The start lies within an earlier employment, or the roster has one without a start.
pub(super) fn lay_over(old: &[Spell], term: Term<'_>, as_of: Date) -> Result<Vec<Spell>, Reason> {
    let mut spells: Vec<Spell> = old.to_vec();
    spells.sort_by_key(|s| s.start);
    if let [only] = spells.as_slice()
        && only.start.is_none()
    {
        spells.clear();
    }
    if spells.iter().any(|s| s.start.is_none()) {
        let what = "the roster has an employment without a start date; add it there first";
        return Err(Reason::new("an employment that does not fit the roster", what));
    }
    let last_day = spells.last().map(|s| s.end);
    if spells.is_empty() || last_day.flatten().is_some_and(|end| term.start > end) {
        spells.push(term.spell(term.start));
        return Ok(spells);
    }
    let run = spells.split_off(run_start(&spells, term.start));
    if spells.last().is_some_and(|before| before.end.is_none_or(|end| term.start <= end)) {
        let what = format!("the start date {} lies within an earlier employment of the roster", term.start);
        return Err(Reason::new("an employment that does not fit the roster", what));
    }
    spells.extend(lay_over_run(run, term, as_of));
    Ok(spells)
}

/// Where the last unbroken run of spells starts, or in it the spell that starts on a day: a
/// rehire on the very day after the last one made it, and what was before stays.
fn run_start(spells: &[Spell], day: Date) -> usize {
    let broken = |pair: &[Spell]| match pair {
        [a, b] => a.end.map(Date::next) != b.start,
        _ => false,
    };
    let run = spells.windows(2).rposition(broken).map_or(0, |at| at + 1);
    spells.iter().skip(run).position(|s| s.start == Some(day)).map_or(run, |at| run + at)
}

fn lay_over_run(mut run: Vec<Spell>, term: Term<'_>, as_of: Date) -> Vec<Spell> {
    run.retain(|s| s.end.is_none_or(|end| term.start <= end));
    run.retain(|s| term.end.is_none_or(|end| s.start.is_none_or(|start| start <= end)));
    if let Some(first) = run.first_mut() {
        first.start = Some(term.start);
    }
    let Some(last) = run.last_mut() else { return vec![term.spell(term.start)] };
    last.end = term.end;
    if last.kind.value != *term.kind {
        let over = term.end.is_some_and(|end| end < as_of);
        if over || last.start.is_some_and(|start| start >= as_of) {
            last.kind = at(term.kind.clone());
        } else {
            last.end = Some(as_of.previous());
            run.push(term.spell(as_of));
        }
    }
    run
}

/// The leaves of a worker after an import. A worker who is back without a day of return was
/// back by `as_of`: an open leave would put off every duty for good.
pub(super) fn leaves(old: &[Leave], facts: LeaveFacts, as_of: Date) -> Vec<Leave> {
    if facts.now && facts.days.is_none() {
        // On leave, and the roster knows since when.
        return old.to_vec();
    }
    let mut leaves = old.to_vec();
    if let Some((from, until)) = facts.days {
        let known = leaves.iter_mut().find(|l| l.from == from);
        let new = Leave { from, until, spot: Spot::default() };
        // Without a last day, a leave that is over says nothing that the roster does not.
        let says = until.is_some() || facts.now || from > as_of;
        match known {
            Some(known) if says => known.until = until,
            None if says => leaves.push(new),
            _ => {}
        }
    }
    let current = facts.days.map(|(from, _)| from).filter(|_| facts.now);
    let last_day = current.unwrap_or(as_of).previous();
    let stale =
        |l: &Leave| l.until.is_none() && Some(l.from) != current && (current.is_some() || l.from < as_of);
    leaves.retain(|l| !(stale(l) && l.from > last_day));
    leaves.iter_mut().filter(|l| stale(l)).for_each(|l| l.until = Some(last_day));
    leaves.sort_by_key(|l| l.from);
    leaves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn spells(text: &[(&str, &str, &str)]) -> Vec<Spell> {
        let spell = |(start, end, kind): &(&str, &str, &str)| Spell {
            start: Date::parse(start).ok(),
            end: Date::parse(end).ok(),
            kind: at(Id::parse(kind).unwrap()),
            spot: Spot::default(),
        };
        text.iter().map(spell).collect()
    }

    fn show(spells: &[Spell]) -> Vec<String> {
        let text = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
        spells.iter().map(|s| format!("{}..{} {}", text(s.start), text(s.end), s.kind.value)).collect()
    }

    fn over(have: &[(&str, &str, &str)], row: (&str, &str, &str)) -> Vec<String> {
        let as_of = day("2026-03-01");
        let kind = Id::parse(row.2).unwrap();
        let term = Term { start: day(row.0), end: Date::parse(row.1).ok(), kind: &kind };
        let once = lay_over(&spells(have), term, as_of).unwrap();
        let later = as_of.plus_days(30);
        assert_eq!(show(&lay_over(&once, term, later).unwrap()), show(&once), "twice");
        show(&once)
    }

    #[test]
    fn employments_follow_the_export() {
        let full = ("2020-01-01", "", "full");
        assert_eq!(over(&[], full), ["2020-01-01.. full"]);
        assert_eq!(over(&[full], full), ["2020-01-01.. full"]);
        assert_eq!(over(&[full], ("2020-01-01", "2026-02-01", "full")), ["2020-01-01..2026-02-01 full"]);
        assert_eq!(over(&[full], ("2020-02-01", "", "full")), ["2020-02-01.. full"]);
        assert_eq!(
            over(&[full], ("2020-01-01", "", "part")),
            ["2020-01-01..2026-02-28 full", "2026-03-01.. part"]
        );
        let past = ("2020-01-01", "2021-12-31", "full");
        assert_eq!(over(&[past], ("2020-01-01", "", "full")), ["2020-01-01.. full"]);
        assert_eq!(
            over(&[past], ("2025-06-01", "", "part")),
            ["2020-01-01..2021-12-31 full", "2025-06-01.. part"]
        );
        // Hired again on the day after the last.
        for kind in ["part", "full"] {
            let again = format!("2022-01-01.. {kind}");
            assert_eq!(over(&[past], ("2022-01-01", "", kind)), ["2020-01-01..2021-12-31 full", &again]);
        }
    }

    #[test]
    fn a_split_run_stays_one_employment() {
        let run = [("2020-01-01", "2026-01-31", "full"), ("2026-02-01", "", "part")];
        assert_eq!(over(&run, ("2020-01-01", "", "part")).len(), 2);
        assert_eq!(over(&run, ("2020-01-01", "2026-01-15", "full")), ["2020-01-01..2026-01-15 full"]);
        assert_eq!(over(&run, ("2026-02-10", "", "part")), ["2026-02-10.. part"]);
    }

    #[test]
    fn a_start_within_an_earlier_employment_is_rejected() {
        let old = spells(&[("2018-01-01", "2019-12-31", "full"), ("2022-01-01", "", "full")]);
        let kind = Id::parse("full").unwrap();
        let term = Term { start: day("2018-01-01"), end: None, kind: &kind };
        assert!(lay_over(&old, term, day("2026-03-01")).is_err());
    }

    #[test]
    fn leaves_open_and_close() {
        let leave = |from: &str, until: &str| Leave {
            from: day(from),
            until: Date::parse(until).ok(),
            spot: Spot::default(),
        };
        let over = |have: &[Leave], days: Option<(&str, &str)>, now| {
            let days = days.map(|(from, until)| (day(from), Date::parse(until).ok()));
            let once = leaves(have, LeaveFacts { days, now }, day("2026-03-01"));
            assert_eq!(leaves(&once, LeaveFacts { days, now }, day("2026-04-01")), once, "twice");
            once
        };
        let open = leave("2026-01-10", "");
        assert_eq!(over(&[], Some(("2026-01-10", "")), true), [open]);
        assert_eq!(
            over(&[open], Some(("2026-01-10", "2026-06-30")), true),
            [leave("2026-01-10", "2026-06-30")]
        );
        assert_eq!(over(&[open], None, false), [leave("2026-01-10", "2026-02-28")]);
        assert_eq!(over(&[open], Some(("2026-01-10", "")), false), [leave("2026-01-10", "2026-02-28")]);
        assert_eq!(
            over(&[open], Some(("2026-02-10", "")), true),
            [leave("2026-01-10", "2026-02-09"), leave("2026-02-10", "")]
        );
        assert_eq!(over(&[open], Some(("2025-12-10", "")), true), [leave("2025-12-10", "")]);
        assert_eq!(over(&[], Some(("2025-01-10", "2025-02-10")), false), [leave("2025-01-10", "2025-02-10")]);
    }
}
