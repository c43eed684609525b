//! Whose signatures count: officers whose keys stand and who belong here, when a record appears.

use duly::record::approval::{About, Approval, Approved, FilePath, Reason as Why};
use duly::record::date::Date;
use duly::record::digest::Sha256;
use duly::record::exemption::{self, Exemption};
use duly::record::extension::{self, Extension};
use duly::record::grant::Grant;
use duly::record::id::{Holder, Id, Subject};
use duly::record::key::Key;
use duly::record::node::{At, Spot};
use duly::trust::crypto::signer::Signer;

use super::repository::Repo;
use crate::bench::{fingerprint, today};

pub const BOTH: [&str; 10] = [
    "--threshold",
    "key=2",
    "--threshold",
    "grant=2",
    "--threshold",
    "exempt=2",
    "--threshold",
    "extend=2",
    "--threshold",
    "approve=2",
];

/// A clinic where two officers must sign everything: `w-0001`, and Gus Guard with the key `boss`.
pub fn two_officers() -> Repo {
    let repo = Repo::clinic();
    repo.key("boss");
    repo.key("nurse2");
    let change: Vec<&str> = ["--add-officer", "w-0005=../boss.pub"].iter().chain(&BOTH).copied().collect();
    repo.next_root(&change, &["officer"]);
    repo.commit("Two officers");
    repo
}

/// The kinds of record that officers must sign before they count at all, each with the code
/// that says that too few did.
const KINDS: [(&str, &str); 5] = [
    ("exemption", "D313"),
    ("extension", "D313"),
    ("enrolment", "D313"),
    ("grant", "D313"),
    ("approval", "D417"),
];

fn here<T>(value: T) -> At<T> {
    At { value, spot: Spot::default() }
}

/// A record of a kind with a day of choice, signed by these officers, past the program's own
/// refusals.
pub fn put(repo: &Repo, kind: &str, day: Date, officers: &[&str]) -> String {
    let (audience, spot) = (repo.audience(), Spot::default());
    let subjects = vec![here(Subject::parse("worker/w-0004").unwrap())];
    let requirement = here(Id::parse("hygiene").unwrap());
    let until = today().plus_days(40);
    match kind {
        "exemption" => repo.put(
            Exemption {
                audience,
                subjects,
                requirement,
                reason: exemption::Reason::Equivalent,
                given_on: day,
                from: day,
                until,
                spot,
            },
            officers,
        ),
        "extension" => repo.put(
            Extension {
                audience,
                subjects,
                requirement,
                reason: extension::Reason::Outage,
                given_on: day,
                until,
                spot,
            },
            officers,
        ),
        "enrolment" => {
            let owner = Holder::parse("worker/w-0004").unwrap();
            let public_key = repo.private("nurse2").public_key().clone();
            let all: Vec<&str> = ["nurse2"].iter().chain(officers).copied().collect();
            repo.put(Key { audience, owner, public_key, requested_on: day, spot }, &all)
        }
        "grant" => {
            let key = fingerprint(&repo.fingerprint("lms"));
            repo.put(
                Grant { audience, key, scope: vec![requirement], granted_on: day, until, spot },
                officers,
            )
        }
        _ => {
            let path = FilePath::parse("roster/main.yaml").unwrap();
            let sha256 = Some(Sha256::of(repo.read("roster/main.yaml").as_bytes()));
            let about = About::Files(vec![Approved { path, sha256 }]);
            repo.put(Approval { audience, about, reason: Why::Correction, approved_on: day, spot }, officers)
        }
    }
}

/// A record by the officer and a key that does not count is an error at each door.
#[track_caller]
fn refused(repo: &Repo, kind: &str, code: &str, why: &str) {
    let (before, after) = repo.both();
    before.errors(&[code]).says(code, "1 of the 2 officers").says(code, why);
    after.errors(&[code]).says(code, why);
    repo.check("main").has("error", code).says(code, why);
    assert!(!kind.is_empty());
}

