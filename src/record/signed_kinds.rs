//! The kinds of record that are signed, each said once.
//!
//! What has a line for each of them, as the lists of the ledger, is made from this table: a new
//! kind gets a row here. What a record says of itself stands with its type: its tree and reader,
//! its subject, its day, its rows, and what other records it names.

use super::approval::Approval;
use super::attestation::Attestation;
use super::countersignature::Countersignature;
use super::exemption::Exemption;
use super::extension::Extension;
use super::grant::Grant;
use super::key::Key;
use super::revocation::Revocation;
use super::root::{Action, Root};
use super::signed::{Record, Signed};

/// What is the same for all records of a signed kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedKind {
    /// Whether it is evidence; else it decides what evidence counts.
    pub evidence: bool,
    /// For which action officers must sign it before it counts at all.
    pub officers: Option<Action>,
    /// Where its files lie.
    pub at: &'static str,
    /// What its files hold, in one sentence.
    pub holds: &'static str,
    /// What to do instead of revoking a record, where that cannot be done.
    pub instead: Option<&'static str>,
}

impl SignedKind {
    /// The folder of its files, as `trust/keys`.
    pub fn folder(&self) -> &'static str {
        self.at.rsplit_once('/').map_or(self.at, |(folder, _)| folder)
    }
}

/// Calls a macro with the table: for each kind the module of its type, its list in the ledger,
/// and what is the same for all its records.
macro_rules! signed_kinds {
    ($then:ident) => {
        $then! {
            Attestation, attestation, attestations, SignedKind {
                evidence: true,
                officers: None,
                at: "attestations/YYYY/MM/*.yaml",
                holds: "Signed evidence that somebody completed a requirement.",
                instead: None,
            };
            Countersignature, countersignature, countersignatures, SignedKind {
                evidence: true,
                officers: None,
                at: "attestations/YYYY/MM/*.yaml",
                holds: "A later signature that joins an attestation.",
                instead: None,
            };
            Exemption, exemption, exemptions, SignedKind {
                evidence: true,
                officers: Some(Action::Exempt),
                at: "exemptions/*.yaml",
                holds: "Freedom from a requirement for a time, signed by officers.",
                instead: None,
            };
            Extension, extension, extensions, SignedKind {
                evidence: true,
                officers: Some(Action::Extend),
                at: "exemptions/*.yaml",
                holds: "More time for a requirement, signed by officers.",
                instead: None,
            };
            Revocation, revocation, revocations, SignedKind {
                evidence: false,
                officers: None,
                at: "revocations/*.yaml",
                holds: "A key, a record or rows of one that no longer count.",
                instead: Some("There is no way back: let whoever is concerned sign a new record."),
            };
            Root, root, roots, SignedKind {
                evidence: false,
                officers: None,
                at: "trust/root/NNNN.yaml",
                holds: "The officers, their keys, and how many of them sign what.",
                instead: Some("A root is replaced by the next one: `duly trust propose`."),
            };
            Key, key, keys, SignedKind {
                evidence: false,
                officers: Some(Action::Key),
                at: "trust/keys/*.yaml",
                holds: "A public key and the one who holds it, signed by both sides.",
                instead: None,
            };
            Grant, grant, grants, SignedKind {
                evidence: false,
                officers: Some(Action::Grant),
                at: "trust/keys/*.yaml",
                holds: "What an issuer's key may sign, and until when.",
                instead: None,
            };
            Approval, approval, approvals, SignedKind {
                evidence: false,
                officers: Some(Action::Approve),
                at: "trust/approvals/*.yaml",
                holds: "An edit that officers approve, or a merged fault that they know of.",
                instead: None,
            };
        }
    };
}

pub(crate) use signed_kinds;

/// Writes the enum with a variant for each kind, and `each_signed!` to do the same with any.
macro_rules! any {
    ($($kind:ident, $module:ident, $list:ident, $says:expr;)+) => {
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

        macro_rules! each_signed {
            ($any:expr, $signed:ident => $value:expr) => {
                match $any { $(Any::$kind($signed) => $value),+ }
            };
        }
    };
}

signed_kinds!(any);

pub(crate) use each_signed;

impl Any {
    /// The kind.
    pub fn kind(&self) -> super::kind::Kind {
        fn of<R: Record>(_: &Signed<R>) -> super::kind::Kind {
            R::KIND
        }
        each_signed!(self, signed => of(signed))
    }

    /// The last day that the record speaks of.
    pub fn dated(&self) -> super::date::Date {
        each_signed!(self, signed => signed.record.dated())
    }
}
