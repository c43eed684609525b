//! Opens signed records: the one place that says whether a signed file holds, by which keys it
//! is signed, and whether enough officers signed it.
//!
//! Officers are counted here for every kind of record: distinct people of the root that was in
//! force when the record appeared, with keys that stand, and who belonged to the organisation
//! then. What a record says of its own day decides only where no history is at hand.

use std::collections::BTreeSet;

use super::appeared::{Appeared, Seen};
use super::chain::{Chain, Link};
use super::crypto::point::CheckedKey;
use super::revocations::{Revocations, RevokedKey};
use super::{place, seal};
use crate::finding::Finding;
use crate::ledger::{FileIndex, InFile, Ledger};
use crate::record::date::{Date, Days};
use crate::record::digest::Sha256;
use crate::record::id::{Holder, Id};
use crate::record::kind::Kind;
use crate::record::organization::Organization;
use crate::record::public_key::Fingerprint;
use crate::record::root::Action;
use crate::record::signed::{Record, Signed};

/// The position of what is in no commit yet.
pub const NO_COMMIT: u32 = u32::MAX;

/// What signed records are opened by.
#[derive(Clone, Copy)]
pub struct Door<'a> {
    /// The records, and the people and services of the roster and the settings.
    pub ledger: &'a Ledger,
    /// The roots.
    pub chain: &'a Chain,
    /// When files appeared.
    pub seen: Seen<'a>,
}

/// A signed record whose form, place and signatures hold.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its file.
    pub file: FileIndex,
    /// sha256 of its payload.
    pub payload: Sha256,
    /// The keys whose signatures are good, revoked or not.
    pub signers: Vec<Fingerprint>,
    /// When it appeared.
    pub when: When,
}

/// When a record appeared, as far as anybody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The position of its commit on the protected branch; none where the history is not at hand.
    pub position: Option<u32>,
    /// The day on which it appeared; without a history the day that it gives itself.
    pub day: Date,
}

/// Too few officers signed a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooFew {
    /// How many of how many, and what became of the others, for people.
    pub what: String,
    /// What that makes of the record.
    pub how: Shortage,
}

/// What a shortage of officers makes of a record, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortage {
    /// Enough signed, and a key of theirs was revoked since.
    RevokedSince,
    /// Enough signed, and one of them had left by then.
    HadLeft,
    /// It never had enough.
    Never,
}

/// Why the signature of a key under a record does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallen {
    /// What that makes of the record.
    pub how: Shortage,
    /// Why, for people.
    pub why: String,
}

impl When {
    /// Whether it is in no commit yet.
    pub fn is_new(self) -> bool {
        self.position == Some(NO_COMMIT)
    }
}

