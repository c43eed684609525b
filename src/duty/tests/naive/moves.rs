//! Rules 11 to 14, each due date by itself.

use super::{Naive, On, dawn, dusk};
use crate::duty::ExternalKind;
use crate::record::date::Date;
use crate::record::roster::Leave;

/// Something that moves due dates: the days of an exemption, an extension or a leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Grant {
    pub(super) from: Date,
    pub(super) rule: u8,
    /// None for a leave that is open.
    pub(super) until: Option<Date>,
}

/// Where a date is moved to, and whether a leave defers it on the day asked about.
type MovedTo = (Option<Date>, bool);

impl Naive<'_> {
    /// Rules 3 to 13.
    pub(super) fn own_date(&self, span: usize, on: On) -> MovedTo {
        let (due, after) = self.base(span, on);
        let mut grants = self.grants(false);
        grants.retain(|g| after.is_none_or(|after| g.from > after));
        self.moved(due, &grants, on)
    }

    /// That of rules 3 to 10 and each of rule 14, moved on its own; the earliest decides.
    pub(super) fn earliest(&self, span: usize, on: On) -> MovedTo {
        let mut dates = vec![self.own_date(span, on)];
        let valid = self.valid(on);
        for external in self.world.external.iter().filter(|c| c.from <= on.known) {
            let served = valid.iter().any(|row| match external.kind {
                ExternalKind::Retraining => row.completed_on() > external.from,
                ExternalKind::Assignment => row.completed_on() >= external.from,
            });
            if !served {
                let mut grants = self.grants(true);
                grants.retain(|g| g.until.is_none_or(|until| until >= external.from));
                dates.push(self.moved(Some(external.by), &grants, on));
            }
        }
        let earliest = dates.iter().filter_map(|(due, _)| *due).min();
        (earliest, dates.iter().any(|(due, deferred)| *due == earliest && *deferred))
    }

    /// Everything that moves due dates, in order of first days, then of rules.
    fn grants(&self, between_spans: bool) -> Vec<Grant> {
        let exemptions = self.world.exemptions.iter().filter(|e| e.from <= e.until);
        let exemptions = exemptions.map(|e| Grant { from: e.from, rule: 11, until: Some(e.until) });
        let extensions = self.world.extensions.iter();
        let extensions = extensions.map(|e| Grant { from: e.given_on, rule: 12, until: Some(e.until) });
        let mut grants: Vec<_> =
            exemptions.chain(extensions).chain(self.away[usize::from(between_spans)].clone()).collect();
        grants.sort();
        grants
    }

    /// Runs of days that are all leave or break, and for rule 14 the time between spans too.
    pub(super) fn days_away(&self, between_spans: bool) -> Vec<Grant> {
        let leaves: Vec<(Date, Date)> = self.worker().leave.iter().map(|l| self.leave_days(l)).collect();
        let mut runs: Vec<Grant> = Vec::new();
        let mut day = dawn();
        while day <= dusk() {
            let within = self.spans.iter().any(|(first, last)| *first <= day && day <= *last);
            let begun = self.spans.first().is_some_and(|(first, _)| *first <= day);
            let over = self.spans.last().is_none_or(|(_, last)| *last < day);
            let broken = if within { !self.applies(day) } else { between_spans && begun && !over };
            if broken || leaves.iter().any(|(from, until)| *from <= day && day <= *until) {
                match runs.last_mut() {
                    Some(run) if run.until.map(Date::next) == Some(day) => run.until = Some(day),
                    _ => runs.push(Grant { from: day, rule: 13, until: Some(day) }),
                }
            }
            day = day.next();
        }
        runs.iter_mut().for_each(|run| run.until = run.until.filter(|until| *until < dusk()));
        runs
    }

    /// An open-ended leave ends with the employment in which it began.
    fn leave_days(&self, leave: &Leave) -> (Date, Date) {
        let mut until = leave.from.previous();
        while until < dusk() && self.employments(until.next()).next().is_some() {
            until = until.next();
        }
        (leave.from, leave.until.unwrap_or(until))
    }

    fn moved(&self, mut due: Option<Date>, grants: &[Grant], on: On) -> MovedTo {
        let wait = self.due().after_leave.unwrap_or(self.world.organization.settings.after_leave);
        let mut deferred = false;
        for grant in grants.iter().filter(|g| g.from <= on.known) {
            let Some(old) = due else { break };
            match (grant.rule, grant.until) {
                (11, Some(until)) if old >= grant.from => {
                    due = Some(old.max(until.plus(self.due().within, 1)));
                }
                (12, Some(until)) => due = Some(old.max(until)),
                (13, None) if old >= grant.from => {
                    deferred |= on.day >= old;
                    due = None;
                }
                (13, Some(until)) if old >= grant.from => {
                    let m = i64::from(wait.count()).min(grant.from.days_to(until) + 1);
                    let back = until.next();
                    if old < back || back.days_to(old) < m {
                        deferred |= old <= on.day && on.day <= until;
                        due = Some(back.plus_days(m));
                    }
                }
                _ => {}
            }
        }
        (due, deferred)
    }
}
