//! The seal of a signed file: that its record is the one that was signed, for this
//! repository, and by which keys.

use super::crypto::check::check;
use super::crypto::point::CheckedKey;
use super::crypto::statement::payload;
use crate::finding::catalogue::trust;
use crate::finding::{Entry, Finding, Place, Severity};
use crate::record::digest::Sha256;
use crate::record::node::Spot;
use crate::record::public_key::Fingerprint;
use crate::record::signed::{Record, SIGNATURES_MAX, Signature, Signed};

/// A seal that holds.
#[derive(Debug, Clone)]
pub struct Seal {
    /// sha256 of the payload.
    pub payload: Sha256,
    /// The keys whose signatures are good, in the order of the file.
    pub signers: Vec<Fingerprint>,
}

/// What a seal is judged by.
pub struct Judge<'p, 'j> {
    /// Path of the file, for findings.
    pub path: &'p str,
    /// sha256 of root 1's payload; none while a root is judged.
    pub audience: Option<Sha256>,
    /// The keys that are known.
    pub keys: &'j dyn Fn(&Fingerprint) -> Option<&'j CheckedKey>,
    /// Whether the file was judged before it came in: its bytes are the same since, so what it
    /// states of itself was found true.
    pub judged: bool,
}

/// Judges the seal of a file. Findings that do not break the seal go to `found`.
///
/// # Errors
/// Everything that breaks the seal: the record then counts for nothing.
pub fn judge<R: Record>(
    signed: &Signed<R>,
    by: &Judge<'_, '_>,
    found: &mut Vec<Finding>,
) -> Result<Seal, Vec<Finding>> {
    if by.judged {
        by.right_repository(signed)?;
        let known = |s: &&Signature| (by.keys)(&s.key).is_some();
        let signers = signed.signatures.iter().filter(known).map(|s| s.key.clone()).collect();
        return Ok(Seal { payload: signed.payload_sha256, signers });
    }
    let bytes = payload(&signed.record);
    let digest = Sha256::of(&bytes);
    by.same_record(signed, digest)?;
    by.right_repository(signed)?;
    by.count(&signed.signatures)?;
    let mut signers = Vec::with_capacity(signed.signatures.len());
    let mut unknown = Vec::new();
    for signature in &signed.signatures {
        match (by.keys)(&signature.key) {
            Some(key) => {
                check(signature, key, R::KIND, &bytes)
                    .map_err(|e| vec![by.bad(signature, &e.to_string())])?;
                signers.push(signature.key.clone());
            }
            None => unknown.push(by.unknown(signature)),
        }
    }
    if signers.is_empty() {
        return Err(unknown);
    }
    // A signature by a stranger beside good ones proves nothing and spoils nothing.
    found.extend(unknown.into_iter().map(|f| f.with_severity(Severity::Warning)));
    Ok(Seal { payload: digest, signers })
}

impl Judge<'_, '_> {
    fn finding(&self, entry: &'static Entry, spot: Spot, message: String, help: &str) -> Finding {
        let place = if spot.line == 0 {
            Place::file(self.path)
        } else {
            Place::new(self.path, spot.line, spot.column)
        };
        Finding::new(entry, message, help).at(place)
    }

    fn same_record<R: Record>(&self, signed: &Signed<R>, digest: Sha256) -> Result<(), Vec<Finding>> {
        if signed.payload_sha256 == digest {
            return Ok(());
        }
        let message =
            format!("{} was changed after it was signed: its record has the digest {digest}", self.path);
        let help = "Restore the file from git. A correction is a new record.";
        Err(vec![self.finding(&trust::PAYLOAD_DIGEST, Spot::default(), message, help)])
    }

    fn right_repository<R: Record>(&self, signed: &Signed<R>) -> Result<(), Vec<Finding>> {
        if signed.record.audience() == self.audience {
            return Ok(());
        }
        let message = format!("{} was signed for another repository", self.path);
        let help = "Remove the file; whoever signed it can sign again here.";
        Err(vec![self.finding(&trust::AUDIENCE, Spot::default(), message, help)])
    }

    fn count(&self, signatures: &[Signature]) -> Result<(), Vec<Finding>> {
        let twice =
            signatures.iter().enumerate().any(|(i, a)| signatures.iter().take(i).any(|b| a.key == b.key));
        let what = match signatures.len() {
            0 => "has no signature".to_owned(),
            n if n > SIGNATURES_MAX => format!("has {n} signatures, more than {SIGNATURES_MAX}"),
            _ if twice => "has two signatures by the same key".to_owned(),
            _ => return Ok(()),
        };
        let help = "Restore the file from git, or sign the record again.";
        Err(vec![self.finding(
            &trust::SIGNATURE_COUNT,
            Spot::default(),
            format!("{} {what}", self.path),
            help,
        )])
    }

    fn bad(&self, signature: &Signature, why: &str) -> Finding {
        let message = format!("the signature by key {} is not valid: {why}", signature.key);
        let help = "Restore the file from git. If it never was valid, sign the record again.";
        self.finding(&trust::BAD_SIGNATURE, signature.spot, message, help)
    }

    fn unknown(&self, signature: &Signature) -> Finding {
        let message = format!("key {} is not enrolled", signature.key);
        let help =
            "Its holder asks with `duly key request`, and an officer approves with `duly key approve`.";
        self.finding(&trust::UNKNOWN_KEY, signature.spot, message, help)
    }
}

/// The name of a signed file: the first 32 hex digits of its payload's digest.
pub fn file_name(payload: Sha256) -> String {
    let hex = payload.to_string();
    format!("{}.yaml", hex.get(..32).unwrap_or_default())
}