#[test]
fn what_both_officers_signed_counts() {
    for (kind, _) in KINDS {
        let repo = two_officers();
        put(&repo, kind, today(), &["officer", "boss"]);
        let (before, after) = repo.both();
        before.passes();
        after.passes();
        repo.check("main").errors(&[]);
    }
}

/// The issue in one sentence: one officer and one revoked key are not two officers, whatever day
/// the record gives itself.
#[test]
fn a_revoked_key_fills_no_threshold() {
    for (kind, code) in KINDS {
        for ago in [0, 3] {
            let repo = two_officers();
            repo.revoke_key("boss", &["--reason", "lost"]);
            repo.commit("The key is gone");
            put(&repo, kind, today().plus_days(-ago), &["officer", "boss"]);
            refused(&repo, kind, code, "was revoked (lost) before it appeared");
        }
    }
}

/// What the key signed before stays; what appears now was signed with a key that was revoked,
/// though it says that it is of the day before the newer root.
#[test]
fn a_retired_key_fills_no_threshold_either_and_a_newer_root_changes_nothing() {
    for (kind, code) in KINDS {
        let repo = two_officers();
        repo.revoke_key("boss", &["--reason", "retired", "--keep-all"]);
        repo.commit("The key is retired");
        repo.key("boss2");
        let old = repo.fingerprint("boss");
        repo.next_root(&["--add-officer", "w-0005=../boss2.pub", "--remove-key", &old], &["officer"]);
        repo.commit("Another key of the same officer");
        put(&repo, kind, today().plus_days(-1), &["officer", "boss"]);
        let (before, after) = repo.both();
        before.errors(&[code]).says(code, "1 of the 2 officers");
        after.errors(&[code]);
        repo.check("main").has("error", code);
    }
}

/// Gus Guard left, and signs all the same.
#[test]
fn an_officer_who_left_fills_no_threshold() {
    for (kind, code) in KINDS {
        let repo = two_officers();
        leave(&repo, "part-time", 2);
        repo.commit("Gus Guard has left");
        put(&repo, kind, today(), &["officer", "boss"]);
        let (before, after) = repo.both();
        before.errors(&[code]).says(code, "worker/w-0005 did not belong here");
        after.errors(&[code]);
        // What was merged all the same counts for nothing: it is void, or an error.
        repo.check("main").errors(&[]).says("D322", "did not belong here");
    }
}

/// Ends the employment of everybody of a type, so many days ago.
fn leave(repo: &Repo, kind: &str, ago: i64) {
    let end = repo.in_days(-ago);
    repo.edit("roster/main.yaml", &format!("type: {kind}}}"), &format!("end: {end}, type: {kind}}}"));
}

/// A key that is revoked after an exemption voids it; an approval has done its work.
#[test]
fn what_a_key_signed_before_it_was_revoked() {
    for (kind, _) in KINDS {
        let repo = two_officers();
        put(&repo, kind, today(), &["officer", "boss"]);
        repo.commit("By both officers");
        repo.revoke_key("boss", &["--reason", "lost"]);
        let (before, after) = repo.both();
        before.errors(&[]);
        after.passes();
        let said = repo.check("main").errors(&[]).said("D322");
        assert_eq!(said.is_empty(), kind == "approval", "{kind}: {said}");
        let repo = two_officers();
        put(&repo, kind, today(), &["officer", "boss"]);
        repo.commit("By both officers");
        repo.revoke_key("boss", &["--reason", "lost", "--keep-recorded"]);
        repo.commit("The list keeps it");
        assert_eq!(repo.check("main").errors(&[]).said("D322"), "", "{kind}");
    }
}

/// An approval by one officer for an edit that frees a worker.
pub fn free(repo: &Repo, key: &str) -> String {
    let all = ["approve", "--base", "main", "--reason", "correction", "--key", &format!("../{key}")];
    repo.duly(&all).exits(0).out.trim().to_owned()
}

