//! The pages of `docs` that show files and outputs: they are what the program reads and prints.

use crate::harness::Place;

const PAGE: &str = include_str!("../../docs/why.md");

const SUBJECTS: &str = include_str!("../../docs/subjects.md");

/// The fenced blocks of a language.
fn blocks(page: &'static str, language: &str) -> Vec<&'static str> {
    let open = format!("```{language}\n");
    page.split(open.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// A text in which the names of signed files, which differ with the keys, are all the same.
fn without_names(text: &str) -> String {
    let mut parts = text.split("/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut all, part| {
        all.push('/');
        let name = part.get(..32).filter(|n| n.bytes().all(|b| b.is_ascii_hexdigit()));
        all.push_str(&name.map_or(part.to_owned(), |name| part.replacen(name, "NAME", 1)));
        all
    })
}

/// Writes blocks that begin with the path of their file.
fn write(place: &Place, blocks: &[&str]) {
    for text in blocks {
        let path = text.lines().next().unwrap().strip_prefix("# ").unwrap();
        place.write(path, text);
    }
}

#[test]
fn the_files_of_the_page_about_subjects_are_right() {
    let place = Place::with_team();
    let files = blocks(SUBJECTS, "yaml");
    assert_eq!(files.len(), 5);
    write(&place, &files);
    assert_eq!(place.errors(), Vec::<String>::new());
    for command in blocks(SUBJECTS, "console")[0].replace("\\\n", "").lines() {
        let command = command.replace("~/.ssh/duly", "../officer");
        let arguments: Vec<&str> = command.strip_prefix("$ duly ").unwrap().split_whitespace().collect();
        place.duly(&arguments).exits(0);
    }
    assert_eq!(place.errors(), Vec::<String>::new());
    place.duly(&["status", "--at-incident", "lost-laptop"]).exits(0);
}

#[test]
fn the_page_shows_what_the_program_prints() {
    let place = Place::initialised();
    std::fs::remove_dir_all(place.repo("policies")).unwrap();
    let files = blocks(PAGE, "yaml");
    assert_eq!(files.len(), 3);
    write(&place, &files);
    for (requirement, worker, day) in [
        ("security-awareness", "worker/w-0002", "2024-02-29"),
        ("security-awareness", "worker/w-0002", "2025-01-10"),
        ("bloodborne-pathogens", "worker/w-0003", "2023-03-01"),
    ] {
        place.attest(requirement, worker, day, "officer");
    }
    assert_eq!(place.errors(), Vec::<String>::new());
    let shown = blocks(PAGE, "console");
    assert_eq!(shown.len(), 3);
    for block in shown {
        let (command, output) = block.split_once('\n').unwrap();
        let arguments: Vec<&str> = command.strip_prefix("$ duly ").unwrap().split(' ').collect();
        let printed = place.duly(&arguments).exits(0).out;
        assert_eq!(without_names(&printed), without_names(output), "{command} prints now:\n{printed}");
    }
}
