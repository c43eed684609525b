//! All spans of an obligation, one after the other, to its timeline.

use super::applies::{Run, Span};
use super::facts::Facts;
use super::pass::{Pass, Place};
use super::status::Status;
use super::timeline::{Segment, Timeline};
use crate::record::date::Date;

/// The timeline with only what is dated up to `as_of`.
pub(super) fn timeline<'a>(facts: &Facts<'_, 'a>, as_of: Date) -> Timeline<'a> {
    let mut timeline = Timeline::default();
    let mut again = None;
    for (at, span) in facts.spans.iter().enumerate() {
        fill(&mut timeline, span.first());
        timeline.spans.push(Run { from: span.first(), until: span.last() });
        again = if span.unknown {
            unknown(&mut timeline, span);
            None
        } else {
            Pass::run(facts, Place { at, span, again }, as_of, &mut timeline)
        };
    }
    fill(&mut timeline, Date::MAX);
    if let Some(last) = timeline.segments.last_mut() {
        last.until = None;
    }
    // There are as many timelines as obligations: nothing is kept for what will not come.
    timeline.segments.shrink_to_fit();
    timeline.dues.shrink_to_fit();
    timeline
}

/// Says "not applicable" from the end of the timeline up to the day before another.
fn fill(timeline: &mut Timeline<'_>, to: Date) {
    let Some(end) = timeline.segments.last().map(|s| s.until.unwrap_or(Date::MAX)) else { return };
    if end < Date::MAX {
        let until = if to == Date::MAX { Date::MAX } else { to.previous() };
        timeline.push(plain(Run { from: end.next(), until }, Status::NotApplicable));
    }
}

/// Days on which nothing is due.
pub(super) fn plain<'a>(run: Run, status: Status) -> Segment<'a> {
    Segment {
        from: run.from,
        until: Some(run.until),
        status,
        underlying: None,
        due: None,
        rule: None,
        completion: None,
    }
}

fn unknown(timeline: &mut Timeline<'_>, span: &Span) {
    for run in &span.days {
        fill(timeline, run.from);
        timeline.push(plain(*run, Status::Unknown));
    }
}
