//! What moves due dates, in the order in which it does (rules 11 to 13).

use super::away::{self, Away};
use super::facts::Records;
use super::shifts::Cause;
use super::status::Rule;
use crate::record::date::{Date, Days, Period};

/// An exemption, an extension or a leave.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grant {
    /// The first day; that on which an extension is given.
    pub(super) from: Date,
    /// The last day; [`Date::MAX`] for a leave that is open.
    pub(super) until: Date,
    pub(super) rule: Rule,
    pub(super) cause: Cause,
    /// To where it moves what falls due in it.
    to: Date,
}

/// What moves the due dates of one obligation.
#[derive(Debug, Default)]
pub(super) struct Grants {
    /// For the due date of rules 3 to 10. Both lists are in order of first days, on one day in
    /// the order of the rules.
    pub(super) own: Vec<Grant>,
    /// For due dates of incidents and assignments, which the time between two spans moves, too.
    pub(super) external: Vec<Grant>,
}

impl Grants {
    pub(super) fn of(
        records: &Records<'_>,
        away: &[Away],
        away_or_between: &[Away],
        within: Period,
        after_leave: Days,
    ) -> Grants {
        let list = |away: &[Away]| {
            let mut list = recorded(records, within);
            list.extend(away.iter().map(|away| leave(*away, after_leave)));
            list.sort_by_key(|grant| (grant.from, grant.rule.number(), grant.until));
            list
        };
        let external = if records.external.is_empty() { Vec::new() } else { list(away_or_between) };
        Grants { own: list(away), external }
    }
}

fn recorded(records: &Records<'_>, within: Period) -> Vec<Grant> {
    let exemptions = records.exemptions.iter().filter(|e| e.from <= e.until).map(|e| Grant {
        from: e.from,
        until: e.until,
        rule: Rule::Exemption,
        cause: Cause::Record(e.origin),
        to: e.until.plus(within, 1),
    });
    let extensions = records.extensions.iter().map(|e| Grant {
        from: e.given_on,
        until: e.until,
        rule: Rule::Extension,
        cause: Cause::Record(e.origin),
        to: e.until,
    });
    exemptions.chain(extensions).collect()
}

fn leave(away: Away, after_leave: Days) -> Grant {
    let Away { days, .. } = away;
    let to = if days.until == Date::MAX {
        Date::MAX
    } else {
        days.until.next().plus_days(away::waits(days, after_leave))
    };
    Grant { from: days.from, until: days.until, rule: Rule::Leave, cause: Cause::Away(away), to }
}

impl Grant {
    /// To where it moves a due date, if it does: `Some(None)` where an open-ended leave leaves
    /// none. No grant moves a later date to an earlier day than a date before it.
    pub(super) fn moves(&self, due: Date) -> Option<Option<Date>> {
        let reached = self.rule == Rule::Extension || self.from <= due;
        if !reached || due >= self.to {
            return None;
        }
        let open = self.rule == Rule::Leave && self.until == Date::MAX;
        Some((!open).then_some(self.to))
    }
}
