//! A `.gitignore` that would keep records out of git. Git itself says which do.

use crate::history::repository::Repo;

const NAME: &str = "0123456789abcdef0123456789abcdef.yaml";

/// What git leaves out of all that a repository may hold.
fn left_out(repo: &Repo) -> bool {
    let kinds = [
        "roster",
        "policies",
        "assignments",
        "systems",
        "vendors",
        "incidents",
        "exemptions",
        "revocations",
        "attestations/2026/11",
        "trust/keys",
        "trust/approvals",
    ];
    let mut paths: Vec<String> = kinds.iter().map(|k| format!("{k}/{NAME}")).collect();
    paths.extend(["duly.yaml", "trust/root/0001.yaml", "policies/documents/text.md"].map(str::to_owned));
    let all: Vec<&str> =
        ["check-ignore", "--no-index"].iter().copied().chain(paths.iter().map(String::as_str)).collect();
    !repo.git_run(&all, b"").stdout.is_empty()
}

#[test]
fn a_gitignore_that_swallows_records_is_an_error() {
    let repo = Repo::clinic();
    for (text, swallows) in [
        ("attestations/\n", true),
        ("/attestations\n", true),
        ("*.yaml\n", true),
        ("*.yaml\n!*.yaml\n", false),
        ("trust\n!trust/\n", false),
        ("trust/\n!trust/keys/\n", true),
        ("tr[t-v]st/keys/*\n", true),
        ("tr[!t-v]st/keys/*\n", false),
        ("**/keys\n", true),
        ("trust/**\n", true),
        ("a/**/keys\n", false),
        ("trust/**/0123*\n", true),
        ("keys \n", true),
        ("# attestations/\n\\#x\n", false),
        ("duly.y?ml\r\n", true),
        ("roster/x/\n", false),
        ("*.md\n", true),
        ("[0-9]*\n", true),
        ("node_modules/\n*.log\n/target\n.DS_Store\n", false),
        ("*\n!*/\n!*.yaml\n!*.md\n", false),
        ("*\n", true),
    ] {
        repo.write(".gitignore", text);
        assert_eq!(left_out(&repo), swallows, "git on {text:?}");
        let said = repo.duly(&["check", "--format", "json", "--fail-on", "error"]);
        assert_eq!(said.out.contains("D144"), swallows, "{text:?}: {}", said.out);
        assert_eq!(said.code, i32::from(swallows), "{text:?}");
    }
}

/// Also in a commit, where a file that sorts before it holds the same.
#[test]
fn a_gitignore_in_a_commit_is_read() {
    let repo = Repo::clinic();
    repo.write("-copy", "attestations/\n");
    repo.write(".gitignore", "attestations/\n");
    repo.commit("Leave them out");
    repo.check("main").has("error", "D144");
}
