//! Evidence that must not count: forged, by keys that could not sign, at the wrong time.

use duly::record::countersignature::Countersignature;
use duly::record::digest::Sha256;
use duly::record::grant::Grant;
use duly::record::id::{Holder, Id};
use duly::record::key::Key;
use duly::record::node::{At, Spot};
use duly::trust::crypto::signer::Signer;

use super::repository::Repo;
use crate::bench::{fingerprint, today};

#[test]
fn a_completion_forged_with_an_unknown_key() {
    let repo = Repo::clinic();
    repo.key("stranger");
    repo.forge("worker/w-0004", &repo.in_days(-1), "stranger");
    let (before, after) = repo.both();
    assert_eq!(before.errors(&["D307"]).closes(), (0, 0));
    after.errors(&["D307"]);
}

#[test]
fn a_key_enrolled_together_with_what_it_signs() {
    let repo = Repo::clinic();
    repo.enrol("manager2", "worker/w-0002");
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager2");
    let (before, after) = repo.both();
    assert_eq!(before.errors(&["D307", "D403"]).closes(), (0, 0));
    after.errors(&["D307", "D403"]);
}

#[test]
fn a_key_that_only_its_holder_approves() {
    let repo = Repo::clinic();
    repo.key("nurse2");
    let request = ["key", "request", "--owner", "worker/w-0004", "--key", "../nurse2", "--out", "../r.yaml"];
    repo.duly(&request).exits(0);
    let signed = std::fs::read_to_string(repo.path("r.yaml")).unwrap();
    let text = signed.lines().find_map(|l| l.strip_prefix("payload_sha256: \"")).unwrap();
    repo.write(&format!("trust/keys/{}.yaml", &text[..32]), &signed);
    let (before, after) = repo.both();
    before.has("error", "D313");
    after.has("error", "D313");
}

/// The base's roster says who manages whom.
#[test]
fn a_manager_named_together_with_what_they_sign() {
    let repo = Repo::clinic();
    let (olga, mira) = ("name: Olga Overdue", "managers: [worker/w-0002]");
    let roster = repo.read("roster/main.yaml");
    let (head, tail) = roster.split_once(olga).unwrap();
    repo.write(
        "roster/main.yaml",
        &format!("{head}{olga}{}", tail.replace(mira, "managers: [worker/w-0003]")),
    );
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "nurse");
    let (before, after) = repo.both();
    // It counts only by the roster that comes with it: that is an edit, and no evidence.
    let before = before.errors(&["D411"]).has("warning", "D315").says("D315", "neither manager nor issuer");
    assert_eq!(before.closes(), (0, 1));
    // The roster that names the manager is there now. That it was not, the history says.
    after.passes().has("warning", "D315").says("D315", "neither manager nor issuer");
}

#[test]
fn a_record_of_another_repository() {
    let repo = Repo::clinic();
    let mut record = repo.sheet("worker/w-0004", &repo.in_days(-1));
    record.audience = Sha256::of(b"another clinic");
    repo.put(record, &["manager"]);
    let (before, after) = repo.both();
    assert_eq!(before.errors(&["D308"]).closes(), (0, 0));
    after.errors(&["D308"]);
}

#[test]
fn a_completion_dated_far_back() {
    let repo = Repo::clinic();
    let path = repo.attest("hygiene", "worker/w-0004", &repo.in_days(-50), "manager");
    let before = repo.propose().errors(&[]).says("D315", "more than 30 days later");
    assert_eq!(before.closes(), (0, 0));
    // With an officer's word it counts.
    repo.duly(&["countersign", &path, "--key", "../officer"]).exits(0);
    repo.commit("An officer vouches");
    let vouched = repo.judge("main", "change").passes();
    assert_eq!((vouched.said("D315"), vouched.closes()), (String::new(), (1, 0)));
    repo.go("main");
    repo.merge("change");
    repo.past().passes();
    repo.check("main").errors(&[]);
}

/// What does not count when it comes does not count by waiting, either.
#[test]
fn a_completion_dated_far_back_and_merged() {
    let repo = Repo::clinic();
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-50), "manager");
    repo.commit("Merged although it does not count");
    repo.past().passes();
    repo.check("main").says("D315", "more than 30 days later").has("overdue", "D501");
}

#[test]
fn a_completion_dated_after_it_appeared() {
    let repo = Repo::clinic();
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager");
    repo.days_ago(10);
    repo.commit("A commit dated back");
    repo.past().errors(&["D409"]);
    repo.check("main").errors(&["D409"]).has("overdue", "D501");
}

