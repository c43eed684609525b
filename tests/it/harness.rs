//! A repository made for one test, with real keys, and the program run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    fn of(output: &Output) -> Run {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let run = Run {
            code: output.status.code().unwrap_or(-1),
            out: text(&output.stdout),
            err: text(&output.stderr),
        };
        assert!(!run.err.contains("panicked"), "a panic reached the user: {run:?}");
        run
    }

    /// Fails the test unless the exit code is this one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Run {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// The output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e} in:\n{}\n{}", self.out, self.err))
    }
}

/// Runs the program in a folder, without what the environment of the tests would add.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(&command(folder, arguments).output().expect("the program runs"))
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("duly"));
    command.current_dir(folder).args(arguments);
    for variable in ["CI", "DULY_TRUST_ROOT", "NO_COLOR", "SSH_AUTH_SOCK"] {
        command.env_remove(variable);
    }
    command
}

/// A folder that holds a repository `repo` and keys beside it.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// An empty place.
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A repository as `duly init` makes it, whose officer `w-0001` has the key `officer`.
    pub fn initialised() -> Place {
        let place = Place::new();
        place.key("officer");
        place
            .run(&[
                "init",
                "repo",
                "--name",
                "Test Clinic",
                "--timezone",
                "UTC",
                "--officer",
                "w-0001",
                "--key",
                "officer",
            ])
            .exits(0);
        place
    }

    /// Another place with a copy of all that is in this one, modes and links too.
    pub fn copy(&self) -> Place {
        let copy = Place::new();
        let from = self.folder.path().join(".");
        let status = Command::new("cp").arg("-a").args([&from, copy.folder.path()]).status().expect("cp");
        assert!(status.success(), "cp -a failed");
        copy
    }

    /// A path in the place.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A path in the repository.
    pub fn repo(&self, path: &str) -> PathBuf {
        self.path("repo").join(path)
    }

    /// Makes a key pair.
    pub fn key(&self, name: &str) -> PathBuf {
        self.run(&["key", "new", "--no-passphrase", name]).exits(0);
        self.path(name)
    }

    /// Runs the program in the place, without what the environment of the tests would add.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&command(self.folder.path(), arguments).output().expect("the program runs"))
    }

    /// Runs the program in the repository.
    pub fn duly(&self, arguments: &[&str]) -> Run {
        Run::of(&command(&self.path("repo"), arguments).output().expect("the program runs"))
    }

    /// Runs the program in the repository with a variable set.
    pub fn duly_with(&self, variable: (&str, &str), arguments: &[&str]) -> Run {
        let mut command = command(&self.path("repo"), arguments);
        Run::of(&command.env(variable.0, variable.1).output().expect("the program runs"))
    }

    /// Writes a file of the repository.
    pub fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    /// Writes a file of the repository.
    pub fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.repo(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(path, bytes).expect("the file");
    }

    /// Reads a file of the repository.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.repo(path)).expect("the file")
    }

    /// Replaces a text in a file of the repository; it must be there.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{from:?} is not in {path}:\n{text}");
        self.write(path, &text.replace(from, to));
    }

    /// The codes of the errors that a check finds, sorted, each once.
    pub fn errors(&self) -> Vec<String> {
        self.codes("error")
    }

    /// The codes of the findings of one severity, sorted, each once.
    pub fn codes(&self, severity: &str) -> Vec<String> {
        let json = self.duly(&["check", "--format", "json"]).json();
        let findings = json["findings"].as_array().expect("findings").clone();
        let of = |f: &serde_json::Value| f["severity"] == severity;
        let mut codes: Vec<String> = findings
            .iter()
            .filter(|f| of(f))
            .map(|f| f["code"].as_str().expect("a code").to_owned())
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }

    /// Enrols a new key of a name for a holder.
    pub fn enrol(&self, name: &str, holder: &str) {
        self.key(name);
        let key = format!("../{name}");
        let request = format!("../{name}.request");
        self.duly(&["key", "request", "--owner", holder, "--key", &key, "--out", &request]).exits(0);
        self.duly(&["key", "approve", &request, "--key", "../officer"]).exits(0);
    }

    /// The fingerprint of a key, by OpenSSH.
    pub fn fingerprint(&self, name: &str) -> String {
        let public = self.path(&format!("{name}.pub"));
        let output = Command::new("ssh-keygen").arg("-lf").arg(public).output().expect("ssh-keygen");
        let line = String::from_utf8(output.stdout).expect("text");
        line.split(' ').nth(1).expect("a fingerprint").to_owned()
    }
}

/// A roster with a nurse whom a manager manages since 2026.
pub const TEAM: &str = r#"apiVersion: duly/v1
kind: Roster
confirmed_on: 2026-11-01
workers:
  - id: w-0001
    employment: [{start: 2020-01-01, type: full-time}]
    roles: [officer]
    location: main
  - id: w-0002
    name: Mira Manager
    employment: [{start: 2020-01-01, type: full-time}]
    roles: [clinical]
  - id: w-0003
    name: Nia Nurse
    employment: [{start: 2025-01-01, type: full-time}]
    roles: [clinical]
    managers:
      - {manager: worker/w-0001, until: 2025-12-31}
      - {manager: worker/w-0002, from: 2026-01-01}
"#;

/// A policy with one requirement that a supervisor or an issuer must sign.
pub const POLICY: &str = r#"apiVersion: duly/v1
kind: Policy
requirements:
  - id: hygiene
    title: Hand hygiene
    type: training
    applies_to: {role: clinical}
    due: {within: 30 days, every: 12 months, anchor: completion}
    editions:
      - {edition: "1", published: 2025-01-01}
    signed_by: [[issuer], [supervisor], [self, officer]]
  - id: privacy
    title: Privacy
    type: acknowledgement
    applies_to: everyone
    due: {within: 30 days}
    declaration: I have read it.
    signed_by: [[self]]
"#;

impl Place {
    /// A repository with the team, the policy, and enrolled keys `manager` and `nurse`.
    pub fn with_team() -> Place {
        let place = Place::initialised();
        place.write("roster/main.yaml", TEAM);
        place.write("policies/training.yaml", POLICY);
        std::fs::remove_dir_all(place.repo("policies/documents")).expect("the folder");
        place.enrol("manager", "worker/w-0002");
        place.enrol("nurse", "worker/w-0003");
        place
    }

    /// Signs an attestation and gives its path.
    #[track_caller]
    pub fn attest(&self, requirement: &str, subject: &str, day: &str, key: &str) -> String {
        let key = format!("../{key}");
        let run = self
            .duly(&["attest", requirement, "--subject", subject, "--completed-on", day, "--key", &key])
            .exits(0);
        run.out.trim().to_owned()
    }
}
