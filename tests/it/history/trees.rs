//! Trees that no honest program writes, made by hand.
//!
//! Each is tried at three doors: the files of the commit, the commit as a pull request, and
//! the commit in the history.

use super::repository::Repo;

const FILE: &str = "100644";
const YAML: &[u8] = b"apiVersion: duly/v1\nkind: Roster\nconfirmed_on: 2026-01-01\nworkers: []\n";

/// An entry of a tree: mode, name, id in hex.
#[derive(Clone)]
pub struct Entry(pub String, pub Vec<u8>, pub String);

fn read(repo: &Repo, tree: &str) -> Vec<Entry> {
    let bytes = repo.git_bytes(&["cat-file", "tree", tree]);
    let (mut entries, mut rest) = (Vec::new(), bytes.as_slice());
    while !rest.is_empty() {
        let space = rest.iter().position(|b| *b == b' ').unwrap();
        let nul = rest.iter().position(|b| *b == 0).unwrap();
        let id: String = rest[nul + 1..nul + 21].iter().map(|b| format!("{b:02x}")).collect();
        let mode = String::from_utf8(rest[..space].to_vec()).unwrap();
        entries.push(Entry(mode, rest[space + 1..nul].to_vec(), id));
        rest = &rest[nul + 21..];
    }
    entries
}

pub fn write(repo: &Repo, entries: &[Entry]) -> String {
    let mut bytes = Vec::new();
    for Entry(mode, name, id) in entries {
        bytes.extend([mode.as_bytes(), b" ", name, b"\0"].concat());
        bytes.extend((0..20).map(|i| u8::from_str_radix(&id[2 * i..2 * i + 2], 16).unwrap()));
    }
    repo.git_with(&["hash-object", "-t", "tree", "--literally", "-w", "--stdin"], &bytes)
}

/// Git's order: a folder as if its name ended in a slash.
pub fn sort(entries: &mut [Entry]) {
    let key = |e: &Entry| [e.1.as_slice(), if e.0 == "40000" { b"/" } else { b"" }].concat();
    entries.sort_by_key(key);
}

/// The tree with one folder of it edited; folders that are not there are made.
pub fn edited(repo: &Repo, tree: Option<&str>, path: &[&str], edit: &dyn Fn(&mut Vec<Entry>)) -> String {
    let mut entries = tree.map(|t| read(repo, t)).unwrap_or_default();
    match path {
        [] => edit(&mut entries),
        [name, rest @ ..] => {
            let at = entries.iter().position(|e| e.1 == name.as_bytes());
            let below = at.map(|at| entries.remove(at).2);
            let made = edited(repo, below.as_deref(), rest, edit);
            entries.push(Entry("40000".to_owned(), name.as_bytes().to_vec(), made));
            sort(&mut entries);
        }
    }
    write(repo, &entries)
}

fn blob(repo: &Repo, bytes: &[u8]) -> String {
    repo.git_with(&["hash-object", "-w", "--stdin"], bytes)
}

/// A commit on `main` whose folder was edited.
fn commit(repo: &Repo, folder: &[&str], edit: &dyn Fn(&mut Vec<Entry>)) -> String {
    let tree = edited(repo, Some("main^{tree}"), folder, edit);
    repo.git(&["commit-tree", &tree, "-p", "main", "-m", "An odd tree"])
}

/// Tries a commit at three doors, and as a pull request after the branch moved on.
#[track_caller]
fn refused(repo: &Repo, commit: &str, code: &str) {
    repo.check(commit).has("error", code);
    repo.judge("main", commit).has("error", code);
    repo.past_of(commit).has("error", code);
    repo.write("moved.md", "on\n");
    repo.commit("The branch moves on");
    let moved = repo.judge("main", commit);
    assert!(moved.codes("error").contains(&code) || moved.run.err.contains("error["), "{moved:?}");
    assert_ne!(moved.run.code, 0);
}

/// Tries a folder with one more entry.
#[track_caller]
fn one_more(folder: &[&str], mode: &str, name: &[u8], code: &str) {
    let repo = Repo::clinic();
    let id = blob(&repo, YAML);
    let entry = Entry(mode.to_owned(), name.to_vec(), id);
    let commit = commit(&repo, folder, &|entries| {
        entries.push(entry.clone());
        sort(entries);
    });
    refused(&repo, &commit, code);
}

