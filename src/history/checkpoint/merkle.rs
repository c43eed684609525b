//! The Merkle tree hash of a list that only grows (RFC 6962 section 2.1).
//!
//! Who has the hash of the first n leaves can later see that a longer list still begins with
//! the same n. The tree itself is never kept: a [`Range`] holds one hash for each power of two
//! that its length is made of, so the hashes of all prefixes come from one pass.

use sha2::Digest as _;

use crate::record::digest::Sha256;

// The two prefixes keep a leaf from being taken for a pair of hashes.
const LEAF: u8 = 0;
const NODE: u8 = 1;

/// The leaf of a file: the line that `sha256sum` prints for it.
pub fn leaf(path: &str, digest: &Sha256) -> Vec<u8> {
    format!("{digest}  {path}\n").into_bytes()
}

/// The leaves so far, folded together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Range {
    size: u64,
    /// The hashes of full trees, the largest first: one for each 1 in the binary `size`.
    full: Vec<Sha256>,
}

impl Range {
    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf behind the others.
    pub fn push(&mut self, data: &[u8]) {
        let mut hash = hash_leaf(data);
        // Each 1 at the end of the size is a full tree as large as the one that grows.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.full.pop() {
                hash = hash_node(&left, &hash);
            }
        }
        self.full.push(hash);
        self.size += 1;
    }

    /// The hash of the leaves so far; without any, the digest of no bytes.
    pub fn root(&self) -> Sha256 {
        let mut rest = self.full.iter().rev();
        let Some(last) = rest.next() else { return Sha256::of(b"") };
        rest.fold(*last, |right, left| hash_node(left, &right))
    }
}

impl<L: AsRef<[u8]>> FromIterator<L> for Range {
    fn from_iter<I: IntoIterator<Item = L>>(leaves: I) -> Range {
        let mut range = Range::default();
        leaves.into_iter().for_each(|leaf| range.push(leaf.as_ref()));
        range
    }
}

fn hash_leaf(data: &[u8]) -> Sha256 {
    Sha256::from_bytes(sha2::Sha256::new().chain_update([LEAF]).chain_update(data).finalize().into())
}

fn hash_node(left: &Sha256, right: &Sha256) -> Sha256 {
    let both =
        sha2::Sha256::new().chain_update([NODE]).chain_update(left.bytes()).chain_update(right.bytes());
    Sha256::from_bytes(both.finalize().into())
}

#[cfg(test)]
#[path = "tests/merkle.rs"]
mod tests;