#[test]
fn a_completion_dated_tomorrow() {
    let repo = Repo::clinic();
    repo.forge("worker/w-0004", &repo.in_days(2), "manager");
    let (before, after) = repo.both();
    assert_eq!(before.closes(), (0, 0));
    assert!(!before.codes("error").is_empty() && !after.codes("error").is_empty());
}

/// The thief has the key of the learning system; it was revoked with a list of what stays.
#[test]
fn a_stolen_key_that_signs_after_its_revocation() {
    let repo = Repo::clinic();
    repo.revoke_key("lms", &["--reason", "compromised", "--keep-recorded"]);
    repo.commit("Revoke the stolen key");
    repo.past().passes();
    repo.forge("worker/w-0004", &repo.in_days(-1), "lms");
    let (before, after) = repo.both();
    assert_eq!(before.errors(&["D410"]).closes(), (0, 0));
    after.errors(&["D410"]);
    repo.check("main").errors(&["D410"]).has("overdue", "D501");
}

/// A day before the revocation, given by the thief, helps nothing.
#[test]
fn a_retired_key_that_dates_back() {
    let repo = Repo::clinic();
    repo.revoke_key("lms", &["--reason", "retired", "--keep-all"]);
    repo.commit("Retire the key");
    repo.forge("worker/w-0004", &repo.in_days(-5), "lms");
    let (before, after) = repo.both();
    assert_eq!(before.errors(&["D410"]).closes(), (0, 0));
    after.errors(&["D410"]);
}

#[test]
fn evidence_together_with_a_revocation() {
    let repo = Repo::clinic();
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-1), "manager");
    repo.revoke_key("nurse", &["--reason", "lost"]);
    let (before, after) = repo.both();
    before.errors(&["D403"]);
    after.errors(&["D403"]);
}

#[test]
fn the_same_record_twice() {
    let repo = Repo::clinic();
    let path = repo.files("attestations").remove(0);
    let (folder, name) = path.rsplit_once('/').unwrap();
    repo.write(&format!("{folder}/{}/{name}", &name[..2]), &repo.read(&path));
    let (before, after) = repo.both();
    before.errors(&["D309"]);
    after.errors(&["D309"]);
}

/// Enrols the key of an issuer as if it had been asked for some days ago.
fn old_issuer(repo: &Repo, name: &str, days: i64) {
    repo.key(name);
    let (audience, spot) = (repo.audience(), Spot::default());
    let public_key = repo.private(name).public_key().clone();
    let owner = Holder::parse("service/lms").unwrap();
    let requested_on = today().plus_days(-days);
    repo.put(Key { audience, owner, public_key, requested_on, spot }, &[name, "officer"]);
    let scope = vec![At { value: Id::parse("hygiene").unwrap(), spot }];
    let key = fingerprint(&repo.fingerprint(name));
    let (granted_on, until) = (today(), today().plus_days(30));
    repo.put(Grant { audience, key, scope, granted_on, until, spot }, &["officer"]);
}

#[test]
fn an_issuers_key_that_the_root_finds_too_old() {
    let repo = Repo::clinic();
    old_issuer(&repo, "old", 100);
    old_issuer(&repo, "newer", 50);
    repo.next_root(&["--max-key-age", "90 days"], &["officer"]);
    repo.commit("A limit for keys");
    repo.forge("worker/w-0004", &repo.in_days(-1), "newer");
    repo.propose().passes();
    repo.go("main");
    repo.git(&["branch", "-D", "change"]);
    let record = repo.forge("worker/w-0004", &repo.in_days(0), "old");
    repo.propose().errors(&["D336"]).says("D336", "the root allows 90 days");
    // A signature that joins a record later is no way around.
    repo.go("main");
    repo.git(&["branch", "-D", "change"]);
    let joined = repo.attest("hygiene", "worker/w-0003", &repo.in_days(-2), "manager");
    repo.commit("Another record");
    assert_ne!(joined, record);
    let payload = Sha256::parse(repo.payload(&joined).trim_start_matches("sha256:")).unwrap();
    let key = fingerprint(&repo.fingerprint("old"));
    let (audience, signed_on, spot) = (repo.audience(), today(), Spot::default());
    repo.put(Countersignature { audience, payload, key, signed_on, spot }, &["old"]);
    let (before, after) = repo.both();
    before.errors(&["D336"]);
    after.errors(&["D336"]);
}

#[test]
fn a_key_asked_for_tomorrow() {
    let repo = Repo::clinic();
    old_issuer(&repo, "eternal", -1);
    repo.propose().errors(&["D317"]).says("D317", "lies in the future");
}