#[test]
fn a_name_twice() {
    one_more(&["roster"], FILE, b"main.yaml", "D131");
    one_more(&["policies"], FILE, b"training.yaml", "D131");
}

/// A whole folder twice: one for the reviewer, one for the check.
#[test]
fn a_folder_twice() {
    let repo = Repo::clinic();
    let mine = edited(&repo, None, &["2026", "11"], &|_| ());
    let commit = commit(&repo, &[], &|entries| {
        entries.push(Entry("40000".to_owned(), b"attestations".to_vec(), mine.clone()));
        sort(entries);
    });
    refused(&repo, &commit, "D131");
}

#[test]
fn names_out_of_order() {
    let repo = Repo::clinic();
    let id = blob(&repo, YAML);
    let entry = Entry(FILE.to_owned(), b"a.yaml".to_vec(), id);
    let commit = commit(&repo, &["roster"], &|entries| entries.push(entry.clone()));
    refused(&repo, &commit, "D132");
}

#[test]
fn a_name_that_leads_out_of_its_folder() {
    for name in [&b".."[..], b"."] {
        one_more(&["policies"], FILE, name, "D133");
    }
    one_more(&["docs"], FILE, b"..", "D133");
}

#[test]
fn a_name_of_gits_own_folder() {
    for name in [&b".git"[..], b"GIT~1", b".GIT", b".git ", b".g\xe2\x80\x8cit"] {
        one_more(&["roster"], FILE, name, "D134");
    }
    one_more(&[], FILE, b".git", "D134");
}

#[test]
fn a_slash_or_backslash_in_one_name() {
    one_more(&[], FILE, b"attestations/x.yaml", "D135");
    one_more(&["roster"], FILE, b"a\\b.yaml", "D135");
    one_more(&["roster"], FILE, b"a/b.yaml", "D135");
}

/// Below no managed folder on Linux, in one on Windows.
#[test]
fn a_backslash_at_the_top() {
    one_more(&[], FILE, b"attestations\\2026\\11\\x.yaml", "D135");
}

#[test]
fn a_control_character_in_a_name() {
    one_more(&["roster"], FILE, b"a\nb.yaml", "D136");
    one_more(&["roster"], FILE, b"a\x1b[2Jb.yaml", "D136");
}

#[test]
fn a_name_that_is_not_utf8() {
    one_more(&["roster"], FILE, b"a\xff.yaml", "D137");
}

#[test]
fn two_names_that_show_alike_but_are_not_utf8() {
    let repo = Repo::clinic();
    let id = blob(&repo, YAML);
    let commit = commit(&repo, &["roster"], &|entries| {
        for name in [&b"a\xfe.yaml"[..], b"a\xff.yaml"] {
            entries.push(Entry(FILE.to_owned(), name.to_vec(), id.clone()));
        }
        sort(entries);
    });
    refused(&repo, &commit, "D137");
}

#[test]
fn a_submodule() {
    one_more(&["attestations"], "160000", b"2025", "D138");
    one_more(&["roster"], "160000", b"other.yaml", "D138");
}

/// A folder of records that is a submodule or link itself.
#[test]
fn a_managed_folder_that_is_none() {
    for (mode, code) in [("160000", "D138"), ("120000", "D122"), (FILE, "D119")] {
        for folder in ["systems", "attestations"] {
            let repo = Repo::clinic();
            let id = blob(&repo, b"../elsewhere");
            let commit = commit(&repo, &[], &|entries| {
                entries.retain(|e| e.1 != folder.as_bytes());
                entries.push(Entry(mode.to_owned(), folder.as_bytes().to_vec(), id.clone()));
                sort(entries);
            });
            refused(&repo, &commit, code);
        }
    }
}

#[test]
fn odd_modes() {
    for mode in ["100755", "100664", "100600"] {
        one_more(&["roster"], mode, b"b.yaml", "D139");
    }
}

#[test]
fn a_symbolic_link() {
    one_more(&["roster"], "120000", b"b.yaml", "D122");
    one_more(&["policies", "documents"], "120000", b"b.md", "D122");
}

