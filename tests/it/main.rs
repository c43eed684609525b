//! The integration tests: one binary that runs `duly` as a user does, on repositories and with
//! keys that are made for each test.

mod attest;
mod bad_files;
mod codes;
mod commands;
mod harness;
mod hostile;
mod init;
mod requirements;
mod signatures;
mod subjects;
mod why_page;
