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
    let end = all.iter().position(|b| b.contains("trust list")).unwrap();
    for block in &all[start..=end] {
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

/// The files that a checkpoint is over, of this commit, in the order of their paths.
fn grown(place: &Place) -> Vec<String> {
    let listed = place.shell("git ls-files attestations exemptions revocations trust", &[]);
    listed.lines().map(str::to_owned).collect()
}

#[test]
fn a_checkpoint_without_duly() {
    use duly::history::checkpoint::verifier_key::{SignatureType, VerifierKey};
    use duly::history::checkpoint::{Checkpoint, cosignature, origin, sign};
    use duly::record::digest::Sha256;
    use duly::trust::crypto::private_key::PrivateKey;
    use duly::trust::crypto::signer::Signer as _;

    let place = Place::with_team();
    let git = "git -c user.name=a -c user.email=a@example.com";
    place.shell(&format!("git init -q -b main && git add -A && {git} commit -qm one"), &[]);
    // What comes by a merge appears with the merge, behind what was there, whatever its name.
    place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let side = "checkout -q -b side && git add -A && git -c user.name=a -c user.email=a@example.com";
    place.shell(&format!("git {side} commit -qm two && git checkout -q main"), &[]);
    place.shell(&format!("{git} merge -q --no-ff -m three side"), &[]);
    let first = place.shell("git ls-tree -r --name-only HEAD^1", &[]);
    let mut paths = grown(&place);
    paths.sort_by_key(|path| !first.lines().any(|line| line == path));
    let digest = |path: &String| Sha256::of(&std::fs::read(place.repo(path)).unwrap());
    let files: Vec<(String, Sha256)> = paths.iter().map(|path| (path.clone(), digest(path))).collect();
    assert!(files.last().unwrap().0.starts_with("attestations/"), "{files:?}");

    let (key, witness) = (PrivateKey::from_seed(&[1; 32]).unwrap(), PrivateKey::from_seed(&[2; 32]).unwrap());
    let origin = origin(&place.audience());
    let commit = place.shell("git rev-parse HEAD", &[]);
    let checkpoint = Checkpoint::of(&origin, &files, commit.trim()).unwrap();
    let note = sign::sign(&checkpoint, &origin, &key).unwrap();
    let note = cosignature::cosign(note, "auditor.example/w1", 1_790_000_000, &witness).unwrap();
    std::fs::write(place.path("checkpoint"), note.to_string()).unwrap();
    // The list grows, and the checkpoint holds.
    place.attest("hygiene", "worker/w-0003", "2026-03-01", "manager");
    place.shell(&format!("git add -A && {git} commit -qm four"), &[]);

    let line = |name: &str, kind, key: &PrivateKey| {
        VerifierKey::new(name, kind, key.public_key()).unwrap().to_string()
    };
    let key = line(&origin, SignatureType::Ed25519, &key);
    let witness = line("auditor.example/w1", SignatureType::CosignatureV1, &witness);
    let variables = [("CHECKPOINT", "../checkpoint"), ("KEY", &key), ("WITNESS", &witness)];
    let shell = || -> String {
        blocks("checkpoints.md", "sh").iter().map(|block| place.shell(block, &variables)).collect()
    };
    let python = || {
        let block = &blocks("checkpoints.md", "python")[0];
        place.shell(&format!("python3 - <<'END'\n{block}END"), &[])
    };
    let said = shell();
    assert_eq!(said.matches("Signature Verified Successfully").count(), 2, "{said}");
    assert!(said.contains("the same history") && said.contains("2026"), "{said}");
    assert_eq!(python(), "the same files\n");

    // A record that is changed and the history made anew.
    std::fs::write(place.repo(&paths[0]), "changed\n").unwrap();
    place.shell(&format!("git add -A && {git} commit -q --amend -m four"), &[]);
    shell();
    assert_eq!(python(), "NOT the same files\n");
}
