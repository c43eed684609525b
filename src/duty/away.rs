//! Leaves, and the breaks that are to due dates what leaves are (rule 13).

use super::applies::{Presence, Run, Span};
use crate::record::date::{Date, Days};
use crate::record::node::Spot;

/// Days without a hole on which a subject was away: leaves and breaks that touch or overlap
/// are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    /// The days; [`Date::MAX`] is the last of one that is open.
    pub days: Run,
    /// The first leave among them; none where there is nothing but a break.
    pub leave: Option<Spot>,
}

/// The leaves of a subject and the breaks in some spans, by first day.
pub(super) fn within_spans(presence: &Presence<'_>, spans: &[Span]) -> Vec<Away> {
    joined(presence, spans.iter().flat_map(breaks))
}

/// The same with the time between two spans, which moves what rule 14 asks for.
pub(super) fn with_time_between(presence: &Presence<'_>, spans: &[Span]) -> Vec<Away> {
    let between = spans.windows(2).filter_map(|pair| match pair {
        [before, after] => hole(before.last(), after.first()),
        _ => None,
    });
    joined(presence, spans.iter().flat_map(breaks).chain(between))
}

/// The breaks in a span.
pub(super) fn breaks(span: &Span) -> impl Iterator<Item = Run> {
    span.days.windows(2).filter_map(|pair| match pair {
        [before, after] => hole(before.until, after.from),
        _ => None,
    })
}

/// The days between two others.
fn hole(last: Date, back: Date) -> Option<Run> {
    (last < Date::MAX && last.next() < back).then(|| Run { from: last.next(), until: back.previous() })
}

fn joined(presence: &Presence<'_>, breaks: impl Iterator<Item = Run>) -> Vec<Away> {
    let leaves = presence.leaves.iter().map(|(days, spot)| Away { days: *days, leave: Some(*spot) });
    let mut all: Vec<Away> = leaves.chain(breaks.map(|days| Away { days, leave: None })).collect();
    all.sort_by_key(|away| away.days);
    let mut joined: Vec<Away> = Vec::new();
    for away in all {
        match joined.last_mut() {
            Some(last) if away.days.from <= last.days.until.next() => {
                last.days.until = last.days.until.max(away.days.until);
                last.leave = last.leave.or(away.leave);
            }
            _ => joined.push(away),
        }
    }
    joined
}

/// How many days after the first day back a due date may wait: the shorter of the setting and
/// the leave's own length.
pub(super) fn waits(days: Run, after_leave: Days) -> i64 {
    i64::from(after_leave.count()).min(days.from.days_to(days.until) + 1)
}
