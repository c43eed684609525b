//! The pin: the digest of a root, kept where the repository cannot change it.

use crate::record::digest::Sha256;

/// Whether somebody outside the repository vouches for its root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pinned {
    /// No pin was given: whoever can replace everything can replace the root too.
    No,
    /// The pin is the digest of the root with this number.
    Root(u32),
    /// A pin was given and belongs to no root of this repository.
    Mismatch,
}

impl Pinned {
    /// Compares a pin with the digests of the chain, root 1 first. Any root of the chain may
    /// be pinned: a later one also excludes a fork made before it.
    pub fn judge(pin: Option<Sha256>, chain: &[Sha256]) -> Pinned {
        let Some(pin) = pin else { return Pinned::No };
        match chain.iter().position(|digest| *digest == pin) {
            Some(at) => Pinned::Root(u32::try_from(at + 1).unwrap_or(u32::MAX)),
            None => Pinned::Mismatch,
        }
    }

    /// Whether the root is vouched for.
    pub fn holds(self) -> bool {
        matches!(self, Pinned::Root(_))
    }
}
