//! The answer for one obligation on one day: look-ups in its timeline, and the marks.

use super::case::Case;
use super::obligation::Obligation;
use super::status::Marks;
use super::timeline::Timeline;
use crate::record::date::Date;
use crate::record::policy::Assurance;
use crate::trust::accepted::Accepted;

/// When the record of a completion first appeared in the history of the repository.
pub type FirstSeen<'f> = &'f (dyn Fn(&Accepted) -> Option<Date> + Sync);

/// What the timeline of a case says about a day.
pub(super) fn answer<'a>(
    case: &Case<'_, 'a>,
    timeline: Timeline<'a>,
    day: Date,
    seen: Option<FirstSeen<'_>>,
) -> Obligation<'a> {
    let now = timeline.on(day).copied();
    Obligation {
        subject: case.life.subject.clone(),
        requirement: case.rules.requirement,
        as_of: day,
        status: timeline.status_on(day),
        underlying: now.and_then(|s| s.underlying),
        due: now.and_then(|s| s.due),
        completion: now.and_then(|s| s.completion),
        since: timeline.since(day),
        marks: marks(case, &timeline, day, seen),
        days_late: timeline.days_late_on(day),
        timeline,
        unreadable: None,
    }
}

/// The marks of a case on a day.
fn marks(case: &Case<'_, '_>, timeline: &Timeline<'_>, day: Date, seen: Option<FirstSeen<'_>>) -> Marks {
    let Some(now) = timeline.on(day) else { return Marks::default() };
    let served = timeline.dues.iter().filter(|d| d.served_by.is_some()).max_by_key(|d| d.closed_on);
    let late = served.is_some_and(|d| d.late);
    let documented = |seen: FirstSeen<'_>| {
        let (due, by) = (served?, served?.served_by?);
        let appeared = seen(by)?;
        let imported = by.assurance() == Assurance::Imported;
        Some(!late && !imported && due.last_good_day().is_some_and(|last| appeared > last))
    };
    let late_documented = if served.is_none() { Some(false) } else { seen.and_then(documented) };
    let counted = now.completion.map(Accepted::completed_on);
    let weak = now.completion.and_then(|c| case.candidates.iter().find(|k| std::ptr::eq(k.accepted, c)));
    Marks {
        late,
        late_documented,
        unverified: unverified(case, counted, day),
        weak_material: weak.is_some_and(|c| c.weak(&case.rules.editions)),
    }
}

/// Whether there is a record that is not accepted, and nothing that counts since.
fn unverified(case: &Case<'_, '_>, counted: Option<Date>, day: Date) -> bool {
    let Some(span) = case.spans.iter().rev().find(|s| s.first() <= day) else { return false };
    let opens = span.first().minus(case.rules.requirement.due.carry_in_period());
    let from = counted.map_or(opens, Date::next);
    case.records.unverified.iter().any(|u| (from..=day).contains(&u.completed_on))
}
