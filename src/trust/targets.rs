//! Finding the signed records that others name by their payload's digest.

use std::collections::{HashMap, HashSet};

use crate::ledger::{FileIndex, InFile, Ledger};
use crate::record::digest::Sha256;
use crate::record::id::Subject;
use crate::record::kind::Kind;
use crate::record::public_key::Fingerprint;
use crate::record::signed::{Record, Signed};
use crate::record::signed_kinds::signed_kinds;

/// The records that others name. Nothing in them is proven here: what a file states as its
/// digest and as its keys holds only if its seal does, and is judged there.
#[derive(Debug, Default)]
pub struct Targets<'a> {
    found: HashMap<Sha256, Target<'a>>,
}

/// A record that another one names.
#[derive(Debug, Clone)]
pub struct Target<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its file.
    pub file: FileIndex,
    /// Its position in the ledger's list of its kind.
    pub position: usize,
    /// The keys that are said to have signed it.
    pub keys: Vec<&'a Fingerprint>,
    /// Whose rows it has, if it has rows.
    pub rows: Vec<&'a Subject>,
}

macro_rules! finders {
    ($($kind:ident, $module:ident, $list:ident, $says:expr;)+) => {
        /// The payloads that records of a ledger name.
        pub fn named(ledger: &Ledger) -> HashSet<Sha256> {
            let mut named = HashSet::new();
            $(named.extend(ledger.$list.iter().flat_map(|f| f.value.record.names()));)+
            named
        }

        impl<'a> Targets<'a> {
            /// Finds what the records of a ledger name. One pass over the signed files, and no
            /// more where nothing is named.
            pub fn find(ledger: &'a Ledger) -> Targets<'a> {
                let wanted = named(ledger);
                let mut targets = Targets::default();
                if !wanted.is_empty() {
                    $(targets.look(&wanted, &ledger.$list);)+
                }
                targets
            }
        }
    };
}

signed_kinds!(finders);

impl<'a> Targets<'a> {
    fn look<R: Record>(&mut self, wanted: &HashSet<Sha256>, files: &'a [InFile<Signed<R>>]) {
        for (position, file) in files.iter().enumerate() {
            let (payload, file, signed) = (file.value.payload_sha256, file.file, &file.value);
            if wanted.contains(&payload) {
                let keys = signed.signatures.iter().map(|s| &s.key).collect();
                let rows = signed.record.rows();
                let target = Target { kind: R::KIND, file, position, keys, rows };
                self.found.entry(payload).or_insert(target);
            }
        }
    }

    /// The record whose file states this digest.
    pub fn get(&self, payload: &Sha256) -> Option<&Target<'a>> {
        self.found.get(payload)
    }
}
