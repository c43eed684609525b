//! The bytes that are signed, and the checks of a signature over them.
//!
//! Everything here is about one record, one key and one signature: who may sign what is judged
//! by the rest of [`trust`](super). The way of a signature:
//!
//! ```text
//! record ─ statement::payload ─→ P ─┬─ dsse::pae ───────────────┬─ verify::verify ─→ check::check
//!                                   └─ sshsig::to_be_signed ────┘        ↑
//!                                      public key ─ point::CheckedKey ───┘
//! ```
//!
//! A key that has not passed [`point`]'s checks cannot be used: [`verify`] takes nothing else.

#[cfg(unix)]
pub mod agent;
pub mod armour;
pub mod check;
pub mod dsse;
pub mod envelope;
pub mod jcs;
pub mod pem;
pub mod point;
pub mod private_key;
pub mod private_key_file;
pub mod signer;
pub mod sshsig;
pub mod statement;
pub mod text64;
pub mod verify;
mod wire;

#[cfg(test)]
mod tests;
