//! duly
pub mod duty;
pub mod finding;
pub mod ledger;
pub mod record;
pub mod report;
pub mod source;
pub mod trust;
pub mod yaml;
