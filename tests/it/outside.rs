//! Programs that nobody here wrote make signatures that `duly attach` takes, and check what
//! `duly export` gives. They are part of the test: a machine without them fails it.
//! `scripts/test` installs them.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::bench::{NOTHING, Sum};
use crate::harness::{Place, Run};

const NAMESPACE: &str = "attestation.v1@duly";

/// Runs a program with an input; what it printed, and whether it succeeded.
fn try_run(command: &mut Command, input: &[u8]) -> (Vec<u8>, bool) {
    use std::io::Write;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|e| panic!("{command:?} cannot be run: {e}"));
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let printed = if output.status.success() { output.stdout } else { output.stderr };
    (printed, output.status.success())
}

fn run(command: &mut Command, input: &[u8]) -> Vec<u8> {
    let (printed, fine) = try_run(command, input);
    assert!(fine, "{command:?} failed: {}", String::from_utf8_lossy(&printed));
    printed
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside").join(name)
}

/// Python with the packages of `tests/outside/requirements.txt`.
pub fn python_itself() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/outside/bin/python3");
    let python = std::env::var_os("DULY_TEST_PYTHON").map_or(own, PathBuf::from);
    assert!(python.exists(), "{} is not there: `scripts/test` installs it", python.display());
    python
}

fn python(name: &str) -> Command {
    let mut command = Command::new(python_itself());
    command.arg(script(name));
    command
}

fn node() -> Command {
    let mut command = Command::new("node");
    command.arg("--no-warnings").arg(script("webcrypto.mjs"));
    command
}

impl Place {
    /// Writes the draft of an attestation, and gives its payload.
    fn draft(&self, day: &str) -> Vec<u8> {
        let _ = std::fs::remove_file(self.path("draft.yaml"));
        let attest = [
            "attest",
            "hygiene",
            "--subject",
            "worker/w-0003",
            "--completed-on",
            day,
            "--draft",
            "../draft.yaml",
        ];
        self.duly(&attest).exits(0);
        self.bytes(&["payload", "../draft.yaml"])
    }

    /// The output of the program, byte for byte.
    fn bytes(&self, arguments: &[&str]) -> Vec<u8> {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("duly"));
        run(
            command
                .arg("--quiet")
                .arg("--repo")
                .arg(self.repo(""))
                .args(arguments)
                .current_dir(self.repo("")),
            b"",
        )
    }

    fn attach(&self, key: &str, how: &[&str]) -> Run {
        let all: Vec<&str> = ["attach", "../draft.yaml", "--key", key].iter().chain(how).copied().collect();
        self.duly(&all)
    }

    fn put_beside(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// What `ssh-keygen -Y sign` makes over some bytes, as a file `x.sig` of the place.
    fn ssh_sign(&self, key: &str, namespace: &str, hash: &str, payload: &[u8]) {
        let mut command = Command::new("ssh-keygen");
        command.args(["-Y", "sign", "-n", namespace, "-O", hash, "-f"]).arg(self.path(key));
        let armoured = run(&mut command, payload);
        self.put_beside("x.sig", armoured);
    }
}

const SSHSIG: [&str; 2] = ["--sshsig", "../x.sig"];

#[test]
fn attach_takes_what_ssh_keygen_signs() {
    let place = Place::with_team();
    let key = place.fingerprint("manager");
    let payload = place.draft("2026-02-01");
    place.ssh_sign("manager", NAMESPACE, "hashalg=sha512", &payload);
    let path = place.attach(&key, &SSHSIG).exits(0).out.trim().to_owned();
    assert!(path.starts_with("attestations/2026/02/"), "{path}");
    assert!(place.read(&path).contains("scheme: \"sshsig\""));
    assert_eq!(place.sum(), Sum { accepted: 1, ..NOTHING });
}

