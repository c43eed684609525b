//! Tests of the engine as a whole.

mod breaks;
mod changes;
mod edges;
mod golden;
mod naive;
mod others;
mod properties;
mod random;
mod rules;
mod why;
mod world;
