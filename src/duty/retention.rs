//! How long records are kept: the end of rule 9.

use crate::record::date::{Date, Period, Unit};
use crate::record::policy::Requirement;

/// The last day on which a record must still be kept: counted from its creation or from when
/// the text was last in effect, whichever is later, and rounded later, so six years from
/// 29 February 2020 go through 1 March 2026 (45 CFR 164.316(b)(2)(i) says six years).
pub fn kept_through(created: Date, last_in_effect: Option<Date>, retain: Period) -> Date {
    let from = last_in_effect.map_or(created, |day| day.max(created));
    let until = from.plus(retain, 1);
    let clamped = retain.in_units().1 == Unit::Months && until.day() < from.day();
    if clamped { until.next() } else { until }
}

/// The last day on which an edition's text was in effect, as known on a day: the day before
/// the next edition was published, or the requirement's last day. None while it is.
pub fn last_in_effect(requirement: &Requirement, edition: &str, known: Date) -> Option<Date> {
    let mut ordered: Vec<_> = requirement.editions.iter().filter(|e| e.published <= known).collect();
    ordered.sort_by_key(|e| e.published);
    let own = ordered.iter().position(|e| e.id.as_str() == edition);
    let next = own.and_then(|own| ordered.get(own + 1)).map(|e| e.published.previous());
    let ended = requirement.effective_until.filter(|last| *last < known);
    [next, ended].into_iter().flatten().min()
}