#[test]
fn attach_refuses_everything_else() {
    let place = Place::with_team();
    let (key, nurse) = (place.fingerprint("manager"), place.fingerprint("nurse"));
    let payload = place.draft("2026-02-01");
    let mut changed = payload.clone();
    *changed.last_mut().unwrap() ^= 1;
    for (namespace, hash, bytes, why) in [
        ("git", "hashalg=sha512", &payload, "namespace"),
        ("exemption.v1@duly", "hashalg=sha512", &payload, "namespace"),
        (NAMESPACE, "hashalg=sha256", &payload, "sha256"),
        (NAMESPACE, "hashalg=sha512", &changed, "not valid"),
    ] {
        place.ssh_sign("manager", namespace, hash, bytes);
        let run = place.attach(&key, &SSHSIG).exits(2);
        assert!(run.err.contains(why), "{namespace} {hash}: {}", run.err);
    }
    place.ssh_sign("manager", NAMESPACE, "hashalg=sha512", &payload);
    assert!(place.attach(&nurse, &SSHSIG).exits(2).err.contains("by the key"));
    place.key("stranger");
    place.ssh_sign("stranger", NAMESPACE, "hashalg=sha512", &payload);
    assert!(place.attach(&place.fingerprint("stranger"), &SSHSIG).exits(2).err.contains("not enrolled"));
    for text in ["", "AAAA", &"A".repeat(88), "not base64"] {
        place.attach(&key, &["--dsse", text]).exits(2);
    }
    assert_eq!(place.sum(), NOTHING);
}

#[test]
fn a_draft_that_was_edited_is_not_signed() {
    let place = Place::with_team();
    place.draft("2026-02-01");
    let text = std::fs::read_to_string(place.path("draft.yaml")).unwrap();
    place.put_beside("draft.yaml", text.replace("worker/w-0003", "worker/w-0002"));
    for arguments in [&["payload", "../draft.yaml"][..], &["sign", "../draft.yaml", "--key", "../manager"]] {
        assert!(place.duly(arguments).exits(2).err.contains("D305"));
    }
    // Nor does a draft lie where finished records lie, or count there.
    place.put_beside("draft.yaml", &text);
    let attest = ["attest", "hygiene", "--subject", "w-0003", "--completed-on", "2026-02-01", "--draft"];
    for inside in ["attestations/x.yaml", "roster/../attestations/2026/x.yaml"] {
        std::fs::create_dir_all(place.repo("attestations/2026")).unwrap();
        let all: Vec<&str> = attest.iter().copied().chain([inside]).collect();
        assert!(place.duly(&all).exits(2).err.contains("folder of finished records"), "{inside}");
    }
    let name =
        format!("attestations/2026/02/{}.yaml", &text.split("payload_sha256: \"").nth(1).unwrap()[..32]);
    place.write(&name, &text);
    assert_eq!(place.sum().errors, ["D110"]);
}

#[test]
fn ssh_keygen_accepts_what_export_gives() {
    let place = Place::with_team();
    let arguments = [
        "attest",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--completed-on",
        "2026-02-01",
        "--scheme",
        "sshsig",
        "--key",
        "../manager",
    ];
    let path = place.duly(&arguments).exits(0).out.trim().to_owned();
    place.duly(&["export", &path, "--ssh", "--out", "../ssh"]).exits(0);
    let verify = |who: &str, namespace: &str, payload: &[u8]| {
        let mut command = Command::new("ssh-keygen");
        command
            .args(["-Y", "verify", "-I", who, "-n", namespace, "-f"])
            .arg(place.path("ssh/allowed_signers"));
        try_run(command.arg("-s").arg(place.path("ssh/1.sig")), payload).1
    };
    let payload = std::fs::read(place.path("ssh/payload.json")).unwrap();
    assert_eq!(payload, place.bytes(&["payload", &path]));
    assert!(verify("worker/w-0002", NAMESPACE, &payload));
    assert!(!verify("worker/w-0003", NAMESPACE, &payload));
    assert!(!verify("worker/w-0002", "git", &payload));
    assert!(!verify("worker/w-0002", NAMESPACE, &payload[1..]));
    // Nothing is written over, and the other forms have nothing to give.
    place.duly(&["export", &path, "--ssh", "--out", "../ssh"]).exits(2);
    assert!(place.duly(&["export", &path, "--dsse"]).exits(2).err.contains("scheme dsse"));
}

