//! Carrying a ledger from one state of the repository to the next, file by file, without
//! reading the rest again.

use std::collections::HashMap;

use super::layout::{self, Room};
use super::{FileIndex, Ledger, check, parse};
use crate::finding::Finding;
use crate::record::id::Id;
use crate::source::Source;

impl Ledger {
    /// Reads a repository, and holds nothing of it against the rest yet: that is
    /// [`Ledger::cross_check`].
    pub fn read_only(source: &dyn Source) -> Ledger {
        Ledger::read(source)
    }

    /// What can be found by holding the records against each other.
    pub fn cross_check(&self) -> Vec<Finding> {
        check::all(self)
    }

    /// Puts a file in, new or in the place of the one at an index, and gives its index and
    /// what was found in it. [`Ledger::reindex`] must follow before anything is looked up.
    pub fn put(&mut self, at: Option<FileIndex>, path: &str, bytes: &[u8]) -> (FileIndex, Vec<Finding>) {
        let file = match at {
            Some(file) => {
                self.take_out(file);
                file
            }
            None => {
                self.paths.push(path.to_owned());
                FileIndex::try_from(self.paths.len() - 1).unwrap_or(FileIndex::MAX)
            }
        };
        let before = self.findings.len();
        self.add(file, parse::bytes(path, bytes));
        (file, self.findings.split_off(before))
    }

    /// Takes a file out. [`Ledger::reindex`] must follow before anything is looked up.
    pub fn remove(&mut self, file: FileIndex) {
        self.take_out(file);
        if let Some(path) = self.paths.get_mut(file as usize) {
            path.clear();
        }
    }

    /// Takes out what a file holds.
    fn take_out(&mut self, file: FileIndex) {
        match layout::room(self.path(file)) {
            Room::Document => {
                let path = self.path(file).to_owned();
                self.documents.remove(&path);
            }
            Room::Record(kinds) if kinds.iter().all(|k| k.is_signed()) => self.take_out_signed(file),
            _ => self.take_out_people(file),
        }
        let path = self.path(file).to_owned();
        self.unreadable.retain(|u| u.file != file);
        self.findings.retain(|f| f.place.as_ref().is_none_or(|p| p.path != path));
    }

    fn take_out_people(&mut self, file: FileIndex) {
        if self.path(file) == "duly.yaml" {
            self.organization = None;
        }
        let mut keep = self.worker_files.iter().map(|f| *f != file);
        self.workers.retain(|_| keep.next().unwrap_or(true));
        self.worker_files.retain(|f| *f != file);
        self.confirmed.retain(|c| c.file != file);
        let mut keep = self.requirement_files.iter().map(|f| *f != file);
        self.requirements.retain(|_| keep.next().unwrap_or(true));
        self.requirement_files.retain(|f| *f != file);
        self.systems.take_out(file);
        self.vendors.take_out(file);
        self.incidents.take_out(file);
        self.assignments.take_out(file);
        self.reindex();
    }

    /// Sorts the roots by their files and finds workers and requirements by their ids again.
    pub fn reindex(&mut self) {
        let ids =
            |ids: Vec<Id>| ids.into_iter().enumerate().map(|(at, id)| (id, at)).collect::<HashMap<_, _>>();
        self.worker_index = ids(self.workers.iter().map(|w| w.id.value.clone()).collect());
        self.requirement_index = ids(self.requirements.iter().map(|r| r.id.value.clone()).collect());
        let paths = &self.paths;
        self.roots.sort_by_key(|root| paths.get(root.file as usize).cloned());
    }
}
