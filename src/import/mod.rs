//! Exports of other systems into records: CSV in, rosters and attestations out.
//!
//! Three steps, each its own file and each without side effects but the last: read the
//! [`csv`] by a [`map`], plan what would change, write it. What cannot be taken over goes to a
//! file of rejects with the row's number and the reason, to be mended and imported again.

pub mod atomic;
pub mod cells;
pub mod completions;
pub mod csv;
pub mod dates;
pub mod declare;
mod error;
pub mod map;
pub mod privacy;
pub mod rejects;
pub mod roster;
pub mod roster_write;
pub mod run;
pub mod suggest;
pub mod summary;

pub use error::ImportError;
