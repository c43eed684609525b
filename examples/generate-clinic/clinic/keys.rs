//! Keys from fixed seeds, the roots, and who is enrolled.
//!
//! These are example keys and nobody's secret: the seed of each is the sha256 of a sentence
//! that stands below. Never make a key of your own like this; `duly key new` does it.

use duly::record::date::{Date, Days};
use duly::record::digest::Sha256;
use duly::record::grant::Grant;
use duly::record::id::{Holder, Id};
use duly::record::key::Key;
use duly::record::node::{At, Spot};
use duly::record::root::{Action, Notary, Officer, Root, Thresholds};
use duly::trust::crypto::private_key::PrivateKey;
use duly::trust::crypto::signer::Signer as _;
use duly::trust::{seal, sign};

use super::Made;
use super::folder::Folder;
use super::people::{DIRECTOR, GRANTS, KEY_HOLDERS, MANAGER, NOTARIES, NOTARIES_DAY, ROOT_DAY};

/// What takes both officers.
const BOTH: [Action; 4] = [Action::Root, Action::Key, Action::Grant, Action::Exempt];

/// The key of a holder, as in `worker/w-0001` or `service/lms`.
pub fn key(holder: &str) -> Made<PrivateKey> {
    let label = format!("example clinic, key of {holder}: nobody's secret");
    Ok(PrivateKey::from_seed(Sha256::of(label.as_bytes()).bytes())?)
}

/// Writes both roots and gives the digest of the first. Two officers; a new root, a key, a grant or an exemption
/// takes both, and for a root the key that the clinic's lawyer keeps in her safe stands for one
/// of them.
pub fn root(clinic: &mut Folder) -> Made<Sha256> {
    let id = Sha256::of(b"example clinic, id of its root").to_string();
    let first = Root {
        id: id.get(..32).map(str::to_owned),
        version: 1,
        previous: None,
        created_on: Date::parse(ROOT_DAY)?,
        expires_on: None,
        officers: vec![officer(MANAGER)?, officer(DIRECTOR)?],
        recovery: vec![key("the lawyer's safe")?.public_key().clone()],
        notaries: Vec::new(),
        thresholds: BOTH.iter().fold(Thresholds::all(1), |t, action| t.with(*action, 2)),
        max_backdate: Days::parse("30 days")?,
        max_grant: Days::parse("400 days")?,
        max_key_age: None,
        spot: Spot::default(),
    };
    let digest = by_both(clinic, first.clone())?;
    by_both(clinic, second(first, digest)?)?;
    Ok(digest)
}

/// Root 2 names the notaries, whose keys sign checkpoints and nothing else. Both officers of
/// root 1 and both of root 2 must sign it; they are the same two.
fn second(first: Root, digest: Sha256) -> Made<Root> {
    let notary = |holder: &&str| {
        let label = format!("{holder}, for checkpoints");
        let held = Holder::parse(holder).ok_or("a holder")?;
        Ok(Notary { holder: held, key: key(&label)?.public_key().clone() })
    };
    Ok(Root {
        id: None,
        version: 2,
        previous: Some(digest),
        created_on: Date::parse(NOTARIES_DAY)?,
        notaries: NOTARIES.iter().map(notary).collect::<Made<_>>()?,
        ..first
    })
}

/// Writes a root that both officers sign, and gives its digest.
fn by_both(clinic: &mut Folder, root: Root) -> Made<Sha256> {
    let path = format!("trust/root/{:04}.yaml", root.version);
    let mut signed = sign::sign(root, &key(MANAGER)?)?;
    sign::add(&mut signed, &key(DIRECTOR)?)?;
    clinic.write(&path, &signed)?;
    Ok(signed.payload_sha256)
}

/// Enrols everybody's key and writes the grants.
pub fn enrol_all(clinic: &mut Folder, audience: Sha256) -> Made<()> {
    for (holder, day) in KEY_HOLDERS {
        enrol(clinic, audience, holder, day)?;
    }
    for (holder, scope, granted_on, until) in GRANTS {
        let grant = Grant {
            audience,
            key: key(holder)?.public_key().fingerprint().clone(),
            scope: scope
                .iter()
                .map(|id| Ok(At { value: id_of(id)?, spot: Spot::default() }))
                .collect::<Made<_>>()?,
            granted_on: Date::parse(granted_on)?,
            until: Date::parse(until)?,
            spot: Spot::default(),
        };
        let mut signed = sign::sign(grant, &key(MANAGER)?)?;
        sign::add(&mut signed, &key(DIRECTOR)?)?;
        clinic.write(&format!("trust/keys/{}", seal::file_name(signed.payload_sha256)), &signed)?;
    }
    Ok(())
}

/// The holder's own signature first, then those of both officers.
fn enrol(clinic: &mut Folder, audience: Sha256, holder: &str, day: &str) -> Made<()> {
    let own = key(holder)?;
    let record = Key {
        audience,
        owner: Holder::parse(holder).ok_or("a holder")?,
        public_key: own.public_key().clone(),
        requested_on: Date::parse(day)?,
        spot: Spot::default(),
    };
    let mut signed = sign::sign(record, &own)?;
    sign::add(&mut signed, &key(MANAGER)?)?;
    sign::add(&mut signed, &key(DIRECTOR)?)?;
    clinic.write(&format!("trust/keys/{}", seal::file_name(signed.payload_sha256)), &signed)
}

fn officer(holder: &str) -> Made<Officer> {
    let worker = id_of(holder.trim_start_matches("worker/"))?;
    Ok(Officer { worker, keys: vec![key(holder)?.public_key().clone()] })
}

/// Reads an id.
pub fn id_of(text: &str) -> Made<Id> {
    Id::parse(text).ok_or_else(|| format!("{text:?} is no id").into())
}
