//! The integration tests: one binary that runs `duly` as a user does, on repositories and with
//! keys that are made for each test.

mod attest;
mod bad_files;
mod bench;
mod commands;
mod harness;
mod init;
mod joining;
mod outside;
mod pages;
mod revocation;
mod roots;
mod signatures;
mod waivers;
