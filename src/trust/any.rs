//! A signed record of any kind, for what is the same for all of them: its payload, its
//! signatures, its place.

use super::crypto::point::CheckedKey;
use super::crypto::signer::{SignError, Signer};
use super::crypto::statement;
use super::{evidence, seal, sign};
use crate::finding::Finding;
use crate::finding::catalogue::trust;
use crate::ledger::{Ledger, read_draft, signed_kind};
use crate::record::approval::Approval;
use crate::record::attestation::Attestation;
use crate::record::countersignature::Countersignature;
use crate::record::digest::Sha256;
use crate::record::exemption::Exemption;
use crate::record::extension::Extension;
use crate::record::grant::Grant;
use crate::record::key::Key;
use crate::record::kind::Kind;
use crate::record::public_key::{Fingerprint, PublicKey};
use crate::record::revocation::Revocation;
use crate::record::root::Root;
use crate::record::signed::{Record, Signature, Signed};

/// Writes the enum with a variant for each kind, and `each!` to do the same with any of them.
macro_rules! kinds {
    ($($kind:ident),+ $(,)?) => {
        /// A record of any signed kind, with its signatures, of which a draft has none.
        #[derive(Debug, Clone)]
        pub enum Any {
            $(#[doc = concat!("Of kind ", stringify!($kind), ".")] $kind(Box<Signed<$kind>>)),+
        }

        $(impl From<Signed<$kind>> for Any {
            fn from(signed: Signed<$kind>) -> Any {
                Any::$kind(Box::new(signed))
            }
        })+

        macro_rules! each {
            ($any:expr, $signed:ident => $value:expr) => {
                match $any { $(Any::$kind($signed) => $value),+ }
            };
        }

        fn read(kind: Kind, path: &str, bytes: &[u8]) -> Result<Option<Any>, Vec<Finding>> {
            match kind {
                $(Kind::$kind => Ok(Some(read_draft::<$kind>(path, bytes)?.into())),)+
                _ => Ok(None),
            }
        }
    };
}

kinds!(Attestation, Countersignature, Exemption, Extension, Revocation, Root, Key, Grant, Approval);

impl Any {
    /// Reads a record from the bytes of a file that lies anywhere, signed or not.
    ///
    /// # Errors
    /// Everything that is wrong with the file; its signatures are not looked at.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Any, Vec<Finding>> {
        let kind = signed_kind(path, bytes)?;
        let Some(any) = read(kind, path, bytes)? else { return Err(Vec::new()) };
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

    /// The kind.
    pub fn kind(&self) -> Kind {
        fn of<R: Record>(_: &Signed<R>) -> Kind {
            R::KIND
        }
        each!(self, signed => of(signed))
    }

    /// The exact bytes that are signed.
    pub fn payload(&self) -> Vec<u8> {
        each!(self, signed => statement::payload(&signed.record))
    }

    /// sha256 of the payload, as the file states it; [`Any::read`] has compared it.
    pub fn stated(&self) -> Sha256 {
        each!(self, signed => signed.payload_sha256)
    }

    /// Which repository it is for; none for roots.
    pub fn audience(&self) -> Option<Sha256> {
        each!(self, signed => signed.record.audience())
    }

    /// The signatures.
    pub fn signatures(&self) -> &[Signature] {
        each!(self, signed => &signed.signatures)
    }

    /// Adds a signature that was made elsewhere and checked.
    pub fn push(&mut self, signature: Signature) {
        each!(self, signed => signed.signatures.push(signature));
    }

    /// Signs it; a key that has signed already signs no second time.
    ///
    /// # Errors
    /// What holds the private key did not sign.
    pub fn sign(&mut self, signer: &dyn Signer) -> Result<(), SignError> {
        each!(self, signed => sign::add(signed, signer))
    }

    /// The bytes of the file.
    pub fn file(&self) -> Vec<u8> {
        each!(self, signed => sign::file(signed))
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
        let name = seal::file_name(self.stated());
        Some(match self {
            Any::Attestation(signed) => evidence::place(&signed.record, self.stated(), shard),
            Any::Countersignature(signed) => {
                let joins = |a: &&crate::ledger::InFile<Signed<Attestation>>| {
                    a.value.payload_sha256 == signed.record.payload
                };
                let target = ledger.attestations.iter().find(joins)?;
                evidence::place(&target.value.record, self.stated(), shard)
            }
            Any::Exemption(_) | Any::Extension(_) => format!("exemptions/{name}"),
            Any::Revocation(_) => format!("revocations/{name}"),
            Any::Root(signed) => format!("trust/root/{:04}.yaml", signed.record.version),
            Any::Key(_) | Any::Grant(_) => format!("trust/keys/{name}"),
            Any::Approval(_) => format!("trust/approvals/{name}"),
        })
    }
}
