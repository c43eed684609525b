//! The example clinic: that it is what its generator makes, that a check finds in it what was
//! put there and nothing else, and that the past two years hold the gaps that were meant.

#[path = "../../examples/generate-clinic/clinic/mod.rs"]
mod generator;

mod bytes;
mod readme;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::harness::{self, Place, Run};
use walkdir::WalkDir;

/// The digest of its root, as its README gives it.
const ROOT: &str = "ff98793d37ec94ac2aac59ee1835440a57d440e93af27df55a71d298faa7b8b8";
const DAY: &str = "2026-11-20";
/// Noon of that day at the clinic, in seconds since 1970.
const NOON: i64 = 1_795_197_600;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clinic")
}

/// Runs the program in the clinic, under the root that its README names.
fn duly(arguments: &[&str]) -> Run {
    harness::run_in(&folder(), arguments)
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    walk.map(|e| (e.path().strip_prefix(folder).unwrap().to_owned(), std::fs::read(e.path()).unwrap()))
        .collect()
}

#[test]
fn it_is_what_the_generator_makes() {
    let place = tempfile::tempdir().unwrap();
    let root = generator::generate(&place.path().join("clinic")).unwrap();
    assert_eq!(root.to_string(), ROOT);
    let (made, committed) = (files(&place.path().join("clinic")), files(&folder()));
    assert!(made.len() > 200, "{}", made.len());
    assert!(made.keys().eq(committed.keys()), "other files");
    for (path, bytes) in &made {
        assert!(committed[path] == *bytes, "{} differs: run the generator again", path.display());
    }
}

#[test]
fn the_generator_writes_over_nothing() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("mine.txt"), "mine").unwrap();
    assert!(generator::generate(place.path()).is_err());
    assert_eq!(files(place.path()).len(), 1);
}

#[test]
fn no_private_key_lies_in_it() {
    let all = files(&folder()).into_iter().chain(files(&folder().with_file_name("generate-clinic")));
    for (path, bytes) in all {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("PRIVATE KEY"), "{}", path.display());
    }
}

/// What a check finds: code, subject, requirement. Nothing else may be found.
const FOUND: &[(&str, &str, &str)] = &[
    // The sheet of October 2025 that was corrected.
    ("D326", "", ""),
    // Bernadette's own row in her own sheet.
    ("D315", "worker/w-0012", "bloodborne-pathogens"),
    ("D501", "worker/w-0012", "bloodborne-pathogens"),
    ("D501", "worker/w-0031", "hipaa-privacy"),
    ("D501", "org", "access-log-review"),
    // The licence of Hollis.
    ("D503", "worker/w-0015", "nurse-licence"),
    ("D505", "org", "compliance-audit"),
    // The example lies in a folder without a history of its own.
    ("D424", "", ""),
];

