//! The keys that are enrolled, who holds them, and what issuers may sign.

use std::collections::HashMap;

use super::chain::Chain;
use super::crypto::point::CheckedKey;
use super::open::{Door, Opened, Shortage};
use super::revocations::Revocations;
use crate::finding::catalogue::{references, trust};
use crate::finding::{Entry, Finding};
use crate::ledger::{InFile, Ledger};
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::grant::Grant;
use crate::record::id::{Holder, Id};
use crate::record::key::Key;
use crate::record::node::Spot;
use crate::record::organization::Organization;
use crate::record::public_key::Fingerprint;
use crate::record::root::Action;
use crate::record::signed::Signed;

/// The enrolled keys.
#[derive(Debug, Default)]
pub struct Registry {
    keys: HashMap<Fingerprint, Enrolled>,
}

/// One enrolled key.
#[derive(Debug)]
pub struct Enrolled {
    /// Who holds it.
    pub holder: Holder,
    /// The day of the request.
    pub requested_on: Date,
    /// sha256 of the payload that enrolled it.
    pub payload: Sha256,
    /// What an issuer may sign with it.
    pub grants: Vec<Granted>,
    /// Why the enrolment no longer counts, for people; none where it does.
    pub void: Option<String>,
    /// Its file.
    pub file: u32,
    key: CheckedKey,
    opened: Opened,
}

/// What an issuer may sign.
#[derive(Debug)]
pub struct Granted {
    /// The requirements.
    pub scope: Vec<Id>,
    /// The last day on which a completion may lie.
    pub until: Date,
    /// sha256 of the payload that granted it.
    pub payload: Sha256,
    /// Why it no longer counts, for people; none where it does.
    pub void: Option<String>,
    opened: Opened,
}

impl Registry {
    /// Judges the keys and grants of a ledger.
    pub fn judge(door: Door<'_>, found: &mut Vec<Finding>) -> Registry {
        let mut registry = Registry::default();
        registry.add(door, &|_| true, found);
        registry
    }

    /// Judges those keys and grants of a ledger for which `which` holds, beside the ones that
    /// are enrolled.
    pub fn add(&mut self, door: Door<'_>, which: &dyn Fn(u32) -> bool, found: &mut Vec<Finding>) {
        for file in door.ledger.keys.iter().filter(|f| which(f.file)) {
            if let Err(faults) = self.enrol(door, file, found) {
                found.extend(faults);
            }
        }
        for file in door.ledger.grants.iter().filter(|f| which(f.file)) {
            if let Err(faults) = self.grant(door, file, found) {
                found.extend(faults);
            }
        }
    }

    /// Takes out of account what was revoked, and enrolments and grants for which too few
    /// officers are left whose signatures count.
    pub fn withdraw(&mut self, door: Door<'_>, revocations: &Revocations, found: &mut Vec<Finding>) {
        for (key, enrolled) in &mut self.keys {
            let what = format!("the enrolment of key {key}");
            enrolled.void = void(door, revocations, &enrolled.opened, Action::Key, &what, found);
            for grant in &mut enrolled.grants {
                let what = format!("the grant to key {key}");
                grant.void = void(door, revocations, &grant.opened, Action::Grant, &what, found);
            }
        }
    }

    /// An enrolled key.
    pub fn get(&self, key: &Fingerprint) -> Option<&Enrolled> {
        self.keys.get(key)
    }

    /// All enrolled keys, by fingerprint.
    pub fn all(&self) -> Vec<(&Fingerprint, &Enrolled)> {
        let mut all: Vec<_> = self.keys.iter().collect();
        all.sort_by(|a, b| (&a.1.holder, a.0).cmp(&(&b.1.holder, b.0)));
        all
    }

    /// The enrolled key to verify with.
    pub fn checked(&self, key: &Fingerprint) -> Option<&CheckedKey> {
        self.keys.get(key).map(|e| &e.key)
    }

    fn enrol(
        &mut self,
        door: Door<'_>,
        file: &InFile<Signed<Key>>,
        found: &mut Vec<Finding>,
    ) -> Result<(), Vec<Finding>> {
        let (ledger, chain, record) = (door.ledger, door.chain, &file.value.record);
        let at = At { ledger, file: file.file, spot: record.spot };
        let fingerprint = record.public_key.fingerprint();
        let own = CheckedKey::new(&record.public_key).map_err(|error| {
            at.fault(
                &trust::WEAK_KEY,
                format!("key {fingerprint} is not safe to use: {error}"),
                "Make a new one with `duly key new`.",
            )
        })?;
        let known = |key: &Fingerprint| {
            if key == fingerprint { Some(&own) } else { chain.officer_key(key).map(|(_, k)| k) }
        };
        let opened = door.open(file, &known, found)?;
        at.holder_exists(&record.owner)?;
        if !opened.signers.contains(fingerprint) {
            let message = format!("key {fingerprint} of {} did not sign its own enrolment", record.owner);
            return Err(at.fault(
                &trust::NO_POSSESSION,
                message,
                "Let the holder make a new request with `duly key request`.",
            ));
        }
        at.officers(door, Action::Key, &opened)?;
        self.belongs_to_one(&at, chain, record)?;
        let enrolled = Enrolled {
            holder: record.owner.clone(),
            requested_on: record.requested_on,
            payload: opened.payload,
            grants: Vec::new(),
            void: None,
            file: file.file,
            key: own,
            opened,
        };
        self.keys.insert(fingerprint.clone(), enrolled);
        Ok(())
    }

