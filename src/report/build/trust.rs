//! Keys, officers and thresholds, as trust has judged them.

use super::Builder;
use crate::record::id::{Holder, Id};
use crate::record::public_key::Fingerprint;
use crate::record::root::{Action, Root};
use crate::report::model::{KeyRow, Officer, Standing, Trust};
use crate::trust;
use crate::trust::chain::Link;
use crate::trust::registry::Enrolled;

impl Builder<'_> {
    /// What the newest root says, and every key: those of the root, those that are enrolled,
    /// and those whose enrolment was refused.
    pub(super) fn trust(&self) -> Trust {
        let Some(judged) = self.input.trust else { return Trust::default() };
        let root = judged.chain.links().last();
        Trust {
            officers: root.map(|r| self.officers(&r.root)).unwrap_or_default(),
            thresholds: root.map(|r| thresholds(&r.root)).unwrap_or_default(),
            limits: root.map(|r| limits(&r.root)).unwrap_or_default(),
            keys: self.keys(judged, root),
            single_control: !judged.single_control.is_empty()
                || root.is_some_and(|r| r.root.officers.len() == 1),
            root_version: root.map(|r| r.root.version),
            root_expires: root.and_then(|r| r.root.expires_on),
        }
    }

    fn officers(&self, root: &Root) -> Vec<Officer> {
        let officer = |o: &crate::record::root::Officer| Officer {
            name: self.ledger.name_of(&o.worker),
            id: o.worker.to_string(),
            keys: o.keys.iter().map(|k| k.fingerprint().as_str().to_owned()).collect(),
        };
        root.officers.iter().map(officer).collect()
    }

    fn keys(&self, judged: &trust::Trust, root: Option<&Link>) -> Vec<KeyRow> {
        let mut keys = root.map(|r| self.of_root(&r.root)).unwrap_or_default();
        keys.extend(judged.chain.former_keys().into_iter().map(|(id, key)| self.former(id, key)));
        keys.extend(judged.registry.all().into_iter().map(|(key, e)| self.enrolled(key, e)));
        keys.extend(self.refused(judged));
        for key in &mut keys {
            let fingerprint = Fingerprint::parse(&key.fingerprint);
            if let Some(revoked) = fingerprint.and_then(|f| judged.revocations.key(&f)) {
                key.standing = Standing::Ended;
                "revoked".clone_into(&mut key.state);
                key.note = Some(format!("{}, on {}", revoked.reason, revoked.revoked_on));
                "nothing new".clone_into(&mut key.may_sign);
            }
        }
        keys
    }

    /// The keys that the root itself names.
    fn of_root(&self, root: &Root) -> Vec<KeyRow> {
        let path = format!("trust/root/{:04}.yaml", root.version);
        let row = |holder: String, name: String, key: &Fingerprint, state: &str, may_sign: &str| KeyRow {
            holder,
            name,
            state: state.to_owned(),
            may_sign: may_sign.to_owned(),
            path: path.clone(),
            ..blank(key)
        };
        let officers = root.officers.iter().flat_map(|o| o.keys.iter().map(|k| (&o.worker, k.fingerprint())));
        let officers = officers.map(|(id, key)| {
            let may = "as officer: roots, keys, grants, revocations, exemptions";
            row(format!("worker/{id}"), self.ledger.name_of(id), key, "officer's", may)
        });
        let recovery = root.recovery.iter().map(|k| {
            row("recovery".into(), "Recovery".into(), k.fingerprint(), "for recovery", "a new root alone")
        });
        let notaries = root.notaries.iter().map(|n| {
            let key = n.key.fingerprint();
            row(n.holder.to_string(), self.holder(&n.holder), key, "notary's", "checkpoints alone")
        });
        officers.chain(recovery).chain(notaries).collect()
    }

    /// A key of an officer of an earlier root.
    fn former(&self, id: &Id, key: &Fingerprint) -> KeyRow {
        KeyRow {
            holder: format!("worker/{id}"),
            name: self.ledger.name_of(id),
            state: "former officer's".to_owned(),
            standing: Standing::Ended,
            may_sign: "nothing new".to_owned(),
            ..blank(key)
        }
    }

    fn enrolled(&self, key: &Fingerprint, enrolled: &Enrolled) -> KeyRow {
        let grants = enrolled.grants.iter().filter(|g| g.void.is_none());
        let until = grants.map(|g| g.until).max();
        let ended = until.filter(|last| *last < self.as_of && !matches!(enrolled.holder, Holder::Worker(_)));
        let (state, note, standing) = match (&enrolled.void, ended) {
            (Some(why), _) => ("void", Some(why.clone()), Standing::Ended),
            (None, Some(last)) => ("ended", Some(format!("its grant was until {last}")), Standing::Ended),
            (None, None) => ("active", None, Standing::Good),
        };
        KeyRow {
            holder: enrolled.holder.to_string(),
            name: self.holder(&enrolled.holder),
            requested_on: Some(enrolled.requested_on),
            may_sign: may_sign(enrolled),
            until,
            state: state.to_owned(),
            note,
            standing,
            path: self.ledger.path(enrolled.file).to_owned(),
            ..blank(key)
        }
    }

    /// The keys in files that trust did not take for an enrolment.
    fn refused(&self, judged: &trust::Trust) -> Vec<KeyRow> {
        let taken = |key: &Fingerprint, file: u32| judged.registry.get(key).is_some_and(|e| e.file == file);
        let files = self.ledger.keys.iter();
        let refused = files.filter(|k| !taken(k.value.record.public_key.fingerprint(), k.file));
        let row =
            |k: &crate::ledger::InFile<crate::record::signed::Signed<crate::record::key::Key>>| KeyRow {
                holder: k.value.record.owner.to_string(),
                name: self.holder(&k.value.record.owner),
                requested_on: Some(k.value.record.requested_on),
                state: "not accepted".to_owned(),
                note: Some("the findings say why".to_owned()),
                standing: Standing::Refused,
                path: self.ledger.path(k.file).to_owned(),
                ..blank(k.value.record.public_key.fingerprint())
            };
        refused.map(row).collect()
    }

    fn holder(&self, holder: &Holder) -> String {
        match holder {
            Holder::Worker(id) => self.ledger.name_of(id),
            service => service.to_string(),
        }
    }
}

