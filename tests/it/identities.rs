//! Names that are kept outside of the repository.

use duly::ledger::Ledger;
use duly::record::id::Id;
use duly::source::WorkTree;

use crate::harness::{Place, TEAM};

const HEAD: &str = "apiVersion: duly/v1\nkind: Identities\npeople:\n";

/// A repository whose officer `w-0001` has no name in the roster.
fn place() -> Place {
    let place = Place::with_team();
    assert!(!TEAM.contains("Olga"));
    place
}

/// Writes a file beside the repository.
fn beside(place: &Place, path: &str, people: &str) {
    let path = place.path(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, format!("{HEAD}{people}")).unwrap();
}

/// Says in `duly.yaml` where names are.
fn points_to(place: &Place, path: &str) {
    place.edit("duly.yaml", "kind: Organization\n", &format!("kind: Organization\nidentities: {path}\n"));
}

/// Every text of a site.
fn pages(folder: &std::path::Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let text = |path: std::path::PathBuf| {
        if path.is_dir() { pages(&path) } else { std::fs::read_to_string(path).unwrap_or_default() }
    };
    entries.map(text).collect()
}

/// What a check finds with names taken into account: code, severity, path, line.
fn found(place: &Place, arguments: &[&str]) -> Vec<(String, String, String, u64)> {
    let run = place.duly(&[&["check", "--format", "json"][..], arguments].concat());
    let text = |f: &serde_json::Value, name: &str| f[name].as_str().unwrap_or_default().to_owned();
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let about_names =
        findings.iter().filter(|f| !matches!(text(f, "code").as_bytes()[1], b'3' | b'4' | b'5'));
    about_names
        .map(|f| {
            (text(f, "code"), text(f, "severity"), text(f, "path"), f["line"].as_u64().unwrap_or_default())
        })
        .collect()
}

#[track_caller]
fn finds(place: &Place, arguments: &[&str], code: &str, severity: &str, path: &str, line: u64) {
    let found = found(place, arguments);
    let one = |f: &&(String, String, String, u64)| f.0 == code;
    let (_, bad, at, on) = found.iter().find(one).unwrap_or_else(|| panic!("no {code} in {found:?}"));
    assert_eq!((bad.as_str(), at.ends_with(path), *on), (severity, true, line), "{at}");
}

#[test]
fn a_file_gives_names_to_those_who_have_none() {
    let place = place();
    beside(&place, "names.yaml", "  - {id: w-0001, name: Olga Officer, email: olga@example.org}\n");
    let status = |arguments: &[&str]| place.duly(&[&["status"][..], arguments].concat()).exits(0).out;
    assert!(!status(&[]).contains("Olga Officer"));
    let named = status(&["--identities", "../names.yaml"]);
    assert!(named.contains("Olga Officer") && named.contains("Nia Nurse"), "{named}");
    assert_eq!(found(&place, &["--identities", "../names.yaml"]), []);
    let json = place.duly(&["status", "--format", "json", "--identities", "../names.yaml"]).exits(0).out;
    assert!(!json.contains("Olga"), "the shape of the status has no names: {json}");
}

#[test]
fn findings_call_people_by_name() {
    let place = place();
    beside(&place, "names.yaml", "  - {id: w-0001, name: Olga Officer}\n");
    place.edit(
        "roster/main.yaml",
        "{start: 2020-01-01, type: full-time}]\n    roles: [officer]",
        "{type: full-time}]\n    roles: [officer]",
    );
    let said = |arguments: &[&str]| place.duly(&[&["check"][..], arguments].concat()).exits(1).out;
    assert!(said(&[]).contains("w-0001 has no start date"));
    assert!(said(&["--identities", "../names.yaml"]).contains("Olga Officer (w-0001) has no start date"));
}

#[test]
fn a_folder_beside_the_repository_is_read_whole() {
    let place = place();
    beside(&place, "people/a/one.yaml", "  - {id: w-0001, name: Olga Officer}\n");
    beside(&place, "people/two.yaml", "  - {id: w-0002, email: mira@example.org}\n");
    std::fs::write(place.path("people/README.md"), "Names. Not for everyone.").unwrap();
    beside(&place, "people/.github/workflows/ci.yml", "not names");
    points_to(&place, "../people");
    assert_eq!(found(&place, &[]), []);
    assert!(place.duly(&["status"]).exits(0).out.contains("Olga Officer"));
    place.duly(&["report", "--out", "../site"]).exits(0);
    assert!(pages(&place.path("site")).contains("Olga Officer"));
    // Somebody who names another place gets that one.
    beside(&place, "other.yaml", "  - {id: w-0001, name: Oda Other}\n");
    let other = place.duly(&["status", "--identities", "../other.yaml"]).exits(0).out;
    assert!(other.contains("Oda Other") && !other.contains("Olga"), "{other}");
}

