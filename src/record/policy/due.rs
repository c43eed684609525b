//! `due:` — by when a requirement must be met, and how often.

use crate::finding::catalogue::references;
use crate::record::date::{Date, Days, Period};
use crate::record::node::{Node, Spot};
use crate::record::reader::{Fields, FromNode, Reader};
use crate::record::scalar::words;

/// By when, and how often. Units are those of section 7: `within`, `every`, `carry_in` and
/// `min_active` take any, the others days or weeks.
#[derive(Debug, Clone)]
pub struct Due {
    /// The first due date is this long after the span's first day.
    pub within: Period,
    /// How often again; once is enough where there is none.
    pub every: Option<Period>,
    /// From where the repetitions are counted; there exactly when `every` is.
    pub anchor: Option<Anchor>,
    /// How long before a due date a completion already serves it.
    pub early: Option<Days>,
    /// The longest that a completion lasts, whatever the anchor says.
    pub max_gap: Option<Days>,
    /// How long before the due date it is shown as due soon; a default where there is none.
    pub notice: Option<Days>,
    /// How long after the due date a check does not fail yet.
    pub grace: Days,
    /// Due dates of anchors `start` and `calendar` that fall sooner after the start are
    /// skipped.
    pub min_active: Option<Period>,
    /// How long before the span a completion may lie and count.
    pub carry_in: Option<Period>,
    /// How long after a leave a deferred due date may wait; the organisation's setting where
    /// there is none.
    pub after_leave: Option<Days>,
    /// The longest break that does not end a span; the organisation's setting where there is
    /// none.
    pub rehire_gap: Option<Days>,
}

/// From where the repetitions of a requirement are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// From what was done.
    Completion,
    /// From the span's first day.
    Start,
    /// From a day of the calendar, on which a period begins.
    Calendar {
        /// The first day of one period; the others follow in both directions.
        period_start: Date,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AnchorWord {
    Completion,
    Start,
    Calendar,
}

words!(AnchorWord, "an anchor"; Completion = "completion", Start = "start", Calendar = "calendar");

impl Due {
    /// The rule of a requirement whose `due:` cannot be read: nothing is computed from it.
    pub(super) fn unreadable() -> Due {
        Due {
            within: Period::days(0),
            every: None,
            anchor: None,
            early: None,
            max_gap: None,
            notice: None,
            grace: Days::new(0),
            min_active: None,
            carry_in: None,
            after_leave: None,
            rehire_gap: None,
        }
    }

    /// The notice given before a due date: as written, or the smaller of 30 days and a
    /// quarter of `every`, rounded down.
    pub fn notice_days(&self) -> Days {
        let usual = || self.every.map_or(30, |every| (every.nominal_days() / 4).min(30));
        self.notice.unwrap_or_else(|| Days::new(usual()))
    }

    /// How long before the span a completion counts: as written, or `every`, or 30 days.
    pub fn carry_in_period(&self) -> Period {
        self.carry_in.or(self.every).unwrap_or(Period::days(30))
    }
}

impl FromNode for Due {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Due> {
        let mut fields = Fields::of(node, "due rule", reader)?;
        let within = fields.need("within", reader);
        let anchor = fields.get::<AnchorWord>("anchor", reader);
        let period_start = fields.get::<Date>("period_start", reader);
        let due = Due {
            within: Period::days(0),
            every: fields.get("every", reader),
            anchor: with_start(anchor, period_start, node.spot, reader),
            early: fields.get("early", reader),
            max_gap: fields.get("max_gap", reader),
            notice: fields.get("notice", reader),
            grace: fields.get("grace", reader).unwrap_or(Days::new(0)),
            min_active: fields.get("min_active", reader),
            carry_in: fields.get("carry_in", reader),
            after_leave: fields.get("after_leave", reader),
            rehire_gap: fields.get("rehire_gap", reader),
        };
        let written = ["every", "anchor", "early"].map(|name| fields.has(name));
        fields.finish(reader);
        check(&due, written, node.spot, reader);
        Some(Due { within: within?, ..due })
    }
}

fn with_start(
    anchor: Option<AnchorWord>,
    period_start: Option<Date>,
    spot: Spot,
    reader: &mut Reader<'_>,
) -> Option<Anchor> {
    match (anchor?, period_start) {
        (AnchorWord::Completion, None) => Some(Anchor::Completion),
        (AnchorWord::Start, None) => Some(Anchor::Start),
        (AnchorWord::Calendar, Some(period_start)) => Some(Anchor::Calendar { period_start }),
        (AnchorWord::Calendar, None) => {
            let help = "Add `period_start: ` and the first day of any one period, as in 2025-01-01.";
            reader.report(&references::DUE_RULE, spot, "`anchor: calendar` needs `period_start`", help);
            None
        }
        (_, Some(_)) => {
            let help = "Remove `period_start`, or write `anchor: calendar`.";
            reader.report(
                &references::DUE_RULE,
                spot,
                "`period_start` goes with `anchor: calendar` only",
                help,
            );
            None
        }
    }
}

/// What must go together. "Annual" means at least five things to five regulators, so nothing
/// here has a default.
///
/// A part that is written and cannot be read has its own finding: here it is neither missing
/// nor too much.
fn check(due: &Due, [every, anchor, early]: [bool; 3], spot: Spot, reader: &mut Reader<'_>) {
    let mut wrong = |message: &str, help: &str| reader.report(&references::DUE_RULE, spot, message, help);
    let anchored = matches!(due.anchor, Some(Anchor::Start | Anchor::Calendar { .. }));
    if every && !anchor {
        wrong(
            "`every` needs an `anchor`",
            "Say from where the period counts: `anchor: completion`, `start` or `calendar`.",
        );
    }
    if !every && anchor {
        wrong("`anchor` goes with `every` only", "Add `every`, or remove `anchor`.");
    }
    if due.every.is_some_and(Period::is_zero) {
        wrong(
            "`every` must be at least one day",
            "Write how long it is from one due date to the next, or remove `every` and `anchor` if once is enough.",
        );
    }
    if due.max_gap.is_some_and(|gap| gap.count() == 0) {
        wrong(
            "`max_gap` must be at least one day",
            "Write how long a completion lasts, or remove `max_gap`.",
        );
    }
    if due.anchor == Some(Anchor::Start) && !early {
        wrong(
            "`anchor: start` needs `early`",
            "Say how long before a due date a completion counts for it, as in `early: 60 days`.",
        );
    }
    if due.min_active.is_some() && !anchored && (due.anchor.is_some() || !anchor) {
        wrong(
            "`min_active` goes with `anchor: start` or `calendar` only",
            "Remove it, or choose such an anchor.",
        );
    }
    if !every && early {
        wrong("`early` goes with `every` only", "Remove it, or add `every` and `anchor`.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_is_a_quarter_at_most_30_days() {
        let due = |every: Option<&str>| Due {
            every: every.map(|e| Period::parse(e).unwrap()),
            ..Due::unreadable()
        };
        assert_eq!(due(None).notice_days().count(), 30);
        assert_eq!(due(Some("12 months")).notice_days().count(), 30);
        assert_eq!(due(Some("1 month")).notice_days().count(), 7);
        assert_eq!(due(Some("10 days")).notice_days().count(), 2);
    }
}
