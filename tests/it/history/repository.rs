//! A clinic with a past of two months, in git; copied for each test.

use std::cell::Cell;
use std::io::Write;
use std::ops::Deref;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use duly::ledger::InFile;
use duly::record::attestation::Attestation;
use duly::record::id::Subject;
use duly::record::signed::Signed;

use crate::bench::{date, today};
use crate::harness::{Place, Run};

/// Nobody but `w-0004` has a gap: the nurse Olga never did `hygiene`.
const ROSTER: &str = r#"apiVersion: duly/v1
kind: Roster
confirmed_on: TODAY
workers:
  - id: w-0001
    name: Otto Officer
    employment: [{start: LONG-AGO, type: full-time}]
    roles: [officer]
    location: main
  - id: w-0002
    name: Mira Manager
    employment: [{start: LONG-AGO, type: full-time}]
    roles: [clinical]
  - id: w-0003
    name: Nia Nurse
    employment: [{start: LONG-AGO, type: full-time}]
    roles: [clinical]
    managers: [worker/w-0002]
  - id: w-0004
    name: Olga Overdue
    employment: [{start: LONG-AGO, type: full-time}]
    roles: [clinical]
    managers: [worker/w-0002]
  - id: w-0005
    name: Gus Guard
    employment: [{start: LONG-AGO, type: part-time}]
    roles: [supervisor]
"#;

const POLICY: &str = r#"apiVersion: duly/v1
kind: Policy
requirements:
  - id: hygiene
    title: Hand hygiene
    type: training
    applies_to: {role: clinical}
    due: {within: 30 days, every: 12 months, anchor: completion}
    editions:
      - {edition: "1", published: LONG-AGO, document: documents/hygiene-1.md, sha256: "DIGEST"}
    signed_by: [[issuer], [supervisor], [self, officer]]
  - id: fire
    title: Fire safety
    type: acknowledgement
    applies_to: {role: officer}
    due: {within: 30 days}
    declaration: I have read it.
    signed_by: [[self]]
"#;

const TEXT: &str = "# Hand hygiene\n\nWash your hands.\n";

/// How many days ago the record of the clinic began.
pub const BEGAN: i64 = 60;

/// A clinic in git.
pub struct Repo {
    place: Place,
    /// Seconds since 1970 at which the next commit is made.
    clock: Cell<i64>,
}

impl Deref for Repo {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
    }
}

/// What a check or the history came to.
#[derive(Debug)]
pub struct Verdict {
    pub run: Run,
    findings: Vec<Value>,
}

impl Verdict {
    #[track_caller]
    fn of(run: Run, schema: &str) -> Verdict {
        if run.out.is_empty() {
            return Verdict { run, findings: Vec::new() };
        }
        let json = run.json();
        assert_eq!(json["schema"], schema, "{}", run.out);
        let findings = json["findings"].as_array().expect("findings").clone();
        Verdict { run, findings }
    }

    /// The codes of one severity, sorted, each once.
    pub fn codes(&self, severity: &str) -> Vec<&str> {
        let of = self.findings.iter().filter(|f| f["severity"] == severity);
        let mut codes: Vec<&str> = of.map(|f| f["code"].as_str().expect("a code")).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The messages under one code, one a line.
    pub fn said(&self, code: &str) -> String {
        let of = self.findings.iter().filter(|f| f["code"] == code);
        of.map(|f| format!("{}\n", f["message"].as_str().expect("a message"))).collect()
    }

    /// How many gaps a change closes by evidence, and by edits.
    pub fn closes(&self) -> (usize, usize) {
        let effects = &self.run.json()["effects"];
        let count = |list: &str| effects[list].as_array().expect("a list").len();
        (count("gaps_closed_by_evidence"), count("gaps_closed_by_edit"))
    }

    /// Fails the test unless these are the codes of all errors.
    #[track_caller]
    pub fn errors(self, codes: &[&str]) -> Verdict {
        assert_eq!(self.codes("error"), codes, "{}\n{}", self.run.out, self.run.err);
        assert_eq!(self.run.code != 0, !codes.is_empty() || self.run.code == 1, "{}", self.run.code);
        self
    }

    /// Fails the test unless this is said under a code.
    #[track_caller]
    pub fn says(self, code: &str, what: &str) -> Verdict {
        assert!(self.said(code).contains(what), "{what:?} under {code}:\n{}\n{}", self.run.out, self.run.err);
        self
    }

    /// Fails the test unless something is said under a code, at this severity.
    #[track_caller]
    pub fn has(self, severity: &str, code: &str) -> Verdict {
        assert!(self.codes(severity).contains(&code), "{code}:\n{}\n{}", self.run.out, self.run.err);
        self
    }

    /// Fails the test unless there is no error, and nothing that fails the check.
    #[track_caller]
    pub fn passes(self) -> Verdict {
        let verdict = self.errors(&[]);
        assert_eq!(verdict.run.code, 0, "{}\n{}", verdict.run.out, verdict.run.err);
        verdict
    }
}

impl Repo {
    /// The clinic, on its branch `main`.
    pub fn clinic() -> Repo {
        static MADE: OnceLock<Place> = OnceLock::new();
        let place = MADE.get_or_init(|| Repo::make().place).copy();
        Repo { place, clock: Cell::new(duly::clock::now().unix() - 600) }
    }