#[test]
fn an_approval_is_taken_back() {
    let repo = Repo::clinic();
    repo.edit("policies/training.yaml", "every: 12 months", "every: 24 months");
    let path = free(&repo, "officer");
    let (before, after) = repo.both();
    before.passes();
    after.passes().has("info", "D419");
    // By somebody who did not sign it, no.
    let by = |key: &str| repo.duly(&["revoke", &path, "--reason", "mistaken", "--key", key]);
    assert!(by("../nurse").exits(2).err.contains("D323"));
    by("../officer").exits(0);
    repo.branch("back");
    repo.commit("The approval was a mistake");
    repo.judge("main", "back").errors(&[]);
    repo.go("main");
    repo.merge("back");
    // What it covered is a fault of the history again, and nothing else is undone.
    repo.past().errors(&["D412"]).says("D412", "was revoked");
    repo.check("main").errors(&[]).has("warning", "D322");
}

#[test]
fn nothing_is_signed_with_a_key_that_does_not_stand() {
    let repo = two_officers();
    let sign = |key: &str| {
        let draft = repo.path("draft.yaml");
        let _ = std::fs::remove_file(&draft);
        let (from, until) = (repo.in_days(0), repo.in_days(9));
        let draft = draft.to_str().unwrap().to_owned();
        let all = ["exempt", "hygiene", "--subject", "worker/w-0004", "--reason", "law"];
        repo.duly(&[&all[..], &["--from", &from, "--until", &until, "--draft", &draft]].concat()).exits(0);
        repo.duly(&["sign", &draft, "--more", "--key", key])
    };
    sign("../boss").exits(0);
    sign("../nurse").exits(0);
    repo.revoke_key("boss", &["--reason", "lost"]);
    assert!(sign("../boss").exits(2).err.contains("was revoked (lost)"));
    // The nurse's key was approved by the officer, whose key somebody else has now.
    repo.revoke_key("officer", &["--reason", "compromised"]);
    assert!(sign("../nurse").exits(2).err.contains("is void"));
    let path = repo.files("attestations").remove(0);
    assert!(repo.duly(&["countersign", &path, "--key", "../nurse"]).exits(2).err.contains("is void"));
}

/// A manager who left signs for somebody; it counts once an officer signs, too.
#[test]
fn a_signature_made_after_its_signer_left() {
    let repo = Repo::clinic();
    let head = "name: Mira Manager\n    employment: [{start: ";
    let start = repo.in_days(-300);
    repo.edit(
        "roster/main.yaml",
        &format!("{head}{start}"),
        &format!("{head}{start}, end: {}", repo.in_days(-3)),
    );
    repo.commit("Mira has left");
    repo.check("main").has("warning", "D337").says("D337", "Mira Manager (w-0002) left on");
    let path = repo.attest("hygiene", "worker/w-0004", &repo.in_days(-5), "manager");
    let (before, after) = repo.both();
    let before = before.errors(&[]).says("D315", "had left when the signature appeared");
    assert_eq!(before.closes(), (0, 0));
    after.passes();
    repo.check("main").says("D315", "had left").has("overdue", "D501");
    // A later signature by who left adds nothing either.
    repo.duly(&["countersign", &path, "--key", "../officer"]).exits(0);
    repo.commit("An officer vouches for it");
    assert_eq!(repo.check("main").errors(&[]).said("D315"), "");
    let key = repo.fingerprint("manager");
    repo.duly(&["key", "revoke", &key, "--reason", "left", "--keep-all", "--key", "../officer"]).exits(0);
    repo.commit("Mira's key is retired");
    assert_eq!(repo.check("main").errors(&[]).said("D337"), "");
}

