//! What the history of a repository shows that its files alone cannot: when something was first
//! seen, and that nothing was taken away since.

pub mod checkpoint;
