//! That the facts about each worker fit together.

use super::circles;
use crate::finding::Entry;
use crate::finding::Finding;
use crate::finding::catalogue::{files, references};
use crate::ledger::{FileIndex, Ledger};
use crate::record::date::Date;
use crate::record::node::Spot;
use crate::record::roster::{Dated, Spell, Worker};

use unicode_security::MixedScript;

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    for (worker, file) in ledger.workers.iter().zip(&ledger.worker_files) {
        Check { ledger, worker, file: *file, found: &mut *found }.all();
    }
    circles::check(ledger, found);
}

struct Check<'c> {
    ledger: &'c Ledger,
    worker: &'c Worker,
    file: FileIndex,
    found: &'c mut Vec<Finding>,
}

impl Check<'_> {
    fn all(&mut self) {
        self.employment();
        self.overlaps();
        self.dated();
        self.managers();
        self.name();
    }

    /// A name whose letters come from several alphabets can pass for another one.
    fn name(&mut self) {
        let mixed = self.worker.name.as_ref().is_some_and(|name| !name.is_single_script());
        if mixed {
            let help = "Type the name again. If it is written so, nothing needs to be done.";
            self.report(
                &files::MIXED_SCRIPTS,
                self.worker.id.spot,
                "has a name with letters of several alphabets",
                help,
            );
        }
    }

    fn report(&mut self, entry: &'static Entry, spot: Spot, what: &str, help: &str) {
        let message = format!("{} {what}", self.ledger.name_of(&self.worker.id.value));
        let finding = Finding::new(entry, message, help).at(self.ledger.place(self.file, spot));
        self.found.push(finding.about(self.worker.subject().to_string()));
    }

    fn employment(&mut self) {
        // Who has a field that cannot be read may have a start or an employment in it.
        if self.worker.unreadable.is_some() {
            return;
        }
        if self.worker.employment.is_empty() {
            let help = "Add `employment:` with the first day and the type; people who left keep theirs, with an end.";
            self.report(&references::NO_EMPLOYMENT, self.worker.id.spot, "has no employment", help);
        }
        for spell in &self.worker.employment {
            if spell.start.is_none() {
                let help = "Add `start:` with the first day of employment. Nothing is assumed in its place.";
                self.report(&references::NO_START, spell.spot, "has no start date", help);
            }
            self.order(spell.start, spell.end, spell.spot, "employment");
        }
    }

    fn order(&mut self, from: Option<Date>, until: Option<Date>, spot: Spot, what: &str) {
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            let text = format!("has a {what} that ends on {until}, before it starts on {from}");
            self.report(&references::DATE_ORDER, spot, &text, "Correct one of the two dates.");
        }
    }

    fn overlaps(&mut self) {
        let mut spells: Vec<&Spell> = self.worker.employment.iter().filter(|s| s.start.is_some()).collect();
        spells.sort_by_key(|s| s.start);
        for pair in spells.windows(2) {
            let [first, second] = pair else { continue };
            if first.end.is_none_or(|end| second.start.is_some_and(|start| start <= end)) {
                let help = "End the earlier one the day before the later one starts.";
                self.report(&references::OVERLAP, second.spot, "has two employments that overlap", help);
            }
        }
    }

    fn dated(&mut self) {
        let worker = self.worker;
        let lists: [(&str, &[Dated<_>]); 5] = [
            ("role", &worker.roles),
            ("manager", &worker.managers),
            ("department", &worker.departments),
            ("location", &worker.locations),
            ("attribute", &worker.attributes),
        ];
        for (what, list) in lists {
            for item in list {
                self.order(item.from, item.until, item.value.spot, what);
            }
        }
        for leave in &worker.leave {
            self.order(Some(leave.from), leave.until, leave.spot, "leave");
        }
        self.one_place_at_a_time();
    }

    /// The location decides what day it is, so there is one a day.
    fn one_place_at_a_time(&mut self) {
        let locations = &self.worker.locations;
        for (i, a) in locations.iter().enumerate() {
            let clash = locations.iter().skip(i + 1).find(|b| {
                a.from.is_none_or(|from| b.until.is_none_or(|until| from <= until))
                    && b.from.is_none_or(|from| a.until.is_none_or(|until| from <= until))
            });
            if let Some(b) = clash {
                let help = "Give them dates that do not overlap: the location decides the time zone.";
                self.report(&files::BAD_VALUE, b.value.spot, "has two locations on the same day", help);
                return;
            }
        }
    }

    fn managers(&mut self) {
        for manager in &self.worker.managers {
            let id = &manager.value.value;
            if *id == self.worker.id.value {
                let help = "Name another worker, or leave the line out.";
                self.report(
                    &references::OWN_MANAGER,
                    manager.value.spot,
                    "is listed as their own manager",
                    help,
                );
            }
            match self.ledger.worker(id) {
                None => {
                    let text = format!("has the manager {id}, who is not in the roster");
                    self.report(
                        &references::UNKNOWN_WORKER,
                        manager.value.spot,
                        &text,
                        "Correct the id, or add the manager to the roster.",
                    );
                }
                Some(boss) if !ever_together(boss, manager) => {
                    let text = format!(
                        "has the manager {}, who is not employed in that time",
                        self.ledger.name_of(id)
                    );
                    self.report(
                        &references::NOT_EMPLOYED,
                        manager.value.spot,
                        &text,
                        "Correct the dates of one of the two.",
                    );
                }
                Some(_) => {}
            }
        }
    }
}

/// Whether a manager is employed on any day of the relation.
fn ever_together<T>(boss: &Worker, relation: &Dated<T>) -> bool {
    boss.employment.iter().any(|spell| {
        let starts_in_time = spell.start.is_none_or(|s| relation.until.is_none_or(|u| s <= u));
        let ends_late_enough = spell.end.is_none_or(|e| relation.from.is_none_or(|f| f <= e));
        starts_in_time && ends_late_enough
    })
}
