//! Taking the files of a change in and out.

use std::collections::HashSet;

use super::State;
use crate::finding::Finding;
use crate::finding::catalogue::trust;
use crate::history::rules::{Class, class};
use crate::history::walk::Change;
use crate::ledger::{FileIndex, Fresh, LOOKED_AT, layout, too_large};
use crate::source::Entry;
use crate::source::git::{GitError, ObjectId, tree};
use crate::trust::appeared::Seen;
use crate::trust::standing::Standing;
use crate::trust::targets::named;

/// A file of a change, read.
pub(super) struct Read {
    pub(super) path: String,
    pub(super) class: Class,
    id: ObjectId,
    pub(super) bytes: Vec<u8>,
}

impl State<'_> {
    /// Reads what a change adds or edits. What is too large is not opened.
    pub(super) fn read(&self, changes: &[Change], found: &mut Vec<Finding>) -> Result<Vec<Read>, GitError> {
        let mut read = Vec::new();
        let mut others = HashSet::new();
        for change in changes {
            let (Some(after), class) = (change.after, class(&change.path)) else { continue };
            let managed = matches!(class, Class::Books | Class::Evidence | Class::Trust);
            let room = layout::room(&change.path);
            let record = managed && room != layout::Room::Unrecognised;
            // What a record is instead of a plain file is said elsewhere.
            if matches!(after.mode, tree::SUBMODULE | tree::LINK) || (record && after.mode != tree::PLAIN) {
                continue;
            }
            // One content may stand at any number of places; it is looked into once.
            if !record && !others.insert(after.id) {
                continue;
            }
            let size = self.git.size(after.id)?;
            let limit = if record { layout::limit(room) } else { LOOKED_AT };
            if size > limit {
                let entry = Entry { path: change.path.clone(), size };
                found.extend(record.then(|| too_large(&entry, limit)));
                continue;
            }
            let bytes = self.git.blob(after.id)?;
            if record {
                read.push(Read { path: change.path.clone(), class, id: after.id, bytes });
            } else {
                found.extend(crate::ledger::private_key(&change.path, &bytes));
            }
        }
        Ok(read)
    }

    /// Takes out what a change removes, signed or not; that it must not do so for signed files
    /// is said elsewhere.
    pub(super) fn take_away(&mut self, changes: &[Change]) -> Result<(), GitError> {
        let mut trust = false;
        for change in changes.iter().filter(|c| c.after.is_none()) {
            if class(&change.path) == Class::Books {
                continue;
            }
            if let Some(file) = self.index.remove(&change.path) {
                // So that who restores it is not told that it is there twice.
                self.names.retain(|_, (known, _)| *known != file);
                trust |= class(&change.path) == Class::Trust;
                self.ledger.remove(file);
            }
        }
        if trust {
            // Whatever was taken away no longer acts: that is what makes it grave.
            self.ledger.fresh = Fresh::Only(HashSet::new());
            self.fetch_targets()?;
            let seen = super::appeared(&self.ledger, self.history.as_deref());
            let seen: Seen<'_> = self.history.as_ref().map(|_| &seen as _);
            let standing = Standing::judge(&self.ledger, seen, &mut Vec::new());
            self.standing = standing;
        }
        Ok(())
    }

    /// Puts signed files in, and gives the indexes of those that are new.
    pub(super) fn put_signed(&mut self, read: &[Read], found: &mut Vec<Finding>) -> HashSet<FileIndex> {
        let mut fresh = HashSet::with_capacity(read.len());
        for one in read {
            let file = self.put(one, found);
            fresh.insert(file);
            let Some(stem) = stem(&one.path) else { continue };
            match self.names.get(&stem) {
                Some((other, _)) if *other != file && !self.keep => {
                    found.push(same_record(&one.path, self.ledger.path(*other)));
                }
                _ => {
                    self.names.insert(stem, (file, one.id));
                }
            }
        }
        fresh
    }

    pub(super) fn put(&mut self, read: &Read, found: &mut Vec<Finding>) -> FileIndex {
        let at = self.index.get(&read.path).copied();
        let (file, more) = self.ledger.put(at, &read.path, &read.bytes);
        found.extend(more);
        self.index.insert(read.path.clone(), file);
        file
    }

    /// Brings back the records that new ones name, where evidence is not kept.
    pub(super) fn fetch_targets(&mut self) -> Result<(), GitError> {
        if self.keep {
            return Ok(());
        }
        for payload in named(&self.ledger) {
            let stem: String = payload.to_string().chars().take(32).collect();
            let Some((file, id)) = self.names.get(&stem).copied() else { continue };
            let path = self.ledger.path(file).to_owned();
            if class(&path) == Class::Evidence && !self.ledger.has_evidence(file) {
                let bytes = self.git.blob(id)?;
                self.ledger.put(Some(file), &path, &bytes);
            }
        }
        Ok(())
    }

    /// The books that a change edits or removes.
    pub(super) fn touched(&self, changes: &[Change]) -> HashSet<FileIndex> {
        changes.iter().filter_map(|c| self.index.get(&c.path).copied()).collect()
    }

    /// Takes the edits of the books in.
    pub(super) fn edit_books(&mut self, books: &[Read], changes: &[Change], found: &mut Vec<Finding>) {
        for change in changes.iter().filter(|c| c.after.is_none() && class(&c.path) == Class::Books) {
            if let Some(file) = self.index.remove(&change.path) {
                self.ledger.remove(file);
            }
        }
        for one in books {
            self.put(one, found);
        }
        self.ledger.reindex();
    }
}

/// The name of a signed file without its ending, if the path is one of evidence.
pub(super) fn stem(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?.strip_suffix(".yaml")?;
    (class(path) == Class::Evidence).then(|| name.to_owned())
}

fn same_record(path: &str, other: &str) -> Finding {
    let message = format!("{path} holds the same signed record as {other}");
    Finding::new(&trust::SAME_PAYLOAD, message, "Remove one of the two files.").in_file(path)
}
