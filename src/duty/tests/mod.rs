//! Tests of the engine as a whole.

mod golden;
mod naive;
mod properties;
mod random;
mod world;
