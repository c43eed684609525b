//! Records that were edited, removed or moved; books that lost something.

use super::repository::{Repo, Verdict};

fn record(repo: &Repo) -> String {
    let of = |path: &&String| repo.read(path).contains("worker/w-0003");
    repo.files("attestations").iter().find(of).unwrap().clone()
}

#[test]
fn a_record_edited() {
    let repo = Repo::clinic();
    repo.edit(&record(&repo), &repo.in_days(-70), &repo.in_days(-5));
    let (before, after) = repo.both();
    before.has("error", "D401");
    after.has("error", "D401");
}

#[test]
fn a_record_deleted() {
    let repo = Repo::clinic();
    repo.remove(&record(&repo));
    let (before, after) = repo.both();
    before.errors(&["D402"]).says("D402", "was removed").has("overdue", "D501");
    after.errors(&["D402"]);
}

#[test]
fn a_record_renamed() {
    let repo = Repo::clinic();
    let from = record(&repo);
    let to = format!("attestations/2001/01/{}", from.rsplit('/').next().unwrap());
    repo.write(&to, &repo.read(&from));
    repo.remove(&from);
    let (before, after) = repo.both();
    before.has("error", "D402").says("D402", &format!("was renamed to {to}"));
    after.has("error", "D402").says("D402", "was renamed to");
}

/// Restored, edited again and restored: each commit that broke the rule is named.
#[test]
fn a_fault_that_was_put_right_later_stays() {
    let repo = Repo::clinic();
    let (path, text) = (record(&repo), repo.read(&record(&repo)));
    repo.remove(&path);
    let first = repo.commit("Remove");
    repo.write(&path, &text);
    repo.commit("Restore");
    repo.write(&path, &text.replace("passed", "failed").replace("completed\"", "failed\""));
    let second = repo.commit("Edit");
    repo.write(&path, &text);
    repo.commit("Restore again");
    // The edited record's signature does not hold, either.
    let past = repo.past().errors(&["D305", "D401", "D402"]);
    past.says("D402", &first[..12]).says("D401", &second[..12]);
    repo.check("main").errors(&[]);
}

#[test]
fn a_mode_changed() {
    let repo = Repo::clinic();
    repo.git(&["update-index", "--chmod=+x", &record(&repo)]);
    repo.branch("change");
    repo.git(&["commit", "-q", "-m", "A mode"]);
    let verdict: Verdict = repo.judge("main", "change");
    verdict.errors(&["D139", "D401"]);
}

#[test]
fn a_revocation_deleted() {
    let repo = Repo::clinic();
    let path = repo.revoke_key("lms", &["--reason", "compromised"]);
    repo.commit("Revoke");
    repo.check("main").errors(&[]).has("warning", "D322");
    repo.remove(&path);
    let (before, after) = repo.both();
    let before = before.errors(&["D402"]);
    after.errors(&["D402"]);
    // What makes it grave: without the revocation the evidence counts again.
    assert_eq!(before.said("D322"), "");
    assert_eq!(repo.check("main").said("D322"), "");
}

#[test]
fn a_revocation_deleted_together_with_new_evidence() {
    let repo = Repo::clinic();
    let path = repo.revoke_key("lms", &["--reason", "compromised"]);
    repo.commit("Revoke");
    repo.remove(&path);
    repo.forge("worker/w-0004", &repo.in_days(-1), "lms");
    let (before, after) = repo.both();
    before.has("error", "D402").has("error", "D403");
    after.has("error", "D402").has("error", "D403");
}

#[test]
fn a_worker_removed() {
    let repo = Repo::clinic();
    let roster = repo.read("roster/main.yaml");
    let (head, _) = roster.split_once("  - id: w-0004").unwrap();
    repo.write("roster/main.yaml", head);
    let (before, after) = repo.both();
    before.errors(&["D411", "D413"]).says("D413", "worker w-0004");
    after.errors(&["D413"]);
}

#[test]
fn a_requirement_removed() {
    let repo = Repo::clinic();
    let policy = repo.read("policies/training.yaml");
    let (head, _) = policy.split_once("  - id: fire").unwrap();
    repo.write("policies/training.yaml", head);
    let (before, after) = repo.both();
    before.has("error", "D413").says("D413", "requirement fire");
    after.has("error", "D413");
}

