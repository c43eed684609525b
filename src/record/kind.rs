//! The kinds of record, and the folder that each lives in.

use super::root::Action;
use super::scalar::words;
use super::signed_kinds::{SignedKind, signed_kinds};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `duly.yaml`.
    Organization,
    /// People.
    Roster,
    /// Requirements and their editions.
    Policy,
    /// One-off duties.
    Assignment,
    /// What holds protected information.
    System,
    /// Who works on the organisation's behalf.
    Vendor,
    /// What happened, and the retraining it calls for.
    Incident,
    /// Evidence that something was completed.
    Attestation,
    /// A later signature to an attestation.
    Countersignature,
    /// Freedom from a requirement for a time.
    Exemption,
    /// More time for a requirement.
    Extension,
    /// Something signed that no longer counts.
    Revocation,
    /// Officers, thresholds, limits.
    Root,
    /// A key and its holder.
    Key,
    /// What an issuer's key may sign.
    Grant,
    /// An edit that officers approve, or a merged fault that they know of.
    Approval,
    /// The names of people, outside of the repository.
    Identities,
}

words!(Kind, "a kind of record";
    Organization = "Organization", Roster = "Roster", Policy = "Policy",
    Assignment = "Assignment", System = "System", Vendor = "Vendor", Incident = "Incident",
    Attestation = "Attestation", Countersignature = "Countersignature", Exemption = "Exemption",
    Extension = "Extension", Revocation = "Revocation", Root = "Root", Key = "Key", Grant = "Grant",
    Approval = "Approval", Identities = "Identities");

macro_rules! signed {
    ($($kind:ident, $module:ident, $list:ident, $says:expr;)+) => {
        impl Kind {
            /// What is the same for all records of the kind, if it is signed.
            pub fn signed(self) -> Option<SignedKind> {
                match self {
                    $(Kind::$kind => Some($says),)+
                    _ => None,
                }
            }
        }
    };
}

signed_kinds!(signed);

impl Kind {
    /// Whether files of the kind are signed, and so in the canonical form.
    pub fn is_signed(self) -> bool {
        self.signed().is_some()
    }

    /// For which action officers must sign a record of the kind before it counts at all.
    pub fn officers_action(self) -> Option<Action> {
        self.signed()?.officers
    }

    /// What to do instead of revoking a record of the kind, where that cannot be done.
    pub fn instead_of_revoking(self) -> Option<&'static str> {
        self.signed()?.instead
    }

    /// The word in a statement's type and in the namespace of an SSH signature: lower case.
    pub fn slug(self) -> String {
        self.word().to_ascii_lowercase()
    }
}
