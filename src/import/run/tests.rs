use std::fs;

use super::*;
use crate::import::roster_write::FileText;
use crate::record::attestation::Attestation;
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::node::Spot;
use crate::record::public_key::Fingerprint;
use crate::record::signed::{Record as _, Scheme, Signature, Signed};
use crate::yaml::canonical;

const ORGANIZATION: &str = "apiVersion: duly/v1
kind: Organization
name: Clinic # ours
timezone: America/Chicago
roles: [officer]
employment_types: [full-time]
history_begins: 2026-01-01
";

const MAIN: &str = "apiVersion: duly/v1
kind: Roster
workers:
  # The office manager.
  - id: w-0001
    employment: [{start: 2015-01-01, type: full-time}]
    roles: [officer]
";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A repository with an officer, a policy with one requirement a title, and room for exports.
struct Repository {
    dir: tempfile::TempDir,
}

impl Repository {
    fn new(titles: &[&str]) -> Repository {
        let dir = tempfile::tempdir().unwrap();
        let repository = Repository { dir };
        repository.put("duly.yaml", ORGANIZATION);
        repository.put("roster/main.yaml", MAIN);
        let requirements: String = titles.iter().map(|title| requirement(title)).collect();
        repository.put(
            "policies/p.yaml",
            &format!("apiVersion: duly/v1\nkind: Policy\nrequirements:\n{requirements}"),
        );
        repository
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn put(&self, path: &str, text: &str) -> PathBuf {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Every file and what is in it.
    fn all(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let walk = walkdir::WalkDir::new(self.dir.path()).sort_by_file_name();
        let files = walk.into_iter().map(|e| e.unwrap()).filter(|e| e.file_type().is_file());
        files.map(|e| (e.path().to_owned(), fs::read(e.path()).unwrap())).collect()
    }

    fn ledger(&self) -> Ledger {
        Ledger::load(&WorkTree::new(self.dir.path()))
    }

    fn roster<'j>(
        &'j self,
        file: &'j Path,
        map: &'j Path,
        change: impl Fn(&mut RosterJob<'j>),
    ) -> Result<RosterDone, ImportError> {
        let mut job = RosterJob {
            root: self.dir.path(),
            file,
            map,
            as_of: day("2026-03-01"),
            declare: false,
            allow_ending: false,
            end_missing: None,
            confirm: false,
            rejects: None,
            dry_run: false,
        };
        change(&mut job);
        roster(&job)
    }

    fn completions(&self, file: &Path, map: &Path) -> Result<CompletionsDone, ImportError> {
        let (audience, today) = (Sha256::of(b"root"), day("2026-03-01"));
        let job = CompletionsJob {
            root: self.dir.path(),
            file,
            map,
            audience,
            today,
            rejects: None,
            dry_run: false,
        };
        completions(&job, &mut |record| Ok(signed(record)))
    }
}

fn requirement(title: &str) -> String {
    let id = crate::record::id::Id::from_title(title).unwrap();
    format!(
        "  - id: {id}\n    title: {title}\n    type: training\n    applies_to: everyone\n    due: {{within: 30 days}}\n    signed_by: [[issuer]]\n    declaration: Recorded by the learning system.\n    editions: [{{edition: \"2022\", material: not_retained, published: 2022-01-01}}]\n"
    )
}

/// A file in the form of a signed one. The signature is none: these tests are about rows.
fn signed(record: &Attestation) -> FileText {
    let payload_sha256 = Sha256::of(format!("{record:?}").as_bytes());
    let key = Fingerprint::parse("SHA256:uaVH44oXxkvXbSe8GMxyTT2ayrh65HdxkXXW9SfdwYk").unwrap();
    let signature = Signature { scheme: Scheme::Dsse, key, sig: "AAAA".to_owned(), spot: Spot::default() };
    let first = record.completions[0].completed_on;
    let name = payload_sha256.to_string()[..32].to_owned();
    assert!(record.subject().0.starts_with("requirement/"));
    let file = Signed { record: record.clone(), payload_sha256, signatures: vec![signature] };
    FileText {
        path: format!("attestations/{:04}/{:02}/{name}.yaml", first.year(), first.month()),
        text: String::from_utf8(canonical::write(&file.tree())).unwrap(),
    }
}

const MAP: &str = "apiVersion: duly/v1
kind: RosterMap
id: {column: ID, prefix: w-}
name: Name
start: {column: Start, format: M/D/YYYY}
type: {value: full-time}
roles: Title
";

#[test]
fn an_import_writes_its_own_files_and_no_others() {
    let repository = Repository::new(&["Security"]);
    let map = repository.put("maps/hr.yaml", MAP);
    let file = repository.put("hr.csv", "ID,Name,Start,Title,DOB\n7,Ana Ruiz,1/5/2020,Nurse,1/1/1970\n8,Bo,soon,Nurse,\n0001,Boss,1/1/2015,Chief,\n");
    let done = repository.roster(&file, &map, |job| job.declare = true).unwrap();
    assert_eq!(done.files, ["duly.yaml", "roster/imported-001.yaml"]);
    assert_eq!(repository.text("roster/main.yaml"), MAIN);
    assert!(repository.text("roster/imported-001.yaml").contains("- id: w-7\n    name: \"Ana Ruiz\"\n"));
    assert_eq!(
        repository.text("duly.yaml"),
        ORGANIZATION.replace("[officer]", "[officer, {id: nurse, title: \"Nurse\"}]")
    );
    assert_eq!(
        repository.text("hr.rejects.csv"),
        "ID,Name,Start,Title,row,reason\n8,Bo,soon,Nurse,3,\"Start \"\"soon\"\" is not of the form M/D/YYYY\"\n"
    );
    assert!(done.summary.contains("w-0001: another name, another role"), "{}", done.summary);
    assert!(done.summary.contains("private: DOB"), "{}", done.summary);
    assert!(repository.ledger().findings.is_empty(), "{:?}", repository.ledger().findings);
    let before = repository.all();
    let again = repository.roster(&file, &map, |job| job.declare = true).unwrap();
    assert!(again.files.is_empty());
    assert_eq!(repository.all(), before, "twice changes nothing");
}

#[test]
fn a_file_written_by_hand_is_never_replaced_whatever_its_name() {
    let repository = Repository::new(&["Security"]);
    let map = repository.put("maps/hr.yaml", MAP);
    let mine = MAIN.replace("w-0001", "w-0002");
    repository.put("roster/imported-001.yaml", &mine);
    let file =
        repository.put("hr.csv", "ID,Name,Start,Title\n7,Ana,1/5/2020,Officer\n0002,Bo,1/1/2015,Officer\n");
    let done = repository.roster(&file, &map, |_| {}).unwrap();
    assert_eq!(done.files, ["roster/imported-002.yaml"]);
    assert_eq!(repository.text("roster/imported-001.yaml"), mine);
}

#[test]
fn rejects_are_mended_and_imported_with_the_same_map() {
    let repository = Repository::new(&["Security"]);
    let map = repository.put("maps/hr.yaml", MAP);
    let file = repository
        .put("hr.csv", "ID,Name,Start,Title\n7,Ana,1/5/2020,Officer\n8,Bo,soon,Officer\n9,Cy,,Officer\n");
    repository.roster(&file, &map, |_| {}).unwrap();
    let mended = repository.text("hr.rejects.csv").replace("8,Bo,soon", "8,Bo,2/3/2021");
    let rejects = repository.put("hr.rejects.csv", &mended);
    let done = repository.roster(&rejects, &map, |_| {}).unwrap();
    assert_eq!((done.plan.new.len(), done.plan.rejects.len()), (1, 1));
    assert!(done.plan.dropped.is_empty());
    assert_eq!(repository.text("hr.rejects.csv"), mended, "what somebody mends is never replaced");
    assert_eq!(done.rejects, Some(repository.path("hr.rejects-2.csv")));
    assert!(repository.roster(&rejects, &map, |job| job.end_missing = Some(job.as_of)).is_err());
    assert_eq!(repository.ledger().workers.len(), 3);
}

#[test]
fn nothing_is_written_where_the_repository_cannot_be_read_whole() {
    let repository = Repository::new(&["Security"]);
    let map = repository.put("maps/hr.yaml", MAP);
    let file = repository.put("hr.csv", "ID,Name,Start,Title\n7,Ana,1/5/2020,Officer\n");
    repository.put("roster/more.yaml", "apiVersion: duly/v1\nkind: Roster\nworkers:\n  - id: w-7\n   oops\n");
    let before = repository.all();
    assert!(matches!(repository.roster(&file, &map, |_| {}), Err(ImportError::Findings { .. })));
    assert_eq!(repository.all(), before);
    fs::remove_file(repository.path("roster/more.yaml")).unwrap();
    repository.roster(&file, &map, |job| job.dry_run = true).unwrap();
    assert!(!repository.path("roster/imported-001.yaml").exists());
    fs::remove_file(repository.path("duly.yaml")).unwrap();
    assert!(repository.roster(&file, &map, |_| {}).is_err());
}

#[test]
fn the_day_of_confirmation_changes_only_when_told() {
    let repository = Repository::new(&["Security"]);
    let map = repository.put("maps/hr.yaml", MAP);
    let file = repository.put("hr.csv", "ID,Name,Start,Title\n7,Ana,1/5/2020,Officer\n");
    repository.roster(&file, &map, |_| {}).unwrap();
    let later = |confirm| {
        move |job: &mut RosterJob<'_>| {
            job.as_of = day("2026-04-01");
            job.confirm = confirm;
        }
    };
    assert!(repository.roster(&file, &map, later(false)).unwrap().files.is_empty());
    assert_eq!(repository.roster(&file, &map, later(true)).unwrap().files.len(), 1);
    assert!(repository.text("roster/imported-001.yaml").contains("confirmed_on: 2026-04-01\n"));
    assert!(repository.roster(&file, &map, later(true)).unwrap().files.is_empty());
}

#[test]
fn a_new_export_gives_a_small_diff() {
    let repository = Repository::new(&["Security"]);
    let map = repository.put("maps/hr.yaml", MAP);
    let row = |n: u32| format!("{n:04},Name {n},1/5/2020,Officer\n");
    let rows: Vec<String> = (100..1000).map(row).collect();
    let file = repository.put("hr.csv", &format!("ID,Name,Start,Title\n{}", rows.concat()));
    assert_eq!(repository.roster(&file, &map, |_| {}).unwrap().files.len(), 3);
    let before: Vec<String> =
        (1..4).map(|n| repository.text(&format!("roster/imported-{n:03}.yaml"))).collect();
    // One is renamed, one is new and sorts before everybody.
    let changed = format!(
        "ID,Name,Start,Title\n{}{}",
        rows.concat().replace("Name 500\n", "").replace("Name 500,", "Ann,"),
        row(7)
    );
    let file = repository.put("hr.csv", &changed);
    assert_eq!(repository.roster(&file, &map, |_| {}).unwrap().files.len(), 2);
    let after: Vec<String> =
        (1..4).map(|n| repository.text(&format!("roster/imported-{n:03}.yaml"))).collect();
    let lines = |texts: &[String]| -> Vec<String> {
        texts.iter().flat_map(|t| t.lines().map(str::to_owned)).collect()
    };
    let (old, new) = (lines(&before), lines(&after));
    let lost = old.iter().filter(|l| !new.contains(l)).count();
    assert_eq!((lost, new.len() - old.len()), (1, 4));
    assert_eq!(before[0], after[0]);
}

const COURSES: &str = "apiVersion: duly/v1
kind: CompletionsMap
subject: {column: ID, prefix: w-}
requirement: {column: Course, values: {Security: security}}
date: {column: Day, format: M/D/YYYY}
outcome: {column: Result, values: {Passed: passed, Failed: failed}}
method: {value: online}
";

#[test]
fn completions_become_sheets_once() {
    let repository = Repository::new(&["Security"]);
    let map = repository.put("maps/lms.yaml", COURSES);
    let csv = "ID,Course,Day,Result,Trainer\n0001,Security,1/5/2023,Passed,X Y\n0001,Security,1/4/2023,Failed,X Y\n0001,Security,2/4/2023,Passed,\n0002,Security,2/4/2023,Passed,\n";
    let file = repository.put("lms.csv", csv);
    let done = repository.completions(&file, &map).unwrap();
    assert_eq!((done.plan.imported, done.files.len(), done.plan.rejects.len()), (3, 2, 1));
    let held = repository.ledger();
    assert_eq!(held.attestations.iter().map(|a| a.value.record.completions.len()).sum::<usize>(), 3);
    let before = repository.all();
    let again = repository.completions(&file, &map).unwrap();
    assert_eq!((again.plan.imported, again.plan.unchanged, again.files.len()), (0, 3, 0));
    assert_eq!(repository.all(), before);
    assert!(again.summary.contains("Dropped 1 column(s)"), "{}", again.summary);
}

#[test]
fn a_signature_that_fails_leaves_nothing_behind() {
    let repository = Repository::new(&["Security"]);
    let map = repository.put("maps/lms.yaml", COURSES);
    let file = repository.put(
        "lms.csv",
        "ID,Course,Day,Result\n0001,Security,1/5/2023,Passed\n0001,Security,2/5/2023,Passed\n",
    );
    let before = repository.all();
    let (audience, today) = (Sha256::of(b"root"), day("2026-03-01"));
    let job = CompletionsJob {
        root: repository.dir.path(),
        file: &file,
        map: &map,
        audience,
        today,
        rejects: None,
        dry_run: false,
    };
    let mut first = true;
    let result = completions(&job, &mut |record| {
        if std::mem::take(&mut first) { Ok(signed(record)) } else { Err(ImportError::refused("no", "no")) }
    });
    assert!(result.is_err());
    assert_eq!(repository.all(), before);
}
