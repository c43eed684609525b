//! Compliance-as-code for the workforce: who is duly trained, and can you prove it?

pub mod cli;
pub mod clock;
pub mod duty;
pub mod finding;
pub mod ledger;
pub mod output;
pub mod record;
pub mod source;
pub mod trust;
pub mod yaml;
