//! The commands of the documentation, run as they stand there.

use std::path::Path;
use std::process::Command;

use crate::bench::NOTHING;
use crate::harness::Place;

/// The blocks of a page in a language, without what they are indented by.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page)).unwrap();
    let (mut found, mut open): (Vec<String>, Option<usize>) = (Vec::new(), None);
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        match (open, line.trim_start().strip_prefix("```")) {
            (None, Some(named)) if named == language => {
                open = Some(indent);
                found.push(String::new());
            }
            (None, _) => {}
            (Some(_), Some("")) => open = None,
            (Some(by), _) => {
                let block = found.last_mut().unwrap();
                block.push_str(line.get(by..).unwrap_or_default());
                block.push('\n');
            }
        }
    }
    found
}

impl Place {
    /// Runs a block of a page in the repository, with these variables.
    fn shell(&self, block: &str, variables: &[(&str, &str)]) -> String {
        let program = assert_cmd::cargo::cargo_bin("duly");
        let path = std::env::var("PATH").unwrap();
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", block]).current_dir(self.repo(""));
        command.env("PATH", format!("{}:{path}", program.parent().unwrap().display()));
        for name in ["CI", "DULY_TRUST_ROOT", "SSH_AUTH_SOCK"] {
            command.env_remove(name);
        }
        let output = command.envs(variables.iter().copied()).output().expect("bash");
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{block}\n{}\n{}", said(&output.stdout), said(&output.stderr));
        said(&output.stdout)
    }
}

#[test]
fn an_auditor_without_duly() {
    let place = Place::with_team();
    let record = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let attest = [
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--completed-on",
        "2026-03-01",
        "--scheme",
        "sshsig",
        "--key",
        "../manager",
    ];
    let ssh_record = place.duly(&attest).exits(0).out.trim().to_owned();
    let key = place.fingerprint("manager");
    let revoke = ["key", "revoke", &place.fingerprint("nurse"), "--reason", "lost", "--key", "../nurse"];
    place.duly(&revoke).exits(0);
    let enrolment = place.shell("grep -l 'worker/w-0002' trust/keys/*.yaml", &[]);
    let variables = [
        ("RECORD", record.as_str()),
        ("SSH_RECORD", ssh_record.as_str()),
        ("ENROLMENT", enrolment.trim()),
        ("KEY", key.as_str()),
    ];
    let said: Vec<String> =
        blocks("verify-without-duly.md", "sh").iter().map(|b| place.shell(b, &variables)).collect();
    let said = said.join("");
    let digest = place.payload(&record);
    assert_eq!(said.matches(&digest).count(), 2, "{said}");
    assert!(said.contains("Good \"attestation.v1@duly\" signature for worker/w-0002"), "{said}");
    assert_eq!(said.matches("Signature Verified Successfully").count(), 3, "{said}");
    assert!(said.contains(&place.audience().to_string()), "{said}");
    assert!(said.contains("the key is not revoked"), "{said}");
    assert!(said.ends_with(&format!("{record}\n")), "{said}");

    let python = &blocks("verify-without-duly.md", "python")[0];
    let program = crate::outside::python_itself();
    let mut command = Command::new(program);
    command.current_dir(place.repo("")).arg("-c").arg(python).arg(place.path("manager.pub")).arg(&key);
    let output = command.output().expect("python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains(&key));
}

#[test]
fn an_officer_who_lost_the_only_key() {
    let place = Place::new();
    place.key("officer");
    place.key("recovery");
    let init = [
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
        "--recovery-key",
        "recovery.pub",
    ];
    place.run(&init).exits(0);
    let lost = place.fingerprint("officer");
    // Those of the first part have a key in the home folder; the worked example begins here.
    let all = blocks("lost-key.md", "sh");
    let start = all.iter().position(|b| b.contains("trust propose")).unwrap();
    for block in &all[start..] {
        // Nobody is there to type a passphrase.
        let block = block.replace("key new ../officer2", "key new --no-passphrase ../officer2");
        place.shell(&block, &[("LOST", &lost)]);
    }
    assert_eq!(place.sum(), NOTHING);
    let (_, trust) = place.judged();
    assert_eq!(trust.chain.links().len(), 2);
    assert_eq!(trust.registry.all().iter().filter(|(_, e)| e.void.is_none()).count(), 2);
    place.duly(&["key", "list"]).exits(0);
}

/// The commands of the first part, with their dots filled in.
#[test]
fn a_worker_who_lost_a_key() {
    let place = Place::with_team();
    let record = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let lost = place.fingerprint("manager");
    let all = blocks("lost-key.md", "sh");
    let end = all.iter().position(|b| b.contains("trust propose")).unwrap();
    assert_eq!(end, 3);
    for block in [&all[0], &all[2]] {
        let block = block
            .replace("key new", "key new --no-passphrase")
            .replace("~/.ssh/duly-2", "../duly-2")
            .replace("worker/w-0042", "worker/w-0002")
            .replace("--out request.yaml", "--out ../request.yaml")
            .replace("approve request.yaml", "approve ../request.yaml")
            .replace("OFFICER_KEY", "../officer")
            .replace("SHA256:…", &lost)
            .replace("attestations/2026/02/4caa….yaml", &record);
        place.shell(&block, &[]);
    }
    assert_eq!(place.sum(), crate::bench::Sum { accepted: 1, ..NOTHING });
    assert!(all[1].contains("--reason lost --keep-all"));
}