    /// A key belongs to one holder and has one purpose.
    fn belongs_to_one(&self, at: &At<'_>, chain: &Chain, record: &Key) -> Result<(), Vec<Finding>> {
        let fingerprint = record.public_key.fingerprint();
        let officer = chain.officer_key(fingerprint).map(|(id, _)| Holder::Worker(id.clone()));
        let other = match (self.keys.get(fingerprint), officer) {
            (Some(enrolled), _) => format!("is already enrolled for {}", enrolled.holder),
            (None, Some(officer)) if officer != record.owner => {
                format!("is the key of the officer {officer}")
            }
            _ if chain.is_reserved(fingerprint) => "is kept for checkpoints or recovery alone".to_owned(),
            _ => return Ok(()),
        };
        let message = format!("key {fingerprint}, to be enrolled for {}, {other}", record.owner);
        Err(at.fault(&trust::KEY_TWICE, message, "Make another key with `duly key new`."))
    }

    fn grant(
        &mut self,
        door: Door<'_>,
        file: &InFile<Signed<Grant>>,
        found: &mut Vec<Finding>,
    ) -> Result<(), Vec<Finding>> {
        let record = &file.value.record;
        let at = At { ledger: door.ledger, file: file.file, spot: record.spot };
        let known = |key: &Fingerprint| door.chain.officer_key(key).map(|(_, k)| k);
        let opened = door.open(file, &known, found)?;
        at.officers(door, Action::Grant, &opened)?;
        at.grant_is_sound(door.chain, record)?;
        let scope = record.scope.iter().map(|id| id.value.clone()).collect();
        let Some(enrolled) = self.keys.get_mut(&record.key) else {
            let message = format!("the grant is for key {}, which is not enrolled", record.key);
            return Err(at.fault(&trust::GRANT, message, "Enrol the key first."));
        };
        let payload = opened.payload;
        enrolled.grants.push(Granted { scope, until: record.until, payload, void: None, opened });
        Ok(())
    }
}

/// Why an enrolment or a grant does not count, if it does not, and the finding that says so.
fn void(
    door: Door<'_>,
    revocations: &Revocations,
    opened: &Opened,
    action: Action,
    what: &str,
    found: &mut Vec<Finding>,
) -> Option<String> {
    let path = door.ledger.path(opened.file);
    let help = "What it allowed no longer counts. Enrol or grant again if it was right.";
    if let Some(revoked) = revocations.of_whole(&opened.payload) {
        let why = format!("it was revoked ({}) in {}", revoked.reason, door.ledger.path(revoked.file));
        found.push(Finding::new(&trust::VOID, format!("{what} is void: {why}"), help).in_file(path));
        return Some(why);
    }
    let few = door.officers(action, opened, revocations).err()?;
    found.push(match few.how {
        Shortage::Never => {
            let message = format!("{what} does not count: {}", few.what);
            Finding::new(&trust::THRESHOLD, message, OFFICERS).in_file(path)
        }
        _ => Finding::new(&trust::VOID, format!("{what} is void: {}", few.what), help).in_file(path),
    });
    Some(few.what)
}

const OFFICERS: &str =
    "Let an officer named in the root sign it, with `duly key approve` or `duly key grant`.";

/// A record of the registry while it is judged.
struct At<'a> {
    ledger: &'a Ledger,
    file: u32,
    spot: Spot,
}

impl At<'_> {
    fn fault(&self, entry: &'static Entry, message: String, help: &str) -> Vec<Finding> {
        vec![Finding::new(entry, message, help).at(self.ledger.place(self.file, self.spot))]
    }

    /// Whether enough officers signed it, revoked or not: what revocations make of it is for
    /// [`Registry::withdraw`] to say.
    fn officers(&self, door: Door<'_>, action: Action, opened: &Opened) -> Result<(), Vec<Finding>> {
        match door.officers(action, opened, &Revocations::default()) {
            Err(few) if few.how == Shortage::Never => Err(self.fault(&trust::THRESHOLD, few.what, OFFICERS)),
            _ => Ok(()),
        }
    }

    fn holder_exists(&self, holder: &Holder) -> Result<(), Vec<Finding>> {
        let organization = self.ledger.organization.as_ref();
        let (known, help) = match holder {
            Holder::Worker(id) => (self.ledger.worker(id).is_some(), "Add the worker to the roster."),
            Holder::Service(id) => (
                organization.is_none_or(|o| Organization::declares(&o.services, id.as_str())),
                "Add it to `services:` in duly.yaml.",
            ),
        };
        if known {
            return Ok(());
        }
        Err(self.fault(
            &references::UNKNOWN_WORKER,
            format!("the key's holder {holder} is not known here"),
            help,
        ))
    }

    fn grant_is_sound(&self, chain: &Chain, grant: &Grant) -> Result<(), Vec<Finding>> {
        let longest = chain.current().map_or(grant.granted_on, |root| grant.granted_on.after(root.max_grant));
        let unknown = grant.scope.iter().find(|id| self.ledger.requirement(&id.value).is_none());
        let what = match unknown {
            Some(id) => {
                let what = format!("the grant names the requirement `{}`, which no policy has", id.value);
                let help = "Correct the id in the policy if it was changed there. A requirement that no longer applies gets `effective_until` and stays.";
                let faults = self.fault(&trust::GRANT, what, help).into_iter();
                return Err(faults.map(|f| f.for_requirement(id.value.to_string())).collect());
            }
            None if grant.until < grant.granted_on => {
                format!("the grant ends on {}, before it starts", grant.until)
            }
            None if grant.until > longest => format!(
                "the grant ends on {}, later than {longest}, the last day that the root allows",
                grant.until
            ),
            None if grant.scope.is_empty() => "the grant names no requirement".to_owned(),
            None => return Ok(()),
        };
        Err(self.fault(&trust::GRANT, what, "Make a new grant with `duly key grant`."))
    }
}
