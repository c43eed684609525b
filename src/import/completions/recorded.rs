//! What is recorded already: by earlier imports, and by earlier rows of the same file.

use std::collections::HashMap;

use super::row::Fact;
use crate::ledger::Ledger;
use crate::record::attestation::Outcome;
use crate::record::date::Date;
use crate::record::id::{Id, Subject};

/// What makes two rows the same completion, apart from the edition.
type Key = (Id, Id, Date, Outcome);

/// What a row says beyond its key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rest {
    edition: Option<Id>,
    score: Option<u32>,
    expires_on: Option<Date>,
}

/// The completions that need not be recorded again.
#[derive(Debug, Default)]
pub(super) struct Recorded {
    ledger: HashMap<Key, Vec<Option<Id>>>,
    rows: HashMap<Key, Vec<Rest>>,
}

impl Recorded {
    /// The rows of all attestations of a repository, accepted or not.
    pub fn of(ledger: &Ledger) -> Recorded {
        let mut recorded = Recorded::default();
        for signed in &ledger.attestations {
            let record = &signed.value.record;
            for row in &record.completions {
                if let Subject::Worker(worker) = &row.subject {
                    let key = (worker.clone(), record.requirement.clone(), row.completed_on, row.outcome);
                    recorded.ledger.entry(key).or_default().push(record.edition.clone());
                }
            }
        }
        recorded
    }

    /// Whether the repository holds the completion. Where the map leaves the edition open, one
    /// of any edition is the same: a later policy may give another edition for that day.
    pub fn holds(&self, fact: &Fact<'_>) -> bool {
        let editions = self.ledger.get(&key(fact));
        editions.is_some_and(|editions| !fact.edition_said || editions.contains(&fact.edition))
    }

    /// Whether an earlier row is the same completion, and then whether it says all the same.
    pub fn earlier_row(&self, fact: &Fact<'_>) -> Option<bool> {
        let new = rest(fact);
        let same = self.rows.get(&key(fact))?.iter().find(|r| r.edition == new.edition)?;
        Some(*same == new)
    }

    /// Notes a row.
    pub fn add_row(&mut self, fact: &Fact<'_>) {
        self.rows.entry(key(fact)).or_default().push(rest(fact));
    }
}

fn key(fact: &Fact<'_>) -> Key {
    let row = &fact.completion;
    (fact.worker.clone(), fact.requirement.id.value.clone(), row.completed_on, row.outcome)
}

fn rest(fact: &Fact<'_>) -> Rest {
    let row = &fact.completion;
    Rest { edition: fact.edition.clone(), score: row.score, expires_on: row.expires_on }
}
