//! One worker after an import, and what is different then.

use super::dated::{self, at};
use super::employment::{self, Term};
use super::row::Facts;
use crate::import::rejects::Reason;
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::roster::{Dated, Leave, Spell, Worker};

/// The worker that a row makes of the one in the roster, if there is one. `manager` is the
/// row's manager, found in the roster; none where the map names no column of managers.
///
/// # Errors
/// The employment does not fit the roster.
pub(super) fn merge(
    old: Option<&Worker>,
    facts: &Facts,
    manager: Option<&[Id]>,
    as_of: Date,
) -> Result<Worker, Reason> {
    let fresh = old.is_none();
    let mut worker = old.cloned().unwrap_or_else(|| empty(&facts.id));
    let term = Term { start: facts.start, end: facts.end, kind: &facts.kind.id };
    worker.employment = employment::lay_over(&worker.employment, term, as_of)?;
    worker.name = facts.name.clone().or(worker.name);
    worker.email = facts.email.clone().or(worker.email);
    // Whoever comes back starts with what holds now; what held before ended with the exit.
    // What will hold for somebody who is still to come starts with them.
    let rehired = old.and_then(Worker::left).is_some_and(|left| facts.start > left);
    let day = if rehired { facts.start } else { as_of.max(facts.start) };
    let over = |list: &mut Vec<Dated<Id>>, words: Option<&[Id]>, single| {
        if let Some(words) = words {
            *list = dated::lay_over(list, words, day, fresh, single);
        }
    };
    let ids = |words: &Option<Vec<_>>| words.as_ref().map(|w| word_ids(w));
    over(&mut worker.roles, ids(&facts.roles).as_deref(), false);
    over(&mut worker.departments, ids(&facts.department).as_deref(), true);
    over(&mut worker.locations, ids(&facts.location).as_deref(), true);
    over(&mut worker.managers, manager, true);
    if let Some(leave) = facts.leave {
        worker.leave = employment::leaves(&worker.leave, leave, as_of);
    }
    Ok(worker)
}

fn word_ids(words: &[crate::import::cells::Word]) -> Vec<Id> {
    words.iter().map(|w| w.id.clone()).collect()
}

fn empty(id: &Id) -> Worker {
    Worker {
        id: at(id.clone()),
        name: None,
        email: None,
        employment: Vec::new(),
        roles: Vec::new(),
        managers: Vec::new(),
        departments: Vec::new(),
        locations: Vec::new(),
        attributes: Vec::new(),
        leave: Vec::new(),
        unreadable: None,
    }
}

/// What is different between two states of a worker, in words; empty where nothing is.
pub fn differences(old: &Worker, new: &Worker) -> Vec<&'static str> {
    let dated = |a: &[Dated<Id>], b: &[Dated<Id>]| {
        a.len() != b.len()
            || a.iter()
                .zip(b)
                .any(|(a, b)| (&a.value.value, a.from, a.until) != (&b.value.value, b.from, b.until))
    };
    let spell = |s: &Spell| (s.start, s.end, s.kind.value.clone());
    let leave = |l: &Leave| (l.from, l.until);
    let parts = [
        ("name", old.name != new.name),
        ("e-mail", old.email != new.email),
        ("employment", !old.employment.iter().map(spell).eq(new.employment.iter().map(spell))),
        ("role", dated(&old.roles, &new.roles)),
        ("manager", dated(&old.managers, &new.managers)),
        ("department", dated(&old.departments, &new.departments)),
        ("location", dated(&old.locations, &new.locations)),
        ("attribute", dated(&old.attributes, &new.attributes)),
        ("leave", !old.leave.iter().map(leave).eq(new.leave.iter().map(leave))),
    ];
    parts.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
}