/// An agent of the test's own, ended when the test ends.
struct Agent(Child, PathBuf);

impl Agent {
    fn start(place: &Place) -> Agent {
        let socket = place.path("agent");
        let mut command = Command::new("ssh-agent");
        let child =
            command.arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).spawn().expect("ssh-agent");
        let start = std::time::Instant::now();
        while !socket.exists() {
            assert!(start.elapsed().as_secs() < 20, "ssh-agent made no socket");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Agent(child, socket)
    }

    /// Gives it a key of the place, which is a file no longer.
    fn add(&self, place: &Place, key: &str) {
        let (name, socket) = self.variable();
        run(Command::new("ssh-add").arg("-q").arg(place.path(key)).env(name, socket), b"");
        std::fs::remove_file(place.path(key)).unwrap();
    }

    fn variable(&self) -> (&'static str, &str) {
        ("SSH_AUTH_SOCK", self.1.to_str().unwrap())
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn an_agent_signs_every_kind_of_record() {
    let place = Place::with_team();
    let agent = Agent::start(&place);
    ["manager", "officer"].iter().for_each(|key| agent.add(&place, key));
    let (manager, officer) = (place.fingerprint("manager"), place.fingerprint("officer"));
    let attest = |day: &str, scheme: &str| {
        let arguments = [
            "attest",
            "hygiene",
            "--subject",
            "worker/w-0003",
            "--completed-on",
            day,
            "--scheme",
            scheme,
            "--agent",
            &manager,
        ];
        place.duly_with(agent.variable(), &arguments).exits(0).out.trim().to_owned()
    };
    attest("2026-02-01", "dsse");
    let second = attest("2026-03-01", "sshsig");
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });
    let (from, until) = (place.in_days(-5), place.in_days(30));
    let exempt = [
        "exempt",
        "hygiene",
        "--subject",
        "worker/w-0003",
        "--reason",
        "law",
        "--from",
        &from,
        "--until",
        &until,
        "--agent",
        &officer,
    ];
    place.duly_with(agent.variable(), &exempt).exits(0);
    let revoke = ["revoke", &second, "--reason", "mistaken", "--agent", &manager];
    place.duly_with(agent.variable(), &revoke).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 1, void: 1, exemptions: 1, warnings: vec!["D322"], ..NOTHING });
    // Without the agent, without the key, with both or neither.
    assert!(place.duly(&exempt).exits(2).err.contains("SSH_AUTH_SOCK"));
    let nurse = place.fingerprint("nurse");
    let other = ["revoke", &second, "--reason", "mistaken", "--agent", &nurse];
    assert!(place.duly_with(agent.variable(), &other).exits(2).err.contains("does not hold"));
    place.duly(&["revoke", &second, "--reason", "mistaken", "--agent", &nurse, "--key", "../nurse"]).exits(2);
    place.duly(&["revoke", &second, "--reason", "mistaken"]).exits(2);
}

