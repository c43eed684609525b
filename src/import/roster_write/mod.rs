//! Which roster files an import writes, and what stands in them.
//!
//! Only files that an import wrote before are written again: their first line says so. A
//! worker stays in the file where they are; new ones go, by id, into the first file with
//! room. So a new export changes the lines of those who changed, and no others.

pub mod emit;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::roster::Plan;
use crate::ledger::Ledger;
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::roster::Worker;
use crate::source::Source;
use crate::yaml::limits;

/// The first line of every file that an import writes.
pub const MARK: &str = "# Written by `duly import roster`. It may be written again: comments and changes made here by hand are lost then.";

/// How many workers one file gets.
const WORKERS_MAX: usize = 400;
/// How large a file may grow, in bytes: well below the limit of what is read.
const BYTES_MAX: usize = (limits::PEOPLE_BYTES / 2) as usize;

/// A file that an import writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    /// Path inside the repository.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// The roster files that imports wrote, as they are.
#[derive(Debug, Default)]
pub struct Ours {
    /// Path to file.
    files: BTreeMap<String, OneFile>,
    /// The workers in all other files.
    pub by_hand: HashSet<Id>,
    /// All other files of the repository.
    others: HashSet<String>,
}

#[derive(Debug, Default)]
struct OneFile {
    confirmed_on: Option<Date>,
    workers: BTreeMap<Id, Worker>,
    changed: bool,
}

impl Ours {
    /// Finds the files that imports wrote.
    ///
    /// # Errors
    /// A roster file cannot be read again.
    pub fn find(ledger: &Ledger, source: &dyn Source) -> std::io::Result<Ours> {
        let mut ours = Ours::default();
        for confirmed in &ledger.confirmed {
            let path = ledger.path(confirmed.file);
            if is_ours(path, &source.read(path)?) {
                let file = OneFile { confirmed_on: confirmed.value, ..OneFile::default() };
                ours.files.insert(path.to_owned(), file);
            }
        }
        ours.others = ledger.paths.iter().filter(|p| !ours.files.contains_key(*p)).cloned().collect();
        for (worker, file) in ledger.workers.iter().zip(&ledger.worker_files) {
            let id = worker.id.value.clone();
            match ours.files.get_mut(ledger.path(*file)) {
                Some(file) => drop(file.workers.insert(id, worker.clone())),
                None => drop(ours.by_hand.insert(id)),
            }
        }
        Ok(ours)
    }

    /// The files that a plan changes, with their new text. `confirm` sets the day on which
    /// the roster was last confirmed in every file; else new files alone get `as_of`.
    pub fn files(mut self, plan: &Plan, as_of: Date, confirm: bool) -> Vec<FileText> {
        let place: HashMap<Id, String> = self
            .files
            .iter()
            .flat_map(|(path, file)| file.workers.keys().map(|id| (id.clone(), path.clone())))
            .collect();
        for changed in &plan.changed {
            let id = &changed.worker.id.value;
            if let Some(file) = place.get(id).and_then(|path| self.files.get_mut(path)) {
                file.workers.insert(id.clone(), changed.worker.clone());
                file.changed = true;
            }
        }
        for file in self.files.values_mut().filter(|f| confirm && f.confirmed_on != Some(as_of)) {
            file.confirmed_on = Some(as_of);
            file.changed = true;
        }
        let mut homeless: Vec<Worker> = self.files.values_mut().flat_map(OneFile::overflow).collect();
        homeless.extend(plan.new.iter().cloned());
        self.settle(homeless, as_of);
        let changed = self.files.into_iter().filter(|(_, file)| file.changed);
        changed.map(|(path, file)| FileText { path, text: file.text() }).collect()
    }

    /// Puts workers into the first file with room, new files behind the old ones.
    fn settle(&mut self, mut workers: Vec<Worker>, as_of: Date) {
        workers.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        let mut workers = workers.into_iter().peekable();
        for number in 1u32.. {
            if workers.peek().is_none() {
                return;
            }
            let path = format!("roster/imported-{number:03}.yaml");
            // Somebody may have given a file of their own this name.
            if self.others.contains(&path) {
                continue;
            }
            let fresh = || OneFile { confirmed_on: Some(as_of), ..OneFile::default() };
            let file = self.files.entry(path).or_insert_with(fresh);
            let mut bytes: usize = file.workers.values().map(|w| emit::worker(w).len()).sum();
            while let Some(worker) = workers.peek() {
                bytes += emit::worker(worker).len();
                if file.workers.len() >= WORKERS_MAX || bytes > BYTES_MAX {
                    break;
                }
                file.workers.extend(workers.next().map(|w| (w.id.value.clone(), w)));
                file.changed = true;
            }
        }
    }
}

impl OneFile {
    /// Takes workers out of a file that has grown close to the limit of what can be read.
    fn overflow(&mut self) -> Vec<Worker> {
        let mut out = Vec::new();
        let mut bytes: usize = self.workers.values().map(|w| emit::worker(w).len()).sum();
        while bytes > BYTES_MAX + BYTES_MAX / 2 && self.workers.len() > 1 {
            let Some((_, worker)) = self.workers.pop_last() else { break };
            bytes -= emit::worker(&worker).len();
            self.changed = true;
            out.push(worker);
        }
        out
    }

    fn text(&self) -> String {
        text(self.confirmed_on, self.workers.values())
    }
}

/// A whole roster file.
pub fn text<'w>(confirmed_on: Option<Date>, workers: impl Iterator<Item = &'w Worker>) -> String {
    let mut out = format!("{MARK}\napiVersion: duly/v1\nkind: Roster\n");
    if let Some(day) = confirmed_on {
        out.push_str(&format!("confirmed_on: {day}\n"));
    }
    out.push_str("workers:\n");
    workers.for_each(|w| out.push_str(&emit::worker(w)));
    out
}

/// Whether a file is one that imports write: in its place, and its first line says so.
fn is_ours(path: &str, bytes: &[u8]) -> bool {
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let line = first.strip_suffix(b"\r").unwrap_or(first);
    path.starts_with("roster/") && line == MARK.as_bytes()
}
