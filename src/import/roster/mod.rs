//! What an HR export would change in the roster: a pure function, nothing is written here.

mod dated;
mod employment;
mod managers;
mod merge;
mod row;
mod rows;
#[cfg(test)]
mod tests;
mod undeclared;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::csv::Table;
use super::error::ImportError;
use super::map::{Map, RosterMap};
use super::rejects::{self, Reject};
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::organization::Organization;
use crate::record::roster::Worker;

pub use merge::differences;
pub use undeclared::{List, Undeclared};

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'i> {
    /// The export.
    pub table: &'i Table<'i>,
    /// What its columns mean.
    pub map: &'i RosterMap,
    /// The workers of the roster.
    pub workers: &'i [Worker],
    /// Those of them who live in files that people wrote by hand.
    pub by_hand: &'i HashSet<Id>,
    /// The words that the roster may use.
    pub organization: &'i Organization,
    /// The day that the export speaks of: most often today.
    pub as_of: Date,
    /// The last day of workers whom the export no longer lists; none leaves them as they are.
    pub end_missing: Option<Date>,
    /// Whether more than a tenth of the workforce may end.
    pub allow_ending: bool,
}

/// What an import would change. Lists are sorted by id.
#[derive(Debug)]
pub struct Plan {
    /// Workers whom the roster does not have yet.
    pub new: Vec<Worker>,
    /// Workers who are different afterwards, among them those who end.
    pub changed: Vec<Changed>,
    /// How many workers stay as they are.
    pub unchanged: usize,
    /// Those of the changed whose employment ends earlier than before.
    pub ended: BTreeSet<Id>,
    /// Workers of a file written by hand whom the export sees differently, and how.
    pub by_hand: Vec<(Id, Vec<&'static str>)>,
    /// Workers of the roster, not over yet, whom the export does not list.
    pub missing: Vec<Id>,
    /// Rows that cannot be taken over, in the order of the file.
    pub rejects: Vec<Reject>,
    /// Rows whose status says that they are nothing for the roster.
    pub ignored: usize,
    /// Rows that say again what an earlier row said.
    pub repeated: usize,
    /// Words that `duly.yaml` does not declare.
    pub undeclared: Vec<Undeclared>,
    /// Columns that were not taken over.
    pub dropped: Vec<String>,
    /// Why managers were left out, and how often.
    pub managers_left_out: BTreeMap<&'static str, usize>,
}

/// A worker who is different after an import.
#[derive(Debug)]
pub struct Changed {
    /// The worker as they are then.
    pub worker: Worker,
    /// What is different: "role", "employment" and so on.
    pub what: Vec<&'static str>,
}

/// Works out what an export would change.
///
/// # Errors
/// It would end more than a tenth of the workforce, or ends people it does not list while
/// there are rows of which nobody knows whom they list.
pub fn plan(input: Input<'_>) -> Result<Plan, ImportError> {
    let rows = rows::read(input);
    refuse_blind_ending(&input, &rows)?;
    let mut planner = Planner::new(input, rows.rejects);
    planner.rows(&rows.facts);
    planner.missing(&rows.seen);
    let mut plan = planner.plan;
    plan.ignored = rows.ignored;
    plan.repeated = rows.repeated;
    plan.undeclared = undeclared::find(&rows.facts, &plan, input.organization);
    plan.dropped = rejects::dropped(input.table, &input.map.columns());
    plan.new.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    plan.changed.sort_by(|a, b| a.worker.id.value.cmp(&b.worker.id.value));
    plan.by_hand.sort();
    plan.rejects.sort_by_key(|r| r.at);
    refuse_mass_ending(&input, &plan)?;
    Ok(plan)
}

struct Planner<'i> {
    input: Input<'i>,
    index: HashMap<&'i Id, &'i Worker>,
    plan: Plan,
}