#[test]
fn an_agent_signs_what_is_imported() {
    let place = Place::with_team();
    place.enrol("lms", "service/lms");
    crate::attest::grant(&place, "lms", "hygiene", "2027-06-30");
    let agent = Agent::start(&place);
    agent.add(&place, "lms");
    place.put_beside("lms.csv", "ID,Day\n0003,2026-02-01\n0003,2026-03-01\n");
    let map = "apiVersion: duly/v1\nkind: CompletionsMap\nsubject: {column: ID, prefix: w-}\nrequirement: {value: hygiene}\ndate: {column: Day, format: YYYY-MM-DD}\noutcome: {value: completed}\nmethod: {value: online}\n";
    place.put_beside("map.yaml", map);
    let import = |key: &str, more: &[&str]| {
        let all = ["import", "completions", "../lms.csv", "--map", "../map.yaml", "--agent", key];
        place.duly_with(agent.variable(), &[&all[..], more].concat())
    };
    // A key that the agent does not hold signs nothing, and nothing is written.
    assert!(import(&place.fingerprint("nurse"), &[]).exits(2).err.contains("does not hold"));
    assert_eq!(place.sum(), NOTHING);
    let done = import(&place.fingerprint("lms"), &["--scheme", "sshsig"]).exits(0).out;
    assert!(done.contains("Wrote 2 files"), "{done}");
    let path = done.lines().find_map(|l| l.trim().strip_prefix("attestations/")).unwrap();
    assert!(place.read(&format!("attestations/{path}")).contains("scheme: \"sshsig\""));
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });
}

/// Enrols a key that never is on this machine: its request is a draft, too.
fn enrol_outside(place: &Place, public: &str, sign: &dyn Fn(&str, &Path) -> Vec<String>) -> String {
    let request =
        ["key", "request", "--owner", "worker/w-0002", "--public-key", public, "--draft", "../draft.yaml"];
    place.duly(&request).exits(0);
    let draft = std::fs::read_to_string(place.path("draft.yaml")).unwrap();
    let line = draft.split("public_key: \"").nth(1).unwrap().split('"').next().unwrap();
    let key = duly::record::public_key::PublicKey::parse(line).unwrap().fingerprint().to_string();
    let pae = place.put_beside("pae", place.bytes(&["payload", "../draft.yaml", "--pae"]));
    let how = sign("key", &pae);
    place.attach(&key, &how.iter().map(String::as_str).collect::<Vec<_>>()).exits(0);
    place.duly(&["key", "approve", "../draft.yaml", "--key", "../officer"]).exits(0);
    key
}

#[test]
fn openssl_makes_and_checks() {
    let place = Place::with_team();
    let secret = place.path("secret.pem");
    run(Command::new("openssl").args(["genpkey", "-algorithm", "ed25519", "-out"]).arg(&secret), b"");
    run(
        Command::new("openssl")
            .args(["pkey", "-pubout", "-in"])
            .arg(&secret)
            .arg("-out")
            .arg(place.path("open.pem")),
        b"",
    );
    let sign = |_: &str, pae: &Path| {
        let mut command = Command::new("openssl");
        command.args(["pkeyutl", "-sign", "-rawin", "-inkey"]).arg(&secret).arg("-in").arg(pae);
        vec!["--dsse".to_owned(), duly::trust::crypto::text64::encode(&run(&mut command, b""))]
    };
    let key = enrol_outside(&place, "../open.pem", &sign);
    place.draft("2026-02-01");
    let pae = place.put_beside("pae", place.bytes(&["payload", "../draft.yaml", "--pae"]));
    let how = sign("", &pae);
    let path = place.attach(&key, &[&how[0], &how[1]]).exits(0).out.trim().to_owned();
    assert_eq!(place.sum(), Sum { accepted: 1, ..NOTHING });

    place.duly(&["export", &path, "--pem", "--out", "../pem"]).exits(0);
    assert_eq!(
        std::fs::read(place.path("pem/1.pem")).unwrap(),
        std::fs::read(place.path("open.pem")).unwrap()
    );
    let verify = |file: &Path| {
        let mut command = Command::new("openssl");
        command.args(["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey"]).arg(place.path("pem/1.pem"));
        try_run(command.arg("-sigfile").arg(place.path("pem/1.sig")).arg("-in").arg(file), b"").1
    };
    assert!(verify(&place.path("pem/payload.pae")));
    // The payload without its encoding is not what was signed.
    assert!(!verify(&place.put_beside("bare", place.bytes(&["payload", &path]))));
}

