//! The whole repository: every file parsed once, in parallel, cross-referenced and indexed.
//!
//! [`load`](Ledger::load) lists the files of a source, parses them, puts the records
//! together and checks what can be checked without trust: that every reference resolves and
//! that nothing is missing. It never stops at a fault: what is wrong is a finding, and the
//! rest is still there to be looked at.

mod change;
pub mod check;
pub mod identities;
mod ignored;
pub mod layout;
mod listed;
mod parse;
mod secrets;
mod unreadable;

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::finding::catalogue::references;
use crate::finding::{Finding, Place};
use crate::record::assignment::Assignment;
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::id::{Id, Subject};
use crate::record::incident::Incident;
use crate::record::kind::Kind;
use crate::record::node::Spot;
use crate::record::organization::Organization;
use crate::record::policy::Requirement;
use crate::record::roster::Worker;
use crate::record::signed::{Signature, Signed};
use crate::record::signed_kinds::{Any, signed_kinds};
use crate::record::system::System;
use crate::record::vendor::Vendor;
use crate::source::{Entry, Source};

pub use listed::{Listed, Named};
pub use parse::{read_any_draft, read_draft, read_signed, signed_kind, too_large, unrecognised, workers_of};
pub use secrets::{LOOKED_AT, in_bytes as private_key, unsought};
pub use unreadable::Unreadable;

/// The index of a file in [`Ledger::paths`].
pub type FileIndex = u32;

/// A record and the file that it stands in.
#[derive(Debug, Clone)]
pub struct InFile<T> {
    /// The file.
    pub file: FileIndex,
    /// The record.
    pub value: T,
}

/// Which files have yet to be judged.
#[derive(Debug, Clone, Default)]
pub enum Fresh {
    /// All of them.
    #[default]
    All,
    /// These, which a change adds. The others were judged when they came, and their signatures
    /// are not looked at again.
    Only(HashSet<FileIndex>),
}

macro_rules! ledger {
    ($($kind:ident, $module:ident, $list:ident, $says:expr;)+) => {
        /// Everything that a repository holds.
        #[derive(Debug, Default)]
        pub struct Ledger {
            /// The paths of the managed files, sorted.
            pub paths: Vec<String>,
            /// `duly.yaml`, if it could be read.
            pub organization: Option<Organization>,
            /// The workers of all rosters, in the order of paths and lines. Of two with the same id
            /// only the first is here; the second is a finding.
            pub workers: Vec<Worker>,
            /// For each worker, the file of the roster.
            pub worker_files: Vec<FileIndex>,
            /// For each roster, the day on which somebody last confirmed it.
            pub confirmed: Vec<InFile<Option<Date>>>,
            /// The requirements of all policies; of two with the same id only the first.
            pub requirements: Vec<Requirement>,
            /// For each requirement, the file of the policy.
            pub requirement_files: Vec<FileIndex>,
            /// The systems.
            pub systems: Listed<System>,
            /// The vendors.
            pub vendors: Listed<Vendor>,
            /// The incidents.
            pub incidents: Listed<Incident>,
            /// The one-off duties.
            pub assignments: Listed<Assignment>,
            /// The texts of editions: path to digest.
            pub documents: BTreeMap<String, Sha256>,
            $(
                #[doc = concat!("The files of kind ", stringify!($kind), ", not yet accepted; roots by their names.")]
                pub $list: Vec<InFile<Signed<crate::record::$module::$kind>>>,
            )+
            /// What was found on the way.
            pub findings: Vec<Finding>,
            /// Fields that could not be read, with what rests on them.
            pub unreadable: Vec<Unreadable>,
            /// Which files have yet to be judged.
            pub fresh: Fresh,
            worker_index: HashMap<Id, usize>,
            requirement_index: HashMap<Id, usize>,
        }

        impl Ledger {
            fn add_signed(&mut self, file: FileIndex, any: Any) {
                match any {
                    $(Any::$kind(value) => self.$list.push(InFile { file, value: *value }),)+
                }
            }

            /// Takes out what a signed file holds.
            fn take_out_signed(&mut self, file: FileIndex) {
                $(self.$list.retain(|f| f.file != file);)+
            }

            /// Whether the evidence of a file is here.
            pub fn has_evidence(&self, file: FileIndex) -> bool {
                $((is_evidence(Kind::$kind) && self.$list.iter().any(|f| f.file == file)))||+
            }

            /// Takes all evidence out: it was judged, and only what comes next is looked at.
            pub fn drop_evidence(&mut self) {
                $(if is_evidence(Kind::$kind) {
                    self.$list.clear();
                })+
            }

            /// The signatures of each signed file, with its payload's digest as it states it.
            pub fn signatures(&self) -> impl Iterator<Item = (FileIndex, Sha256, &[Signature])> {
                let none = std::iter::empty();
                $(let none = none.chain(
                    self.$list.iter().map(|f| (f.file, f.value.payload_sha256, f.value.signatures.as_slice())),
                );)+
                none
            }
        }
    };
}

