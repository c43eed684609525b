//! Keys, what issuers may sign, and what no longer counts.

use crate::record::approval::{About, Approval};
use crate::record::digest::Sha256;
use crate::record::grant::Grant;
use crate::record::id::Holder;
use crate::record::id::Subject;
use crate::record::key::Key;
use crate::record::revocation::{Keep, Revocation, Target};
use crate::record::signed::Signed;

use super::super::texts::{count, listed, short, shown};
use super::super::{Event, What};
use super::each;

/// What an enrolled key tells; about its holder, if that is a worker.
pub fn key(signed: &Signed<Key>) -> Vec<Event> {
    let Key { audience: _, owner, public_key, requested_on: _, spot: _ } = &signed.record;
    let event =
        Event::new(What::KeyEnrolled, format!("key {} enrolled for {owner}", public_key.fingerprint()));
    vec![match owner {
        Holder::Worker(id) => event.about(Subject::Worker(id.clone())),
        Holder::Service(_) => event,
    }]
}

/// What a grant tells; for its requirement, if it is for one alone.
pub fn grant(signed: &Signed<Grant>) -> Vec<Event> {
    let Grant { audience: _, key, scope, granted_on: _, until, spot: _ } = &signed.record;
    let what = shown(&listed(scope.iter().map(|id| id.to_string()), "and"));
    let event = Event::new(What::Granted, format!("key {key} may sign {what} as issuer until {until}"));
    vec![match scope.as_slice() {
        [only] => event.on(&only.value),
        _ => event,
    }]
}

/// What an approval tells.
pub fn approval(signed: &Signed<Approval>) -> Vec<Event> {
    let Approval { audience: _, about, reason, approved_on: _, spot: _ } = &signed.record;
    let words = match about {
        About::Files(files) => {
            let names = listed(files.iter().map(|f| f.path.to_string()), "and");
            format!("edit of {} approved ({reason})", shown(&names))
        }
        About::Commit { commit, codes } => {
            let codes = listed(codes.iter().map(ToString::to_string), "and");
            format!("fault {codes} of commit {commit} known ({reason})")
        }
    };
    vec![Event::new(What::Approved, words)]
}

/// What a revocation tells; for rows of a record, for each subject.
pub fn revocation(signed: &Signed<Revocation>) -> Vec<Event> {
    let Revocation { audience: _, target, reason, revoked_on: _, spot: _ } = &signed.record;
    let record = |payload: &Sha256| format!("record {} revoked ({reason})", short(payload));
    match target {
        Target::Key { key, keep } => {
            let words = format!("key {key} revoked ({reason}), keeps {}", kept(keep));
            vec![Event::new(What::KeyRevoked, words)]
        }
        Target::Record(payload) => vec![Event::new(What::Revoked, record(payload))],
        Target::Rows { payload, subjects } => {
            let words = format!("rows of {}", record(payload));
            each(subjects.iter().map(|s| &s.value), &Event::new(What::Revoked, words))
        }
    }
}

fn kept(keep: &Keep) -> String {
    match keep {
        Keep::Nothing => "nothing".to_owned(),
        Keep::All => "all".to_owned(),
        Keep::Listed(list) => count(list.len(), "record"),
    }
}
