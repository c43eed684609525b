//! Disks and repositories that duly cannot work with: each gets words of its own.

use std::fs::OpenOptions;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

use crate::harness::Place;
use crate::history::repository::Repo;

#[test]
fn a_full_disk_has_words_of_its_own() {
    let place = Place::initialised();
    let full = OpenOptions::new().write(true).open("/dev/full").expect("a device that is always full");
    let output =
        Command::new(cargo_bin("duly")).arg("check").current_dir(place.repo("")).stdout(full).output();
    let output = output.expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("The disk is full"), "{said}");
}

#[test]
fn repositories_in_forms_that_cannot_be_read_are_said_so() {
    for (how, word) in [("--object-format=sha256", "sha256"), ("--ref-format=reftable", "reftable")] {
        let repo = Repo::clinic();
        std::fs::remove_dir_all(repo.repo(".git")).expect("git's folder");
        repo.git(&["init", "-q", how]);
        repo.commit("Begin");
        for arguments in [&["check"][..], &["verify", "--history"], &["check", "--rev", "HEAD"]] {
            let run = repo.duly(arguments).exits(2);
            assert!(run.err.contains(word) && run.err.contains("cannot read yet"), "{}", run.err);
        }
    }
}

/// What git leaves out would be on this machine alone.
#[test]
fn nothing_is_signed_where_git_would_leave_it_out() {
    let repo = Repo::clinic();
    let record = repo.files("attestations").remove(0);
    for file in [".gitignore", ".git/info/exclude"] {
        repo.write(file, "revocations/\nexemptions/\nattestations/\ntrust/keys/\n");
        let revoke = ["revoke", &record, "--reason", "mistaken", "--key", "../officer"];
        let attest = [
            "attest",
            "fire",
            "--subject",
            "worker/w-0001",
            "--completed-on",
            &repo.in_days(-1),
            "--key",
            "../officer",
        ];
        for arguments in [&revoke[..], &attest] {
            let run = repo.duly(arguments).exits(2);
            assert!(run.err.contains("git would leave out"), "{}", run.err);
        }
        assert!(!repo.repo("revocations").exists());
        repo.write(file, "");
    }
    repo.duly(&["revoke", &record, "--reason", "mistaken", "--key", "../officer"]).exits(0);
}

#[test]
fn a_report_is_not_written_over_what_it_did_not_make() {
    let repo = Repo::clinic();
    for option in ["--markdown", "--single-file"] {
        repo.write("../mine", "# My notes\n");
        let run = repo.duly(&["report", option, "../mine"]).exits(2);
        assert!(run.err.contains("not a page that duly wrote"), "{}", run.err);
        assert_eq!(repo.read("../mine"), "# My notes\n");
        repo.remove("../mine");
        repo.duly(&["report", option, "../mine"]).exits(0);
        let first = repo.read("../mine");
        repo.duly(&["report", option, "../mine"]).exits(0);
        assert_eq!(repo.read("../mine"), first);
    }
}