#[test]
fn names_that_differ_in_case_alone() {
    one_more(&["roster"], FILE, b"MAIN.yaml", "D124");
    one_more(&["policies", "documents"], FILE, b"Hygiene-1.md", "D124");
}

/// `Attestations` beside `attestations`: one folder on other systems.
#[test]
fn a_folder_that_poses_as_another() {
    for top in ["Attestations", "TRUST", "ro\u{17f}ter"] {
        let repo = Repo::clinic();
        let id = blob(&repo, YAML);
        let entry = Entry(FILE.to_owned(), b"x.yaml".to_vec(), id);
        let commit = commit(&repo, &[top], &|entries| entries.push(entry.clone()));
        refused(&repo, &commit, "D124");
    }
}

/// One name in two forms of Unicode.
#[test]
fn names_that_differ_in_form_alone() {
    let repo = Repo::clinic();
    let id = blob(&repo, b"x\n");
    let commit = commit(&repo, &["policies", "documents"], &|entries| {
        for name in ["caf\u{e9}.md", "cafe\u{301}.md"] {
            entries.push(Entry(FILE.to_owned(), name.as_bytes().to_vec(), id.clone()));
        }
        sort(entries);
    });
    refused(&repo, &commit, "D124");
}

/// Git prints such a path in quotes, and a rule for `attestations/` passes over it.
#[test]
fn a_path_that_git_would_quote() {
    one_more(&["attestations", "2026", "11"], FILE, "\u{e9}.yaml".as_bytes(), "D123");
    one_more(&["roster"], FILE, "\u{e9}.yaml".as_bytes(), "D123");
    one_more(&["trust", "keys"], FILE, b"a\"b.yaml", "D123");
}

#[test]
fn a_file_that_is_too_large() {
    let repo = Repo::clinic();
    let id = blob(&repo, &vec![b'#'; (1 << 20) + 1]);
    let entry = Entry(FILE.to_owned(), b"b.yaml".to_vec(), id);
    let large = commit(&repo, &["roster"], &|entries| {
        entries.push(entry.clone());
        sort(entries);
    });
    refused(&repo, &large, "D117");
}

#[test]
fn a_pointer_to_large_file_storage() {
    let repo = Repo::clinic();
    let text =
        format!("version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12345\n", "0".repeat(64));
    let id = blob(&repo, text.as_bytes());
    for folder in [&["roster"][..], &["policies", "documents"]] {
        let entry = Entry(FILE.to_owned(), b"z.yaml".to_vec(), id.clone());
        let pointer = commit(&repo, folder, &|entries| entries.push(entry.clone()));
        repo.check(&pointer).has("error", "D140");
        repo.judge("main", &pointer).has("error", "D140");
        repo.past_of(&pointer).has("error", "D140");
    }
}

/// What is no tree at all is said to be none, without a panic.
#[test]
fn bytes_that_are_no_tree() {
    let repo = Repo::clinic();
    let args = ["hash-object", "-t", "tree", "--literally", "-w", "--stdin"];
    let junk = repo.git_with(&args, b"100644 a");
    let odd = commit(&repo, &[], &|entries| {
        entries.retain(|e| e.1 != b"roster");
        entries.push(Entry("40000".to_owned(), b"roster".to_vec(), junk.clone()));
        sort(entries);
    });
    for verdict in [repo.check(&odd), repo.judge("main", &odd), repo.past_of(&odd)] {
        assert_ne!(verdict.run.code, 0);
        assert!(verdict.run.err.contains("D404") || !verdict.said("D404").is_empty(), "{verdict:?}");
    }
}

#[test]
fn folders_too_deep_in_each_other() {
    let repo = Repo::clinic();
    let path = ["a"; 60];
    let id = blob(&repo, b"x\n");
    let deep = commit(&repo, &path, &|entries| {
        entries.push(Entry(FILE.to_owned(), b"x".to_vec(), id.clone()));
    });
    for verdict in [repo.check(&deep), repo.judge("main", &deep), repo.past_of(&deep)] {
        assert_ne!(verdict.run.code, 0, "{verdict:?}");
    }
}
