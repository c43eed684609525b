//! The text of section 7 once more: day by day, slow and without any of the engine's own
//! steps. Only the arithmetic of dates is shared.

mod counts;
mod moves;

use super::world::World;
use crate::duty::Status;
use crate::record::date::{Date, Period};
use crate::record::policy::{Anchor, Applies, Due, Selector, State};
use crate::record::roster::{Spell, Worker, covers};
use crate::trust::accepted::Accepted;

/// What the text says about one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub status: Status,
    pub underlying: Option<Status>,
    pub due: Option<Date>,
}

/// The first worker and the first requirement of a world, every day looked at by itself.
pub struct Naive<'w> {
    world: &'w World,
    as_of: Date,
    /// Whether the requirement applies, from `dawn` to `dusk`.
    applies: Vec<bool>,
    /// The first and the last day of each span, and whether its first day cannot be told.
    spans: Vec<(Date, Date)>,
    unknown: Vec<bool>,
    /// What stands again in each span.
    stood: Vec<Option<Again>>,
    /// Leaves and breaks, without and with the time between spans.
    away: [Vec<moves::Grant>; 2],
}

/// One day on which something is asked, and the last day of what is known then.
#[derive(Debug, Clone, Copy)]
struct On {
    day: Date,
    known: Date,
}

/// A due date that stands again in a new span, and the last day of the span it comes from.
#[derive(Debug, Clone, Copy)]
struct Again {
    due: Date,
    left: Date,
}

/// No day of a test lies before this one.
pub fn dawn() -> Date {
    Date::ymd(2023, 6, 1).unwrap()
}

/// No day of a test lies after this one.
pub fn dusk() -> Date {
    Date::ymd(2032, 1, 1).unwrap()
}

impl<'w> Naive<'w> {
    pub fn new(world: &'w World, as_of: Date) -> Naive<'w> {
        let mut naive = Naive {
            world,
            as_of,
            applies: Vec::new(),
            spans: Vec::new(),
            unknown: Vec::new(),
            stood: Vec::new(),
            away: [Vec::new(), Vec::new()],
        };
        let mut day = dawn();
        while day <= dusk() {
            let applies = naive.applies_by_the_roster(day);
            naive.applies.push(applies);
            let gap = naive.rehire_gap();
            if applies {
                match naive.spans.last_mut() {
                    Some((_, last)) if last.days_to(day) - 1 <= gap => *last = day,
                    _ => naive.spans.push((day, day)),
                }
            }
            day = day.next();
        }
        naive.unknown = naive.spans.iter().map(|span| naive.cannot_be_told(*span)).collect();
        naive.away = [naive.days_away(false), naive.days_away(true)];
        for span in 0..naive.spans.len() {
            let again = naive.again(span);
            naive.stood.push(again);
        }
        naive
    }

    fn worker(&self) -> &'w Worker {
        &self.world.workers[0]
    }

