//! The records about people, the organisation, systems and vendors.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Builder;
use crate::judgement::uncounted::{self, UncountedRow};
use crate::record::attestation::{Attestation, Completion, Origin as From, score_text};
use crate::record::date::Date;
use crate::record::id::Holder;
use crate::record::public_key::Fingerprint;
use crate::record::signed::Signed;
use crate::report::model::{Other, Person, Record, Who};
use crate::trust::accepted::{Accepted, Origin};

/// What records take from their file, made once per file.
struct File<'a> {
    signed: &'a Signed<Attestation>,
    edition: Option<Arc<str>>,
    signers: Arc<[String]>,
    path: Arc<str>,
    payload: Arc<str>,
    first_commit: Option<Arc<str>>,
}

/// The files of attestations, by their index.
type Files<'a> = HashMap<u32, File<'a>>;

impl<'a> Builder<'a> {
    /// Hands every recorded row to whom it is about, newest first.
    pub(super) fn records(&self, people: &mut [Person], others: &mut [Other]) {
        let files = self.files();
        let accepted = self.input.accepted.par_iter();
        let accepted = accepted.filter_map(|a| Some((self.who(a.subject())?, self.accepted(a, &files)?)));
        let uncounted = self.input.trust.map(|t| uncounted::rows(self.ledger, t)).unwrap_or_default();
        let claimed = uncounted.par_iter();
        let claimed = claimed.filter_map(|u| Some((self.who(&u.subject)?, self.claimed(u, &files)?)));
        let records: Vec<(Who, Record)> = accepted.chain(claimed).collect();
        for (who, record) in records {
            let list = match who {
                Who::Person(at) => people.get_mut(at as usize).map(|p| &mut p.records),
                Who::Other(at) => others.get_mut(at as usize).map(|o| &mut o.records),
            };
            if let Some(list) = list {
                list.push(record);
            }
        }
        people.par_iter_mut().for_each(|p| newest_first(&mut p.records));
        others.iter_mut().for_each(|o| newest_first(&mut o.records));
    }

    fn files(&self) -> Files<'a> {
        let owners: HashMap<&Fingerprint, &Holder> = self
            .ledger
            .keys
            .iter()
            .map(|k| (k.value.record.public_key.fingerprint(), &k.value.record.owner))
            .collect();
        let attestations = self.ledger.attestations.iter();
        attestations.map(|a| (a.file, self.file(a.file, &a.value, &owners))).collect()
    }

    fn file(
        &self,
        at: u32,
        signed: &'a Signed<Attestation>,
        owners: &HashMap<&Fingerprint, &Holder>,
    ) -> File<'a> {
        let path = self.ledger.path(at);
        let signers = signed.signatures.iter().map(|s| self.signer(owners.get(&s.key).copied(), &s.key));
        let step = self.input.seen.and_then(|seen| seen.step(path));
        File {
            signed,
            edition: signed.record.edition.as_ref().map(|e| e.as_str().into()),
            signers: signers.collect(),
            path: path.into(),
            payload: signed.payload_sha256.to_string().into(),
            first_commit: step.map(|s| s.commit.id.to_string().into()),
        }
    }

    /// Who holds a key, for people. Names are for the roster's people alone.
    fn signer(&self, owner: Option<&Holder>, key: &Fingerprint) -> String {
        match owner {
            Some(Holder::Worker(id)) => self.ledger.name_of(id),
            Some(service) => service.to_string(),
            None => format!("unknown key {}", key.as_str()),
        }
    }

    fn accepted(&self, row: &Accepted, files: &Files<'_>) -> Option<Record> {
        Some(Record {
            requirement: *self.requirements.get(row.requirement())?,
            outcome: row.outcome().word(),
            score: row.score().map(score_text),
            expires_on: row.expires_on(),
            accepted: true,
            reason: None,
            assurance: Some(row.assurance().word()),
            ..self.written(row.origin(), row.completed_on(), files)
        })
    }

    fn claimed(&self, row: &UncountedRow, files: &Files<'_>) -> Option<Record> {
        let signed = files.get(&row.origin.file).map(|f| f.signed);
        let completion = signed.and_then(|s| completion(s, row.origin));
        Some(Record {
            requirement: *self.requirements.get(&row.requirement)?,
            outcome: completion.map_or("recorded", |c| c.outcome.word()),
            score: completion.and_then(|c| c.score).map(score_text),
            expires_on: completion.and_then(|c| c.expires_on),
            accepted: false,
            reason: Some(row.reason.clone()),
            assurance: signed.filter(|s| s.record.origin == From::Imported).map(|_| "imported"),
            ..self.written(row.origin, row.completed_on, files)
        })
    }

    /// What stands in the file of a row, before anybody judges it.
    fn written(&self, origin: Origin, completed_on: Date, files: &Files<'_>) -> Record {
        let file = files.get(&origin.file);
        Record {
            requirement: 0,
            edition: file.and_then(|f| f.edition.clone()),
            completed_on,
            outcome: "recorded",
            score: None,
            expires_on: None,
            accepted: false,
            reason: None,
            assurance: None,
            signers: file.map(|f| f.signers.clone()).unwrap_or_default(),
            path: file.map_or_else(|| self.ledger.path(origin.file).into(), |f| f.path.clone()),
            line: origin.spot.line,
            payload: file.map(|f| f.payload.clone()),
            first_commit: file.and_then(|f| f.first_commit.clone()),
        }
    }
}

/// The row of a sheet that stands at a place; rows are in the order of their file.
fn completion(signed: &Signed<Attestation>, origin: Origin) -> Option<&Completion> {
    let rows = &signed.record.completions;
    rows.binary_search_by_key(&origin.spot, |row| row.spot).ok().and_then(|at| rows.get(at))
}

fn newest_first(records: &mut [Record]) {
    records.sort_by(|a, b| {
        (b.completed_on.cmp(&a.completed_on))
            .then_with(|| (a.requirement, &a.path, a.line).cmp(&(b.requirement, &b.path, b.line)))
    });
}
