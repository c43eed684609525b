//! The keys that are enrolled, who holds them, and what issuers may sign.

use std::collections::HashMap;

use super::chain::Chain;
use super::crypto::point::CheckedKey;
use super::revocations::Revocations;
use super::seal;
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
    signers: Vec<Fingerprint>,
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
    granted_on: Date,
    file: u32,
    signers: Vec<Fingerprint>,
}

impl Registry {
    /// Judges the keys and grants of a ledger.
    pub fn judge(ledger: &Ledger, chain: &Chain, found: &mut Vec<Finding>) -> Registry {
        let mut registry = Registry::default();
        registry.add(ledger, chain, &|_| true, found);
        registry
    }

    /// Judges those keys and grants of a ledger for which `which` holds, beside the ones that
    /// are enrolled.
    pub fn add(
        &mut self,
        ledger: &Ledger,
        chain: &Chain,
        which: &dyn Fn(u32) -> bool,
        found: &mut Vec<Finding>,
    ) {
        let registry = self;
        for file in ledger.keys.iter().filter(|f| which(f.file)) {
            if let Err(faults) = registry.enrol(ledger, chain, file, found) {
                found.extend(faults);
            }
        }
        for file in ledger.grants.iter().filter(|f| which(f.file)) {
            if let Err(faults) = registry.grant(ledger, chain, file, found) {
                found.extend(faults);
            }
        }
    }

    /// Takes out of account what revocations void: enrolments and grants that were revoked, and
    /// those for which too few officers are left whose signatures stand.
    pub fn withdraw(
        &mut self,
        ledger: &Ledger,
        chain: &Chain,
        revocations: &Revocations,
        found: &mut Vec<Finding>,
    ) {
        let why = |payload, signers: &[Fingerprint], day, action| {
            if let Some(revoked) = revocations.of_whole(&payload) {
                return Some(format!("it was revoked ({}) in {}", revoked.reason, ledger.path(revoked.file)));
            }
            let stands = |k: &&Fingerprint| revocations.voids(k, payload, Some(day)).is_none();
            let left: Vec<Fingerprint> = signers.iter().filter(stands).cloned().collect();
            let short =
                if left.len() == signers.len() { None } else { chain.enough(action, &left, day).err() };
            short.map(|what| format!("a key that approved it was revoked, and {what}"))
        };
        for (key, enrolled) in &mut self.keys {
            enrolled.void = why(enrolled.payload, &enrolled.signers, enrolled.requested_on, Action::Key);
            if let Some(why) = &enrolled.void {
                found.push(void(ledger, enrolled.file, format!("the enrolment of key {key} is void: {why}")));
            }
            for grant in &mut enrolled.grants {
                grant.void = why(grant.payload, &grant.signers, grant.granted_on, Action::Grant);
                if let Some(why) = &grant.void {
                    found.push(void(ledger, grant.file, format!("the grant to key {key} is void: {why}")));
                }
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
        ledger: &Ledger,
        chain: &Chain,
        file: &InFile<Signed<Key>>,
        found: &mut Vec<Finding>,
    ) -> Result<(), Vec<Finding>> {
        let at = At { ledger, file: file.file, spot: file.value.record.spot };
        let record = &file.value.record;
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
        let by = seal::Judge {
            path: ledger.path(file.file),
            audience: chain.audience(),
            keys: &known,
            judged: ledger.is_judged(file.file),
        };
        let seal = seal::judge(&file.value, &by, found)?;
        at.stands_at(&seal)?;
        at.holder_exists(&record.owner)?;
        if !seal.signers.contains(fingerprint) {
            let message = format!("key {fingerprint} of {} did not sign its own enrolment", record.owner);
            return Err(at.fault(
                &trust::NO_POSSESSION,
                message,
                "Let the holder make a new request with `duly key request`.",
            ));
        }
        at.officers(chain, Action::Key, &seal, record.requested_on)?;
        self.belongs_to_one(&at, chain, record)?;
        let enrolled = Enrolled {
            holder: record.owner.clone(),
            requested_on: record.requested_on,
            payload: seal.payload,
            grants: Vec::new(),
            void: None,
            file: file.file,
            key: own,
            signers: seal.signers,
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
        ledger: &Ledger,
        chain: &Chain,
        file: &InFile<Signed<Grant>>,
        found: &mut Vec<Finding>,
    ) -> Result<(), Vec<Finding>> {
        let record = &file.value.record;
        let at = At { ledger, file: file.file, spot: record.spot };
        let known = |key: &Fingerprint| chain.officer_key(key).map(|(_, k)| k);
        let by = seal::Judge {
            path: ledger.path(file.file),
            audience: chain.audience(),
            keys: &known,
            judged: ledger.is_judged(file.file),
        };
        let seal = seal::judge(&file.value, &by, found)?;
        at.stands_at(&seal)?;
        at.officers(chain, Action::Grant, &seal, record.granted_on)?;
        at.grant_is_sound(chain, record)?;
        let scope = record.scope.iter().map(|id| id.value.clone()).collect();
        let Some(enrolled) = self.keys.get_mut(&record.key) else {
            let message = format!("the grant is for key {}, which is not enrolled", record.key);
            return Err(at.fault(&trust::GRANT, message, "Enrol the key first."));
        };
        enrolled.grants.push(Granted {
            scope,
            until: record.until,
            payload: seal.payload,
            void: None,
            granted_on: record.granted_on,
            file: file.file,
            signers: seal.signers,
        });
        Ok(())
    }
}

fn void(ledger: &Ledger, file: u32, message: String) -> Finding {
    let help = "What it allowed no longer counts. Enrol or grant again if it was right.";
    Finding::new(&trust::VOID, message, help).in_file(ledger.path(file))
}

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

    fn stands_at(&self, seal: &seal::Seal) -> Result<(), Vec<Finding>> {
        let (path, expected) =
            (self.ledger.path(self.file), format!("trust/keys/{}", seal::file_name(seal.payload)));
        if path == expected { Ok(()) } else { Err(vec![seal::wrong_name(path, &expected)]) }
    }

    fn officers(
        &self,
        chain: &Chain,
        action: Action,
        seal: &seal::Seal,
        day: Date,
    ) -> Result<(), Vec<Finding>> {
        let help = "Let an officer named in the root sign it, with `duly key approve` or `duly key grant`.";
        let new = self.ledger.is_new(self.file);
        chain
            .enough_for(new, action, &seal.signers, day)
            .map_err(|what| self.fault(&trust::THRESHOLD, what, help))
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
            Some(id) => format!("the grant names the requirement `{}`, which no policy has", id.value),
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