signed_kinds!(ledger);

fn is_evidence(kind: Kind) -> bool {
    kind.signed().is_some_and(|kind| kind.evidence)
}

impl Ledger {
    /// Loads a repository from a source.
    pub fn load(source: &dyn Source) -> Ledger {
        let mut ledger = Ledger::read(source);
        ledger.check();
        ledger
    }

    /// Reads a repository, before anything of it is held against the rest.
    fn read(source: &dyn Source) -> Ledger {
        let listing = source.list(&layout::is_managed);
        let (managed, others): (Vec<Entry>, Vec<Entry>) =
            listing.entries.into_iter().partition(|e| layout::is_managed(&e.path));
        let parsed: Vec<parse::Parsed> = managed.par_iter().map(|entry| parse::file(source, entry)).collect();
        let mut ledger = Ledger { findings: listing.findings, ..Ledger::default() };
        ledger.paths = managed.into_iter().map(|e| e.path).collect();
        let evidence =
            parsed.iter().filter(|p| matches!(p.content, parse::Content::Signed(Any::Attestation(_))));
        ledger.attestations.reserve_exact(evidence.count());
        for (file, parsed) in parsed.into_iter().enumerate() {
            ledger.add(FileIndex::try_from(file).unwrap_or(FileIndex::MAX), parsed);
        }
        if let Some(entry) = others.iter().find(|e| e.path == ignored::FILE) {
            ledger.findings.extend(ignored::check(source, entry, &ledger.paths));
        }
        ledger
            .findings
            .extend(others.par_iter().filter_map(|e| secrets::in_file(source, e)).collect::<Vec<_>>());
        ledger
    }

    fn check(&mut self) {
        let found = check::all(self);
        self.findings.extend(found);
    }

    fn add(&mut self, file: FileIndex, parsed: parse::Parsed) {
        self.note_unreadable(file, &parsed.content, &parsed.findings, parsed.named);
        self.findings.extend(parsed.findings);
        match parsed.content {
            parse::Content::Nothing => {}
            parse::Content::Organization(organization) => self.organization = Some(*organization),
            parse::Content::Roster(roster) => {
                self.confirmed.push(InFile { file, value: roster.confirmed_on });
                for worker in roster.workers {
                    self.add_worker(file, worker);
                }
            }
            parse::Content::Policy(policy) => {
                for requirement in policy.requirements {
                    self.add_requirement(file, requirement);
                }
            }
            parse::Content::Assignment(value) => self.add_named(file, value, |l| &mut l.assignments),
            parse::Content::System(value) => self.add_named(file, value, |l| &mut l.systems),
            parse::Content::Vendor(value) => self.add_named(file, value, |l| &mut l.vendors),
            parse::Content::Incident(value) => self.add_named(file, value, |l| &mut l.incidents),
            parse::Content::Document(digest) => {
                let path = self.paths.get(file as usize).cloned().unwrap_or_default();
                self.documents.insert(path, digest);
            }
            parse::Content::Signed(any) => self.add_signed(file, any),
        }
    }

    fn add_worker(&mut self, file: FileIndex, worker: Worker) {
        if let Some(first) = self.worker_index.get(&worker.id.value) {
            let first = self.workers.get(*first).zip(self.worker_files.get(*first));
            let place = first.map(|(w, f)| self.place(*f, w.id.spot).to_string()).unwrap_or_default();
            let message = format!("worker {} is already in the roster, at {place}", worker.id.value);
            let finding = Finding::new(&references::DUPLICATE_ID, message, "Give one of the two another id.");
            self.findings
                .push(finding.at(self.place(file, worker.id.spot)).about(worker.subject().to_string()));
            return;
        }
        self.worker_index.insert(worker.id.value.clone(), self.workers.len());
        self.workers.push(worker);
        self.worker_files.push(file);
    }

    fn add_requirement(&mut self, file: FileIndex, requirement: Requirement) {
        if self.requirement_index.contains_key(&requirement.id.value) {
            let message = format!("requirement {} is already in a policy", requirement.id.value);
            let finding = Finding::new(&references::DUPLICATE_ID, message, "Give one of the two another id.");
            let place = self.place(file, requirement.id.spot);
            self.findings.push(finding.at(place).for_requirement(requirement.id.to_string()));
            return;
        }
        self.requirement_index.insert(requirement.id.value.clone(), self.requirements.len());
        self.requirements.push(requirement);
        self.requirement_files.push(file);
    }