#[test]
fn what_writes_records_never_knows_a_name_from_outside() {
    let place = place();
    beside(&place, "names.yaml", "  - {id: w-0001, name: Olga Officer}\n");
    points_to(&place, "../names.yaml");
    let ledger = Ledger::load(&WorkTree::new(place.path("repo")));
    assert_eq!(ledger.worker(&Id::parse("w-0001").unwrap()).unwrap().name, None);
}

#[test]
fn names_that_are_asked_for_and_missing_are_an_error() {
    let place = place();
    for command in ["check", "status"] {
        let run = place.duly(&[command, "--identities", "../nowhere"]).exits(2);
        assert!(run.err.contains("../nowhere") && run.out.is_empty(), "{run:?}");
    }
    std::fs::create_dir(place.path("empty")).unwrap();
    finds(&place, &["--identities", "../empty"], "D606", "error", "", 0);
}

#[test]
fn in_ci_the_names_are_absent_and_that_is_said() {
    let place = place();
    points_to(&place, "../people");
    place.duly(&["check", "--fail-on", "error"]).exits(0);
    finds(&place, &[], "D604", "info", "duly.yaml", 3);
    assert!(place.duly(&["status"]).exits(0).out.contains("w-0001"));
    // A second repository that was not fetched leaves an empty folder behind.
    std::fs::create_dir(place.path("people")).unwrap();
    finds(&place, &[], "D604", "info", "duly.yaml", 3);
}

#[test]
fn a_name_of_nobody_is_found_and_not_repeated() {
    let place = place();
    beside(
        &place,
        "names.yaml",
        "  - {id: w-0001, name: Olga Officer}\n  - {id: w-9999, name: Nora Nobody}\n",
    );
    finds(&place, &["--identities", "../names.yaml"], "D602", "warning", "/names.yaml", 5);
    let run = place.duly(&["check", "--all", "--identities", "../names.yaml"]);
    assert!(run.out.contains("w-9999") && !run.out.contains("Nora"), "{}", run.out);
}

#[test]
fn two_names_for_one_person_are_found() {
    let place = place();
    points_to(&place, "../people");
    beside(&place, "people/a.yaml", "  - {id: w-0001, name: Olga Officer}\n");
    beside(&place, "people/b.yaml", "  - {id: w-0001, name: Olga Officer}\n");
    assert_eq!(found(&place, &[]), [], "the same name twice is one name");
    beside(&place, "people/b.yaml", "  - {id: w-0001, name: Oda Officer}\n");
    finds(&place, &[], "D603", "error", "../people/b.yaml", 4);
    let status = place.duly(&["status"]).exits(0).out;
    assert!(status.contains("Olga") && !status.contains("Oda"), "{status}");

    beside(&place, "people/b.yaml", "  - {id: w-0002, name: Mirabel Manager}\n");
    finds(&place, &[], "D603", "error", "../people/b.yaml", 4);
    assert!(place.duly(&["status"]).exits(0).out.contains("Mira Manager"), "the roster's name is shown");
}

#[test]
fn names_inside_of_the_repository_are_an_error() {
    let place = place();
    place.write("names.yaml", &format!("{HEAD}  - {{id: w-0001, name: Olga Officer}}\n"));
    points_to(&place, "names.yaml");
    finds(&place, &[], "D605", "error", "duly.yaml", 3);
    assert!(!place.duly(&["status"]).exits(0).out.contains("Olga"));
}

#[test]
fn a_second_repository_may_lie_inside() {
    let place = place();
    place.write("private/names.yaml", &format!("{HEAD}  - {{id: w-0001, name: Olga Officer}}\n"));
    std::fs::create_dir(place.repo("private/.git")).unwrap();
    points_to(&place, "private");
    assert_eq!(found(&place, &[]), []);
    assert!(place.duly(&["status"]).exits(0).out.contains("Olga Officer"));
}

#[test]
fn a_pull_request_cannot_reach_further_than_next_door() {
    for far in ["../../etc", "/etc", "../a/../../b", "..", "../", ".", "a\\\\b", "c:/x"] {
        let place = place();
        points_to(&place, &format!("\"{far}\""));
        finds(&place, &[], "D114", "error", "duly.yaml", 3);
    }
}

