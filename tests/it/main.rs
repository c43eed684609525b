//! The integration tests: one binary that runs `duly` as a user does, on repositories and with
//! keys that are made for each test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod attest;
mod bad_files;
mod bench;
mod clinic;
mod codes;
mod commands;
mod disks;
mod doc_pages;
mod doors;
mod exports;
mod generated;
mod harness;
mod history;
mod hostile;
mod identities;
mod ignored;
mod init;
mod joining;
mod killed;
mod lost_keys;
mod outside;
mod pages;
mod proves;
mod report;
mod requirements;
mod revocation;
mod roots;
mod schema;
mod seals;
mod signatures;
mod subjects;
mod unlikely;
mod waivers;
mod workflow;