/// Everybody who could have signed has left: an officer signs in their place.
#[test]
fn an_officer_signs_where_all_managers_left() {
    let repo = Repo::clinic();
    let head = "name: Mira Manager\n    employment: [{start: ";
    let start = repo.in_days(-300);
    let lone = repo.read("policies/training.yaml");
    repo.write(
        "policies/training.yaml",
        &lone.replace("[[issuer], [supervisor], [self, officer]]", "[[supervisor]]"),
    );
    repo.commit("Managers sign");
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-5), "officer");
    repo.commit("By an officer, who is no manager");
    repo.check("main").says("D315", "it needs supervisor");
    repo.edit(
        "roster/main.yaml",
        &format!("{head}{start}"),
        &format!("{head}{start}, end: {}", repo.in_days(-3)),
    );
    repo.commit("Mira has left");
    // She was there when the officer signed, on a day before the last one.
    repo.attest("hygiene", "worker/w-0004", &repo.in_days(-4), "officer");
    repo.commit("Another one, after she left");
    repo.check("main").has("info", "D340");
}

/// The key of somebody who left revokes itself: what it signed before stays.
#[test]
fn a_leavers_key_takes_nothing_back() {
    let repo = Repo::clinic();
    let head = "name: Mira Manager\n    employment: [{start: ";
    let start = repo.in_days(-300);
    let before = repo.check("main").said("D501");
    repo.edit(
        "roster/main.yaml",
        &format!("{head}{start}"),
        &format!("{head}{start}, end: {}", repo.in_days(-3)),
    );
    repo.commit("Mira has left");
    let key = repo.fingerprint("manager");
    repo.duly(&["key", "revoke", &key, "--reason", "left", "--key", "../manager"]).exits(0);
    repo.commit("She takes her key back");
    let now = repo.check("main").errors(&[]);
    assert_eq!((now.said("D322"), now.said("D501")), (String::new(), before));
    // A record of hers she cannot take back any more.
    let of = |path: &&String| repo.read(path).contains("worker/w-0003");
    let path = repo.files("attestations").iter().find(of).unwrap().clone();
    let run = repo.duly(&["revoke", &path, "--reason", "withdrawn", "--key", "../manager"]).exits(2);
    assert!(run.err.contains("was revoked"), "{}", run.err);
}

/// The signature that makes a row count is late, though the record itself came in time.
#[test]
fn a_late_countersignature_needs_an_officer() {
    let repo = Repo::clinic();
    // The nurse signs what only a manager may, 40 days ago; the manager joins today.
    repo.forge("worker/w-0004", &repo.in_days(-41), "nurse");
    repo.days_ago(40);
    repo.commit("A record that does not count");
    let path =
        repo.files("attestations").into_iter().find(|p| repo.read(p).contains("worker/w-0004")).unwrap();
    repo.days_ago(0);
    repo.duly(&["countersign", &path, "--key", "../manager"]).exits(0);
    let (before, _) = repo.both();
    assert_eq!(before.closes(), (0, 0));
    before.errors(&[]);
    repo.check("main").says("D315", "more than 30 days later").has("overdue", "D501");
    repo.duly(&["countersign", &path, "--key", "../officer"]).exits(0);
    repo.commit("An officer vouches");
    assert_eq!(repo.check("main").errors(&[]).said("D315"), "");
}

/// A thief of an officer's key, which was revoked since, makes a root in which they are the officer.
#[test]
fn a_root_signed_with_a_revoked_key() {
    let repo = two_officers();
    repo.revoke_key("boss", &["--reason", "retired", "--keep-all"]);
    repo.commit("The key is retired");
    let (_, trust) = repo.judged();
    let last = trust.chain.links().last().unwrap();
    let mut next = last.root.clone();
    (next.version, next.previous) = (3, Some(last.digest));
    next.officers.remove(0);
    next.thresholds = duly::record::root::Thresholds::all(1);
    repo.put(next, &["boss"]);
    let (before, after) = repo.both();
    before.errors(&["D313"]).says("D313", "had not been revoked before");
    after.errors(&["D313"]);
    repo.check("main").has("error", "D313");
}
