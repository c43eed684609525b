//! Turns parsed records into accepted ones.
pub mod accepted;
pub mod crypto;
