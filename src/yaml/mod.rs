//! Reading and writing YAML; the only room that names `serde_yaml`.
//!
//! People's files are read twice: an own scan finds what must not be there and where
//! everything stands, `serde_yaml` gives the values, and a file in which the two differ is
//! refused. Signed files have one canonical form with a reader and a writer of their own.

pub mod canonical;
pub mod limits;
pub mod people;
