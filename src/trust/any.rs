//! A signed record of any kind, for what is the same for all of them: its payload, its
//! signatures, its place.

use super::crypto::point::CheckedKey;
use super::crypto::signer::{SignError, Signer};
use super::crypto::statement;
use super::{place, sign};
use crate::finding::Finding;
use crate::finding::catalogue::trust;
use crate::ledger::{Ledger, read_any_draft, signed_kind};
use crate::record::digest::Sha256;
use crate::record::public_key::{Fingerprint, PublicKey};
use crate::record::signed::{Home, Record, Signature, Signed};
use crate::record::signed_kinds::each_signed;

pub use crate::record::signed_kinds::Any;

impl Any {
    /// Reads a record from the bytes of a file that lies anywhere, signed or not.
    ///
    /// # Errors
    /// Everything that is wrong with the file; its signatures are not looked at.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Any, Vec<Finding>> {
        let kind = signed_kind(path, bytes)?;
        let Some(any) = read_any_draft(kind, path, bytes)? else { return Err(Vec::new()) };
        let digest = Sha256::of(&any.payload());
        if any.stated() == digest {
            return Ok(any);
        }
        let message = format!("{path} was changed after it was made: its record has the digest {digest}");
        let help = "Make the record again, or restore the file.";
        Err(vec![Finding::new(&trust::PAYLOAD_DIGEST, message, help).in_file(path)])
    }

    /// A record without a signature.
    pub fn draft<R: Record>(record: R) -> Any
    where
        Any: From<Signed<R>>,
    {
        let payload_sha256 = Sha256::of(&statement::payload(&record));
        Signed { record, payload_sha256, signatures: Vec::new() }.into()
    }

    /// The exact bytes that are signed.
    pub fn payload(&self) -> Vec<u8> {
        each_signed!(self, signed => statement::payload(&signed.record))
    }

    /// sha256 of the payload, as the file states it; [`Any::read`] has compared it.
    pub fn stated(&self) -> Sha256 {
        each_signed!(self, signed => signed.payload_sha256)
    }

    /// Which repository it is for; none for roots.
    pub fn audience(&self) -> Option<Sha256> {
        each_signed!(self, signed => signed.record.audience())
    }

    /// The signatures.
    pub fn signatures(&self) -> &[Signature] {
        each_signed!(self, signed => &signed.signatures)
    }

    /// Adds a signature that was made elsewhere and checked.
    pub fn push(&mut self, signature: Signature) {
        each_signed!(self, signed => signed.signatures.push(signature));
    }

    /// Signs it; a key that has signed already signs no second time.
    ///
    /// # Errors
    /// What holds the private key did not sign.
    pub fn sign(&mut self, signer: &dyn Signer) -> Result<(), SignError> {
        each_signed!(self, signed => sign::add(signed, signer))
    }

    /// The bytes of the file.
    pub fn file(&self) -> Vec<u8> {
        each_signed!(self, signed => sign::file(signed))
    }

    /// A key that the record itself brings along: that of an enrolment, those of a root. It is
    /// only good for seeing that a signature is by it.
    pub fn own_key(&self, fingerprint: &Fingerprint) -> Option<CheckedKey> {
        let named = |key: &&PublicKey| key.fingerprint() == fingerprint;
        let key = match self {
            Any::Key(signed) => Some(&signed.record.public_key).filter(named),
            Any::Root(signed) => {
                let root = &signed.record;
                root.officers.iter().flat_map(|o| &o.keys).chain(&root.recovery).find(named)
            }
            _ => None,
        };
        key.and_then(|key| CheckedKey::new(key).ok())
    }

    /// Where the file belongs in its repository; none where what it belongs to is not there.
    pub fn place(&self, ledger: &Ledger) -> Option<String> {
        let shard = ledger.organization.as_ref().is_some_and(|o| o.shard);
        let home = match each_signed!(self, signed => signed.record.home()) {
            Home::Beside(payload) => {
                let joined = ledger.attestations.iter().find(|a| a.value.payload_sha256 == payload)?;
                joined.value.record.home()
            }
            home => home,
        };
        place::of(&home, self.stated(), shard)
    }
}
