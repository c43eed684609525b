use super::*;
use crate::record::kind::Kind;
use crate::record::signed::Scheme;
use crate::trust::crypto::private_key_file::write_new;
use crate::trust::crypto::signer::sign_payload;
use crate::trust::crypto::tests::{key, run};
use std::os::unix::net::UnixListener;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// An ssh-agent of the test's own, ended when the test ends.
struct RealAgent {
    child: Child,
    folder: tempfile::TempDir,
}

impl RealAgent {
    fn start() -> RealAgent {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("ssh-agent");
        command.arg("-D").arg("-a").arg(folder.path().join("socket")).stdout(Stdio::null());
        let agent = RealAgent { child: command.spawn().expect("ssh-agent cannot be run"), folder };
        let start = Instant::now();
        while !agent.socket().exists() {
            assert!(start.elapsed() < Duration::from_secs(20), "ssh-agent made no socket");
            std::thread::sleep(Duration::from_millis(10));
        }
        agent
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    fn ssh_add(&self, arguments: &[&std::ffi::OsStr]) {
        run(Command::new("ssh-add").arg("-q").args(arguments).env("SSH_AUTH_SOCK", self.socket()), b"");
    }
}

impl Drop for RealAgent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_real_agent_signs_both_schemes() {
    let real = RealAgent::start();
    for seed in [1, 2] {
        let path = real.folder.path().join(format!("key{seed}"));
        write_new(&key(seed), &path, "an example", None).unwrap();
        real.ssh_add(&[path.as_os_str()]);
    }
    let agent = Agent::at(&real.socket());
    assert_eq!(agent.keys().unwrap().len(), 2);
    let held = agent.key(key(2).public_key().fingerprint()).unwrap();
    assert_eq!((held.public_key(), held.comment()), (key(2).public_key(), "an example"));
    for scheme in [Scheme::Dsse, Scheme::Sshsig] {
        // Ed25519 signatures are determined by key and message, so both must make the same.
        let by_agent = sign_payload(&held, scheme, Kind::Attestation, b"payload").unwrap();
        assert_eq!(by_agent, sign_payload(&key(2), scheme, Kind::Attestation, b"payload").unwrap());
    }
    let missing = agent.key(key(3).public_key().fingerprint()).unwrap_err();
    assert!(matches!(missing, AgentError::NoSuchKey(_)), "{missing}");
    real.ssh_add(&["-D".as_ref()]);
    assert!(agent.keys().unwrap().is_empty());
    let gone = sign_payload(&held, Scheme::Dsse, Kind::Attestation, b"payload").unwrap_err();
    assert!(matches!(&gone, SignError::Refused(e) if e.to_string() == "the ssh-agent refused"), "{gone}");
}

/// Listens once, and answers the first question with these bytes, whatever it is.
fn fake(answer: Vec<u8>) -> (Agent, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let listener = UnixListener::bind(folder.path().join("socket")).unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut length = [0; 4];
        stream.read_exact(&mut length).unwrap();
        stream.read_exact(&mut vec![0; u32::from_be_bytes(length) as usize]).unwrap();
        stream.write_all(&answer).unwrap();
    });
    (Agent::at(&folder.path().join("socket")), folder)
}

/// A message with its length, from its type and body.
fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    put_string(&[&[kind], body].concat(), &mut out);
    out
}

fn string(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    put_string(bytes, &mut out);
    out
}

#[test]
fn answers_are_read_strictly() {
    let key = key(1);
    let one = [&1_u32.to_be_bytes()[..], &string(key.public_key().wire()), &string(b"mine")].concat();
    let other = [&1_u32.to_be_bytes()[..], &string(b"\0\0\0\x07ssh-rsa\0\0\0\0"), &string(b"rsa")].concat();
    let list = |answer| {
        let (agent, _folder) = fake(answer);
        agent.keys().map(|keys| keys.len()).map_err(|e| e.to_string())
    };
    assert_eq!(list(message(12, &one)), Ok(1));
    assert_eq!(list(message(12, &other)), Ok(0));
    let said = |text: &str| Err(format!("the ssh-agent's answer cannot be read: {text}"));
    assert_eq!(list(message(12, &[&one[..], b"x"].concat())), said("bytes stand behind its end"));
    assert_eq!(list(message(12, &one[..one.len() - 1])), said("it is cut off"));
    assert_eq!(list(message(12, &[0xff; 4])), said("it is cut off"));
    assert_eq!(list(message(14, &one)), said("it is of an unknown type"));
    assert_eq!(list(message(5, b"")), Err("the ssh-agent refused".to_owned()));
    assert_eq!(list(vec![0; 4]), said("its length is out of bounds"));
    assert_eq!(list(vec![0x7f, 0xff, 0xff, 0xff, 12]), said("its length is out of bounds"));
    assert!(list(vec![0, 0]).unwrap_err().contains("does not answer"));
}

#[test]
fn a_lying_agent_is_noticed() {
    let wrong = [string(b"ssh-ed25519"), string(&[7; 64])].concat();
    let (agent, _folder) = fake(message(14, &string(&wrong)));
    let lying = AgentKey { agent, key: key(1).public_key().clone(), comment: String::new() };
    let error = sign_payload(&lying, Scheme::Dsse, Kind::Root, b"payload").unwrap_err();
    assert!(matches!(error, SignError::Faulty(_)), "{error}");
}

#[test]
fn a_signature_of_another_kind_of_key_is_none() {
    let rsa = [string(b"rsa-sha2-512"), string(&[7; 64])].concat();
    let error = parse_signature(&message(14, &string(&rsa))[4..], key(1).public_key()).unwrap_err();
    assert!(matches!(error, AgentError::Signature(SshsigError::SignatureType { .. })), "{error}");
    let tail = [string(b"ssh-ed25519"), string(&[7; 64]), vec![1]].concat();
    let error = parse_signature(&message(14, &string(&tail))[4..], key(1).public_key()).unwrap_err();
    assert!(matches!(error, AgentError::Signature(SshsigError::SignatureTrailing(1))), "{error}");
}

#[test]
fn what_is_too_long_is_not_sent() {
    let (agent, _folder) = fake(Vec::new());
    let held = AgentKey { agent, key: key(1).public_key().clone(), comment: String::new() };
    let error = held.sign(&vec![0; MESSAGE_MAX]).unwrap_err();
    assert!(error.to_string().contains("more than an ssh-agent signs"), "{error}");
}