#[test]
fn names_swapped_between_ids() {
    let repo = Repo::clinic();
    let roster = repo.read("roster/main.yaml").replace("Nia Nurse", "X").replace("Olga Overdue", "Nia Nurse");
    repo.write("roster/main.yaml", &roster.replace("name: X", "name: Olga Overdue"));
    let (before, after) = repo.both();
    before.errors(&["D414"]).says("D414", "w-0003 has the name that w-0004 had");
    after.errors(&["D414"]);
}

/// Without names, the ids swap with all that stands under them: nothing tells that from two
/// changes of role, and nobody's evidence moves.
#[test]
fn an_id_given_to_somebody_new() {
    let repo = Repo::clinic();
    let roster = repo.read("roster/main.yaml");
    let (head, tail) = roster.split_once("name: Nia Nurse").unwrap();
    let tail = tail.replacen(&repo.in_days(-300), &repo.in_days(-10), 1);
    repo.write("roster/main.yaml", &format!("{head}name: Newton New{tail}"));
    repo.propose().has("error", "D414").says("D414", "another employment");
}

#[test]
fn a_published_text_edited() {
    let repo = Repo::clinic();
    repo.write("policies/documents/hygiene-1.md", "# Hand hygiene\n\nDo not bother.\n");
    let (before, after) = repo.both();
    before.has("error", "D416");
    after.has("error", "D416");
}

/// The digest follows the text: nothing else is wrong.
#[test]
fn a_published_text_and_its_digest_edited() {
    let repo = Repo::clinic();
    let text = "# Hand hygiene\n\nDo not bother.\n";
    let old = duly::record::digest::Sha256::of(repo.read("policies/documents/hygiene-1.md").as_bytes());
    repo.write("policies/documents/hygiene-1.md", text);
    let new = duly::record::digest::Sha256::of(text.as_bytes());
    repo.edit("policies/training.yaml", &old.to_string(), &new.to_string());
    let (before, after) = repo.both();
    before.has("error", "D416");
    after.has("error", "D416");
}

#[test]
fn what_guards_the_repository_edited() {
    for path in [
        ".github/CODEOWNERS",
        ".gitattributes",
        ".github/workflows/duly.yml",
        "docs/.gitattributes",
        ".circleci/config.yml",
        "Jenkinsfile",
        ".lfsconfig",
        ".gitignore",
        ".ci/run",
    ] {
        let repo = Repo::clinic();
        repo.write(path, "* -text\n# more\n");
        let (before, after) = repo.both();
        before.errors(&["D415"]).says("D415", path);
        after.errors(&["D415"]);
    }
}

/// New words give nobody a way round anything, and an office adds them every week.
#[test]
fn words_added_to_the_settings_are_free() {
    let repo = Repo::clinic();
    repo.edit("duly.yaml", "roles:", "roles:\n  - {id: dentist, title: Dentist}");
    repo.edit("duly.yaml", "locations:", "locations:\n  - {id: annexe, title: The annexe}");
    let (before, after) = repo.both();
    before.passes();
    after.errors(&[]);
    repo.go("main");
    repo.edit(
        "duly.yaml",
        "{id: annexe, title: The annexe}",
        "{id: annexe, title: The annexe, timezone: Asia/Tokyo}",
    );
    repo.branch("second");
    repo.commit("A zone");
    repo.judge("main", "second").errors(&["D415"]);
    repo.edit("duly.yaml", "  - {id: annexe, title: The annexe, timezone: Asia/Tokyo}\n", "");
    repo.commit("A place less");
    repo.judge("main", "second").errors(&["D415"]);
    repo.go("main");
    repo.branch("third");
    repo.edit("duly.yaml", "locations:", "locations:\n  - {id: island, timezone: Asia/Tokyo}");
    repo.commit("A place with a zone");
    repo.judge("main", "third").errors(&["D415"]);
}

#[test]
fn the_settings_edited() {
    let repo = Repo::clinic();
    repo.edit("duly.yaml", "after_leave: 14 days", "after_leave: 90 days");
    let (before, after) = repo.both();
    before.errors(&["D415"]).says("D415", "duly.yaml is edited");
    after.errors(&["D415"]);
}