    fn make() -> Repo {
        let place = Place::initialised();
        std::fs::remove_dir_all(place.repo("policies/documents")).expect("the folder");
        let began = duly::clock::now().unix() - BEGAN * 86_400;
        let repo = Repo { place, clock: Cell::new(began) };
        let day =
            |text: &str| text.replace("LONG-AGO", &repo.in_days(-300)).replace("TODAY", &repo.in_days(0));
        let digest = duly::record::digest::Sha256::of(TEXT.as_bytes()).to_string();
        repo.write("roster/main.yaml", &day(ROSTER));
        repo.write("policies/training.yaml", &day(POLICY).replace("DIGEST", &digest));
        repo.write("policies/documents/hygiene-1.md", TEXT);
        let begins = format!("history_begins: {}", today());
        repo.edit("duly.yaml", &begins, &format!("history_begins: {}", repo.in_days(-400)));
        repo.git(&["init", "-q"]);
        repo.commit("Begin the record");
        for (key, holder) in [("manager", "worker/w-0002"), ("nurse", "worker/w-0003")] {
            repo.enrol(key, holder);
        }
        repo.issuer("lms");
        repo.commit("Enrol keys");
        repo.attest("hygiene", "worker/w-0002", &repo.in_days(-70), "lms");
        repo.attest("hygiene", "worker/w-0003", &repo.in_days(-70), "manager");
        repo.attest("fire", "worker/w-0001", &repo.in_days(-70), "officer");
        repo.commit("First attestations");
        repo
    }

    /// Git, away from every configuration of the machine. Gives what it prints.
    #[track_caller]
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_with(arguments, b"")
    }

