//! Bad input: each an error with its code, and none a panic.

use crate::harness::{Place, TEAM};

/// The codes of the errors after a file was written into a repository with a team.
fn after(path: &str, text: &str) -> Vec<String> {
    let place = Place::with_team();
    place.write(path, text);
    place.errors()
}

#[test]
fn each_rule_of_strict_reading() {
    let place = Place::with_team();
    let second = TEAM.lines().next().unwrap();
    let cases: [(&str, String, &str); 13] = [
        (
            "duplicate key at depth",
            TEAM.replace("{start: 2025-01-01, type", "{start: 2025-01-01, start: 2025-01-02, type"),
            "D104",
        ),
        (
            "duplicate key",
            TEAM.replace("    name: Mira Manager", "    name: Mira Manager\n    name: Mira"),
            "D104",
        ),
        ("anchor", TEAM.replace("name: Mira", "name: &x Mira"), "D105"),
        ("alias", TEAM.replace("name: Mira Manager", "name: *x"), "D105"),
        ("tag", TEAM.replace("name: Mira", "name: !!str Mira"), "D106"),
        ("second document", format!("{TEAM}---\n{second}\n"), "D107"),
        ("byte-order mark", format!("\u{feff}{TEAM}"), "D102"),
        ("unquoted number", TEAM.replace("name: Mira Manager", "name: 1.10"), "D108"),
        ("unquoted no", TEAM.replace("name: Mira Manager", "name: no"), "D108"),
        ("unknown field", TEAM.replace("    name: Mira", "    nmae: Mira"), "D109"),
        ("bad date", TEAM.replace("start: 2025-01-01", "start: 2025-02-30"), "D112"),
        ("US date", TEAM.replace("start: 2025-01-01", "start: 1/2/2025"), "D112"),
        ("escape in a name", TEAM.replace("Mira Manager", "\"Mira\\e[31m\""), "D115"),
    ];
    for (what, text, code) in cases {
        assert_ne!(text, TEAM, "{what} changes nothing");
        place.write("roster/main.yaml", &text);
        let errors = place.errors();
        assert!(errors.contains(&code.to_owned()), "{what}: {errors:?}");
    }
}

