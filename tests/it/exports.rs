//! The main job: an HR export and an export of a learning system become a repository that is
//! checked and reported on. Here with 200 rows of each, made so that every count is known;
//! `tests/shared` does the same with exports of other people's systems.

use std::path::{Path, PathBuf};

use crate::harness::Place;

const COURSES: [(&str, &str); 5] = [
    ("communication-skills", "Communication Skills"),
    ("project-management", "Project Management"),
    ("technical-skills", "Technical Skills"),
    ("leadership-development", "Leadership Development"),
    ("customer-service", "Customer Service"),
];

fn policy() -> String {
    let mut text = String::from("apiVersion: duly/v1\nkind: Policy\nrequirements:\n");
    for (id, title) in COURSES {
        text.push_str(&format!(
            "  - id: {id}\n    title: {title}\n    type: training\n    applies_to: everyone\n    due: {{within: 90 days, every: 12 months, anchor: completion}}\n    editions:\n      - {{edition: \"2018\", published: 2018-01-01, material: not_retained}}\n    signed_by: [[issuer]]\n    evidence: {{outcomes: [passed, completed]}}\n"
        ));
    }
    text
}

/// Two exports and what becomes of their rows, counted without duly.
pub struct Exports<'a> {
    /// The folder of `hris-employees.csv` and `lms-training.csv`.
    pub data: &'a Path,
    /// Why rows of the first are rejected, and how many for each reason.
    pub roster_rejects: &'a [(&'a str, usize)],
    pub completions: usize,
    pub completions_rejects: &'a [(&'a str, usize)],
    /// Rows that are imported though they are dated after their worker's last day.
    pub after_exit: usize,
    /// Somebody who is imported.
    pub first_person: &'a str,
}

fn sum(counts: &[(&str, usize)]) -> usize {
    counts.iter().map(|c| c.1).sum()
}

/// A summary names each reason and its count on one line.
#[track_caller]
fn names_all(summary: &str, counts: &[(&str, usize)]) {
    for (reason, count) in counts {
        let count = count.to_string();
        let named = |l: &str| l.contains(reason) && l.split_whitespace().any(|w| w == count);
        assert!(summary.lines().any(named), "{count} {reason}: {summary}");
    }
}

/// The repository with both exports imported.
fn imported(exports: &Exports<'_>) -> Place {
    let data = exports.data;
    let place = Place::initialised();
    place.write("policies/courses.yaml", &policy());
    let hris = data.join("hris-employees.csv");
    let lms = data.join("lms-training.csv");
    let (hris, lms) = (hris.to_str().unwrap(), lms.to_str().unwrap());

    let map = place.duly(&["import", "roster", hris, "--suggest"]).exits(0).out;
    std::fs::write(place.path("hr.yaml"), map).unwrap();
    let run = place.duly(&[
        "import",
        "roster",
        hris,
        "--map",
        "../hr.yaml",
        "--declare",
        "--rejects",
        "../hr.rejects.csv",
    ]);
    let run = run.exits(1);
    names_all(&run.out, exports.roster_rejects);

    place.enrol("lms", "service/lms");
    let scope: Vec<&str> = COURSES.iter().map(|c| c.0).collect();
    let (print, scope) = (place.fingerprint("lms"), scope.join(","));
    place
        .duly(&["key", "grant", &print, "--scope", &scope, "--until", "2027-06-30", "--key", "../officer"])
        .exits(0);
    let mut map = place.duly(&["import", "completions", lms, "--suggest"]).exits(0).out;
    for (id, title) in COURSES {
        map = map.replace(&format!("\"{title}\": CHOOSE"), &format!("\"{title}\": {id}"));
    }
    std::fs::write(place.path("lms.yaml"), map).unwrap();
    let run = place.duly(&[
        "import",
        "completions",
        lms,
        "--map",
        "../lms.yaml",
        "--key",
        "../lms",
        "--rejects",
        "../lms.rejects.csv",
    ]);
    let run = run.exits(1);
    names_all(&run.out, exports.completions_rejects);
    let totals = [
        ("imported", exports.completions),
        ("rejected", sum(exports.completions_rejects)),
        ("imported row(s) are dated after", exports.after_exit),
    ];
    names_all(&run.out, &totals);
    place
}

/// Imports, checks, imports again, reports.
pub fn whole_job(exports: &Exports<'_>) {
    let place = imported(exports);
    let json = place.duly(&["check", "--as-of", "2023-06-30", "--format", "json"]).exits(1).json();
    let summary = &json["summary"];
    assert_eq!(summary["accepted"], exports.completions);
    assert_eq!(summary["unverified"], 0);
    assert_eq!(summary["findings"]["error"], 0, "{json}");
    nothing_private(&place);
    rejects_keep_every_row(&place, exports);
    importing_again_changes_nothing(&place, exports.data);
    let site = place.path("site");
    place.duly(&["report", "--out", site.to_str().unwrap(), "--as-of", "2023-06-30"]).exits(0);
    assert!(site.join("index.html").is_file());
    assert!(site.join("person").join(exports.first_person).with_extension("html").is_file());
}

/// Nobody's date of birth, race or pay is anywhere in the repository.
fn nothing_private(place: &Place) {
    for entry in std::fs::read_dir(place.repo("roster")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for private in ["30-08-1965", "7/10/1969", "Hispanic", "Widowed", "Zone A", "Zone C"] {
            assert!(!text.contains(private), "{private}");
        }
        assert!(text.len() < 1 << 20);
    }
}

/// What was not imported is in the files of rejects, each row with its number and reason.
fn rejects_keep_every_row(place: &Place, exports: &Exports<'_>) {
    let expected =
        [("hr.rejects.csv", exports.roster_rejects), ("lms.rejects.csv", exports.completions_rejects)];
    for (file, counts) in expected {
        let mut reader = csv::Reader::from_path(place.path(file)).unwrap();
        let head = reader.headers().unwrap().clone();
        assert!(head.iter().any(|h| h == "row") && head.iter().any(|h| h == "reason"));
        assert!(!head.iter().any(|h| matches!(h, "DOB" | "RaceDesc" | "PayZone" | "MaritalDesc")));
        assert_eq!(reader.records().filter(|r| r.as_ref().is_ok()).count(), sum(counts), "{file}");
    }
}

fn importing_again_changes_nothing(place: &Place, data: &Path) {
    let before = listing(place);
    let hris = data.join("hris-employees.csv");
    let lms = data.join("lms-training.csv");
    place
        .duly(&["import", "roster", hris.to_str().unwrap(), "--map", "../hr.yaml", "--rejects", "../a.csv"])
        .exits(1);
    place
        .duly(&[
            "import",
            "completions",
            lms.to_str().unwrap(),
            "--map",
            "../lms.yaml",
            "--key",
            "../lms",
            "--rejects",
            "../b.csv",
        ])
        .exits(1);
    assert_eq!(listing(place), before);
}

/// Every file of the repository with its digest.
fn listing(place: &Place) -> Vec<(PathBuf, duly::record::digest::Sha256)> {
    let files = walkdir::WalkDir::new(place.repo("")).sort_by_file_name().into_iter().map(|e| e.unwrap());
    let files = files.filter(|e| e.file_type().is_file());
    files
        .map(|e| (e.path().to_owned(), duly::record::digest::Sha256::of(&std::fs::read(e.path()).unwrap())))
        .collect()
}
