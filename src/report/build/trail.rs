//! The audit trail of a report.

use super::Builder;
use crate::history::log::{Entry, Line, in_words};
use crate::record::date::{Instant, Zone};
use crate::record::id::{Holder, Id};
use crate::record::public_key::Fingerprint;
use crate::report::model::{TrailEntry, TrailLine};

/// Who a commit names, without the address.
fn person(name: &str) -> &str {
    name.split('<').next().map(str::trim).filter(|n| !n.is_empty()).unwrap_or("somebody")
}

impl Builder<'_> {
    /// What each commit did, in the words of people.
    pub(super) fn trail(&self, entries: &[Entry]) -> Vec<TrailEntry> {
        entries.iter().map(|entry| self.entry(entry)).collect()
    }

    fn entry(&self, entry: &Entry) -> TrailEntry {
        let zone = self.ledger.organization.as_ref().map_or(Zone::UTC, |o| o.timezone);
        let seen = self.input.seen.and_then(|seen| seen.day(entry.position, zone));
        let said =
            || zone.date_at(Instant::from_unix(entry.commit.committer.seconds).unwrap_or(Instant::EPOCH));
        let (author, committer) = (person(&entry.commit.author.name), person(&entry.commit.committer.name));
        TrailEntry {
            commit: entry.commit.id.to_string(),
            day: seen.unwrap_or_else(said),
            committer: (author != committer).then(|| committer.to_owned()),
            author: author.to_owned(),
            lines: entry.lines.iter().map(|line| self.line(line)).collect(),
        }
    }

    fn line(&self, line: &Line) -> TrailLine {
        let name = |id: &Id| self.ledger.name_of(id);
        TrailLine {
            words: in_words(line, &name),
            signers: line.signers.iter().map(|key| self.signed_by(key)).collect(),
            path: line.path.clone(),
        }
    }

    fn signed_by(&self, key: &Fingerprint) -> String {
        let by = self.input.trust.map(|trust| trust.authority(self.ledger));
        match by.and_then(|by| by.holder_ever(key)) {
            Some(Holder::Worker(id)) => self.ledger.name_of(&id),
            Some(service) => service.to_string(),
            None => key.to_string(),
        }
    }
}
