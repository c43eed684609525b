//! Keys, officers and thresholds, as the repository states them.

use std::collections::{HashMap, HashSet};

use super::Builder;
use crate::finding::Severity;
use crate::record::grant::Grant;
use crate::record::id::Holder;
use crate::record::root::{Action, Root};
use crate::report::model::{KeyRow, Officer, Trust};

impl Builder<'_> {
    /// What the newest root says, and every enrolled key. Whether a key is good was judged
    /// before: an error in its file says that it is not.
    pub(super) fn trust(&self) -> Trust {
        let root = self.ledger.roots.iter().map(|r| &r.value.record).max_by_key(|r| r.version);
        Trust {
            officers: root.map(|r| self.officers(r)).unwrap_or_default(),
            thresholds: root.map(thresholds).unwrap_or_default(),
            keys: self.keys(),
            single_control: root.is_some_and(|r| r.officers.len() == 1),
            root_version: root.map(|r| r.version),
            root_expires: root.and_then(|r| r.expires_on),
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

    fn keys(&self) -> Vec<KeyRow> {
        let errors = self.input.findings.iter().filter(|f| f.severity == Severity::Error);
        let bad: HashSet<&str> = errors.filter_map(|f| f.place.as_ref()).map(|p| p.path.as_str()).collect();
        let mut grants: HashMap<&str, Vec<&Grant>> = HashMap::new();
        for grant in self.ledger.grants.iter().filter(|g| !bad.contains(self.ledger.path(g.file))) {
            grants.entry(grant.value.record.key.as_str()).or_default().push(&grant.value.record);
        }
        let key = |k: &crate::ledger::InFile<crate::record::signed::Signed<crate::record::key::Key>>| {
            let (record, path) = (&k.value.record, self.ledger.path(k.file));
            let fingerprint = record.public_key.fingerprint().as_str();
            let granted = grants.get(fingerprint).map(Vec::as_slice).unwrap_or_default();
            let good = !bad.contains(path);
            KeyRow {
                fingerprint: fingerprint.to_owned(),
                holder: record.owner.to_string(),
                name: self.holder(&record.owner),
                requested_on: record.requested_on,
                may_sign: may_sign(&record.owner, granted),
                until: granted.iter().map(|g| g.until).max(),
                state: if good { "enrolled" } else { "not accepted: see the findings" }.to_owned(),
                good,
                path: path.to_owned(),
            }
        };
        self.ledger.keys.iter().map(key).collect()
    }

    fn holder(&self, holder: &Holder) -> String {
        match holder {
            Holder::Worker(id) => self.ledger.name_of(id),
            service => service.to_string(),
        }
    }
}

fn may_sign(owner: &Holder, grants: &[&Grant]) -> String {
    let own = matches!(owner, Holder::Worker(_)).then(|| "for themself, and for direct reports".to_owned());
    let scopes = grants.iter().map(|g| {
        let ids: Vec<String> = g.scope.iter().map(|id| id.value.to_string()).collect();
        format!("as issuer: {}", ids.join(", "))
    });
    let all: Vec<String> = own.into_iter().chain(scopes).collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join("; ") }
}

fn thresholds(root: &Root) -> Vec<(String, u32)> {
    Action::ALL.iter().map(|a| (a.word().to_owned(), root.thresholds.of(*a))).collect()
}
