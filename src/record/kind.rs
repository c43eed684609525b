//! The kinds of record, and the folder that each lives in.

use super::scalar::words;

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

impl Kind {
    /// Whether files of the kind are signed, and so in the canonical form.
    pub fn is_signed(self) -> bool {
        !matches!(
            self,
            Kind::Organization
                | Kind::Roster
                | Kind::Policy
                | Kind::Assignment
                | Kind::System
                | Kind::Vendor
                | Kind::Incident
                | Kind::Identities
        )
    }

    /// The word in a statement's type and in the namespace of an SSH signature: lower case.
    pub fn slug(self) -> String {
        self.word().to_ascii_lowercase()
    }
}
