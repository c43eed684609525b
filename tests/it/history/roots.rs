//! Attacks on the chain of roots.

use super::repository::Repo;
use crate::harness::Place;
use duly::trust::crypto::signer::Signer;

/// A clinic with a second root, in which `w-0002` follows `w-0001` as the officer.
fn second() -> Repo {
    let repo = Repo::clinic();
    repo.key("boss");
    let change = ["--add-officer", "w-0002=../boss.pub", "--remove-officer", "w-0001"];
    assert_eq!(repo.next_root(&change, &["officer", "boss"]), "trust/root/0002.yaml");
    repo.commit("A new officer");
    repo.past().passes();
    repo
}

#[test]
fn the_first_root_swapped() {
    let repo = Repo::clinic();
    let other = Place::initialised();
    repo.write("trust/root/0001.yaml", &other.read("trust/root/0001.yaml"));
    let (before, after) = repo.both();
    before.has("error", "D401");
    after.has("error", "D401");
}

#[test]
fn a_root_that_skips_a_number() {
    let repo = second();
    repo.next_root(&["--threshold", "revoke=1"], &["boss"]);
    std::fs::rename(repo.repo("trust/root/0003.yaml"), repo.repo("trust/root/0004.yaml")).unwrap();
    let (before, after) = repo.both();
    before.has("error", "D302");
    after.has("error", "D302");
}

#[test]
fn a_root_taken_back() {
    let repo = second();
    repo.remove("trust/root/0002.yaml");
    let (before, after) = repo.both();
    before.errors(&["D402"]);
    after.errors(&["D402"]);
}

#[test]
fn an_old_root_under_a_new_number() {
    let repo = second();
    repo.write("trust/root/0003.yaml", &repo.read("trust/root/0001.yaml"));
    let (before, after) = repo.both();
    before.has("error", "D302");
    after.has("error", "D302");
}

/// Who is no officer any more signs the next root with the old key.
#[test]
fn a_root_signed_with_an_old_key() {
    let repo = second();
    let (_, trust) = repo.judged();
    let last = trust.chain.links().last().unwrap();
    let mut next = trust.chain.links()[0].root.clone();
    (next.id, next.version, next.previous) = (None, 3, Some(last.digest));
    repo.put(next, &["officer"]);
    let (before, after) = repo.both();
    before.has("error", "D313");
    after.has("error", "D313");
}

/// The root would let the stranger enrol keys; none that they enrol counts.
#[test]
fn a_root_that_names_a_stranger_with_their_key_in_use() {
    let repo = Repo::clinic();
    repo.key("stranger");
    let (_, trust) = repo.judged();
    let last = trust.chain.links().last().unwrap();
    let mut next = last.root.clone();
    (next.id, next.version, next.previous) = (None, 2, Some(last.digest));
    next.officers[0].keys = vec![repo.private("stranger").public_key().clone()];
    repo.put(next, &["stranger"]);
    let (before, after) = repo.both();
    before.has("error", "D313");
    after.has("error", "D313");
}

#[test]
fn a_new_officer_who_approves_in_the_same_change() {
    let repo = Repo::clinic();
    repo.key("boss");
    repo.next_root(&["--add-officer", "w-0002=../boss.pub"], &["officer"]);
    repo.edit(
        "roster/main.yaml",
        "  - id: w-0005\n    name: Gus Guard\n",
        "  - id: w-0006\n    name: Gus Guard\n",
    );
    let approve = ["approve", "--base", "main", "--reason", "correction", "--key", "../boss"];
    repo.duly(&approve).exits(0);
    let before = repo.propose();
    before.has("error", "D413").has("error", "D307");
}

#[test]
fn a_pin_tells_a_fork_from_the_repository() {
    let repo = second();
    let pin = repo.judged().1.chain.digests()[1].to_string();
    let check = |extra: &[&str]| {
        let all: Vec<&str> =
            ["verify", "--history", "--trust-root", &pin].iter().chain(extra).copied().collect();
        repo.duly(&all)
    };
    check(&[]).exits(0);
    // The files in the folder are the right ones; the commit asked about has the root no more.
    repo.branch("fork");
    repo.git(&["reset", "-q", "--hard", "main~1"]);
    repo.commit("A fork from before");
    repo.go("main");
    assert!(check(&["--rev", "fork"]).exits(1).out.contains("D304"));
}
