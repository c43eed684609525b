//! Tests with files of others that are no part of this repository: vectors and exports, in
//! `../shared` or where `DULY_SHARED` says. Nothing that duly promises rests on them alone.
//!
//! `cargo test --test shared`: a test whose file is missing is named with that file on a line that
//! begins with "not run:".

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[allow(dead_code)]
#[path = "../it/exports.rs"]
mod exports;
#[allow(dead_code)]
#[path = "../it/harness.rs"]
mod harness;
mod real_exports;
mod vectors;

use std::path::{Path, PathBuf};

/// A test by its name, with the files that it reads.
struct Test {
    name: &'static str,
    files: &'static [&'static str],
    run: fn(&Path),
}

const TESTS: [Test; 3] = [
    Test {
        name: "the_twelve_edge_cases_are_refused",
        files: &["vectors/ed25519-speccheck.json"],
        run: vectors::the_twelve_edge_cases_are_refused,
    },
    Test {
        name: "signatures_of_openssh_verify",
        files: &["vectors/sshsig/ed25519.sig", "vectors/sshsig/ed25519_sk.sig"],
        run: vectors::signatures_of_openssh_verify,
    },
    Test {
        name: "three_thousand_people_and_their_courses",
        files: &["data/hris-employees.csv", "data/lms-training.csv"],
        run: real_exports::three_thousand_people_and_their_courses,
    },
];

fn main() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("DULY_SHARED").map_or_else(beside, PathBuf::from);
    for Test { name, files, run } in &TESTS {
        match files.iter().map(|file| folder.join(file)).find(|path| !path.is_file()) {
            Some(missing) => println!("not run: {name}: {} is not there", missing.display()),
            None => {
                run(&folder);
                println!("passed: {name}");
            }
        }
    }
}
