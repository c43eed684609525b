//! duly
pub mod cli;
pub mod finding;
pub mod import;
pub mod ledger;
pub mod record;
pub mod source;
pub mod trust;
pub mod yaml;
