//! The answer for one obligation on one day: look-ups in its timeline, and the marks.

use super::facts::Facts;
use super::obligation::Obligation;
use super::pass::Pass;
use super::status::Marks;
use super::timeline::{DueDate, Timeline};
use crate::record::date::Date;
use crate::record::policy::Assurance;
use crate::trust::accepted::Accepted;

/// When the record of a completion first appeared in the history of the repository.
pub type FirstSeen<'f> = &'f (dyn Fn(&Accepted) -> Option<Date> + Sync);

/// What the timeline of an obligation says about a day.
pub(super) fn answer<'a>(
    facts: &Facts<'_, 'a>,
    timeline: Timeline<'a>,
    day: Date,
    seen: Option<FirstSeen<'_>>,
) -> Obligation<'a> {
    let now = timeline.on(day).copied();
    Obligation {
        subject: facts.presence.subject.clone(),
        requirement: facts.rules.requirement,
        as_of: day,
        status: timeline.status_on(day),
        underlying: now.and_then(|s| s.underlying),
        due: now.and_then(|s| s.due),
        completion: now.and_then(|s| s.completion),
        last_counted: now.and_then(|s| s.completion).map(|rests_on| last_counted(facts, rests_on, day)),
        since: timeline.since(day),
        marks: marks(facts, &timeline, day, seen),
        days_late: timeline.days_late_on(day),
        timeline,
        unreadable: None,
    }
}

/// The last completion that counts by a day, where the due date rests on one of them.
fn last_counted<'a>(facts: &Facts<'_, 'a>, rests_on: &'a Accepted, day: Date) -> &'a Accepted {
    let known = facts.candidates.partition_point(|c| c.day() <= day);
    let upto = facts.candidates.get(..known).unwrap_or_default();
    // Most often nothing came after it, and nobody needs to be asked.
    if upto.last().is_none_or(|last| last.day() <= rests_on.completed_on()) {
        return rests_on;
    }
    let begun = facts.spans.partition_point(|span| span.first() <= day);
    let Some(pass) = Pass::at(facts, begun.saturating_sub(1), day) else { return rests_on };
    let counted = upto.iter().rev().filter(|c| pass.uncounted(c).is_none());
    counted.max_by_key(|c| c.day()).map_or(rests_on, |c| c.accepted)
}

/// The marks of an obligation on a day.
fn marks(facts: &Facts<'_, '_>, timeline: &Timeline<'_>, day: Date, seen: Option<FirstSeen<'_>>) -> Marks {
    let Some(now) = timeline.on(day) else { return Marks::default() };
    let served = served_last(timeline, day);
    let late = served.iter().any(|d| d.late);
    let documented = |seen: FirstSeen<'_>| {
        let by = served.first()?.served_by?;
        let (appeared, last) = (seen(by)?, served.iter().filter_map(|d| d.last_good_day()).min());
        let imported = by.assurance() == Assurance::Imported;
        Some(!late && !imported && last.is_some_and(|last| appeared > last))
    };
    let late_documented = if served.is_empty() { Some(false) } else { seen.and_then(documented) };
    let counted = now.completion.map(Accepted::completed_on);
    let weak = now.completion.and_then(|c| facts.candidates.iter().find(|k| std::ptr::eq(k.accepted, c)));
    Marks {
        late,
        late_documented,
        unverified: unverified(facts, counted, day),
        weak_material: weak.is_some_and(|c| c.weak(&facts.rules.editions)),
    }
}

/// The due dates served last in the span that a day lies in, or that ended last before it:
/// nothing of another span stands beside it.
fn served_last<'t, 'a>(timeline: &'t Timeline<'a>, day: Date) -> Vec<&'t DueDate<'a>> {
    let begun = timeline.spans.partition_point(|span| span.from <= day);
    let of_span = timeline.dues.iter().filter(|d| Some(d.span) == begun.checked_sub(1));
    let served: Vec<_> = of_span.filter(|d| d.served_by.is_some()).collect();
    let last = served.iter().filter_map(|d| d.closed_on).max();
    served.into_iter().filter(|d| d.closed_on == last).collect()
}

/// Whether there is a record that is not accepted, and nothing that counts since.
fn unverified(facts: &Facts<'_, '_>, counted: Option<Date>, day: Date) -> bool {
    let Some(span) = facts.spans.iter().rev().find(|s| s.first() <= day) else { return false };
    let opens = span.first().minus(facts.rules.requirement.due.carry_in_period());
    let from = counted.map_or(opens, Date::next);
    facts.records.unverified.iter().any(|u| (from..=day).contains(&u.completed_on))
}
