//! Rule 14: due dates that incidents and assignments give.

use super::facts::Facts;
use super::inputs::{ExternalDueDate, ExternalKind};
use super::shifts::Moved;
use super::status::Rule;
use crate::record::date::Date;

/// The due dates of incidents and assignments that are known and that nothing has served, in
/// order of their first days.
#[derive(Debug, Default)]
pub(super) struct External<'a> {
    /// How many of those recorded have become known.
    known: usize,
    open: Vec<(&'a ExternalDueDate, Moved)>,
}

impl ExternalDueDate {
    /// The rule that it comes from.
    pub(super) fn rule(&self) -> Rule {
        match self.kind {
            ExternalKind::Retraining => Rule::Retraining,
            ExternalKind::Assignment => Rule::Assignment,
        }
    }
}

impl<'a> External<'a> {
    /// Takes what is dated up to a day and was not served by then, and moves each date on its
    /// own. `latest` is the last completion taken that can serve any of them.
    pub(super) fn learn(&mut self, facts: &Facts<'_, 'a>, known: Date, latest: Option<Date>) {
        let recorded = facts.records.external.iter().skip(self.known);
        for external in recorded.take_while(|e| e.from <= known) {
            self.known += 1;
            if latest.is_none_or(|day| !external.kind.served(external.from, day)) {
                let moved = Moved::of(Some(external.by), external.rule(), None, external.from);
                self.open.push((external, moved));
            }
        }
        self.open.iter_mut().for_each(|(_, moved)| moved.learn(&facts.grants.external, known));
    }

    /// Takes out those that a completion of a day serves.
    pub(super) fn serve(&mut self, day: Date) -> Vec<(&'a ExternalDueDate, Moved)> {
        let begun = self.open.partition_point(|(external, _)| external.from <= day);
        if begun == 0 {
            return Vec::new();
        }
        let later = self.open.split_off(begun);
        let begun = std::mem::replace(&mut self.open, later);
        let (served, same_day): (Vec<_>, Vec<_>) =
            begun.into_iter().partition(|(e, _)| e.kind.served(e.from, day));
        self.open.splice(0..0, same_day);
        served
    }

    /// Those that are open.
    pub(super) fn open(&self) -> &[(&'a ExternalDueDate, Moved)] {
        &self.open
    }
}
