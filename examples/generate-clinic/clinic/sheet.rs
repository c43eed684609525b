//! One attestation, in as few words as a sign-in sheet needs.

use duly::record::attestation::{
    Attestation, Completion, Origin, Outcome, Session, Trainer, score_hundredths,
};
use duly::record::countersignature::Countersignature;
use duly::record::date::Date;
use duly::record::digest::Sha256;
use duly::record::id::Subject;
use duly::record::node::Spot;
use duly::record::policy::Material;
use duly::record::signed::Scheme;
use duly::trust::crypto::signer::{Signer as _, WithScheme};
use duly::trust::{evidence, sign};

use super::Made;
use super::folder::Folder;
use super::keys::{id_of, key};

/// A sheet before it is signed.
#[derive(Clone)]
pub struct Sheet {
    requirement: &'static str,
    edition: Option<&'static str>,
    method: &'static str,
    origin: Origin,
    outcome: Outcome,
    session: Option<Session>,
    supersedes: Option<Sha256>,
    rows: String,
    scheme: Scheme,
}

impl Sheet {
    /// A sheet about one edition of a requirement; `""` where it has none.
    pub fn of(requirement: &'static str, edition: &'static str, outcome: Outcome) -> Sheet {
        Sheet {
            requirement,
            edition: Some(edition).filter(|e| !e.is_empty()),
            method: "online",
            origin: Origin::Observed,
            outcome,
            session: None,
            supersedes: None,
            rows: String::new(),
            scheme: Scheme::Dsse,
        }
    }

    /// How it was done.
    pub fn method(self, method: &'static str) -> Sheet {
        Sheet { method, ..self }
    }

    /// Where the statement comes from, where nobody saw it.
    pub fn origin(self, origin: Origin) -> Sheet {
        Sheet { origin, ..self }
    }

    /// The occasion: who trained, where, for how many minutes. The digest is that of the
    /// scanned paper, which lies in the office's files and not here.
    pub fn session(
        self,
        trainer: &str,
        qualification: &str,
        place: &str,
        minutes: u32,
        scan: &str,
    ) -> Made<Sheet> {
        let session = Session {
            trainer: Some(Trainer::parse(trainer).ok_or("a trainer")?),
            qualification: Some(qualification.to_owned()),
            place: Some(id_of(place)?),
            minutes: Some(minutes),
            evidence: vec![scanned(scan)],
        };
        Ok(Sheet { session: Some(session), ..self })
    }

    /// Only the digest of scanned paper.
    pub fn scan(self, scan: &str) -> Sheet {
        let session = Session { evidence: vec![scanned(scan)], ..Session::default() };
        Sheet { session: Some(session), ..self }
    }

    /// The record that this one corrects.
    pub fn supersedes(self, payload: Sha256) -> Sheet {
        Sheet { supersedes: Some(payload), ..self }
    }

    /// The first to sign does it as `ssh-keygen -Y sign` would.
    pub fn by_ssh(self) -> Sheet {
        Sheet { scheme: Scheme::Sshsig, ..self }
    }

    /// The rows, one a line: `w-0042 2026-01-31` (or `org`, or `system/ID`), and behind that what the requirement asks
    /// for: `score=90`, `until=2028-01-31`, or another outcome than the sheet's.
    pub fn rows(self, rows: impl Into<String>) -> Sheet {
        Sheet { rows: rows.into(), ..self }
    }

    /// Signs the sheet and writes it, and gives its payload's digest. Everybody signs the same
    /// payload.
    pub fn signed_by(&self, clinic: &mut Folder, audience: Sha256, signers: &[&str]) -> Made<Sha256> {
        let record = self.record(clinic, audience)?;
        let (first, others) = signers.split_first().ok_or("nobody signs")?;
        let first = WithScheme { signer: Box::new(key(first)?), scheme: self.scheme };
        let mut signed = sign::sign(record, &first)?;
        for other in others {
            sign::add(&mut signed, &key(other)?)?;
        }
        let path = evidence::place(&signed.record, signed.payload_sha256, false);
        clinic.write(&path, &signed)?;
        Ok(signed.payload_sha256)
    }

    /// Adds a later signature to what was signed before.
    pub fn joined_by(
        &self,
        clinic: &mut Folder,
        audience: Sha256,
        payload: Sha256,
        signer: &str,
        day: &str,
    ) -> Made<()> {
        let signer = key(signer)?;
        let record = Countersignature {
            audience,
            payload,
            key: signer.public_key().fingerprint().clone(),
            signed_on: Date::parse(day)?,
            spot: Spot::default(),
        };
        let signed = sign::sign(record, &signer)?;
        let path = evidence::place(&self.record(clinic, audience)?, signed.payload_sha256, false);
        clinic.write(&path, &signed)
    }

    fn record(&self, clinic: &Folder, audience: Sha256) -> Made<Attestation> {
        let requirement = clinic.requirement(self.requirement)?;
        let edition = self.edition.map(|id| requirement.edition(id).ok_or("an edition")).transpose()?;
        let document = match edition.map(|e| &e.material) {
            Some(Material::Document { sha256, .. }) => Some(*sha256),
            _ => None,
        };
        Ok(Attestation {
            audience,
            requirement: id_of(self.requirement)?,
            edition: edition.map(|e| e.id.value.clone()),
            document,
            method: id_of(self.method)?,
            origin: self.origin,
            declaration: requirement.declaration.clone(),
            session: self.session.clone().map(Box::new),
            supersedes: self.supersedes,
            completions: self
                .rows
                .lines()
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .map(|l| self.row(l))
                .collect::<Made<_>>()?,
        })
    }

    fn row(&self, line: &str) -> Made<Completion> {
        let mut words = line.split_whitespace();
        let who = words.next().ok_or("a row without a subject")?;
        let subject =
            if who == "org" || who.contains('/') { who.to_owned() } else { format!("worker/{who}") };
        let mut row = Completion {
            subject: Subject::parse(&subject).ok_or("a subject")?,
            completed_on: Date::parse(words.next().ok_or("a row without a date")?)?,
            outcome: self.outcome,
            expires_on: None,
            score: None,
            spot: Spot::default(),
        };
        for word in words {
            match word.split_once('=') {
                Some(("score", score)) => row.score = Some(score_hundredths(score).ok_or("a score")?),
                Some(("until", day)) => row.expires_on = Some(Date::parse(day)?),
                None => row.outcome = Outcome::parse(word).ok_or("an outcome")?,
                Some(_) => return Err(format!("{word:?} in a row").into()),
            }
        }
        Ok(row)
    }
}

/// What stands for the digest of a scan: nobody scanned anything for an example.
fn scanned(what: &str) -> Sha256 {
    Sha256::of(format!("example clinic, scan of {what}").as_bytes())
}