    fn add_named<T: Named>(&mut self, file: FileIndex, value: T, list: fn(&mut Ledger) -> &mut Listed<T>) {
        let id = value.id().clone();
        if let Err((first, at)) = list(self).add(file, value) {
            let place = self.place(first, at.spot);
            let message = format!("{} {} is already there, at {place}", T::WHAT, id.value);
            let finding = Finding::new(&references::DUPLICATE_ID, message, "Give one of the two another id.");
            self.findings.push(finding.at(self.place(file, id.spot)));
        }
    }

    /// Whether a file was judged before, so that its seal need not be looked at again.
    pub fn is_judged(&self, file: FileIndex) -> bool {
        matches!(&self.fresh, Fresh::Only(new) if !new.contains(&file))
    }

    /// Whether a file comes with a change that is being judged.
    pub fn is_new(&self, file: FileIndex) -> bool {
        matches!(&self.fresh, Fresh::Only(new) if new.contains(&file))
    }

    /// The path of a file.
    pub fn path(&self, file: FileIndex) -> &str {
        self.paths.get(file as usize).map_or("", String::as_str)
    }

    /// A place in a file.
    pub fn place(&self, file: FileIndex, spot: Spot) -> Place {
        Place::new(self.path(file), spot.line, spot.column)
    }

    /// The worker with an id.
    pub fn worker(&self, id: &Id) -> Option<&Worker> {
        self.worker_position(id).and_then(|at| self.workers.get(at))
    }

    /// The position of a worker in [`Ledger::workers`].
    pub fn worker_position(&self, id: &Id) -> Option<usize> {
        self.worker_index.get(id).copied()
    }

    /// The requirement with an id.
    pub fn requirement(&self, id: &Id) -> Option<&Requirement> {
        self.requirement_position(id).and_then(|at| self.requirements.get(at))
    }

    /// The position of a requirement in [`Ledger::requirements`].
    pub fn requirement_position(&self, id: &Id) -> Option<usize> {
        self.requirement_index.get(id).copied()
    }

    /// Where a worker stands.
    pub fn worker_place(&self, id: &Id) -> Option<Place> {
        let at = self.worker_position(id)?;
        Some(self.place(*self.worker_files.get(at)?, self.workers.get(at)?.id.spot))
    }

    /// Whether a subject is there. The organisation always is.
    pub fn has(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Org => true,
            Subject::Worker(id) => self.worker_index.contains_key(id),
            Subject::System(id) => self.systems.get(id).is_some(),
            Subject::Vendor(id) => self.vendors.get(id).is_some(),
        }
    }

    /// The name of a subject for people, where its record gives one.
    pub fn title(&self, subject: &Subject) -> Option<&str> {
        match subject {
            Subject::Org => self.organization.as_ref().map(|o| o.name.as_str()),
            Subject::Worker(id) => self.worker(id)?.name.as_deref(),
            Subject::System(id) => self.systems.get(id).map(|s| s.value.title.as_str()),
            Subject::Vendor(id) => self.vendors.get(id).map(|v| v.value.title.as_str()),
        }
    }

    /// Where a subject stands.
    pub fn subject_place(&self, subject: &Subject) -> Option<Place> {
        match subject {
            Subject::Org => None,
            Subject::Worker(id) => self.worker_place(id),
            Subject::System(id) => self.systems.get(id).map(|s| self.place(s.file, s.value.id.spot)),
            Subject::Vendor(id) => self.vendors.get(id).map(|v| self.place(v.file, v.value.id.spot)),
        }
    }

    /// Where a requirement stands.
    pub fn requirement_place(&self, id: &Id) -> Option<Place> {
        let at = self.requirement_position(id)?;
        Some(self.place(*self.requirement_files.get(at)?, self.requirements.get(at)?.id.spot))
    }

    /// Whether there is anything to check at all.
    pub fn is_empty(&self) -> bool {
        !self.paths.iter().any(|p| p == "duly.yaml")
            && !self.findings.iter().any(|f| f.place.as_ref().is_some_and(|p| p.path == "duly.yaml"))
    }

    /// How to name a worker to people: name and id, or the id alone.
    pub fn name_of(&self, id: &Id) -> String {
        match self.worker(id).and_then(|w| w.name.as_deref()) {
            Some(name) => format!("{} ({id})", crate::record::text::visible(name)),
            None => id.to_string(),
        }
    }
}
