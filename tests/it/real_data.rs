//! The main job on real input: an HR export and a learning-system export of 3,000 people
//! become a repository that is checked and reported on.
//!
//! The exports lie beside the project, in `../shared/data` or where `DULY_SHARED` says; where
//! they are missing the test says so and passes. The expected numbers were counted in the
//! files with another program.

use std::path::{Path, PathBuf};

use crate::attest::grant;
use crate::harness::Place;

const COURSES: [(&str, &str); 5] = [
    ("communication-skills", "Communication Skills"),
    ("project-management", "Project Management"),
    ("technical-skills", "Technical Skills"),
    ("leadership-development", "Leadership Development"),
    ("customer-service", "Customer Service"),
];

fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("DULY_SHARED").map_or(beside, PathBuf::from);
    let data = folder.join("data");
    if data.join("hris-employees.csv").is_file() {
        return Some(data);
    }
    println!("skipped: {} is not there", data.display());
    None
}

fn policy() -> String {
    let mut text = String::from("apiVersion: duly/v1\nkind: Policy\nrequirements:\n");
    for (id, title) in COURSES {
        text.push_str(&format!(
            "  - id: {id}\n    title: {title}\n    type: training\n    applies_to: everyone\n    due: {{within: 90 days, every: 12 months, anchor: completion}}\n    editions:\n      - {{edition: \"2018\", published: 2018-01-01, material: not_retained}}\n    signed_by: [[issuer]]\n    evidence: {{outcomes: [passed, completed]}}\n"
        ));
    }
    text
}

/// The repository with both exports imported.
fn imported(data: &Path) -> Place {
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
    for line in ["991", "86", "69"] {
        assert!(run.out.contains(line), "{line}: {}", run.out);
    }

    place.enrol("lms", "service/lms");
    let scope: Vec<&str> = COURSES.iter().map(|c| c.0).collect();
    grant(&place, "lms", &scope.join(","), "2027-06-30");
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
    for line in ["imported     1676", "rejected     1324", "1146", "178", "261 imported"] {
        assert!(run.out.contains(line), "{line}: {}", run.out);
    }
    place
}

#[test]
fn three_thousand_people_and_their_courses() {
    let Some(data) = shared() else { return };
    let place = imported(&data);
    let json = place.duly(&["check", "--as-of", "2023-06-30", "--format", "json"]).exits(1).json();
    let summary = &json["summary"];
    assert_eq!(summary["accepted"], 1676);
    assert_eq!(summary["unverified"], 0);
    assert_eq!(summary["findings"]["error"], 0, "{json}");
    // Nobody's date of birth, race or pay is anywhere in the repository.
    for entry in std::fs::read_dir(place.repo("roster")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains("30-08-1965") && !text.contains("Hispanic") && !text.contains("Zone C"));
        assert!(text.len() < 1 << 20);
    }
    rejects_keep_every_row(&place);
    importing_again_changes_nothing(&place, &data);
    let site = place.path("site");
    place.duly(&["report", "--out", site.to_str().unwrap(), "--as-of", "2023-06-30"]).exits(0);
    assert!(site.join("index.html").is_file() && site.join("person/w-1001.html").is_file());
}

/// What was not imported is in the files of rejects, each row with its number and reason.
fn rejects_keep_every_row(place: &Place) {
    for (file, rows) in [("hr.rejects.csv", 1146), ("lms.rejects.csv", 1324)] {
        let mut reader = csv::Reader::from_path(place.path(file)).unwrap();
        let head = reader.headers().unwrap().clone();
        assert!(head.iter().any(|h| h == "row") && head.iter().any(|h| h == "reason"));
        assert!(!head.iter().any(|h| matches!(h, "DOB" | "RaceDesc" | "PayZone" | "MaritalDesc")));
        assert_eq!(reader.records().filter(|r| r.as_ref().is_ok()).count(), rows, "{file}");
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
