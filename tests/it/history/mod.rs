//! Real repositories, made with the real git: what somebody could do to the record, and what
//! honest people do every day.
//!
//! Two doors are tried: `duly check --base`, before a change is merged, and `duly verify
//! --history`, for what was merged all the same.

mod attacks;
mod bombs;
mod checkpoints;
mod clones;
mod honest;
mod managers;
mod merges;
mod own_matters;
mod proposals;
mod records;
pub mod repository;
mod revisions;
mod roots;
mod standing;
mod trees;
