//! Making signed files.

use super::crypto::signer::{SignError, Signer, sign_payload};
use super::crypto::statement::payload;
use crate::record::digest::Sha256;
use crate::record::signed::{Record, Signed};
use crate::yaml::canonical;

/// A record with its first signature, of the signer's scheme.
///
/// # Errors
/// What holds the private key did not sign.
pub fn sign<R: Record>(record: R, signer: &dyn Signer) -> Result<Signed<R>, SignError> {
    let payload_sha256 = Sha256::of(&payload(&record));
    let mut signed = Signed { record, payload_sha256, signatures: Vec::new() };
    add(&mut signed, signer)?;
    Ok(signed)
}

/// Adds a signature over the same payload. A key that has signed already signs no second
/// time.
///
/// # Errors
/// What holds the private key did not sign.
pub fn add<R: Record>(signed: &mut Signed<R>, signer: &dyn Signer) -> Result<(), SignError> {
    let key = signer.public_key();
    if signed.signatures.iter().any(|s| s.key == *key.fingerprint()) {
        return Ok(());
    }
    signed.signatures.push(sign_payload(signer, signer.scheme(), R::KIND, &payload(&signed.record))?);
    Ok(())
}

/// The bytes of the file.
pub fn file<R: Record>(signed: &Signed<R>) -> Vec<u8> {
    canonical::write(&signed.tree())
}
