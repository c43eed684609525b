//! The text of section 7 once more: day by day, from the beginning for every question, slow
//! and without any of the engine's own steps. Only the arithmetic of dates is shared.

use super::world::World;
use crate::duty::{CallKind, Status};
use crate::record::date::{Date, Period};
use crate::record::policy::{Anchor, Applies, Change, Edition, Selector, State};
use crate::record::roster::{Worker, covers};
use crate::trust::accepted::Accepted;

/// No day of a test lies before this one.
pub const DAWN: &str = "2015-01-01";

/// What the text says about one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub status: Status,
    pub underlying: Option<Status>,
    pub due: Option<Date>,
}

/// One question: the state of the first worker's obligation on `day`, with what is dated up
/// to `known`.
pub struct Naive<'w> {
    world: &'w World,
    day: Date,
    known: Date,
}

impl<'w> Naive<'w> {
    pub fn ask(world: &'w World, day: Date, as_of: Date) -> Said {
        Naive { world, day, known: day.min(as_of) }.say()
    }

    fn worker(&self) -> &'w Worker {
        &self.world.workers[0]
    }

    fn due(&self) -> &'w crate::record::policy::Due {
        &self.world.requirements[0].due
    }

    // Rule 1.

    fn matches(&self, selector: &Selector, day: Date) -> bool {
        match selector {
            Selector::Everyone => true,
            Selector::Role(id) => {
                self.worker().roles.iter().any(|d| d.value.value == id.value && covers(d.from, d.until, day))
            }
            Selector::Employment(id) => self.spells(day).any(|s| s.kind.value == id.value),
            Selector::Not(inner) => !self.matches(inner, day),
            Selector::Any(list) => list.iter().any(|s| self.matches(s, day)),
            Selector::All(list) => list.iter().all(|s| self.matches(s, day)),
            _ => unreachable!("not used in these tests"),
        }
    }

    fn spells(&self, day: Date) -> impl Iterator<Item = &'w crate::record::roster::Spell> {
        self.worker().employment.iter().filter(move |s| covers(s.start, s.end, day))
    }

    fn employed(&self, day: Date) -> bool {
        self.spells(day).next().is_some()
    }

    fn applies(&self, day: Date) -> bool {
        let requirement = &self.world.requirements[0];
        let Applies::Workers(selector) = &requirement.applies_to else { unreachable!() };
        self.employed(day) && requirement.in_effect(day) && self.matches(selector, day)
    }

    /// The days of the span that a day lies in, breaks of employment left out, first one last.
    fn span(&self) -> Vec<Date> {
        let gap = self.due().rehire_gap.unwrap_or(self.world.organization.settings.rehire_gap);
        let dawn = Date::parse(DAWN).unwrap();
        let (mut days, mut broken, mut day) = (vec![self.day], 0, self.day);
        while day > dawn {
            day = day.previous();
            if self.applies(day) {
                days.push(day);
                broken = 0;
            } else if self.employed(day) || broken == gap.count() {
                break;
            } else {
                broken += 1;
            }
        }
        days
    }

    // Rules 2 and 10.

    fn editions(&self) -> Vec<&'w Edition> {
        let mut editions: Vec<_> = self.world.requirements[0].editions.iter().collect();
        editions.sort_by_key(|e| e.published);
        editions
    }

    /// The last day of completions of an edition.
    fn run_out(&self, row: &Accepted) -> Option<Date> {
        let editions = self.editions();
        let own = editions.iter().position(|e| Some(&e.id.value) == row.edition())?;
        let touching = |e: &&&Edition| {
            e.change == Change::Material
                && e.published <= self.known
                && e.affects.as_ref().is_none_or(|selector| self.matches(selector, self.day))
        };
        let end = |e: &&Edition| e.published.plus(e.within.unwrap_or(self.due().within), 1);
        editions[own + 1..].iter().filter(touching).map(end).min()
    }

    /// All that counts apart from `carry_in`, in order of days.
    fn valid(&self) -> Vec<&'w Accepted> {
        let requirement = &self.world.requirements[0];
        let ok = |row: &&Accepted| {
            let edition = match row.edition() {
                Some(id) => {
                    requirement.edition(id.as_str()).is_some_and(|e| e.published <= row.completed_on())
                }
                None => requirement.editions.is_empty(),
            };
            row.completed_on() <= self.known
                && requirement.counts(row.outcome())
                && edition
                && self.run_out(row).is_none_or(|end| row.completed_on() <= end)
        };
        let mut rows: Vec<_> = self.world.accepted.iter().filter(ok).collect();
        rows.sort_by_key(|row| row.completed_on());
        rows
    }

    fn opens(&self, start: Date) -> Date {
        start.minus(self.due().carry_in.or(self.due().every).unwrap_or(Period::days(30)))
    }

    // Rules 3 to 8.

    fn base(&self, start: Date, counted: &[&Accepted]) -> Option<Date> {
        let first = start.plus(self.due().within, 1);
        if counted.is_empty() {
            return Some(first);
        }
        let anchor = match (self.due().every, self.due().anchor) {
            (None, _) => None,
            (Some(every), Some(Anchor::Completion)) => {
                (0..counted.len()).map(|i| self.chain(every, &counted[i..])).max()
            }
            (Some(every), _) => Some(self.next_fixed(every, start, first, counted)),
        };
        let ends: Vec<Option<Date>> = counted.iter().map(|row| self.end(row)).collect();
        let end = if ends.contains(&None) { None } else { ends.into_iter().flatten().max() };
        let due = [anchor, end].into_iter().flatten().min();
        due.map(|due| due.max(first))
    }

    fn end(&self, row: &Accepted) -> Option<Date> {
        let gap = self.due().max_gap.map(|gap| row.completed_on().after(gap));
        [row.expires_on(), gap, self.run_out(row)].into_iter().flatten().min()
    }

    fn chain(&self, every: Period, rows: &[&Accepted]) -> Date {
        let anchor = rows[0].completed_on();
        let (mut n, mut last) = (1, anchor);
        for row in rows {
            let (day, due) = (row.completed_on(), anchor.plus(every, n));
            let opens = self.due().early.map_or(due, |early| due.before(early));
            if day > last && opens <= day && day <= due {
                n += 1;
            }
            last = day;
        }
        anchor.plus(every, n)
    }

    /// Each due date with the day on which it opens.
    fn fixed(&self, every: Period, start: Date, first: Date) -> Vec<(Date, Date)> {
        let active = self.due().min_active.map(|p| start.plus(p, 1));
        let follows = |due: Date| due > first && active.is_none_or(|from| due >= from);
        let mut dates: Vec<(Date, Option<Date>)> = Vec::new();
        for k in -400..400 {
            match self.due().anchor {
                Some(Anchor::Start) if k >= 1 => dates.push((start.times(every, k), None)),
                Some(Anchor::Calendar { period_start }) => {
                    let begin = period_start.times(every, k);
                    let last = period_start.times(every, k + 1).previous();
                    if begin > start {
                        dates.push((last, Some(begin)));
                    }
                }
                _ => {}
            }
        }
        let mut out = vec![(first, self.opens(start))];
        for (due, begin) in dates.into_iter().filter(|(due, _)| follows(*due)) {
            let before = out.last().map_or(first, |(due, _)| *due).next();
            let early = self.due().early.map(|early| due.before(early));
            out.push((due, [Some(before), begin, early].into_iter().flatten().max().unwrap()));
        }
        out
    }

    fn next_fixed(&self, every: Period, start: Date, first: Date, counted: &[&Accepted]) -> Date {
        let dates = self.fixed(every, start, first);
        let mut served = vec![false; dates.len()];
        for row in counted {
            let open = dates.iter().rposition(|(_, opens)| *opens <= row.completed_on());
            served[open.unwrap()] = true;
        }
        let latest = served.iter().rposition(|served| *served);
        dates[latest.map_or(0, |i| i + 1)].0
    }

    // Rules 14, 11, 12, 13, and the order of section 7.

    fn say(&self) -> Said {
        let nothing = |status| Said { status, underlying: None, due: None };
        if !self.applies(self.day) {
            return nothing(Status::NotApplicable);
        }
        let span = self.span();
        if span.iter().any(|day| self.spells(*day).any(|s| s.start.is_none())) {
            return nothing(Status::Unknown);
        }
        let start = *span.last().unwrap();
        let valid = self.valid();
        let counted: Vec<_> =
            valid.iter().filter(|row| row.completed_on() >= self.opens(start)).copied().collect();
        let mut due = self.base(start, &counted);
        for call in self.world.calls.iter().filter(|c| c.from <= self.known) {
            let served = valid.iter().any(|row| match call.kind {
                CallKind::Retraining => row.completed_on() > call.from,
                CallKind::Assignment => row.completed_on() >= call.from,
            });
            if !served {
                due = Some(due.map_or(call.by, |due| due.min(call.by)));
            }
        }
        let mut exemptions: Vec<_> = self.world.exemptions.iter().filter(|e| e.from <= self.known).collect();
        exemptions.sort_by_key(|e| (e.from, e.until));
        for e in &exemptions {
            due = due.map(|due| if due < e.from { due } else { due.max(e.until.plus(self.due().within, 1)) });
        }
        for e in self.world.extensions.iter().filter(|e| e.given_on <= self.known) {
            due = due.map(|due| due.max(e.until));
        }
        let (due, deferred) = self.leave(due);
        let exempt = exemptions.iter().any(|e| e.from <= self.day && self.day <= e.until);
        self.order(due, exempt, deferred, !counted.is_empty())
    }

    fn leave(&self, mut due: Option<Date>) -> (Option<Date>, bool) {
        let mut leaves: Vec<_> = self.worker().leave.iter().filter(|l| l.from <= self.known).collect();
        leaves.sort_by_key(|l| (l.from, l.until.unwrap_or(Date::MAX)));
        let wait = self.due().after_leave.unwrap_or(self.world.organization.settings.after_leave);
        let mut deferred = false;
        for leave in leaves {
            let Some(old) = due.filter(|due| *due >= leave.from) else { continue };
            match leave.until {
                None => {
                    deferred |= self.day >= old;
                    due = None;
                }
                Some(last) => {
                    let first_back = last.next();
                    let inside = old <= last;
                    let soon_after = old >= first_back && first_back.days_to(old) < i64::from(wait.count());
                    if inside || soon_after {
                        deferred |= old <= self.day && self.day <= last;
                        due = Some(first_back.after(wait));
                    }
                }
            }
        }
        (due, deferred)
    }

    fn order(&self, due: Option<Date>, exempt: bool, deferred: bool, counted: bool) -> Said {
        let rule = self.due();
        let late = due.map(|due| due.days_to(self.day));
        let holds = [
            (self.world.requirements[0].state == State::Proposed, Status::Proposed),
            (exempt, Status::Exempt),
            (deferred, Status::Deferred),
            (late.is_some_and(|n| n > i64::from(rule.grace.count())), Status::Overdue),
            (late.is_some_and(|n| n > 0), Status::Grace),
            (late.is_some_and(|n| -n <= i64::from(rule.notice_days().count())), Status::DueSoon),
            (!counted, Status::Pending),
            (true, Status::Current),
        ];
        let mut statuses = holds.iter().filter(|(holds, _)| *holds).map(|(_, status)| *status);
        let status = statuses.next().unwrap();
        let beneath = matches!(status, Status::Proposed | Status::Exempt | Status::Deferred);
        let underlying = statuses.next().filter(|_| beneath);
        Said { status, underlying, due }
    }
}
