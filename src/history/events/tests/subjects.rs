//! Settings, documents, systems, vendors, incidents and assignments.

use super::{Kept, View, between, read};
use crate::record::digest::Sha256;
use crate::record::roster::Roster;

fn kept(kind: &str, text: &str) -> Kept {
    match kind {
        "organization" => Kept::Organization(read(text)),
        "system" => Kept::System(read(text)),
        "vendor" => Kept::Vendor(read(text)),
        "incident" => Kept::Incident(read(text)),
        _ => Kept::Assignment(read(text)),
    }
}

/// What comes of adding a record, of changing it where `from` stands, and of removing it.
fn told(kind: &str, text: &str, changes: &[(&str, &str, &[&str])]) -> (Vec<String>, Vec<String>) {
    let before = kept(kind, text);
    for (from, to, events) in changes {
        assert!(text.contains(from), "{from}");
        let after = kept(kind, &text.replace(from, to));
        assert_eq!(between(&before.view(), &after.view()), *events, "{from} → {to}");
    }
    let nothing = View::default();
    (between(&nothing, &before.view()), between(&before.view(), &nothing))
}

#[test]
fn settings() {
    let text = "name: Clinic\ntimezone: America/Chicago\nroles: [nurse, {id: biller, title: Billing}]\nlocations: [{id: main, timezone: America/Denver}]\nhistory_begins: 2026-01-01\nsettings: {stale_after: 45 days, rehire_gap: 7 days}\n";
    let (added, removed) = told(
        "organization",
        text,
        &[
            ("Clinic", "Clinics", &["settings-changed | name “Clinic” to “Clinics”"]),
            (
                "Chicago",
                "Denver",
                &["settings-changed | timezone America/Chicago to America/Denver | loosens"],
            ),
            ("[nurse, ", "[", &["settings-changed | role nurse no longer declared"]),
            ("[nurse", "[nurse, cleaner", &["settings-changed | role cleaner declared"]),
            ("Billing", "Bills", &["settings-changed | role biller, title “Billing” to “Bills”"]),
            (
                "Denver",
                "Phoenix",
                &["settings-changed | location main, timezone America/Denver to America/Phoenix | loosens"],
            ),
            (
                "2026-01-01",
                "2026-02-01",
                &["settings-changed | history_begins 2026-01-01 to 2026-02-01 | loosens"],
            ),
            (
                "2026-01-01",
                "2025-02-01",
                &["settings-changed | history_begins 2026-01-01 to 2025-02-01 | tightens"],
            ),
            ("45 days", "46 days", &["settings-changed | stale_after 45 days to 46 days | loosens"]),
            ("45 days", "44 days", &["settings-changed | stale_after 45 days to 44 days | tightens"]),
            ("7 days", "6 days", &["settings-changed | rehire_gap 7 days to 6 days | loosens"]),
        ],
    );
    assert_eq!(added, ["settings-changed | settings of “Clinic” added"]);
    assert_eq!(removed, ["settings-changed | settings removed | loosens"]);
}

#[test]
fn systems() {
    let text = "id: ehr\ntitle: Records\nholds_ephi: true\nin_use_from: 2020-01-01\naccess: [{worker: w-1, from: 2025-01-01}]\n";
    let (added, removed) = told(
        "system",
        text,
        &[
            ("true", "false", &["system-changed | system/ehr | holds_ephi yes to no | loosens"]),
            (
                "in_use_from: 2020-01-01",
                "in_use_from: 2020-01-01\nin_use_until: 2026-06-30",
                &["system-changed | system/ehr | in_use_until none to 2026-06-30 | loosens"],
            ),
            (
                "from: 2025-01-01",
                "from: 2025-01-01, until: 2026-06-30",
                &["access-changed | system/ehr | access of <w-1> ends on 2026-06-30 | loosens"],
            ),
            (
                "}]",
                "}, {worker: w-2, from: 2026-03-01}]",
                &["access-changed | system/ehr | access of <w-2> added from 2026-03-01 | tightens"],
            ),
        ],
    );
    assert_eq!(
        added,
        ["system-added | system/ehr | new system “Records”, in use from 2020-01-01, holds ePHI | tightens"]
    );
    assert_eq!(removed, ["system-removed | system/ehr | system removed | loosens"]);
}

#[test]
fn vendors() {
    let text = "id: acme\ntitle: Acme\nservices: [hosting]\nhandles_phi: true\nterms: [{start: 2024-01-01}]\nagreement: {signed_on: 2024-01-01, expires_on: 2026-12-31}\n";
    let (added, removed) = told(
        "vendor",
        text,
        &[
            (
                "handles_phi: true",
                "handles_phi: false",
                &["vendor-changed | vendor/acme | handles_phi yes to no | loosens"],
            ),
            (
                "hosting",
                "backups",
                &[
                    "vendor-changed | vendor/acme | service “hosting” removed",
                    "vendor-changed | vendor/acme | service “backups” added",
                ],
            ),
            (
                "start: 2024-01-01",
                "start: 2024-01-01, end: 2026-06-30",
                &["vendor-changed | vendor/acme | term of work ends on 2026-06-30 | loosens"],
            ),
            (
                "2026-12-31",
                "2027-12-31",
                &["vendor-changed | vendor/acme | agreement expires_on 2026-12-31 to 2027-12-31 | loosens"],
            ),
            (
                "signed_on: 2024-01-01, expires_on: 2026-12-31",
                "signed_on: 2026-12-01, expires_on: 2027-12-31",
                &[
                    "vendor-changed | vendor/acme | agreement signed_on 2024-01-01 to 2026-12-01",
                    "vendor-changed | vendor/acme | agreement expires_on 2026-12-31 to 2027-12-31",
                ],
            ),
            (
                "agreement: {signed_on: 2024-01-01, expires_on: 2026-12-31}\n",
                "",
                &["vendor-changed | vendor/acme | agreement of 2024-01-01 removed"],
            ),
        ],
    );
    assert_eq!(added, ["vendor-added | vendor/acme | new vendor “Acme”, handles PHI | tightens"]);
    assert_eq!(removed, ["vendor-removed | vendor/acme | vendor removed | loosens"]);
}

