//! Records of one kind that are known by their ids.

use std::collections::HashMap;

use super::{FileIndex, InFile};
use crate::record::assignment::Assignment;
use crate::record::id::Id;
use crate::record::incident::Incident;
use crate::record::node::At;
use crate::record::system::System;
use crate::record::vendor::Vendor;

/// A record with an id.
pub trait Named {
    /// What it is, for messages.
    const WHAT: &'static str;
    /// Its id.
    fn id(&self) -> &At<Id>;
}

macro_rules! named {
    ($($type:ident = $what:literal),+) => {
        $(impl Named for $type {
            const WHAT: &'static str = $what;
            fn id(&self) -> &At<Id> {
                &self.id
            }
        })+
    };
}
named!(System = "system", Vendor = "vendor", Incident = "incident", Assignment = "assignment");

/// Records by id, each id once, in the order of paths.
#[derive(Debug)]
pub struct Listed<T> {
    items: Vec<InFile<T>>,
    index: HashMap<Id, usize>,
}

impl<T> Default for Listed<T> {
    fn default() -> Listed<T> {
        Listed { items: Vec::new(), index: HashMap::new() }
    }
}

impl<T: Named> Listed<T> {
    /// Adds a record.
    ///
    /// # Errors
    /// The id is taken: the place of the record that has it. The new one is left out.
    pub(super) fn add(&mut self, file: FileIndex, value: T) -> Result<(), (FileIndex, At<Id>)> {
        if let Some(first) = self.get(&value.id().value) {
            return Err((first.file, first.value.id().clone()));
        }
        self.index.insert(value.id().value.clone(), self.items.len());
        self.items.push(InFile { file, value });
        Ok(())
    }

    /// Takes the records of a file out.
    pub(super) fn take_out(&mut self, file: FileIndex) {
        self.items.retain(|i| i.file != file);
        self.index = self.items.iter().enumerate().map(|(at, i)| (i.value.id().value.clone(), at)).collect();
    }

    /// The record with an id.
    pub fn get(&self, id: &Id) -> Option<&InFile<T>> {
        self.items.get(*self.index.get(id)?)
    }

    /// Every record.
    pub fn iter(&self) -> std::slice::Iter<'_, InFile<T>> {
        self.items.iter()
    }
}

impl<'l, T: Named> IntoIterator for &'l Listed<T> {
    type Item = &'l InFile<T>;
    type IntoIter = std::slice::Iter<'l, InFile<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
