//! Words of an export that `duly.yaml` does not declare.

use std::collections::{BTreeMap, HashSet};

use super::Plan;
use super::row::Facts;
use crate::import::cells::Word;
use crate::record::id::Id;
use crate::record::organization::Organization;

/// A list of words in `duly.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// `roles:`
    Roles,
    /// `departments:`
    Departments,
    /// `locations:`
    Locations,
    /// `employment_types:`
    EmploymentTypes,
}

/// A word that `duly.yaml` does not declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undeclared {
    /// The list that it belongs into.
    pub list: List,
    /// The word.
    pub id: Id,
    /// How the export writes it.
    pub title: Option<String>,
    /// How many workers have it.
    pub workers: usize,
}

impl List {
    /// Every list, in the order of the documentation.
    pub const ALL: [List; 4] = [List::Roles, List::Departments, List::Locations, List::EmploymentTypes];

    /// The name of the list in `duly.yaml`.
    pub fn field(self) -> &'static str {
        match self {
            List::Roles => "roles",
            List::Departments => "departments",
            List::Locations => "locations",
            List::EmploymentTypes => "employment_types",
        }
    }

    /// The words that are declared.
    pub fn declared(self, organization: &Organization) -> HashSet<&Id> {
        match self {
            List::Roles => organization.roles.iter().map(|d| &d.id.value).collect(),
            List::Departments => organization.departments.iter().map(|d| &d.id.value).collect(),
            List::Locations => organization.locations.iter().map(|d| &d.id.value).collect(),
            List::EmploymentTypes => organization.employment_types.iter().map(|d| &d.id.value).collect(),
        }
    }

    fn words(self, facts: &Facts) -> &[Word] {
        match self {
            List::Roles => facts.roles.as_deref().unwrap_or_default(),
            List::Departments => facts.department.as_deref().unwrap_or_default(),
            List::Locations => facts.location.as_deref().unwrap_or_default(),
            List::EmploymentTypes => std::slice::from_ref(&facts.kind),
        }
    }
}

/// The undeclared words of the rows that are taken over, by list and word.
pub(super) fn find(facts: &[(usize, Facts)], plan: &Plan, organization: &Organization) -> Vec<Undeclared> {
    let rejected: HashSet<usize> = plan.rejects.iter().map(|r| r.at).collect();
    let by_hand: HashSet<&Id> = plan.by_hand.iter().map(|(id, _)| id).collect();
    let taken = |(at, f): &&(usize, Facts)| !rejected.contains(at) && !by_hand.contains(&f.id);
    let mut found: BTreeMap<(List, Id), Undeclared> = BTreeMap::new();
    for list in List::ALL {
        let declared = list.declared(organization);
        let words = facts.iter().filter(taken).flat_map(|(_, f)| list.words(f));
        for word in words.filter(|w| !declared.contains(&w.id)) {
            let new = || Undeclared { list, id: word.id.clone(), title: word.title.clone(), workers: 0 };
            found.entry((list, word.id.clone())).or_insert_with(new).workers += 1;
        }
    }
    found.into_values().collect()
}
