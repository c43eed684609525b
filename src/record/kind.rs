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
    /// Evidence that something was completed.
    Attestation,
    /// Officers, thresholds, limits.
    Root,
    /// A key and its holder.
    Key,
    /// What an issuer's key may sign.
    Grant,
    /// The names of people, outside of the repository.
    Identities,
}

words!(Kind, "a kind of record";
    Organization = "Organization", Roster = "Roster", Policy = "Policy",
    Attestation = "Attestation", Root = "Root", Key = "Key", Grant = "Grant", Identities = "Identities");

impl Kind {
    /// Whether files of the kind are signed, and so in the canonical form.
    pub fn is_signed(self) -> bool {
        !matches!(self, Kind::Organization | Kind::Roster | Kind::Policy | Kind::Identities)
    }

    /// The word in a statement's type and in the namespace of an SSH signature: lower case.
    pub fn slug(self) -> String {
        self.word().to_ascii_lowercase()
    }
}
