//! The recipes of the page about lost keys, run as they stand there.

use duly::record::approval::{About, Approval, Approved, FilePath, Reason};
use duly::record::digest::Sha256;
use duly::record::node::Spot;

use crate::bench::{NOTHING, today};
use crate::harness::Place;

const PAGE: &str = include_str!("../../docs/lost-key.md");

/// The commands of a section of the page, in its order, without the indentation of its lists.
fn commands(section: &str) -> Vec<&'static str> {
    let from = format!("\n## {section}\n");
    let text = PAGE.split_once(from.as_str()).expect("the section").1;
    let text = text.split("\n## ").next().expect("its text");
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().expect("a block"));
    let lines: Vec<&str> = blocks.flat_map(str::lines).map(str::trim).filter(|l| !l.is_empty()).collect();
    assert!(!lines.is_empty(), "{section} has commands");
    lines
}

/// Runs a command of the page, with what stands for `$NAME` in it.
#[track_caller]
fn run(place: &Place, command: &str, names: &[(&str, &str)]) -> String {
    let command = names.iter().fold(command.to_owned(), |c, (name, value)| c.replace(name, value));
    let plain = command.replace("duly key new", "duly key new --no-passphrase").replace('"', "");
    let arguments: Vec<&str> = plain.strip_prefix("duly ").expect("duly").split(' ').collect();
    place.duly(&arguments).exits(0).out
}

/// An approval of what `duly.yaml` holds, by these keys.
fn approve(place: &Place, keys: &[&str]) -> String {
    let path = FilePath::parse("duly.yaml").unwrap();
    let sha256 = Some(Sha256::of(place.read("duly.yaml").as_bytes()));
    let about = About::Files(vec![Approved { path, sha256 }]);
    let (audience, spot) = (place.audience(), Spot::default());
    let approval = Approval { audience, about, reason: Reason::Settings, approved_on: today(), spot };
    place.put(approval, keys)
}

#[test]
fn an_officers_lost_key_where_an_approval_exists() {
    let place = Place::initialised();
    place.key("recovery");
    place.duly(&["trust", "propose", "--out", "../r.yaml", "--add-recovery", "../recovery.pub"]).exits(0);
    place.duly(&["trust", "sign", "../r.yaml", "--key", "../officer"]).exits(0);
    approve(&place, &["officer"]);
    assert_eq!(place.sum(), NOTHING);
    let lost = place.fingerprint("officer");
    for command in commands("An officer's key") {
        run(&place, command, &[("$LOST", &lost)]);
    }
    // Nothing is red, today or for good.
    assert_eq!(place.sum(), NOTHING);
    assert_eq!(place.errors(), Vec::<String>::new());
    assert!(place.duly(&["key", "list"]).exits(0).out.contains("revoked (lost)"));
}

#[test]
fn a_threshold_of_two_with_a_revoked_key() {
    let place = Place::with_team();
    place.key("second");
    place.key("nurse2");
    place.key("thief");
    let propose = ["trust", "propose", "--out", "../r.yaml", "--add-officer", "w-0002=../second.pub"];
    place.duly(&[&propose[..], &["--threshold", "key=2", "--threshold", "approve=2"]].concat()).exits(0);
    place.duly(&["trust", "sign", "../r.yaml", "--key", "../officer"]).exits(0);
    approve(&place, &["officer", "second"]);
    let lost = place.fingerprint("second");
    let mut approvals = Vec::new();
    for command in commands("Where two officers must sign") {
        let out = run(&place, command, &[("$LOST", &lost)]);
        if command.contains("key approve") {
            approvals.push(out);
        }
        if command.contains("key revoke") {
            // One officer and the revoked key are one officer.
            let request =
                ["key", "request", "--owner", "worker/w-0003", "--key", "../thief", "--out", "../t"];
            place.duly(&request).exits(0);
            let first = place.duly(&["key", "approve", "../t", "--key", "../officer"]).exits(0);
            assert!(first.err.contains("1 of the 2 officers"), "{}", first.err);
            let second = place.duly(&["key", "approve", "../t", "--key", "../second"]).exits(2);
            assert!(second.err.contains("was revoked (lost)"), "{}", second.err);
        }
    }
    assert_eq!(approvals[0], "../nurse2.yaml\n", "the first signature waits");
    assert!(approvals[1].starts_with("trust/keys/"), "{approvals:?}");
    assert_eq!(place.sum(), NOTHING);
    assert_eq!(place.errors(), Vec::<String>::new());
}

#[test]
fn an_approval_is_revoked_as_the_page_says() {
    let place = Place::initialised();
    let approval = approve(&place, &["officer"]);
    for command in commands("Taking an approval back") {
        run(&place, command, &[("$APPROVAL", &approval)]);
    }
    let sum = place.sum();
    assert_eq!((sum.errors, sum.warnings), (vec![], vec!["D322"]));
    let (ledger, trust) = place.judged();
    let content = Some(Sha256::of(place.read("duly.yaml").as_bytes()));
    assert_eq!(ledger.approvals.len(), 1);
    assert!(trust.approvals.of_file("duly.yaml", content, None).is_none(), "it approves nothing any more");
}