#[test]
fn bombs_are_small() {
    let bomb = (0..60).fold(String::from("a0: &a0 [x]\n"), |text, i| {
        format!("{text}a{}: &a{} [*a{i}, *a{i}]\n", i + 1, i + 1)
    });
    assert!(after("roster/bomb.yaml", &bomb).contains(&"D105".to_owned()));
    let deep = format!("{}x{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(after("roster/deep.yaml", &deep).contains(&"D116".to_owned()));
    assert!(after("roster/deep.yaml", &"- ".repeat(100_000)).contains(&"D116".to_owned()));
}

#[test]
fn fifty_megabytes_are_not_even_read() {
    let place = Place::with_team();
    let file = std::fs::File::create(place.repo("roster/huge.yaml")).unwrap();
    file.set_len(50 << 20).unwrap();
    assert!(place.errors().contains(&"D117".to_owned()));
}

#[test]
fn what_is_not_recognised_does_not_vanish() {
    assert_eq!(after("policies/x.yml", "anything"), ["D119"]);
    assert_eq!(after("roster/notes.txt", "anything"), ["D119"]);
    assert_eq!(after("attestations/loose.yaml", "anything"), ["D119"]);
    assert_eq!(after("trust/other/x.yaml", "anything"), ["D119"]);
    assert_eq!(after("roster/x.yaml", "apiVersion: duly/v1\nkind: Policy\nrequirements: []\n"), ["D120"]);
    assert_eq!(after("roster/x.yaml", "apiVersion: duly/v9\nkind: Roster\nworkers: []\n"), ["D121"]);
    assert_eq!(after("roster/x.yaml", ""), ["D103"]);
    assert_eq!(after("roster/x.yaml", "# nothing\n"), ["D103"]);
}

#[cfg(unix)]
#[test]
fn links_and_odd_paths_are_refused() {
    let place = Place::with_team();
    std::os::unix::fs::symlink("/etc/passwd", place.repo("roster/link.yaml")).unwrap();
    assert_eq!(place.errors(), ["D122"]);
    std::fs::remove_file(place.repo("roster/link.yaml")).unwrap();
    place.write("roster/a b.yaml", TEAM);
    assert_eq!(place.errors(), ["D123"]);
    std::fs::remove_file(place.repo("roster/a b.yaml")).unwrap();
    place.write("roster/Main.yaml", &TEAM.replace("w-000", "x-000"));
    assert!(place.errors().contains(&"D124".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_path_with_escapes_reaches_no_terminal() {
    let place = Place::with_team();
    place.write("roster/x\u{1b}[2J.yaml", TEAM);
    let run = place.duly(&["check"]).exits(1);
    assert!(run.out.contains("D123") && !run.out.contains('\u{1b}'), "{:?}", run.out);
}

#[test]
fn missing_things_are_said() {
    let place = Place::new();
    std::fs::create_dir(place.path("repo")).unwrap();
    let run = place.duly(&["check"]).exits(3);
    assert!(run.err.contains("duly init"), "{}", run.err);

    let place = Place::with_team();
    place.write("roster/main.yaml", "apiVersion: duly/v1\nkind: Roster\nworkers: []\n");
    assert!(place.errors().contains(&"D209".to_owned()));

    let place = Place::with_team();
    std::fs::remove_dir_all(place.repo("roster")).unwrap();
    assert!(place.errors().contains(&"D128".to_owned()));

    let place = Place::with_team();
    std::fs::remove_dir_all(place.repo("policies")).unwrap();
    assert!(place.errors().contains(&"D128".to_owned()));
}

#[test]
fn slips_in_words_are_found_at_their_line() {
    let place = Place::with_team();
    place.edit("policies/training.yaml", "{role: clinical}", "{role: clincial}");
    let json = place.duly(&["check", "--format", "json"]).exits(1).json();
    let finding = json["findings"].as_array().unwrap().iter().find(|f| f["code"] == "D201").unwrap().clone();
    assert_eq!(finding["path"], "policies/training.yaml");
    assert_eq!(finding["line"], 7);
    assert!(finding["help"].as_str().unwrap().contains("Did you mean `clinical`?"), "{finding}");
}

#[test]
fn references_must_resolve() {
    let cases: [(&str, String, &str); 6] = [
        ("same id", TEAM.replace("- id: w-0003", "- id: w-0002"), "D202"),
        ("manager", TEAM.replace("worker/w-0002, from", "worker/w-0009, from"), "D203"),
        ("own manager", TEAM.replace("worker/w-0002, from", "worker/w-0003, from"), "D214"),
        ("no start", TEAM.replace("{start: 2025-01-01, type: full-time}", "{type: full-time}"), "D205"),
        (
            "end before start",
            TEAM.replace("{start: 2025-01-01, type", "{start: 2025-01-01, end: 2024-01-01, type"),
            "D206",
        ),
        (
            "overlap",
            TEAM.replace(
                "[{start: 2025-01-01, type: full-time}]",
                "[{start: 2025-01-01, type: full-time}, {start: 2025-06-01, type: part-time}]",
            ),
            "D207",
        ),
    ];
    for (what, text, code) in cases {
        let errors = after("roster/main.yaml", &text);
        assert!(errors.contains(&code.to_owned()), "{what}: {errors:?}");
    }
}

#[test]
fn a_private_key_anywhere_in_the_tree_is_an_error() {
    let place = Place::with_team();
    std::fs::copy(place.path("nurse"), place.repo("notes.txt")).unwrap();
    let json = place.duly(&["check", "--format", "json"]).exits(1).json();
    let finding = json["findings"].as_array().unwrap().iter().find(|f| f["code"] == "D129").unwrap().clone();
    assert_eq!((finding["path"].as_str(), finding["line"].as_u64()), (Some("notes.txt"), Some(1)));
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_team();
    let path = place.repo("roster/main.yaml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        // Nothing is unreadable to root: a folder in the place of a file is.
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir_all(&path).unwrap();
        assert!(place.errors().contains(&"D128".to_owned()));
        return;
    }
    assert!(place.errors().contains(&"D118".to_owned()));
}
