//! All rows of an HR export: who is listed, by which facts, and which rows are at fault.

use std::collections::{HashMap, HashSet};

use super::Input;
use super::row::{self, Facts, Not};
use crate::import::cells::Cells;
use crate::import::rejects::{Reason, Reject};
use crate::record::id::Id;
use crate::record::roster::covers;

/// What the rows of an export say.
pub(super) struct Rows {
    /// One entry a worker, with the position of its row.
    pub facts: Vec<(usize, Facts)>,
    /// The rows at fault.
    pub rejects: Vec<Reject>,
    /// Everybody whom any row lists, whatever is wrong with it.
    pub seen: HashSet<Id>,
    /// Rows of which nobody can say whom they list.
    pub nameless: usize,
    /// Rows that are nothing for the roster.
    pub ignored: usize,
    /// Rows that say again what another one says.
    pub repeated: usize,
}

pub(super) fn read(input: Input<'_>) -> Rows {
    let mut rows = Rows {
        facts: Vec::new(),
        rejects: Vec::new(),
        seen: HashSet::new(),
        nameless: 0,
        ignored: 0,
        repeated: 0,
    };
    // The rows of each worker, and what became of them.
    let mut by_id: HashMap<Id, Vec<(usize, Option<Facts>)>> = HashMap::new();
    let on_leave = |l: &crate::record::roster::Leave| covers(Some(l.from), l.until, input.as_of);
    let away: HashSet<&Id> =
        input.workers.iter().filter(|w| w.leave.iter().any(on_leave)).map(|w| &w.id.value).collect();
    for (at, row) in input.table.rows.iter().enumerate() {
        let reject = |reasons| Reject::new(at, row, reasons);
        let cells = match &row.cells {
            Ok(cells) => Cells::new(input.table, cells),
            Err(fault) => {
                rows.nameless += 1;
                rows.rejects.push(reject(vec![Reason::unreadable(*fault)]));
                continue;
            }
        };
        let id = match cells.id(&input.map.id) {
            Ok(id) => id,
            Err(reason) => {
                rows.nameless += 1;
                rows.rejects.push(reject(vec![reason]));
                continue;
            }
        };
        rows.seen.insert(id.clone());
        match row::read(input.map, cells, id.clone(), input.as_of, away.contains(&id)) {
            Ok(facts) => by_id.entry(id).or_default().push((at, Some(facts))),
            Err(Not::Ignored) => rows.ignored += 1,
            Err(Not::Rejected(reasons)) => {
                by_id.entry(id).or_default().push((at, None));
                rows.rejects.push(reject(reasons));
            }
        }
    }
    for (id, same) in by_id {
        rows.one_worker(input, &id, same);
    }
    rows.facts.sort_by_key(|(at, _)| *at);
    rows
}

impl Rows {
    /// Takes the rows of one worker: one, or several that say the same.
    fn one_worker(&mut self, input: Input<'_>, id: &Id, same: Vec<(usize, Option<Facts>)>) {
        let agree = same.windows(2).all(|pair| match pair {
            [(_, a), (_, b)] => a.is_some() && a == b,
            _ => true,
        });
        if agree {
            self.repeated += same.len() - 1;
            self.facts.extend(same.into_iter().take(1).filter_map(|(at, facts)| Some((at, facts?))));
            return;
        }
        let numbers: Vec<String> = same
            .iter()
            .filter_map(|(at, _)| input.table.rows.get(*at))
            .map(|row| row.number.to_string())
            .collect();
        let text = format!("{id} stands in several rows that differ: {}; keep one", numbers.join(", "));
        for (at, _) in same.into_iter().filter(|(_, facts)| facts.is_some()) {
            let reason = Reason::new("the same id in several rows", text.clone());
            self.rejects.extend(input.table.rows.get(at).map(|row| Reject::new(at, row, vec![reason])));
        }
    }
}
