//! Whether a change of a requirement asks for less.
//!
//! In doubt it does: only what provably asks for no less is left out. A requirement that was
//! only proposed asked for nothing.

use crate::record::attestation::Outcome;
use crate::record::date::{Date, Period, Unit};
use crate::record::policy::{Anchor, Assurance, Capacity, Change, Due, Edition, Requirement, State};

use super::requirements::{self, Facet};
use super::selectors::{applies_as_wide, as_wide};

/// Every way in which a requirement asks for less than before, in words; none where it surely
/// does not. Both have the same id.
pub fn loosens(before: &Requirement, after: &Requirement) -> Vec<String> {
    requirements::changes(before, after, &|id| id.to_string())
        .into_iter()
        .filter_map(|change| Some(format!("{}: {}", change.words, change.less?)))
        .collect()
}

/// Why the removal of a requirement asks for less; none where it bound nobody.
pub fn removal(before: &Requirement) -> Option<&'static str> {
    binds(before).then_some("nobody owes it any more")
}

/// Whether a requirement binds anybody; what is proposed does not.
fn binds(requirement: &Requirement) -> bool {
    requirement.state == State::InForce
}

/// Why a facet of a requirement asks for less than before.
pub(super) fn facet(facet: Facet, before: &Requirement, after: &Requirement) -> Option<&'static str> {
    if !binds(before) {
        return None;
    }
    let less = match facet {
        Facet::Title | Facet::Owner | Facet::Citations => false,
        Facet::Type => before.kind != after.kind,
        Facet::State => !binds(after),
        Facet::AppliesTo => !applies_as_wide(&before.applies_to, &after.applies_to),
        Facet::EffectiveFrom => before.effective_from != after.effective_from,
        Facet::EffectiveUntil => last(after.effective_until) < last(before.effective_until),
        Facet::Declaration => before.declaration.is_some() && before.declaration != after.declaration,
        Facet::SignedBy => !signed_as_strictly(&before.signed_by, &after.signed_by),
        Facet::Outcomes => outcomes(after).iter().any(|o| !outcomes(before).contains(o)),
        Facet::MinScore => after.evidence.min_score < before.evidence.min_score,
        Facet::Assurance => !as_assured(&before.evidence.assurance, &after.evidence.assurance),
        Facet::Retain => kept_shorter(before.retain, after.retain),
        _ => due(facet, &before.due, &after.due),
    };
    less.then(|| why(facet))
}

fn last(until: Option<Date>) -> Date {
    until.unwrap_or(Date::MAX)
}

/// Whether a facet of the due rule asks for less.
fn due(facet: Facet, before: &Due, after: &Due) -> bool {
    match facet {
        Facet::Within => !surely_within(after.within, before.within),
        Facet::Every => less_often(before, after),
        Facet::Anchor => before.anchor != after.anchor && before.anchor.is_some(),
        Facet::Early => before.every.is_some() && early(after) > early(before),
        Facet::MaxGap => days(after.max_gap, u32::MAX) > days(before.max_gap, u32::MAX),
        Facet::Notice => before.notice != after.notice && after.notice_days() < before.notice_days(),
        Facet::Grace => after.grace > before.grace,
        Facet::MinActive => !surely_within(or_zero(after.min_active), or_zero(before.min_active)),
        Facet::CarryIn => {
            before.carry_in != after.carry_in
                && !surely_within(after.carry_in_period(), before.carry_in_period())
        }
        // Without its own number a requirement follows the settings, which may say anything.
        Facet::AfterLeave => match (before.after_leave, after.after_leave) {
            (Some(before), Some(after)) => after > before,
            (before, after) => before != after,
        },
        // A shorter one begins a span anew, with a new first due date.
        Facet::RehireGap => before.rehire_gap != after.rehire_gap,
        _ => true,
    }
}

/// A shorter period asks for more where each completion counts for itself. Where due dates have
/// windows, other dates may be served that were missed before.
fn less_often(before: &Due, after: &Due) -> bool {
    let plain = |due: &Due| due.anchor == Some(Anchor::Completion) && due.early.is_none();
    match (before.every, after.every) {
        (None, None) => false,
        // What is done once counts for longer before the start if it is done again and again.
        (None, Some(_)) => !surely_within(after.carry_in_period(), before.carry_in_period()),
        (Some(_), None) => true,
        (Some(was), Some(now)) if was.in_units() == now.in_units() => false,
        (Some(was), Some(now)) => !(plain(before) && plain(after) && surely_within(now, was)),
    }
}