impl<'i> Planner<'i> {
    fn new(input: Input<'i>, rejects: Vec<Reject>) -> Planner<'i> {
        let index = input.workers.iter().map(|w| (&w.id.value, w)).collect();
        let plan = Plan {
            new: Vec::new(),
            changed: Vec::new(),
            unchanged: 0,
            ended: BTreeSet::new(),
            by_hand: Vec::new(),
            missing: Vec::new(),
            rejects,
            ignored: 0,
            repeated: 0,
            undeclared: Vec::new(),
            dropped: Vec::new(),
            managers_left_out: BTreeMap::new(),
        };
        Planner { input, index, plan }
    }

    fn rows(&mut self, facts: &[(usize, row::Facts)]) {
        let managers = managers::Managers::of(self.input.workers, facts.iter().map(|(_, f)| f));
        for (at, facts) in facts {
            let old = self.index.get(&facts.id).copied();
            let manager = managers.resolve(facts, &mut self.plan.managers_left_out);
            match merge::merge(old, facts, manager.as_deref(), self.input.as_of) {
                Ok(worker) => self.worker(old, worker),
                Err(reason) => {
                    let row = self.input.table.rows.get(*at);
                    self.plan.rejects.extend(row.map(|row| Reject::new(*at, row, vec![reason])));
                }
            }
        }
    }

    fn worker(&mut self, old: Option<&Worker>, worker: Worker) {
        let Some(old) = old else { return self.plan.new.push(worker) };
        let what = differences(old, &worker);
        if what.is_empty() {
            self.plan.unchanged += 1;
        } else if self.input.by_hand.contains(&worker.id.value) {
            self.plan.by_hand.push((worker.id.value, what));
        } else {
            if ends_earlier(old, &worker, self.input.as_of) {
                self.plan.ended.insert(worker.id.value.clone());
            }
            self.plan.changed.push(Changed { worker, what });
        }
    }

    /// Workers whom the export does not list any more.
    fn missing(&mut self, seen: &HashSet<Id>) {
        for old in self.input.workers.iter().filter(|w| !seen.contains(&w.id.value)) {
            if old.left().is_some_and(|left| left < self.input.as_of) {
                continue;
            }
            self.plan.missing.push(old.id.value.clone());
            let ours = !self.input.by_hand.contains(&old.id.value);
            if let Some(day) = self.input.end_missing.filter(|_| ours) {
                let ended = ended_on(old, day);
                if !differences(old, &ended).is_empty() {
                    self.worker(Some(old), ended);
                }
            }
        }
        self.plan.missing.sort();
    }
}

/// The worker with every employment over by a day; one who never started by then stays.
fn ended_on(worker: &Worker, day: Date) -> Worker {
    let mut worker = worker.clone();
    let started = |start: Option<Date>| start.is_some_and(|s| s <= day);
    if !worker.employment.iter().any(|s| started(s.start)) {
        return worker;
    }
    worker.employment.retain(|s| started(s.start));
    for spell in worker.employment.iter_mut().filter(|s| s.end.is_none_or(|end| end > day)) {
        spell.end = Some(day);
    }
    worker
}

/// Whether a worker who was not over on a day ends earlier than before.
fn ends_earlier(old: &Worker, new: &Worker, as_of: Date) -> bool {
    let last = |w: &Worker| w.left().unwrap_or(Date::MAX);
    last(old) >= as_of && last(new) < last(old)
}

fn refuse_blind_ending(input: &Input<'_>, rows: &rows::Rows) -> Result<(), ImportError> {
    if input.end_missing.is_none() {
        return Ok(());
    }
    if rejects::is_rejects(input.table) {
        let message = "this is a file of rejects: it lists few people of many, and `--end-missing` would end the others";
        return Err(ImportError::refused(message, "Import it without `--end-missing`."));
    }
    if rows.nameless > 0 {
        let message = format!(
            "{} row(s) cannot be read well enough to know whom they list, and `--end-missing` could end those people",
            rows.nameless
        );
        return Err(ImportError::refused(
            message,
            "Import without `--end-missing`, mend the rejects, then try again.",
        ));
    }
    Ok(())
}

fn refuse_mass_ending(input: &Input<'_>, plan: &Plan) -> Result<(), ImportError> {
    let going = |w: &&Worker| w.left().is_none_or(|left| left >= input.as_of);
    let workforce = input.workers.iter().filter(going).count();
    if input.allow_ending || plan.ended.len() * 10 <= workforce {
        return Ok(());
    }
    let some: Vec<String> = plan.ended.iter().take(5).map(Id::to_string).collect();
    let message = format!(
        "this would end the employment of {} of {workforce} people, among them {}",
        plan.ended.len(),
        some.join(", ")
    );
    let help =
        "Nothing was changed. Is the export complete? If they have all left, say so with `--allow-ending`.";
    Err(ImportError::refused(message, help))
}