    fn due(&self) -> &'w Due {
        &self.world.requirements[0].due
    }

    fn on(&self, day: Date) -> On {
        On { day, known: day.min(self.as_of) }
    }

    fn rehire_gap(&self) -> i64 {
        let usual = self.world.organization.settings.rehire_gap;
        i64::from(self.due().rehire_gap.unwrap_or(usual).count())
    }

    // Rule 1.

    fn matches(&self, selector: &Selector, day: Date) -> bool {
        match selector {
            Selector::Everyone => true,
            Selector::Role(id) => {
                self.worker().roles.iter().any(|d| d.value.value == id.value && covers(d.from, d.until, day))
            }
            Selector::Employment(id) => self.employments(day).any(|s| s.kind.value == id.value),
            Selector::Not(inner) => !self.matches(inner, day),
            Selector::Any(list) => list.iter().any(|s| self.matches(s, day)),
            Selector::All(list) => list.iter().all(|s| self.matches(s, day)),
            _ => unreachable!("not used in these tests"),
        }
    }

    fn employments(&self, day: Date) -> impl Iterator<Item = &'w Spell> {
        self.worker().employment.iter().filter(move |s| covers(s.start, s.end, day))
    }

    fn applies_by_the_roster(&self, day: Date) -> bool {
        let requirement = &self.world.requirements[0];
        let Applies::Workers(selector) = &requirement.applies_to else { unreachable!() };
        self.employments(day).next().is_some() && requirement.in_effect(day) && self.matches(selector, day)
    }

    fn applies(&self, day: Date) -> bool {
        usize::try_from(dawn().days_to(day)).ok().and_then(|n| self.applies.get(n)).copied().unwrap_or(false)
    }

    fn cannot_be_told(&self, (first, last): (Date, Date)) -> bool {
        let mut day = first;
        while day <= last {
            if self.applies(day) && self.employments(day).any(|s| s.start.is_none()) {
                return true;
            }
            day = day.next();
        }
        false
    }

    // Rules 3 to 8, and 15.

    fn opens(&self, start: Date) -> Date {
        start.minus(self.due().carry_in.or(self.due().every).unwrap_or(Period::days(30)))
    }

    /// Rule 15: the date that a span begins with because the one before it ended with it.
    fn again(&self, span: usize) -> Option<Again> {
        let before = span.checked_sub(1)?;
        let left = self.spans[before].1;
        let year = Period::parse("12 months").unwrap();
        if self.unknown[before] || self.spans[span].0 > left.plus(year, 1) {
            return None;
        }
        let due = self.own_date(before, self.on(left)).0?;
        (due < left).then_some(Again { due, left })
    }

    /// The due date of rules 3 to 10 before it is moved; what began by the second day does
    /// not move it.
    fn base(&self, span: usize, on: On) -> (Option<Date>, Option<Date>) {
        let start = self.spans[span].0;
        let again = self.stood[span];
        let first = again.map_or(start.plus(self.due().within, 1), |again| again.due);
        let counted = self.counted(span, on);
        let serving: Vec<&Accepted> = counted
            .iter()
            .filter(|row| again.is_none_or(|again| row.completed_on() > again.left))
            .copied()
            .collect();
        if serving.is_empty() {
            return (Some(first), again.map(|again| again.left));
        }
        let anchor = match (self.due().every, self.due().anchor) {
            (None, _) => None,
            (Some(every), Some(Anchor::Completion)) => {
                (0..counted.len()).map(|i| self.chain(every, &counted[i..])).max()
            }
            (Some(every), _) => Some(self.next_fixed(every, start, again, &serving)),
        };
        let ends: Vec<Option<Date>> = counted.iter().map(|row| self.end(row, on)).collect();
        let end = if ends.contains(&None) { None } else { ends.into_iter().flatten().max() };
        match [anchor, end].into_iter().flatten().min() {
            Some(due) if due < first => (Some(first), again.map(|again| again.left)),
            due => (due, None),
        }
    }

    fn end(&self, row: &Accepted, on: On) -> Option<Date> {
        let gap = self.due().max_gap.map(|gap| row.completed_on().after(gap));
        [row.expires_on(), gap, self.run_out(row, on)].into_iter().flatten().min()
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
    fn fixed(&self, every: Period, start: Date, again: Option<Again>) -> Vec<(Date, Date)> {
        let usual = start.plus(self.due().within, 1);
        let first = again.map_or(usual, |again| again.due);
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
        let opens = again.map_or(self.opens(start), |again| self.opens(start).max(again.left.next()));
        let mut out = vec![(first, opens)];
        for (due, begin) in dates.into_iter().filter(|(due, _)| follows(*due)) {
            let before = out.last().map_or(first, |(due, _)| *due).next();
            let early = self.due().early.map(|early| due.before(early));
            // A date that would follow the usual first one opens no sooner because another
            // one stands again: else one more completion before could bring a date forward.
            let usual = again.filter(|_| due > usual).map(|_| usual.next());
            let left = again.map(|again| again.left.next());
            out.push((due, [Some(before), begin, early, usual, left].into_iter().flatten().max().unwrap()));
        }
        out
    }

    fn next_fixed(&self, every: Period, start: Date, again: Option<Again>, rows: &[&Accepted]) -> Date {
        let dates = self.fixed(every, start, again);
        let open = |row: &&Accepted| dates.iter().rposition(|(_, opens)| *opens <= row.completed_on());
        dates[rows.iter().filter_map(open).max().map_or(0, |i| i + 1)].0
    }

    // The order of section 7.

    pub fn ask(&self, day: Date) -> Said {
        let nothing = |status| Said { status, underlying: None, due: None };
        if !self.applies(day) {
            return nothing(Status::NotApplicable);
        }
        let span = self.spans.iter().position(|(first, last)| *first <= day && day <= *last).unwrap();
        if self.unknown[span] {
            return nothing(Status::Unknown);
        }
        let on = self.on(day);
        let (due, deferred) = self.earliest(span, on);
        let exempt = self.world.exemptions.iter();
        let exempt = exempt.filter(|e| e.from <= on.known).any(|e| e.from <= day && day <= e.until);
        let counted = !self.counted(span, on).is_empty();
        self.order(day, due, [exempt, deferred, !counted])
    }

    fn order(&self, day: Date, due: Option<Date>, [exempt, deferred, pending]: [bool; 3]) -> Said {
        let rule = self.due();
        let late = due.map(|due| due.days_to(day));
        let holds = [
            (self.world.requirements[0].state == State::Proposed, Status::Proposed),
            (exempt, Status::Exempt),
            (deferred, Status::Deferred),
            (late.is_some_and(|n| n > i64::from(rule.grace.count())), Status::Overdue),
            (late.is_some_and(|n| n > 0), Status::Grace),
            (late.is_some_and(|n| -n <= i64::from(rule.notice_days().count())), Status::DueSoon),
            (pending, Status::Pending),
            (true, Status::Current),
        ];
        let mut statuses = holds.iter().filter(|(holds, _)| *holds).map(|(_, status)| *status);
        let status = statuses.next().unwrap();
        let beneath = matches!(status, Status::Proposed | Status::Exempt | Status::Deferred);
        let underlying = statuses.next().filter(|_| beneath);
        Said { status, underlying, due }
    }
}