impl<'a> Door<'a> {
    /// Opens a record: its form was looked at when it was read; here its place, its repository,
    /// and the signatures by the keys that may sign it.
    ///
    /// # Errors
    /// Everything that keeps it from being opened: it then counts for nothing.
    pub fn open<'k, R: Record>(
        &self,
        file: &'k InFile<Signed<R>>,
        keys: &'k dyn Fn(&Fingerprint) -> Option<&'k CheckedKey>,
        found: &mut Vec<Finding>,
    ) -> Result<Opened, Vec<Finding>> {
        let path = self.ledger.path(file.file);
        // A root is what all others are tied to.
        let audience = if R::KIND == Kind::Root { None } else { self.chain.audience() };
        let by = seal::Judge { path, audience, keys, judged: self.ledger.is_judged(file.file) };
        let seal = seal::judge(&file.value, &by, found)?;
        let record = &file.value.record;
        place::check(path, &record.home(), seal.payload)?;
        let when = self.when(file.file, record.dated());
        Ok(Opened { file: file.file, payload: seal.payload, signers: seal.signers, when })
    }

    /// When a file appeared, if that is known.
    pub fn appeared(&self, file: FileIndex) -> Option<Appeared> {
        self.seen?.appeared(file)
    }

    /// When a file appeared; without a history, the day that its record gives itself.
    pub fn when(&self, file: FileIndex, dated: Date) -> When {
        match self.appeared(file) {
            Some(Appeared { day, position }) => When { position: Some(position), day },
            None => When { position: self.ledger.is_new(file).then_some(NO_COMMIT), day: dated },
        }
    }

    /// The position of the commit with which a file appeared, if that is known.
    pub fn position(&self, file: FileIndex) -> Option<u32> {
        self.when(file, Date::MIN).position
    }

    /// Whether enough officers signed a record for an action.
    ///
    /// # Errors
    /// How many of how many did.
    pub fn officers(&self, action: Action, record: &Opened, revocations: &Revocations) -> Result<(), TooFew> {
        let mut mildest: Option<TooFew> = None;
        for link in self.roots_in_force(record.when) {
            match self.under(link, action, record, revocations) {
                Ok(()) => return Ok(()),
                Err(few) if mildest.as_ref().is_some_and(|m| m.how <= few.how) => {}
                Err(few) => mildest = Some(few),
            }
        }
        let no_root = || TooFew { what: "there is no root of trust".to_owned(), how: Shortage::Never };
        Err(mildest.unwrap_or_else(no_root))
    }

    fn under(
        &self,
        link: &Link,
        action: Action,
        record: &Opened,
        revocations: &Revocations,
    ) -> Result<(), TooFew> {
        let officers = record.signers.iter().filter_map(|key| Some((key, link.officer(key)?)));
        let judged: Vec<(&Id, Option<Fallen>)> = officers
            .map(|(key, id)| (id, self.fallen(key, &Holder::Worker(id.clone()), record, revocations)))
            .collect();
        let up_to = |worst: Option<Shortage>| {
            let counts = |f: &Option<Fallen>| f.as_ref().is_none_or(|f| Some(f.how) <= worst);
            judged.iter().filter(|(_, f)| counts(f)).map(|(id, _)| *id).collect::<BTreeSet<_>>().len()
        };
        let (have, need) = (up_to(None), link.root.thresholds.of(action) as usize);
        if have >= need {
            return Ok(());
        }
        let since = [Shortage::RevokedSince, Shortage::HadLeft].into_iter();
        let how = since.into_iter().find(|s| up_to(Some(*s)) >= need).unwrap_or(Shortage::Never);
        let why: Vec<&str> = judged.iter().filter_map(|(_, f)| Some(f.as_ref()?.why.as_str())).collect();
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.join("; ")) };
        let signed = if why.is_empty() { "signed" } else { "signed with a key that counts" };
        Err(TooFew {
            what: format!("{have} of the {need} officers needed for the action `{action}` {signed}{why}"),
            how,
        })
    }

    /// The roots under which a record may have been signed, the newest first: the one in force
    /// when it appeared, and those that came with it. Without a history, any that had not been
    /// replaced on the day that the record gives itself.
    fn roots_in_force(&self, when: When) -> Vec<&'a Link> {
        let links = self.chain.links();
        let Some(at) = when.position else { return by_their_days(links, when.day) };
        let came = |n: usize| self.ledger.roots.get(n).and_then(|r| self.position(r.file)).unwrap_or(0);
        let with_it = links.iter().enumerate().rev().filter(|(n, _)| came(*n) == at);
        let before = links.iter().enumerate().rev().find(|(n, _)| came(*n) < at);
        let mut found: Vec<&Link> = with_it.map(|(_, link)| link).collect();
        found.extend(before.map(|(_, link)| link));
        // What came before the first root is judged under it.
        if found.is_empty() { links.first().into_iter().collect() } else { found }
    }

    /// The officer whose key this is under a root that was in force when a record appeared.
    pub fn officer(&self, key: &Fingerprint, when: When) -> Option<&'a Id> {
        self.roots_in_force(when).into_iter().find_map(|link| link.officer(key))
    }

    /// Why the signature of somebody's key under a record does not count, if it does not.
    pub fn fallen(
        &self,
        key: &Fingerprint,
        holder: &Holder,
        record: &Opened,
        revocations: &Revocations,
    ) -> Option<Fallen> {
        let revoked =
            revocations.key(key).and_then(|r| Some((r, self.revoked(r, record.payload, record.when)?)));
        if let Some((revoked, how)) = revoked {
            let before = if how == Shortage::Never { " before it appeared" } else { "" };
            let why = format!("key {key} of {holder} was revoked ({}){before}", revoked.reason);
            return Some(Fallen { how, why });
        }
        let gone = !self.belongs(holder, record.when.day);
        let how = if record.when.is_new() { Shortage::Never } else { Shortage::HadLeft };
        gone.then(|| Fallen { how, why: format!("{holder} did not belong here on {}", record.when.day) })
    }

    /// What the revocation of a key makes of a payload that the key signed; none where it stays.
    pub fn revoked(&self, revoked: &RevokedKey, payload: Sha256, when: When) -> Option<Shortage> {
        let kept = revoked.keeps(payload, Some(when.day));
        let Some(at) = when.position else { return (!kept).then_some(Shortage::RevokedSince) };
        if revoked.names(payload) {
            return None;
        }
        // A revocation of which nobody says when it came stands in the base of a change.
        match self.position(revoked.file) {
            Some(came) if came > at && revoked.keeps_all() => None,
            Some(came) if came >= at => (!kept).then_some(Shortage::RevokedSince),
            _ => Some(Shortage::Never),
        }
    }

    /// Whether a root in force when a record appeared names another officer than this one who
    /// could sign: whose key stands, and who belonged here.
    pub fn has_another_officer(&self, than: &Id, when: When, revocations: &Revocations) -> bool {
        let officers = self.roots_in_force(when).into_iter().flat_map(|link| &link.root.officers);
        let stands = |key: &Fingerprint| match revocations.key(key) {
            None => true,
            Some(revoked) => self.position(revoked.file).zip(when.position).is_some_and(|(r, at)| r > at),
        };
        officers.filter(|o| o.worker != *than).any(|officer| {
            let belongs = self.belongs(&Holder::Worker(officer.worker.clone()), when.day);
            belongs && officer.keys.iter().any(|key| stands(key.fingerprint()))
        })
    }

    /// How long a completion may lie back, by the root in force when a record appeared.
    pub fn max_backdate(&self, when: When) -> Option<Days> {
        self.roots_in_force(when).first().map(|link| link.root.max_backdate)
    }

    /// Whether a person or a service belonged to the organisation on a day, by the roster and the
    /// settings as they stand now.
    pub fn belongs(&self, holder: &Holder, day: Date) -> bool {
        match holder {
            Holder::Worker(id) => self.ledger.worker(id).is_some_and(|w| w.employed_on(day)),
            Holder::Service(id) => {
                let organization = self.ledger.organization.as_ref();
                organization.is_some_and(|o| Organization::declares(&o.services, id.as_str()))
            }
        }
    }
}

/// The roots that had not been replaced on a day, by the days that they give themselves.
fn by_their_days(links: &[Link], day: Date) -> Vec<&Link> {
    let mut found = Vec::new();
    for link in links.iter().rev() {
        found.push(link);
        if link.root.created_on < day {
            break;
        }
    }
    found
}
