//! What an edit of the roster, policies and other books takes away: entries, ids, texts that
//! people signed for.

use std::collections::{BTreeMap, HashMap};

use crate::finding::Finding;
use crate::finding::catalogue::history;
use crate::ledger::{FileIndex, Ledger, Listed, Named, Unreadable};
use crate::record::assignment::Assignment;
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::incident::Incident;
use crate::record::organization::Organization;
use crate::record::policy::{Edition, Material, Requirement};
use crate::record::roster::Worker;
use crate::record::system::System;
use crate::record::vendor::Vendor;

use super::events::{View, weaker};

/// The books of one state, kept while the next one takes their place.
#[derive(Debug, Clone, Default)]
pub struct Books {
    /// The fields that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// The settings.
    pub organization: Option<Organization>,
    /// The workers.
    pub workers: Vec<Worker>,
    /// The requirements, in the order of paths.
    pub requirements: Vec<Requirement>,
    worker_paths: Vec<String>,
    requirement_paths: Vec<String>,
    documents: BTreeMap<String, Sha256>,
    confirmed: Vec<(String, Option<Date>)>,
    systems: Vec<(String, System)>,
    vendors: Vec<(String, Vendor)>,
    incidents: Vec<(String, Incident)>,
    assignments: Vec<(String, Assignment)>,
}

impl Books {
    /// The books of a ledger.
    pub fn of(ledger: &Ledger) -> Books {
        Books::of_files(ledger, &|_| true)
    }

    /// The books of a ledger, as far as they stand in some files. Settings, requirements and
    /// texts are few, and always here.
    pub fn of_files(ledger: &Ledger, which: &dyn Fn(FileIndex) -> bool) -> Books {
        let path = |file: FileIndex| ledger.path(file).to_owned();
        let workers = || ledger.workers.iter().zip(&ledger.worker_files).filter(|(_, file)| which(**file));
        let confirmed = ledger.confirmed.iter().filter(|c| which(c.file));
        Books {
            organization: ledger.organization.clone(),
            unreadable: ledger.unreadable.clone(),
            workers: workers().map(|(worker, _)| worker.clone()).collect(),
            requirements: ledger.requirements.clone(),
            worker_paths: workers().map(|(_, file)| path(*file)).collect(),
            requirement_paths: ledger.requirement_files.iter().map(|f| path(*f)).collect(),
            documents: ledger.documents.clone(),
            confirmed: confirmed.map(|c| (path(c.file), c.value)).collect(),
            systems: listed(ledger, &ledger.systems, which),
            vendors: listed(ledger, &ledger.vendors, which),
            incidents: listed(ledger, &ledger.incidents, which),
            assignments: listed(ledger, &ledger.assignments, which),
        }
    }

    /// The books as events compare them.
    pub fn view(&self) -> View<'_> {
        View {
            organization: self.organization.as_ref(),
            workers: self.workers.iter().collect(),
            confirmed: self.confirmed.iter().map(|(path, day)| (path.as_str(), *day)).collect(),
            requirements: self.requirements.iter().collect(),
            systems: self.systems.iter().map(|(_, s)| s).collect(),
            vendors: self.vendors.iter().map(|(_, v)| v).collect(),
            incidents: self.incidents.iter().map(|(_, i)| i).collect(),
            assignments: self.assignments.iter().map(|(_, a)| a).collect(),
            documents: self.documents.iter().map(|(path, digest)| (path.as_str(), *digest)).collect(),
        }
    }

    /// These books, with the requirements of others.
    pub fn with_requirements_of(&self, other: &Books) -> Books {
        Books { requirements: other.requirements.clone(), ..self.clone() }
    }

    /// Judges what the books after a change no longer say.
    pub fn judge(&self, after: &Ledger) -> Vec<Finding> {
        let mut found = Vec::new();
        for (worker, path) in self.workers.iter().zip(&self.worker_paths) {
            found.extend(match after.worker(&worker.id.value) {
                None => Some(removed("worker", worker.id.value.as_str(), path)),
                Some(now) => self.reused(worker, now, path),
            });
        }
        for (requirement, path) in self.requirements.iter().zip(&self.requirement_paths) {
            match after.requirement(&requirement.id.value) {
                None => found.push(removed("requirement", requirement.id.value.as_str(), path)),
                Some(now) => {
                    found.extend(editions(requirement, now, path));
                    found.extend(looser(requirement, now, path));
                }
            }
        }
        found.extend(gone("system", &self.systems, &after.systems));
        found.extend(gone("vendor", &self.vendors, &after.vendors));
        found.extend(gone("incident", &self.incidents, &after.incidents));
        found.extend(gone("assignment", &self.assignments, &after.assignments));
        found.extend(self.texts(after));
        found
    }

    /// Whether an id passed to another person: another name, and nothing of the employment
    /// stayed; or a name that stood under another id.
    fn reused(&self, before: &Worker, now: &Worker, path: &str) -> Option<Finding> {
        let (old, new) = (before.name.as_ref()?, now.name.as_ref()?);
        if old == new {
            return None;
        }
        let spells = |w: &Worker| w.employment.iter().filter_map(|s| s.start).collect::<Vec<_>>();
        let kept = spells(before).iter().any(|s| spells(now).contains(s));
        let taken =
            self.workers.iter().find(|w| w.id.value != before.id.value && w.name.as_ref() == Some(new));
        let what = match taken {
            Some(other) => format!("has the name that {} had", other.id.value),
            None if !kept => "has another name, and another employment from the first day on".to_owned(),
            None => return None,
        };
        let message = format!("{} {what}", before.id.value);
        let help = "Give the new person an id of their own, and keep the old one with an end date.";
        let finding = Finding::new(&history::REUSED, message, help).in_file(path);
        Some(finding.about(before.subject().to_string()))
    }

    /// Texts of published editions that were edited or removed.
    fn texts(&self, after: &Ledger) -> Vec<Finding> {
        let editions = self.requirements.iter().flat_map(|r| &r.editions);
        let texts: HashMap<String, &Edition> = editions.filter_map(|e| Some((document(e)?, e))).collect();
        let changed =
            self.documents.iter().filter(|(path, digest)| after.documents.get(*path) != Some(digest));
        let mut found: Vec<Finding> = changed
            .filter_map(|(path, _)| {
                let edition = texts.get(path)?;
                let message = format!("the text of edition {} was edited or removed", edition.id.value);
                Some(text_changed(message, path))
            })
            .collect();
        found.sort_by(|a, b| a.place.cmp(&b.place));
        found
    }
}