#[test]
fn incidents() {
    let text = "id: lost-laptop\ntitle: A laptop was lost\noccurred_on: 2026-03-01\ndiscovered_on: 2026-03-02\nsubjects: [worker/w-1, system/ehr]\nretraining:\n  - {subjects: [worker/w-1], requirement: hygiene, by: 2026-04-01}\n";
    let (added, removed) = told(
        "incident",
        text,
        &[
            (
                "2026-03-01",
                "2026-02-01",
                &["incident-changed | incident lost-laptop, occurred_on 2026-03-01 to 2026-02-01 | loosens"],
            ),
            (
                ", system/ehr",
                "",
                &["incident-changed | system/ehr | incident lost-laptop, system/ehr not touched | loosens"],
            ),
            (
                "2026-04-01",
                "2026-05-01",
                &[
                    "retraining-changed | worker/w-1 | hygiene | retraining after lost-laptop by 2026-05-01 instead of 2026-04-01 | loosens",
                ],
            ),
            (
                "subjects: [worker/w-1], ",
                "",
                &[
                    "retraining-added | system/ehr | hygiene | retraining after lost-laptop by 2026-04-01 | tightens",
                ],
            ),
            (
                "2026-04-01}\n",
                "2026-04-01}\n  - {subjects: [worker/w-1], requirement: hygiene, by: 2026-05-01}\n",
                &[
                    "retraining-added | worker/w-1 | hygiene | retraining after lost-laptop by 2026-05-01 | tightens",
                ],
            ),
        ],
    );
    assert_eq!(
        added,
        [
            "incident-added | incident lost-laptop of 2026-03-01, 2 subjects | tightens",
            "retraining-added | worker/w-1 | hygiene | retraining after lost-laptop by 2026-04-01 | tightens",
        ]
    );
    assert_eq!(
        removed,
        [
            "incident-removed | incident lost-laptop removed | loosens",
            "retraining-removed | worker/w-1 | hygiene | retraining after lost-laptop removed | loosens",
        ]
    );
}

#[test]
fn assignments() {
    let text = "id: scanner\nsubjects: [worker/w-1]\nrequirement: hygiene\ntold_on: 2026-03-01\nby: 2026-03-31\nreason: new_duty\n";
    let given = "assignment-added | worker/w-2 | hygiene | told on 2026-03-01 to do it by 2026-03-31 (new_duty) | tightens";
    let (added, removed) = told(
        "assignment",
        text,
        &[
            (
                "2026-03-31",
                "2026-04-30",
                &["assignment-changed | hygiene | assignment scanner, by 2026-03-31 to 2026-04-30 | loosens"],
            ),
            (
                "2026-03-01",
                "2026-02-01",
                &[
                    "assignment-changed | hygiene | assignment scanner, told_on 2026-03-01 to 2026-02-01 | loosens",
                ],
            ),
            (
                "new_duty",
                "audit",
                &["assignment-changed | hygiene | assignment scanner, reason new_duty to audit"],
            ),
            ("[worker/w-1]", "[worker/w-1, worker/w-2]", &[given]),
        ],
    );
    assert_eq!(added, [given.replace("w-2", "w-1")]);
    let gone = "assignment-removed | worker/w-1 | hygiene | assignment scanner removed, which was due by 2026-03-31 | loosens";
    assert_eq!(removed, [gone]);
}

#[test]
fn documents_and_confirmations() {
    let documents = |list: &[(&'static str, &str)]| View {
        documents: list.iter().map(|(path, text)| (*path, Sha256::of(text.as_bytes()))).collect(),
        ..View::default()
    };
    let (was, now) = (documents(&[("a.md", "1"), ("b.md", "1")]), documents(&[("b.md", "2"), ("c.md", "1")]));
    assert_eq!(
        between(&was, &now),
        [
            "document-removed | text a.md removed",
            "document-changed | text b.md changed",
            "document-added | text c.md added",
        ]
    );
    let (was, now): (Roster, Roster) =
        (read("workers: []\n"), read("confirmed_on: 2026-11-01\nworkers: []\n"));
    let (was, now) = (Kept::Roster(was), Kept::Roster(now));
    assert_eq!(
        between(&was.view(), &now.view()),
        ["roster-confirmed | roster/x.yaml confirmed on 2026-11-01"]
    );
}
