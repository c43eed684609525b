//! duly
pub mod finding;
pub mod record;
pub mod trust;
pub mod yaml;
