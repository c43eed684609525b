//! Tests of the engine as a whole.

mod golden;
mod world;
