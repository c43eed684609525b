//! Checkpoints: a few lines to be kept by somebody else, which fix everything that a repository
//! held until then.

pub mod merkle;