/// How long before a due date a completion serves it: without `early`, from its period's first
/// day in a calendar, and else not before it.
fn early(due: &Due) -> u32 {
    days(due.early, if matches!(due.anchor, Some(Anchor::Calendar { .. })) { u32::MAX } else { 0 })
}

fn days(days: Option<crate::record::date::Days>, without: u32) -> u32 {
    days.map_or(without, |d| d.count())
}

fn or_zero(period: Option<Period>) -> Period {
    period.unwrap_or(Period::days(0))
}

/// Whether a period is surely no longer than another, from whatever day both are counted.
pub(super) fn surely_within(short: Period, long: Period) -> bool {
    match (short.in_units(), long.in_units()) {
        ((days, Unit::Days), (months, Unit::Months)) => days <= months / 12 * 365 + months % 12 * 28,
        ((months, Unit::Months), (days, Unit::Days)) => months / 12 * 366 + months % 12 * 31 <= days,
        ((short, _), (long, _)) => short <= long,
    }
}

/// Whether whoever may sign now would have had to sign before: each list asks for all that some
/// list of before asked for.
fn signed_as_strictly(before: &[Vec<Capacity>], after: &[Vec<Capacity>]) -> bool {
    let number = |list: &[Capacity], of: &Capacity| list.iter().filter(|c| *c == of).count();
    let holds = |list: &[Capacity], all: &[Capacity]| all.iter().all(|c| number(list, c) >= number(all, c));
    after.iter().all(|now| before.iter().any(|was| holds(now, was)))
}

/// The outcomes that count.
pub(super) fn outcomes(requirement: &Requirement) -> Vec<Outcome> {
    Outcome::ALL.iter().copied().filter(|o| requirement.counts(*o)).collect()
}

/// No assurance asked for means that any is enough.
fn as_assured(before: &[Assurance], after: &[Assurance]) -> bool {
    before.is_empty() || (!after.is_empty() && after.iter().all(|a| before.contains(a)))
}

/// Where no time is named, none is asked for.
fn kept_shorter(before: Option<Period>, after: Option<Period>) -> bool {
    !surely_within(or_zero(before), or_zero(after))
}

fn why(facet: Facet) -> &'static str {
    match facet {
        Facet::State => "it binds nobody",
        Facet::AppliesTo => "some may owe it no more",
        Facet::EffectiveFrom => "it begins on another day, and other completions may count",
        Facet::EffectiveUntil => "it ends sooner",
        Facet::Within | Facet::Grace | Facet::AfterLeave => "there is more time",
        Facet::Every => "it is asked for less often, on other days, or older completions count",
        Facet::Anchor | Facet::MinActive | Facet::RehireGap => "other days are due",
        Facet::Early | Facet::CarryIn => "older completions count",
        Facet::MaxGap => "a completion lasts longer",
        Facet::Notice => "it is called due soon later",
        Facet::SignedBy | Facet::Assurance => "weaker proof is enough",
        Facet::Outcomes | Facet::MinScore => "less counts as done",
        Facet::Declaration => "other words are declared",
        Facet::Retain => "records may be thrown away sooner",
        _ => "it may ask for less",
    }
}

/// Why an edition asks for less than before; `word` is the field that changed.
pub(super) fn edition(
    word: &str,
    before: (&Requirement, &Edition),
    after: (&Requirement, &Edition),
) -> Option<&'static str> {
    let ((was_in, was), (now_in, now)) = (before, after);
    if !binds(was_in) {
        return None;
    }
    let within = |r: &Requirement, e: &Edition| e.within.unwrap_or(r.due.within);
    match word {
        "change" => (now.change == Change::Minor).then_some("nobody has to do it again"),
        "within" => {
            (!surely_within(within(now_in, now), within(was_in, was))).then_some("there is more time")
        }
        "affects" => {
            let narrower = match (&was.affects, &now.affects) {
                (_, None) => false,
                (None, Some(_)) => true,
                (Some(was), Some(now)) => !as_wide(was, now),
            };
            narrower.then_some("fewer may have to do it again")
        }
        "material" => Some("another text is asked for"),
        _ => Some("other completions may count"),
    }
}

/// Why the removal of an edition asks for less.
pub(super) fn edition_removed(before: &Requirement) -> Option<&'static str> {
    binds(before).then_some("nobody has to do it again for this edition")
}