#[cfg(unix)]
#[test]
fn nor_through_a_link() {
    let place = place();
    let far = tempfile::tempdir().unwrap();
    std::fs::write(far.path().join("n.yaml"), format!("{HEAD}  - {{id: w-0001, name: Olga Officer}}\n"))
        .unwrap();
    // The far folder lies two above the link's own folder.
    std::fs::create_dir_all(place.path("repo/deep")).unwrap();
    std::fs::rename(place.path("repo"), place.path("inner")).unwrap();
    std::fs::create_dir(place.path("outer")).unwrap();
    std::fs::rename(place.path("inner"), place.path("outer/repo")).unwrap();
    std::os::unix::fs::symlink(place.path("outer/repo"), place.path("repo")).unwrap();
    std::os::unix::fs::symlink(far.path(), place.path("outer/repo/people")).unwrap();
    points_to(&place, "people/n.yaml");
    finds(&place, &[], "D605", "error", "duly.yaml", 3);
    assert!(!place.duly(&["status"]).exits(0).out.contains("Olga"));
}

#[test]
fn numbers_of_people_in_free_texts_are_found() {
    let place = place();
    place.edit("policies/training.yaml", "title: Hand hygiene", "title: Hand hygiene, revised 2026-01-05");
    place.edit("duly.yaml", "  - clinical\n", "  - {id: clinical, title: Clinical staff (since 1/2/2026)}\n");
    assert_eq!(found(&place, &[]), [], "a title may have a date");
    place.edit("policies/training.yaml", "I have read it.", "I, born 1969-08-29, have read it.");
    finds(&place, &[], "D601", "error", "policies/training.yaml", 12);
    place.edit("policies/training.yaml", "I, born 1969-08-29, have read it.", "I have read it.");
    place.edit("duly.yaml", "(since 1/2/2026)", "(123-45-6789)");
    let line = place.read("duly.yaml").lines().position(|l| l.contains("id: clinical")).unwrap() + 1;
    finds(&place, &[], "D601", "error", "duly.yaml", line as u64);
    let run = place.duly(&["check", "--all"]);
    assert!(!run.out.contains("holds 123"), "{}", run.out);
}

#[test]
fn no_number_of_a_person_can_be_signed() {
    let place = place();
    let sign = |qualification: &str| {
        let base = ["attest", "hygiene", "--subject", "worker/w-0003", "--completed-on", "2026-11-01"];
        let more = ["--trainer", "vendor/acme", "--qualification", qualification, "--key", "../manager"];
        place.duly(&[&base[..], &more].concat())
    };
    let run = sign("Registered nurse, SSN 123-45-6789").exits(2);
    assert!(run.err.contains("D601"), "{}", run.err);
    sign("Registered nurse, licence of 2024-05-01").exits(0);
}

#[test]
fn files_of_names_are_read_as_strictly_as_all_others() {
    let place = place();
    let cases = [
        ("n.yaml", format!("{HEAD}  - {{id: w-0001, name: Olga, pay: much}}\n"), "D109", 4),
        ("n.yaml", format!("{HEAD}  - {{name: Olga}}\n"), "D110", 4),
        ("n.yaml", format!("{HEAD}  - {{id: w-0001}}\n"), "D114", 4),
        ("n.yaml", format!("{HEAD}  - {{id: w-0001, name: Olga, name: Oda}}\n"), "D104", 4),
        ("n.yaml", TEAM.to_owned(), "D120", 2),
        ("n.yaml", "people: []\n".to_owned(), "D121", 0),
        ("n.yaml", HEAD.replace("people:", "people: []"), "D606", 0),
        ("n.yml", format!("{HEAD}  - {{id: w-0001, name: Olga}}\n"), "D119", 0),
        ("n.yaml", format!("{HEAD}  - {{id: w-0001, name: Olga 123-45-6789}}\n"), "D601", 4),
        ("n.yaml", " ".repeat((1 << 20) + 1), "D117", 0),
    ];
    for (name, text, code, line) in cases {
        let folder = place.path("people");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
        finds(
            &place,
            &["--identities", "../people"],
            code,
            "error",
            if code == "D606" { "" } else { name },
            line,
        );
        let run = place.duly(&["check", "--all", "--identities", "../people"]);
        assert!(!run.out.contains("123-45") && !run.out.contains("Olga, "), "{code}: {}", run.out);
        assert!(code != "D601" || !run.out.contains("Olga"), "{}", run.out);
    }
}