#[test]
fn a_private_key_committed_and_removed_later() {
    for path in ["notes/id_ed25519", "trust/id_ed25519", ".github/key", "policies/documents/key.md"] {
        let repo = Repo::clinic();
        repo.write(path, &std::fs::read_to_string(repo.path("nurse")).unwrap());
        repo.propose().has("error", "D129");
        repo.go("main");
        repo.git(&["merge", "-q", "change"]);
        let bad = repo.tip();
        repo.remove(path);
        repo.commit("Nobody saw it");
        repo.past().has("error", "D129").says("D129", &bad[..12]);
        assert_eq!(repo.check("main").said("D129"), "", "{path}");
    }
}

/// It came and went on a branch: git keeps it all the same.
#[test]
fn a_private_key_that_came_and_went_on_a_branch() {
    let repo = Repo::clinic();
    repo.branch("change");
    repo.write("notes/id_ed25519", &std::fs::read_to_string(repo.path("nurse")).unwrap());
    let bad = repo.commit("Oops");
    repo.remove("notes/id_ed25519");
    repo.commit("Nobody saw it");
    repo.judge("main", "change").has("error", "D129").says("D129", &bad[..12]);
    repo.go("main");
    repo.merge("change");
    repo.past().has("error", "D129").says("D129", &bad[..12]);
}

#[test]
fn a_state_between_that_was_no_record_at_all() {
    let repo = Repo::clinic();
    let roster = repo.read("roster/main.yaml");
    repo.write("roster/main.yaml", "workers: [\n");
    repo.commit("Break");
    repo.write("roster/main.yaml", &roster);
    repo.commit("Mend");
    repo.past().has("error", "D103");
    repo.check("main").errors(&[]);
}

/// In a large file, and in one that can be run, as in any other.
#[test]
fn a_private_key_in_an_odd_file() {
    let begin = ["-----BEGIN", "OPENSSH PRIVATE", "KEY-----"].join(" ");
    for (path, blank) in [("notes.txt", 3 << 20), (".github/run", 0)] {
        let repo = Repo::clinic();
        repo.write(path, &format!("{}{begin}\nAAAA\n", "x\n".repeat(blank / 2)));
        repo.git(&["add", "-A"]);
        repo.git(&["update-index", "--chmod=+x", path]);
        repo.git(&["commit", "-q", "-m", "A key"]);
        assert!(repo.past().codes("error").contains(&"D129"), "{path}");
    }
}

#[test]
fn the_report_names_the_first_commit_of_each_file() {
    let repo = Repo::clinic();
    let out = repo.path("site");
    repo.duly(&["report", "--out", out.to_str().unwrap()]).exits(0);
    let text = std::fs::read_to_string(out.join("data/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let files = report["evidence"].as_array().unwrap();
    assert_eq!(files.len(), 3);
    for file in files {
        let path = file["path"].as_str().unwrap();
        let first = repo.git(&["log", "--format=%H", "--diff-filter=A", "--first-parent", "--", path]);
        assert_eq!(file["first_commit"], first.trim(), "{path}");
        assert!(repo.read(path).contains(file["payload_sha256"].as_str().unwrap()), "{path}");
    }
}

#[test]
fn a_private_key_in_the_message_of_a_commit() {
    let repo = Repo::clinic();
    let key = std::fs::read_to_string(repo.path("nurse")).unwrap();
    repo.branch("change");
    repo.commit(&format!("Look\n\nMy key is\n{key}"));
    repo.judge("main", "change").has("error", "D129");
    repo.past_of("change").has("error", "D129");
}

/// Quoted, in JSON, in base64, in two bytes a character: a key all the same. OpenSSH made it.
#[test]
fn a_private_key_in_another_dress() {
    use base64::Engine as _;
    let repo = Repo::clinic();
    let key = std::fs::read_to_string(repo.path("nurse")).unwrap();
    let wide: Vec<u8> = key.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms: [Vec<u8>; 5] = [
        serde_json::json!({ "key": key }).to_string().into_bytes(),
        key.lines().map(|l| format!("    > {l}\n")).collect::<String>().into_bytes(),
        base64::engine::general_purpose::STANDARD.encode(&key).into_bytes(),
        wide,
        format!("export KEY=\"{key}\"\n").into_bytes(),
    ];
    for form in forms {
        repo.write_bytes("notes/x", &form);
        let said = repo.duly(&["check", "--format", "json"]).out;
        assert!(said.contains("D129"), "{}", String::from_utf8_lossy(&form));
    }
    repo.write_bytes("notes/x", b"PK\x03\x04 packed");
    assert!(repo.duly(&["check", "--format", "json"]).out.contains("D147"));
}