    /// Git with bytes on its stdin.
    #[track_caller]
    pub fn git_with(&self, arguments: &[&str], input: &[u8]) -> String {
        let output = self.git_run(arguments, input);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// Git, whose stdout is no text.
    #[track_caller]
    pub fn git_bytes(&self, arguments: &[&str]) -> Vec<u8> {
        let output = self.git_run(arguments, b"");
        assert!(output.status.success(), "git {arguments:?}");
        output.stdout
    }

    /// Git, which may fail.
    pub fn git_run(&self, arguments: &[&str], input: &[u8]) -> Output {
        let date = format!("{} +0000", self.clock.get());
        let mut command = Command::new("git");
        command.env_clear().env("PATH", std::env::var_os("PATH").expect("a PATH"));
        for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")] {
            command.env(name, value);
        }
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Otto Officer");
            command.env(format!("GIT_{who}_EMAIL"), "otto@example.com");
            command.env(format!("GIT_{who}_DATE"), &date);
        }
        command.env("HOME", self.path("")).current_dir(self.repo(""));
        for setting in [
            "init.defaultBranch=main",
            "commit.gpgsign=false",
            "core.autocrlf=false",
            "gc.auto=0",
            "protocol.file.allow=always",
        ] {
            command.args(["-c", setting]);
        }
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("git");
        child.stdin.take().expect("stdin").write_all(input).expect("git reads");
        child.wait_with_output().expect("git ends")
    }

    /// Commits all that is in the folder, a minute after the commit before; gives its id.
    #[track_caller]
    pub fn commit(&self, message: &str) -> String {
        self.clock.set(self.clock.get() + 60);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.tip()
    }

    /// The next commits are made so many days before today.
    pub fn days_ago(&self, days: i64) {
        self.clock.set(duly::clock::now().unix() - days * 86_400);
    }

    /// The commit that is checked out.
    pub fn tip(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    /// Goes on in a new branch.
    pub fn branch(&self, name: &str) {
        self.git(&["checkout", "-q", "-b", name]);
    }

    /// Goes to a branch or commit.
    pub fn go(&self, to: &str) {
        self.git(&["checkout", "-q", to]);
    }

    /// Signs a completion of `hygiene` with whatever key, past the program's own refusals.
    pub fn forge(&self, subject: &str, day: &str, key: &str) -> String {
        let record = self.sheet(subject, day);
        self.put(record, &[key])
    }

    /// An unsigned record of `hygiene` for one subject.
    pub fn sheet(&self, subject: &str, day: &str) -> Attestation {
        let (ledger, _) = self.judged();
        let of = |a: &&InFile<Signed<Attestation>>| a.value.record.requirement.as_str() == "hygiene";
        let mut record = ledger.attestations.iter().find(of).expect("one").value.record.clone();
        record.completions.truncate(1);
        record.completions[0].subject = Subject::parse(subject).expect("a subject");
        record.completions[0].completed_on = date(day);
        record
    }

    /// Proposes the next root and lets these keys sign it; gives its path.
    pub fn next_root(&self, change: &[&str], keys: &[&str]) -> String {
        let draft = self.path(&format!("root-{}.yaml", self.files("trust/root").len()));
        let draft = draft.to_str().expect("a path");
        let _ = std::fs::remove_file(draft);
        let all: Vec<&str> = ["trust", "propose", "--out", draft].iter().chain(change).copied().collect();
        self.duly(&all).exits(0);
        let sign = |key: &&str| self.duly(&["trust", "sign", draft, "--key", &format!("../{key}")]).exits(0);
        let runs: Vec<Run> = keys.iter().map(sign).collect();
        runs.last().expect("a key").out.trim().to_owned()
    }

    /// Revokes a key with the officer's.
    pub fn revoke_key(&self, name: &str, how: &[&str]) -> String {
        let key = self.fingerprint(name);
        let all: Vec<&str> =
            ["key", "revoke", &key, "--key", "../officer"].iter().chain(how).copied().collect();
        self.duly(&all).exits(0).out.trim().to_owned()
    }

    /// Removes a file of the folder.
    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.repo(path)).expect("the file");
    }

    /// The signed files of a folder, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let all = self.git(&["ls-files", folder]);
        all.lines().map(str::to_owned).collect()
    }

    /// Commits what is in the folder on a branch and judges it as a pull request.
    #[track_caller]
    pub fn propose(&self) -> Verdict {
        self.branch("change");
        self.commit("A change");
        self.judge("main", "change")
    }

    /// Judges a pull request.
    #[track_caller]
    pub fn judge(&self, base: &str, head: &str) -> Verdict {
        let arguments = ["check", "--base", base, "--head", head, "--new-only", "--format", "json"];
        let run = self.duly(&arguments);
        // What cannot be judged has findings, and no effects.
        let schema = if run.code == 2 { "duly/check/v1" } else { "duly/change/v1" };
        Verdict::of(run, schema)
    }

    /// Judges the history of what is checked out.
    #[track_caller]
    pub fn past(&self) -> Verdict {
        Verdict::of(self.duly(&["verify", "--history", "--format", "json"]), "duly/history/v1")
    }

    /// Judges the history of a commit that is not checked out.
    #[track_caller]
    pub fn past_of(&self, revision: &str) -> Verdict {
        let arguments = ["verify", "--history", "--rev", revision, "--format", "json"];
        Verdict::of(self.duly(&arguments), "duly/history/v1")
    }

    /// Checks the files of a commit.
    #[track_caller]
    pub fn check(&self, revision: &str) -> Verdict {
        Verdict::of(self.duly(&["check", "--rev", revision, "--format", "json"]), "duly/check/v1")
    }

    /// Judges a change at both doors: as a pull request and after it was merged.
    #[track_caller]
    pub fn both(&self) -> (Verdict, Verdict) {
        let before = self.propose();
        self.go("main");
        self.merge("change");
        (before, self.past())
    }

    /// Merges a branch, with a commit of its own.
    #[track_caller]
    pub fn merge(&self, branch: &str) {
        self.clock.set(self.clock.get() + 60);
        self.git(&["merge", "-q", "--no-ff", "-m", "Merge a change", branch]);
    }
}