#[test]
fn a_check_finds_what_was_put_there() {
    let check = duly(&["check", "--as-of", DAY, "--trust-root", ROOT, "--format", "json"]).json();
    assert_eq!(check["pinned"], true);
    let text = |f: &serde_json::Value, key: &str| f[key].as_str().unwrap_or_default().to_owned();
    let found = check["findings"].as_array().unwrap().iter();
    let found: BTreeSet<_> =
        found.map(|f| (text(f, "code"), text(f, "subject"), text(f, "requirement"))).collect();
    let own = |t: &str| t.to_owned();
    let expected: BTreeSet<_> = FOUND.iter().map(|(c, s, r)| (own(c), own(s), own(r))).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_numbers_are_those_of_a_count_by_hand() {
    let check = duly(&["check", "--as-of", DAY, "--trust-root", ROOT, "--format", "json"]).json();
    let summary = &check["summary"];
    // 36 people of whom two have left.
    assert_eq!(summary["workers"], 34);
    // Everybody owes security and privacy (36 + 36), all but the contractor and the volunteer
    // the Texas training (34), 10 providers, 6 nurses, 7 assistants and the courier the one
    // about blood (24), all but the courier and the volunteer sign for the computers (34);
    // 6 licences, 7 assistants' skills, 5 billers, 2 duties of the clinic, 1 of a system, and
    // 2 vendors.
    assert_eq!(summary["obligations"], 36 + 36 + 34 + 24 + 34 + 6 + 7 + 5 + 2 + 1 + 2);
    let statuses = summary["statuses"].as_object().unwrap();
    let statuses = statuses.iter().map(|(s, n)| (s.as_str(), n.as_u64().unwrap()));
    let statuses: BTreeMap<_, _> = statuses.filter(|(_, n)| *n > 0).collect();
    let expected = [
        ("not_applicable", 11), // Cody's six and Odette's five
        ("proposed", 1),
        ("exempt", 1),
        ("deferred", 1),
        ("overdue", 3),
        ("due_soon", 1),
        ("pending", 3),
        ("current", 187 - 11 - 1 - 1 - 1 - 3 - 1 - 3),
    ];
    assert_eq!(statuses, BTreeMap::from(expected));
    assert_eq!(summary["unverified"], 1);
}

#[test]
fn who_is_not_current_is_known_by_name() {
    let status = duly(&["status", "--as-of", DAY, "--trust-root", ROOT, "--format", "json"]).json();
    let rows = status["obligations"].as_array().unwrap().iter();
    let quiet = |r: &&serde_json::Value| !matches!(r["status"].as_str(), Some("current" | "not_applicable"));
    let row = |r: &serde_json::Value| {
        ["subject", "requirement", "status", "due"].map(|k| r[k].as_str().unwrap().to_owned()).join(" ")
    };
    let rows: Vec<String> = rows.filter(quiet).map(row).collect();
    let expected = [
        "org access-log-review overdue 2026-10-31",
        "org compliance-audit proposed 2026-06-30",
        "worker/w-0003 bloodborne-pathogens exempt 2027-02-28",
        "worker/w-0005 bloodborne-pathogens deferred 2027-01-25",
        "worker/w-0012 bloodborne-pathogens overdue 2026-10-13",
        "worker/w-0015 nurse-licence due_soon 2026-12-31",
        "worker/w-0024 competency pending 2027-01-31",
        "worker/w-0024 hipaa-privacy pending 2026-12-02",
        "worker/w-0024 texas-medical-privacy pending 2027-01-31",
        "worker/w-0031 hipaa-privacy overdue 2026-10-30",
    ];
    assert_eq!(rows, expected);
}

/// The past is as honest as the present: who was late on a day of each week, and nobody else.
#[test]
fn the_two_years_hold_the_gaps_that_were_meant() {
    let inputs = Past::load();
    let expected = BTreeMap::from([
        ("org access-log-review due 2025-07-31", ("2025-08-01", "2025-08-03")),
        ("org access-log-review due 2026-10-31", ("2026-11-01", DAY)),
        ("worker/w-0012 bloodborne-pathogens due 2026-10-13", ("2026-10-14", DAY)),
        ("worker/w-0018 security-awareness due 2026-03-13", ("2026-03-14", "2026-03-17")),
        ("worker/w-0026 acceptable-use due 2025-01-15", ("2025-01-16", "2025-01-26")),
        ("worker/w-0031 hipaa-privacy due 2026-10-30", ("2026-10-31", DAY)),
    ]);
    let expected = expected.into_iter().map(|(k, (a, b))| (k.to_owned(), (a.to_owned(), b.to_owned())));
    assert_eq!(inputs.late(), expected.collect());
}

/// The clinic, to be asked about many days.
struct Past(duly::Examined);

impl Past {
    fn load() -> Past {
        let now = duly::record::date::Instant::from_unix(NOON).unwrap();
        let pin = duly::record::digest::Sha256::parse(ROOT);
        let outside = duly::trust::Outside { pin, now, must_be_pinned: true };
        Past(duly::Examined::load(&duly::source::WorkTree::new(folder()), outside))
    }

    /// Who was overdue or in the days of grace, from when to when, day by day.
    fn late(&self) -> BTreeMap<String, (String, String)> {
        let mut late = BTreeMap::new();
        let mut day = duly::record::date::Date::parse("2024-12-01").unwrap();
        let last = duly::record::date::Date::parse(DAY).unwrap();
        while day <= last {
            let duties = self.0.duties(duly::duty::AsOf::Date(day));
            for o in duties.obligations.iter().filter(|o| o.status.is_late()) {
                let key = format!("{} {} due {}", o.subject, o.requirement.id.value, o.due.unwrap());
                let days = late.entry(key).or_insert((day.to_string(), day.to_string()));
                days.1 = day.to_string();
            }
            day = day.next();
        }
        late
    }
}

#[test]
fn every_kind_of_assurance_is_there() {
    let past = Past::load();
    let words: BTreeSet<&str> = past.0.trust.accepted.iter().map(|a| a.assurance().word()).collect();
    assert_eq!(words, BTreeSet::from(["imported", "issuer", "self", "witnessed"]));
}

#[test]
fn every_kind_of_signed_record_is_there() {
    let past = Past::load();
    let ledger = &past.0.ledger;
    let counts = [
        ("roots", ledger.roots.len(), 2),
        ("keys", ledger.keys.len(), 36),
        ("grants", ledger.grants.len(), 9),
        ("countersignatures", ledger.countersignatures.len(), 1),
        ("exemptions", ledger.exemptions.len(), 1),
        ("extensions", ledger.extensions.len(), 1),
        ("revocations", ledger.revocations.len(), 2),
    ];
    for (what, have, expected) in counts {
        assert_eq!(have, expected, "{what}");
    }
    let trust = &past.0.trust;
    assert_eq!((trust.superseded.len(), trust.voided.len()), (1, 0));
    assert_eq!(trust.single_control, []);
    let two = ledger.attestations.iter().filter(|a| a.value.signatures.len() == 2).count();
    // 21 reviews of the access log, 7 restore tests, and three courses on paper.
    assert_eq!(two, 21 + 7 + 3);
}

#[test]
fn both_officers_signed_the_second_root_which_names_two_notaries() {
    let past = Past::load();
    let chain = &past.0.trust.chain;
    let [first, second] = chain.links() else { panic!("{} roots", chain.links().len()) };
    assert_eq!(second.root.previous, Some(first.digest));
    let holders: Vec<String> = second.root.notaries.iter().map(|n| n.holder.to_string()).collect();
    assert_eq!((first.root.notaries.len(), &holders[..]), (0, &NOTARIES.map(str::to_owned)[..]));
    // Nothing else changed, and each of their keys is for that alone.
    assert_eq!((&first.root.officers, &first.root.recovery), (&second.root.officers, &second.root.recovery));
    assert_eq!(first.root.thresholds, second.root.thresholds);
    assert!(second.root.notaries.iter().all(|n| chain.is_reserved(n.key.fingerprint())));
    for root in &past.0.ledger.roots {
        assert_eq!(root.value.signatures.len(), 2);
    }
    let list = duly(&["trust", "list", "--trust-root", ROOT]).exits(0).out;
    assert!(list.contains("root 1, 2024-11-25, pinned") && list.contains("root 2, 2026-01-05, in force"));
}

const NOTARIES: [&str; 2] = ["service/nightly-check", "service/lawyer"];

#[test]
fn the_contractor_signs_with_ssh_since_2026() {
    let past = Past::load();
    let ledger = &past.0.ledger;
    let all = ledger.attestations.iter().flat_map(|a| a.value.signatures.iter().map(move |s| (a, s)));
    let mut by_ssh = BTreeMap::new();
    for (attestation, _) in all.filter(|(_, s)| s.scheme == duly::record::signed::Scheme::Sshsig) {
        *by_ssh.entry(attestation.value.record.requirement.to_string()).or_insert(0) += 1;
    }
    let expected = [("acceptable-use", 1), ("restore-test", 3)].map(|(r, n)| (r.to_owned(), n));
    assert_eq!(by_ssh, BTreeMap::from(expected));
    let answer = duly(&["status", "w-0034", "acceptable-use", "--as-of", DAY, "--format", "json"]).exits(0);
    assert_eq!(answer.json()["obligations"][0]["completed_on"], "2026-01-06");
}

#[test]
fn what_people_who_left_signed_still_counts() {
    let day = |who: &str, day: &str| {
        let answer = duly(&["status", who, "acceptable-use", "--as-of", day, "--format", "json"]).exits(0);
        answer.json()["obligations"][0]["completed_on"].clone()
    };
    assert_eq!(day("w-0022", "2025-06-27"), "2025-01-15");
    assert_eq!(day("w-0036", "2026-08-14"), "2026-01-20");
}

#[test]
fn every_role_and_way_of_working_is_somebodys() {
    let past = Past::load();
    let (ledger, organization) = (&past.0.ledger, past.0.ledger.organization.as_ref().unwrap());
    for role in &organization.roles {
        let id = &role.id.value;
        let somebody = ledger.workers.iter().any(|w| w.roles.iter().any(|r| r.value.value == *id));
        assert!(somebody, "nobody is {id}");
    }
    for kind in &organization.employment_types {
        let id = &kind.id.value;
        let somebody = ledger.workers.iter().any(|w| w.employment.iter().any(|s| s.kind.value == *id));
        assert!(somebody, "nobody is employed as {id}");
    }
    let without_email = ledger.workers.iter().filter(|w| w.email.is_none()).count();
    assert_eq!((ledger.workers.len(), without_email), (36, 1));
    assert!(ledger.requirements.iter().all(|r| !r.citations.is_empty() && r.retain.is_some()));
}

/// The example with a history: every commit holds under the one before, and nothing changes.
#[test]
fn its_history_holds() {
    let place = Place::new();
    place.run(&["init", "repo", "--example", "clinic", "--history"]).exits(0);
    let past = place.duly(&["verify", "--history", "--format", "json"]).exits(0).json();
    assert!(past["judged"].as_u64().expect("a number") > 100, "{past}");
    assert_eq!(past["findings"], serde_json::json!([]));
    let sums = |run: &[&str]| place.duly(run).json()["summary"]["statuses"].clone();
    let with = sums(&["check", "--as-of", "2026-11-20", "--format", "json"]);
    std::fs::remove_dir_all(place.repo(".git")).expect("the history");
    assert_eq!(sums(&["check", "--as-of", "2026-11-20", "--format", "json"]), with);
}

#[test]
fn before_the_incident_is_provable_with_the_history() {
    let place = Place::new();
    place.run(&["init", "repo", "--example", "clinic", "--history"]).exits(0);
    let ask = ["status", "--at-incident", "2026-04-misdirected-fax", "--format", "csv"];
    assert!(place.duly(&ask).exits(0).out.contains("recorded"), "the history says when");
    std::fs::remove_dir_all(place.repo(".git")).expect("the history");
    let out = place.duly(&ask).exits(0).out;
    assert!(out.contains("claimed") && !out.contains("recorded"), "{out}");
}
