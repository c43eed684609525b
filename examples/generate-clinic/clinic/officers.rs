//! What officers decide: an exemption, an extension, and keys of people who left.

use duly::record::date::Date;
use duly::record::digest::Sha256;
use duly::record::exemption::{self, Exemption};
use duly::record::extension::{self, Extension};
use duly::record::id::Subject;
use duly::record::node::{At, Spot};
use duly::record::revocation::{self, Keep, Revocation, Target};
use duly::trust::crypto::signer::Signer as _;
use duly::trust::{seal, sign};

use super::Made;
use super::folder::Folder;
use super::keys::{id_of, key};
use super::people::{DIRECTOR, MANAGER};

/// Who left, and on which day their key was retired. Nothing was wrong with what they signed.
const LEFT: &[(&str, &str)] = &[("worker/w-0022", "2025-06-27"), ("worker/w-0036", "2026-08-14")];

pub fn all(clinic: &mut Folder, audience: Sha256) -> Made<()> {
    exempt(clinic, audience)?;
    extend(clinic, audience)?;
    LEFT.iter().try_for_each(|(holder, day)| retire(clinic, audience, holder, day))
}

/// Anjali sees patients by video alone until the end of February 2027: no blood, no needles.
fn exempt(clinic: &mut Folder, audience: Sha256) -> Made<()> {
    let record = Exemption {
        audience,
        subjects: vec![worker("worker/w-0003")?],
        requirement: At { value: id_of("bloodborne-pathogens")?, spot: Spot::default() },
        reason: exemption::Reason::NoExposure,
        given_on: Date::parse("2026-08-28")?,
        from: Date::parse("2026-09-01")?,
        until: Date::parse("2027-02-28")?,
        spot: Spot::default(),
    };
    let mut signed = sign::sign(record, &key(MANAGER)?)?;
    sign::add(&mut signed, &key(DIRECTOR)?)?;
    clinic.write(&format!("exemptions/{}", seal::file_name(signed.payload_sha256)), &signed)
}

/// The road to the west office was under water on the day of the class, and Kwame could not
/// come.
fn extend(clinic: &mut Folder, audience: Sha256) -> Made<()> {
    let record = Extension {
        audience,
        subjects: vec![worker("worker/w-0009")?],
        requirement: At { value: id_of("bloodborne-pathogens")?, spot: Spot::default() },
        reason: extension::Reason::Emergency,
        given_on: Date::parse("2025-10-10")?,
        until: Date::parse("2025-10-31")?,
        spot: Spot::default(),
    };
    let signed = sign::sign(record, &key(MANAGER)?)?;
    clinic.write(&format!("exemptions/{}", seal::file_name(signed.payload_sha256)), &signed)
}

fn retire(clinic: &mut Folder, audience: Sha256, holder: &str, day: &str) -> Made<()> {
    let revoked = key(holder)?.public_key().fingerprint().clone();
    let record = Revocation {
        audience,
        target: Target::Key { key: revoked, keep: Keep::All },
        reason: revocation::Reason::Left,
        revoked_on: Date::parse(day)?,
        spot: Spot::default(),
    };
    let signed = sign::sign(record, &key(MANAGER)?)?;
    clinic.write(&format!("revocations/{}", seal::file_name(signed.payload_sha256)), &signed)
}

fn worker(id: &str) -> Made<At<Subject>> {
    Ok(At { value: Subject::parse(id).ok_or("a subject")?, spot: Spot::default() })
}