#[test]
fn securesystemslib_checks_and_makes_envelopes() {
    let place = Place::with_team();
    let path = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let key = place.fingerprint("manager");
    let envelope = place.put_beside("envelope.json", place.bytes(&["export", &path, "--dsse"]));
    let verify = |file: &Path, signer: &str| {
        let mut command = python("sslib.py");
        try_run(command.arg("verify").arg(file).arg(place.path(&format!("{signer}.pub"))).arg(&key), b"")
    };
    assert_eq!(verify(&envelope, "manager"), (place.bytes(&["payload", &path]), true));
    assert!(!verify(&envelope, "nurse").1);

    let payload = place.draft("2026-03-01");
    let (bytes, made) = (place.put_beside("payload", &payload), place.path("made.json"));
    run(python("sslib.py").arg("sign").arg(&bytes).arg(place.path("manager")).arg(&made), b"");
    let how = ["--envelope", "../made.json"];
    assert!(
        place.attach(&place.fingerprint("nurse"), &how).exits(2).err.contains("no signature of the envelope")
    );
    place.attach(&key, &how).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });
    // An envelope of another payload is not attached.
    place.draft("2026-04-01");
    assert!(place.attach(&key, &how).exits(2).err.contains("another payload"));
}

#[test]
fn in_toto_reads_every_payload() {
    let place = Place::with_team();
    let path = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let read = |file: &str| {
        String::from_utf8(run(&mut python("in_toto.py"), &place.bytes(&["payload", file]))).unwrap()
    };
    // The digest is what `printf requirement/hygiene@1 | sha256sum` prints.
    let digest = "1032cc355d1e237615d1c3400eb12885fb36e9d41a0fd094723f2293f7b304b0";
    assert_eq!(read(&path), format!("urn:duly:attestation:v1 requirement/hygiene@1 {digest}\n"));
    let revocation = place.duly(&["revoke", &path, "--reason", "mistaken", "--key", "../officer"]).exits(0);
    let payload = place.payload(&path);
    assert_eq!(read(revocation.out.trim()), format!("urn:duly:revocation:v1 payload/{payload} {payload}\n"));
    let root = read("trust/root/0001.yaml");
    assert!(root.starts_with("urn:duly:root:v1 root/1 "), "{root}");
}

#[test]
fn webcrypto_makes_both_schemes_and_checks() {
    let place = Place::with_team();
    let secret = place.path("secret.jwk");
    run(node().arg("new").arg(&secret).arg(place.path("web.pub")), b"");
    let dsse = |pae: &[u8]| String::from_utf8(run(node().arg("dsse").arg(&secret), pae)).unwrap();
    let sign = |_: &str, pae: &Path| vec!["--dsse".to_owned(), dsse(&std::fs::read(pae).unwrap())];
    let key = enrol_outside(&place, "../web.pub", &sign);
    place.draft("2026-02-01");
    let made = dsse(&place.bytes(&["payload", "../draft.yaml", "--pae"]));
    let path = place.attach(&key, &["--dsse", &made]).exits(0).out.trim().to_owned();
    let payload = place.draft("2026-03-01");
    place.put_beside("x.sig", run(node().arg("sshsig").arg(&secret).arg(NAMESPACE), &payload));
    place.attach(&key, &SSHSIG).exits(0);
    assert_eq!(place.sum(), Sum { accepted: 2, ..NOTHING });

    place.duly(&["export", &path, "--pem", "--out", "../pem"]).exits(0);
    let verify = |bytes: &[u8]| {
        try_run(node().arg("verify").arg(place.path("pem/1.pem")).arg(place.path("pem/1.sig")), bytes).1
    };
    let pae = std::fs::read(place.path("pem/payload.pae")).unwrap();
    assert!(verify(&pae));
    assert!(!verify(&pae[1..]));
}
