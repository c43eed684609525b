//! The table against the readers, on full samples of every kind.

mod committed;
mod readers;
mod samples;
mod schemas;
mod walk;

use super::of;