/// The path of an edition's text, from the top.
fn document(edition: &Edition) -> Option<String> {
    match &edition.material {
        Material::Document { path, .. } => Some(format!("policies/{}", path.value)),
        _ => None,
    }
}

fn editions(before: &Requirement, now: &Requirement, path: &str) -> Vec<Finding> {
    let what = |edition: &Edition| {
        let id = &edition.id.value;
        let Some(now) = now.edition(id.as_str()) else { return Some(format!("edition {id} was removed")) };
        let text = |e: &Edition| match &e.material {
            Material::Document { sha256, .. } => Some(*sha256),
            _ => None,
        };
        let kind = |e: &Edition| std::mem::discriminant(&e.material);
        if text(edition) != text(now) || kind(edition) != kind(now) {
            return Some(format!("edition {id} names another text"));
        }
        let moved = edition.published != now.published;
        moved.then(|| format!("edition {id} has another day of publication"))
    };
    let found = before.editions.iter().filter_map(what);
    found.map(|what| text_changed(format!("{}: {what}", before.id.value), path)).collect()
}

fn text_changed(message: String, path: &str) -> Finding {
    let help = "Restore it from git, and publish what is new as a new edition.";
    Finding::new(&history::TEXT_CHANGED, message, help).in_file(path)
}

fn removed(what: &str, id: &str, path: &str) -> Finding {
    let message = format!("{what} {id} was taken out");
    let help = match what {
        "worker" => "Put them back, with the last day of their employment.",
        "requirement" => "Put it back, with `effective_until`.",
        _ => "Put it back, with an end where it has one.",
    };
    let finding = Finding::new(&history::REMOVED, message, help).in_file(path);
    match what {
        "requirement" => finding.for_requirement(id),
        "incident" | "assignment" => finding,
        _ => finding.about(format!("{what}/{id}")),
    }
}

/// Records of one kind, each with its path.
fn listed<T: Clone + Named>(
    ledger: &Ledger,
    list: &Listed<T>,
    which: &dyn Fn(FileIndex) -> bool,
) -> Vec<(String, T)> {
    let there = list.iter().filter(|i| which(i.file));
    there.map(|i| (ledger.path(i.file).to_owned(), i.value.clone())).collect()
}

/// Records of one kind that are there no longer.
fn gone<T: Named>(what: &str, before: &[(String, T)], after: &Listed<T>) -> Vec<Finding> {
    let missing = before.iter().filter(|(_, value)| after.get(&value.id().value).is_none());
    missing.map(|(path, value)| removed(what, value.id().value.as_str(), path)).collect()
}

/// What a requirement asks for less than before.
fn looser(before: &Requirement, now: &Requirement, path: &str) -> Option<Finding> {
    let ways = weaker::loosens(before, now);
    let message = format!("{} asks for less: {}", before.id.value, ways.join("; "));
    let help =
        "Let officers approve it with `duly approve`. Until it is merged, the policy as it was decides.";
    let finding = Finding::new(&history::LOOSENED, message, help).in_file(path);
    (!ways.is_empty()).then(|| finding.for_requirement(before.id.value.to_string()))
}
