//! What signed records tell.

use super::lines;
use crate::history::events::signed;
use crate::ledger::read_signed;
use crate::record::attestation::Attestation;
use crate::record::id::Subject;
use crate::record::root::Action;
use crate::record::signed::{Record, Signed};

macro_rules! sample {
    ($name:literal) => {
        read(include_str!(concat!("../../../record/fields/samples/", $name, ".yaml")))
    };
}

fn read<R: Record>(text: &str) -> Signed<R> {
    read_signed("x.yaml", text.as_bytes()).unwrap_or_else(|f| panic!("{f:?}"))
}

const KEY: &str = "SHA256:gNSIRW+2Iyiuvsdp/bgjy38bvWHw6wQm3tuoXrl3WjQ";

#[test]
fn completions() {
    let mut sheet: Signed<Attestation> = sample!("attestation");
    assert_eq!(
        lines(&signed::attestation(&sheet)),
        [
            "completion-recorded | worker/w-0001 | hygiene | completed hygiene (edition 2026) on 2026-11-01, passed, good until 2027-11-01, corrects record 0c770c770c77",
            "completion-recorded | org | hygiene | took hygiene (edition 2026) on 2026-11-02, incomplete, corrects record 0c770c770c77",
        ]
    );
    sheet.record.supersedes = None;
    sheet.record.edition = None;
    let rows = sheet.record.completions.clone();
    sheet.record.completions = rows.iter().cycle().take(21).cloned().collect();
    let one =
        "completion-recorded | hygiene | sheet of 21 rows: hygiene from 2026-11-01 to 2026-11-02, 11 done";
    assert_eq!(lines(&signed::attestation(&sheet)), [one]);
    let own: Vec<_> = signed::rows(&sheet, &Subject::Org).collect();
    let row = "completion-recorded | org | hygiene | took hygiene on 2026-11-02, incomplete";
    assert_eq!(lines(&own), [row; 10]);
    sheet.record.completions.truncate(20);
    assert_eq!(signed::attestation(&sheet).len(), 20);
}

#[test]
fn waivers_and_later_signatures() {
    let exempt =
        "exempted | worker/w-0001 | hygiene | exempt from hygiene 2026-01-01 to 2026-12-31 (no_exposure)";
    assert_eq!(lines(&signed::exemption(&sample!("exemption"))), [exempt]);
    let more = "extended | worker/w-0001 | hygiene | more time for hygiene until 2026-02-28, given on 2026-01-01 (trainer_unavailable)";
    assert_eq!(lines(&signed::extension(&sample!("extension"))), [more]);
    let too = format!("countersigned | record 0c770c770c77 signed by key {KEY} too, on 2026-11-02");
    assert_eq!(lines(&signed::countersignature(&sample!("countersignature"))), [too]);
}

#[test]
fn keys_and_grants() {
    let found = lines(&signed::key(&sample!("key")));
    assert_eq!(found, [format!("key-enrolled | worker/w-0001 | key {KEY} enrolled for worker/w-0001")]);
    let found = lines(&signed::grant(&sample!("grant")));
    assert_eq!(found, [format!("granted | hygiene | key {KEY} may sign hygiene as issuer until 2026-12-31")]);
}

#[test]
fn revocations() {
    let found = lines(&signed::revocation(&sample!("revocation-of-key")));
    assert_eq!(found, [format!("key-revoked | key {KEY} revoked (lost), keeps 1 record")]);
    let found = lines(&signed::revocation(&sample!("revocation-of-old-key")));
    assert_eq!(found, [format!("key-revoked | key {KEY} revoked (retired), keeps all")]);
    let found = lines(&signed::revocation(&sample!("revocation-of-rows")));
    assert_eq!(found, ["revoked | worker/w-0001 | rows of record 0c770c770c77 revoked (mistaken)"]);
}

#[test]
fn approvals() {
    let edit = "approved | edit of policies/training.yaml and roster/old.yaml approved (policy)";
    assert_eq!(lines(&signed::approval(&sample!("approval-of-files"))), [edit]);
    let fault =
        "approved | fault D402 of commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904 known (known_fault)";
    assert_eq!(lines(&signed::approval(&sample!("approval-of-commit"))), [fault]);
}

#[test]
fn roots() {
    let first = sample!("root");
    let name: &dyn Fn(&crate::record::id::Id) -> String = &|id| format!("<{id}>");
    let said = lines(&signed::root(&first, None, name));
    assert_eq!(said.len(), 6, "{said:?}");
    assert!(said[0].starts_with("root-added | root 1: notary service/witness with key SHA256:"), "{said:?}");
    assert!(said[1].starts_with("root-added | root 1: officer <w-0001> with key SHA256:"), "{said:?}");
    assert_eq!(
        said[4],
        "root-added | root 1: root needs 1, key needs 1, grant needs 1, revoke needs 1, exempt needs 1, extend needs 1, approve needs 1"
    );
    let mut second = first.clone();
    second.record.version = 2;
    assert_eq!(lines(&signed::root(&second, Some(&first), name)), ["root-added | root 2: signed anew"]);
    second.record.thresholds.set(Action::Exempt, 2);
    second.record.recovery.clear();
    let said = lines(&signed::root(&second, Some(&first), name));
    assert!(
        said[0].starts_with("root-added | root 2: recovery key SHA256:") && said[0].ends_with(" removed")
    );
    assert_eq!(said[1..], ["root-added | root 2: officers for an exemption 1 to 2"]);
}
