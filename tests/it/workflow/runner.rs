//! A stand-in for the host that runs the workflow: it checks out what the event is about, and
//! runs the steps of the job with the shell, as the workflow says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;

use crate::history::repository::Repo;

/// What a run of the job came to.
#[derive(Debug, Default)]
pub struct Ran {
    /// Whether all steps passed.
    pub passed: bool,
    /// The outcome of each step that ran a command, by its name.
    pub steps: BTreeMap<String, String>,
    /// All that the steps printed.
    pub said: String,
    /// The page that the host shows beside the run.
    pub page: String,
    /// The folder of the public report, if one was made.
    pub site: Option<PathBuf>,
}

/// What happened at the host: the values that its expressions have.
pub struct Event {
    name: &'static str,
    head: String,
    values: BTreeMap<&'static str, String>,
}

impl Event {
    fn new(name: &'static str, head: &str, values: &[(&'static str, &str)]) -> Event {
        let values = values.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
        Event { name, head: head.to_owned(), values }
    }

    /// Somebody proposed a commit for `main`.
    pub fn pull_request(head: &str) -> Event {
        let values = [("github.base_ref", "main"), ("github.event.pull_request.head.sha", head)];
        Event::new("pull_request", head, &values)
    }

    /// The merge queue made a commit for `main`.
    pub fn merge_group(head: &str) -> Event {
        let values = [
            ("github.event.merge_group.base_ref", "refs/heads/main"),
            ("github.event.merge_group.head_sha", head),
        ];
        Event::new("merge_group", head, &values)
    }

    /// `main` got a commit.
    pub fn push(head: &str) -> Event {
        Event::new("push", head, &[])
    }
}

/// The workflow of a repository, and a host for it.
pub struct Host<'r> {
    repo: &'r Repo,
    workflow: Value,
    /// What lies at every address.
    program: PathBuf,
    /// The repository's variable DULY_TRUST_ROOT.
    pub trust_root: String,
}

impl<'r> Host<'r> {
    /// A host whose repository is what the folder of a repository holds.
    pub fn new(repo: &'r Repo, workflow: &str, program: &Path, trust_root: &str) -> Host<'r> {
        let workflow = serde_yaml::from_str(workflow).expect("the workflow is YAML");
        let host = Host { repo, workflow, program: program.to_owned(), trust_root: trust_root.to_owned() };
        host.repo.git(&["init", "-q", "--bare", "../origin.git"]);
        host.repo.git(&["push", "-q", "../origin.git", "main"]);
        host
    }

    /// Sends a commit to the host under a name.
    pub fn send(&self, commit: &str, name: &str) {
        self.repo.git(&["push", "-q", "-f", "../origin.git", &format!("{commit}:{name}")]);
    }

    /// What the checkout with its depth of 0 does: all branches, and the commit.
    fn check_out(&self, head: &str) -> PathBuf {
        let runner = self.repo.path("runner");
        let _ = std::fs::remove_dir_all(&runner);
        std::fs::create_dir_all(runner.join("bin")).expect("a folder");
        let work = runner.join("work");
        let folder = work.to_str().expect("a path");
        self.repo.git(&["init", "-q", folder]);
        self.repo.git(&["-C", folder, "remote", "add", "origin", "../../origin.git"]);
        self.repo.git(&["-C", folder, "fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*", head]);
        self.repo.git(&["-C", folder, "checkout", "-q", "--detach", head]);
        // The network gives the program, whatever the address.
        let curl = "#!/bin/sh\nwhile [ \"$1\" != --output ]; do shift; done\ncp \"$PROGRAM\" \"$2\"\n";
        script(&runner.join("bin/curl"), curl);
        runner
    }

    /// Runs the job for an event.
    pub fn run(&self, event: &Event) -> Ran {
        let runner = self.check_out(&event.head);
        let mut ran = Ran { passed: true, ..Ran::default() };
        let mut outcomes: BTreeMap<String, String> = BTreeMap::new();
        for step in self.workflow["jobs"]["duly"]["steps"].as_sequence().expect("steps") {
            let Some(command) = step["run"].as_str() else { continue };
            let name = step["name"].as_str().expect("a step has a name");
            let outcome = if self.is_due(step, event, &outcomes, ran.passed) {
                let (passed, said) = self.step(step, command, event, &runner);
                ran.said.push_str(&said);
                ran.passed &= passed;
                if passed { "success" } else { "failure" }
            } else {
                "skipped"
            };
            let id = step["id"].as_str().unwrap_or(name);
            outcomes.insert(id.to_owned(), outcome.to_owned());
            ran.steps.insert(name.to_owned(), outcome.to_owned());
        }
        ran.page = std::fs::read_to_string(runner.join("summary")).unwrap_or_default();
        ran.site = Some(runner.join("site")).filter(|_| outcomes["site"] == "success");
        ran
    }

    /// Whether a step runs: its condition, which the shell reads as the host does.
    fn is_due(&self, step: &Value, event: &Event, outcomes: &BTreeMap<String, String>, passed: bool) -> bool {
        let Some(condition) = step["if"].as_str() else { return passed };
        let mut text = condition.replace("${{", "").replace("}}", "");
        // Without a word about failures, a step runs only where none failed before it.
        let whatever = text.contains("!cancelled()");
        text = text.replace("!cancelled()", "x == x").replace("github.event_name", event.name);
        for (id, outcome) in outcomes {
            text = text.replace(&format!("steps.{id}.outcome"), outcome);
        }
        assert!(!text.contains("github.") && !text.contains("steps."), "{text}");
        let holds = Command::new("bash").args(["-c", &format!("[[ {text} ]]")]).status().expect("bash");
        (passed || whatever) && holds.success()
    }

    fn step(&self, step: &Value, command: &str, event: &Event, runner: &Path) -> (bool, String) {
        let file = |name: &str| runner.join(name);
        let added = std::fs::read_to_string(file("path")).unwrap_or_default();
        let path =
            [file("bin").to_str().expect("a path"), added.trim(), &std::env::var("PATH").expect("a PATH")]
                .join(":");
        let mut shell = Command::new("bash");
        shell.args(["-e", "-c", command]).current_dir(file("work")).env_clear();
        shell.env("PATH", path).env("CI", "true").env("PROGRAM", &self.program).env("HOME", runner);
        shell.env("RUNNER_TEMP", runner).env("GITHUB_PATH", file("path"));
        shell.env("GITHUB_STEP_SUMMARY", file("summary"));
        for env in [&self.workflow["env"], &step["env"]] {
            for (name, value) in env.as_mapping().into_iter().flatten() {
                let name = name.as_str().expect("a name");
                shell.env(name, self.value(value.as_str().expect("a text"), event));
            }
        }
        let output = shell.output().expect("bash");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// A value of the workflow with its expression read.
    fn value(&self, text: &str, event: &Event) -> String {
        let inside = text.strip_prefix("${{").and_then(|t| t.strip_suffix("}}"));
        let Some(expression) = inside.map(str::trim) else { return text.to_owned() };
        match event.values.get(expression) {
            Some(value) => value.clone(),
            None if expression == "vars.DULY_TRUST_ROOT" => self.trust_root.clone(),
            // What an event has no value for is empty.
            None => String::new(),
        }
    }
}

/// Writes a program of the shell.
pub fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text).expect("the file");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("its mode");
}
