//! duly
fn main() {}