fn blank(key: &Fingerprint) -> KeyRow {
    KeyRow {
        fingerprint: key.as_str().to_owned(),
        holder: String::new(),
        name: String::new(),
        requested_on: None,
        may_sign: "nothing".to_owned(),
        until: None,
        state: String::new(),
        note: None,
        standing: Standing::Good,
        path: String::new(),
    }
}

fn may_sign(enrolled: &Enrolled) -> String {
    if enrolled.void.is_some() {
        return "nothing".to_owned();
    }
    let own = matches!(enrolled.holder, Holder::Worker(_));
    let own = own.then(|| "for themself, and for direct reports".to_owned());
    let grants = enrolled.grants.iter().filter(|g| g.void.is_none()).map(|g| {
        let ids: Vec<&str> = g.scope.iter().map(Id::as_str).collect();
        format!("as issuer: {}", ids.join(", "))
    });
    let all: Vec<String> = own.into_iter().chain(grants).collect();
    if all.is_empty() { "nothing yet: no grant".to_owned() } else { all.join("; ") }
}

fn thresholds(root: &Root) -> Vec<(String, u32)> {
    Action::ALL.iter().map(|a| (a.word().to_owned(), root.thresholds.of(*a))).collect()
}

fn limits(root: &Root) -> Vec<(&'static str, String)> {
    let key_age = root.max_key_age.map(|age| ("the keys of issuers", age));
    let always = [("completions that are recorded later", root.max_backdate), ("grants", root.max_grant)];
    always.into_iter().chain(key_age).map(|(what, days)| (what, days.to_string())).collect()
}
