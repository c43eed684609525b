//! That the clinic's README says what is so: every line of its table is asked.

use std::collections::BTreeSet;

use super::{ROOT, duly, folder};

fn readme() -> String {
    std::fs::read_to_string(folder().join("README.md")).unwrap()
}

/// One line of the README's table.
#[derive(Debug)]
struct Line {
    rule: String,
    who: String,
    what: String,
    on: String,
    status: String,
    due: String,
}

fn table() -> Vec<Line> {
    let readme = readme();
    let (_, section) = readme.split_once("## Which person shows which rule").expect("the section");
    let (section, _) = section.split_once("\n## ").expect("a section after it");
    let lines = section.lines().filter(|l| l.starts_with("| ")).skip(1);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [rule, who, what, on, status, due, _] = cells[..] else { panic!("seven cells: {line}") };
            let [rule, who, what, on, status, due] = [rule, who, what, on, status, due].map(str::to_owned);
            Line { rule, who, what, on, status, due }
        })
        .collect()
}

#[test]
fn every_line_of_the_readmes_table_is_so() {
    for line in table() {
        let arguments = ["status", &line.who, &line.what, "--as-of", &line.on, "--format", "json"];
        let answer = duly(&arguments).exits(0).json();
        let [row] = &answer["obligations"].as_array().unwrap()[..] else { panic!("{line:?}: {answer}") };
        assert_eq!(row["status"], line.status.as_str(), "{line:?}");
        assert_eq!(row["due"].as_str().unwrap_or_default(), line.due, "{line:?}");
        if let Some(mark) =
            ["late", "unverified", "weak material"].iter().find(|m| line.rule == format!("*{m}*"))
        {
            assert_eq!(row["marks"], serde_json::json!([mark.replace(' ', "_")]), "{line:?}");
        }
    }
}

#[test]
fn the_table_leaves_no_rule_out() {
    let told: BTreeSet<String> = table().into_iter().map(|l| l.rule).collect();
    for rule in 1..=16 {
        assert!(told.contains(&rule.to_string()), "nobody shows rule {rule}");
    }
}

#[test]
fn the_readme_says_what_can_be_typed() {
    let readme = readme();
    assert!(readme.contains(ROOT));
    let commands = readme.lines().filter_map(|l| l.strip_prefix("$ duly "));
    let commands: Vec<&str> = commands.filter(|c| !c.contains('*')).collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        let words: Vec<&str> = command.split(' ').collect();
        let run = duly(&words);
        assert!(run.code <= 1, "{command}: {run:?}");
        assert!(!run.out.is_empty(), "{command}");
    }
}
