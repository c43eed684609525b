//! That every role, department, location, type and attribute is declared in `duly.yaml`.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::finding::catalogue::references;
use crate::ledger::{FileIndex, Ledger};
use crate::record::id::Id;
use crate::record::node::At;
use crate::record::organization::{Declared, Organization};
use crate::record::policy::{Applies, Selector};
use crate::record::reader::closest;
use crate::record::roster::Dated;
use crate::record::text::visible;

/// One list of words in `duly.yaml`.
struct List<'l> {
    what: &'static str,
    field: &'static str,
    words: HashSet<&'l str>,
}

/// All lists of words.
struct Words<'l> {
    roles: List<'l>,
    departments: List<'l>,
    locations: List<'l>,
    types: List<'l>,
    attributes: List<'l>,
}

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    // Without duly.yaml everything would be undeclared; that file is then the one finding.
    let Some(organization) = &ledger.organization else { return };
    let words = Words::of(organization);
    let mut check = Check { ledger, found };
    check.rosters(&words);
    check.policies(&words);
}

impl<'l> Words<'l> {
    fn of(organization: &'l Organization) -> Words<'l> {
        let list = |what, field, declared: &'l [Declared]| List {
            what,
            field,
            words: declared.iter().map(|d| d.id.as_str()).collect(),
        };
        Words {
            roles: list("role", "roles", &organization.roles),
            departments: list("department", "departments", &organization.departments),
            locations: List {
                what: "location",
                field: "locations",
                words: organization.locations.iter().map(|l| l.id.as_str()).collect(),
            },
            types: list("employment type", "employment_types", &organization.employment_types),
            attributes: list("attribute", "attributes", &organization.attributes),
        }
    }
}

struct Check<'c> {
    ledger: &'c Ledger,
    found: &'c mut Vec<Finding>,
}

impl Check<'_> {
    fn rosters(&mut self, words: &Words<'_>) {
        for (worker, file) in self.ledger.workers.iter().zip(&self.ledger.worker_files) {
            let who = Some(&worker.id.value);
            let mut dated = |list: &[Dated<Id>], words: &List<'_>| {
                for item in list {
                    self.word(&item.value, words, *file, who);
                }
            };
            dated(&worker.roles, &words.roles);
            dated(&worker.departments, &words.departments);
            dated(&worker.locations, &words.locations);
            dated(&worker.attributes, &words.attributes);
            for spell in &worker.employment {
                self.word(&spell.kind, &words.types, *file, who);
            }
        }
    }

    fn policies(&mut self, words: &Words<'_>) {
        for (requirement, file) in self.ledger.requirements.iter().zip(&self.ledger.requirement_files) {
            if let Applies::Workers(selector) = &requirement.applies_to {
                self.selector(selector, words, *file);
            }
            for affects in requirement.editions.iter().filter_map(|e| e.affects.as_ref()) {
                self.selector(affects, words, *file);
            }
        }
    }

    fn selector(&mut self, selector: &Selector, words: &Words<'_>, file: FileIndex) {
        selector.each_leaf(&mut |leaf| match leaf {
            Selector::Role(id) => self.word(id, &words.roles, file, None),
            Selector::Department(id) => self.word(id, &words.departments, file, None),
            Selector::Location(id) => self.word(id, &words.locations, file, None),
            Selector::Employment(id) => self.word(id, &words.types, file, None),
            Selector::Attribute(id) => self.word(id, &words.attributes, file, None),
            Selector::Worker(id) => self.worker(id, file),
            Selector::Everyone | Selector::Any(_) | Selector::All(_) | Selector::Not(_) => {}
        });
    }

    fn word(&mut self, word: &At<Id>, list: &List<'_>, file: FileIndex, who: Option<&Id>) {
        if list.words.contains(word.as_str()) {
            return;
        }
        let message = match who {
            Some(id) => format!(
                "{} has the {} `{}`, which `duly.yaml` does not declare",
                self.ledger.name_of(id),
                list.what,
                word.value
            ),
            None => format!("the {} `{}` is not declared in `duly.yaml`", list.what, word.value),
        };
        let mut known: Vec<&str> = list.words.iter().copied().collect();
        known.sort_unstable();
        let help = match closest(word.as_str(), &known) {
            Some(near) => format!(
                "Did you mean `{}`? Otherwise add it to `{}:` in duly.yaml.",
                visible(near),
                list.field
            ),
            None => format!("Add it to `{}:` in duly.yaml, or correct it here.", list.field),
        };
        let finding =
            Finding::new(&references::UNDECLARED, message, help).at(self.ledger.place(file, word.spot));
        self.found.push(match who {
            Some(id) => finding.about(format!("worker/{id}")),
            None => finding,
        });
    }

    fn worker(&mut self, id: &At<Id>, file: FileIndex) {
        if self.ledger.worker(&id.value).is_none() {
            let message = format!("worker {} is not in the roster", id.value);
            let finding =
                Finding::new(&references::UNKNOWN_WORKER, message, "Correct the id, or add the worker.");
            self.found.push(finding.at(self.ledger.place(file, id.spot)));
        }
    }
}
