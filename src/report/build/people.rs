//! People, and the records about them.

use std::collections::HashMap;

use super::Builder;
use crate::record::attestation::{Attestation, Completion, Origin as From, score_text};
use crate::record::id::{Holder, Id};
use crate::record::public_key::Fingerprint;
use crate::record::roster::{Dated, Worker};
use crate::record::signed::Signed;
use crate::report::model::{Other, Person, Record, Who};
use crate::trust::accepted::{Accepted, Origin, Unverified};

/// What a record takes from its file, found once per file.
struct File<'a> {
    signed: &'a Signed<Attestation>,
    signers: Vec<String>,
}

impl<'a> Builder<'a> {
    /// The people, by id.
    pub(super) fn people(&self) -> Vec<Person> {
        self.workers.iter().map(|w| self.person(w)).collect()
    }

    fn person(&self, worker: &Worker) -> Person {
        let day = self.as_of;
        let spell = worker.spell_on(day);
        Person {
            id: worker.id.to_string(),
            name: worker.name.clone(),
            email: worker.email.clone(),
            // Somebody without a start date may well be here: they are shown among those who
            // are, with their obligations unknown, until an end says otherwise.
            active: spell.is_some()
                || worker.employment.iter().any(|s| s.start.is_none() && s.end.is_none_or(|e| day <= e)),
            hired: worker.hired(),
            left: worker.left().filter(|last| *last < day),
            employment: spell.map(|s| s.kind.to_string()),
            location: worker.location_on(day).map(|l| self.location(l)),
            roles: held(&worker.roles, day, &self.roles),
            teams: held(&worker.departments, day, &self.teams),
            managers: held(&worker.managers, day, &self.people),
            place: self.ledger.worker_place(&worker.id.value).map(|p| format!("{}:{}", p.path, p.line)),
            records: Vec::new(),
        }
    }

    fn location(&self, id: &Id) -> String {
        let known = self.ledger.organization.as_ref();
        let found = known.and_then(|o| o.locations.iter().find(|l| l.id.value == *id));
        found.and_then(|l| l.title.clone()).unwrap_or_else(|| id.to_string())
    }

    /// Hands every recorded row to whom it is about, newest first.
    pub(super) fn records(&self, people: &mut [Person], others: &mut [Other]) {
        let files = self.files();
        let accepted = self
            .input
            .accepted
            .iter()
            .filter_map(|a| Some((self.who(a.subject())?, self.accepted(a, &files)?)));
        let claimed = self
            .input
            .unverified
            .iter()
            .filter_map(|u| Some((self.who(&u.subject)?, self.claimed(u, &files)?)));
        for (who, record) in accepted.chain(claimed) {
            let list = match who {
                Who::Person(at) => people.get_mut(at as usize).map(|p| &mut p.records),
                Who::Other(at) => others.get_mut(at as usize).map(|o| &mut o.records),
            };
            list.into_iter().for_each(|l| l.push(record.clone()));
        }
        for records in
            people.iter_mut().map(|p| &mut p.records).chain(others.iter_mut().map(|o| &mut o.records))
        {
            records.sort_by(|a, b| {
                (b.completed_on.cmp(&a.completed_on))
                    .then_with(|| (a.requirement, &a.path, a.line).cmp(&(b.requirement, &b.path, b.line)))
            });
        }
    }

    fn files(&self) -> HashMap<u32, File<'a>> {
        let owners: HashMap<&Fingerprint, &Holder> = self
            .ledger
            .keys
            .iter()
            .map(|k| (k.value.record.public_key.fingerprint(), &k.value.record.owner))
            .collect();
        let file = |signed: &'a Signed<Attestation>| {
            let signers = signed.signatures.iter().map(|s| self.signer(owners.get(&s.key).copied(), &s.key));
            File { signed, signers: signers.collect() }
        };
        self.ledger.attestations.iter().map(|a| (a.file, file(&a.value))).collect()
    }

    /// Who holds a key, for people. Names are for the roster's people alone.
    fn signer(&self, owner: Option<&Holder>, key: &Fingerprint) -> String {
        match owner {
            Some(Holder::Worker(id)) => self.ledger.name_of(id),
            Some(service) => service.to_string(),
            None => format!("unknown key {}", key.as_str()),
        }
    }

    /// The first commit that holds a file.
    fn first_commit(&self, file: u32) -> Option<String> {
        let step = self.input.seen?.step(self.ledger.path(file))?;
        Some(step.commit.id.to_string())
    }

    fn accepted(&self, row: &Accepted, files: &HashMap<u32, File<'_>>) -> Option<Record> {
        let file = files.get(&row.origin().file);
        Some(Record {
            requirement: *self.requirements.get(row.requirement())?,
            edition: row.edition().map(ToString::to_string),
            completed_on: row.completed_on(),
            outcome: row.outcome().to_string(),
            score: row.score().map(score_text),
            expires_on: row.expires_on(),
            accepted: true,
            reason: None,
            assurance: Some(row.assurance().to_string()),
            signers: file.map(|f| f.signers.clone()).unwrap_or_default(),
            path: self.ledger.path(row.origin().file).to_owned(),
            line: row.origin().spot.line,
            payload: Some(row.payload().to_string()),
            first_commit: self.first_commit(row.origin().file),
        })
    }

    fn claimed(&self, row: &Unverified, files: &HashMap<u32, File<'_>>) -> Option<Record> {
        let file = files.get(&row.origin.file);
        let completion = file.and_then(|f| completion(f.signed, row.origin));
        Some(Record {
            requirement: *self.requirements.get(&row.requirement)?,
            edition: file.and_then(|f| f.signed.record.edition.as_ref()).map(ToString::to_string),
            completed_on: row.completed_on,
            outcome: completion.map_or("recorded".to_owned(), |c| c.outcome.to_string()),
            score: completion.and_then(|c| c.score).map(score_text),
            expires_on: completion.and_then(|c| c.expires_on),
            accepted: false,
            reason: Some(row.reason.clone()),
            assurance: file
                .filter(|f| f.signed.record.origin == From::Imported)
                .map(|_| "imported".to_owned()),
            signers: file.map(|f| f.signers.clone()).unwrap_or_default(),
            path: self.ledger.path(row.origin.file).to_owned(),
            line: row.origin.spot.line,
            payload: file.map(|f| f.signed.payload_sha256.to_string()),
            first_commit: self.first_commit(row.origin.file),
        })
    }
}

/// The row of a sheet that stands at a place; rows are in the order of their file.
fn completion(signed: &Signed<Attestation>, origin: Origin) -> Option<&Completion> {
    let rows = &signed.record.completions;
    rows.binary_search_by_key(&origin.spot, |row| row.spot).ok().and_then(|at| rows.get(at))
}

/// The positions of what holds on a day.
fn held(list: &[Dated<Id>], day: crate::record::date::Date, at: &HashMap<&Id, u32>) -> Vec<u32> {
    let mut found: Vec<u32> = Worker::on(list, day).filter_map(|id| at.get(id).copied()).collect();
    found.sort_unstable();
    found.dedup();
    found
}
