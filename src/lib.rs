//! duly
pub mod duty;
pub mod finding;
pub mod record;
pub mod trust;
