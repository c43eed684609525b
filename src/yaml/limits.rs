//! How much one file may hold. The only place where these numbers stand.

/// The largest file that people write, in bytes: 1 MiB.
pub const PEOPLE_BYTES: u64 = 1 << 20;

/// The largest signed file, in bytes: 4 MiB.
pub const SIGNED_BYTES: u64 = 4 << 20;

/// The largest text of an edition, in bytes: 32 MiB, enough for a scanned manual.
pub const DOCUMENT_BYTES: u64 = 32 << 20;

/// How deeply lists and groups may be nested.
pub const DEPTH: usize = 16;

/// How many values one file may hold.
pub const NODES: usize = 200_000;
