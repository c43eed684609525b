//! Rules 2 and 10, day by day.

use super::{Naive, On};
use crate::record::date::Date;
use crate::record::policy::{Change, Edition, Selector};
use crate::trust::accepted::Accepted;

impl<'w> Naive<'w> {
    fn editions(&self) -> Vec<&'w Edition> {
        let mut editions: Vec<_> = self.world.requirements[0].editions.iter().collect();
        editions.sort_by_key(|e| e.published);
        editions
    }

    /// The day on which a selector came to match, for a day on which it does.
    fn came(&self, selector: &Selector, day: Date) -> Option<Date> {
        let touched = |day: Date| self.applies(day) && self.matches(selector, day);
        let (start, _) = *self.spans.iter().find(|(first, last)| *first <= day && day <= *last)?;
        if !touched(day) {
            return None;
        }
        let (mut came, mut back, mut without) = (day, day, 0);
        while back > start && without <= self.rehire_gap() {
            back = back.previous();
            if touched(back) {
                (came, without) = (back, 0);
            } else {
                without += 1;
            }
        }
        Some(came)
    }

    /// The last day of completions of an edition.
    pub(super) fn run_out(&self, row: &Accepted, on: On) -> Option<Date> {
        let editions = self.editions();
        let own = editions.iter().position(|e| Some(&e.id.value) == row.edition())?;
        let end = |e: &&Edition| {
            let from = match &e.affects {
                None => e.published,
                Some(selector) => self.came(selector, on.day)?.max(e.published),
            };
            let within = e.within.unwrap_or(self.due().within);
            (e.change == Change::Material && e.published <= on.known).then(|| from.plus(within, 1))
        };
        editions[own + 1..].iter().filter_map(end).min()
    }

    /// All that counts apart from `carry_in`, in order of days.
    pub(super) fn valid(&self, on: On) -> Vec<&'w Accepted> {
        let requirement = &self.world.requirements[0];
        let ok = |row: &&Accepted| {
            let edition = match row.edition() {
                Some(id) => {
                    requirement.edition(id.as_str()).is_some_and(|e| e.published <= row.completed_on())
                }
                None => requirement.editions.is_empty(),
            };
            row.completed_on() <= on.known
                && requirement.counts(row.outcome())
                && edition
                && self.run_out(row, on).is_none_or(|end| row.completed_on() <= end)
        };
        let mut rows: Vec<_> = self.world.accepted.iter().filter(ok).collect();
        rows.sort_by_key(|row| row.completed_on());
        rows
    }

    /// All that counts in a span.
    pub(super) fn counted(&self, span: usize, on: On) -> Vec<&'w Accepted> {
        let opens = self.opens(self.spans[span].0);
        let mut rows = self.valid(on);
        rows.retain(|row| row.completed_on() >= opens);
        rows
    }
}
