//! What people read: one view model, and the formats made from it.

pub mod status;
