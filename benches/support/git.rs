//! A repository's files as a history: one commit with everything but evidence, then one for
//! each attestation in the order of their dates.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use duly::record::date::Date;

/// Turns the folder into a git repository with that history, and packs it as a clone would be.
pub fn commit_one_by_one(folder: &Path) {
    let (evidence, others) = files(folder);
    let evidence = by_day(folder, evidence);
    let mut stream = Vec::new();
    let mut from = String::new();
    let commits =
        std::iter::once((0, others)).chain(evidence.into_iter().map(|(day, path)| (day, vec![path])));
    for (n, (day, paths)) in commits.enumerate() {
        // The evening of the day, one second after the other.
        let seconds = day * 86_400 + 64_800 + i64::try_from(n).expect("small");
        let head = format!(
            "commit refs/heads/main\nmark :{}\ncommitter Bench <bench@example.com> {seconds} +0000\ndata 1\nx\n{from}",
            n + 1
        );
        stream.extend_from_slice(head.as_bytes());
        for path in paths {
            let bytes = std::fs::read(folder.join(&path)).expect("a file");
            stream.extend_from_slice(format!("M 100644 inline {path}\ndata {}\n", bytes.len()).as_bytes());
            stream.extend_from_slice(&bytes);
            stream.push(b'\n');
        }
        from = format!("from :{}\n", n + 1);
    }
    git(folder, &["init", "-q", "-b", "main"]);
    let mut import = command(folder, &["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().expect("git");
    import.stdin.take().expect("a pipe").write_all(&stream).expect("written");
    assert!(import.wait().expect("an end").success());
    git(folder, &["repack", "-adq"]);
    git(folder, &["reset", "-q", "--mixed"]);
}

/// Runs git in a folder and gives what it printed.
pub fn git(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = command(folder, arguments).output().expect("git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Bench", "-c", "user.email=bench@example.com"]);
    command.args(["-c", "gc.auto=0"]).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    command
}

/// Evidence with the day of its completion, in days since 1970, in that order.
fn by_day(folder: &Path, paths: Vec<String>) -> Vec<(i64, String)> {
    let epoch = Date::parse("1970-01-01").expect("a date");
    let day = |path: &str| {
        let text = std::fs::read_to_string(folder.join(path)).expect("text");
        let line = text.lines().find_map(|l| l.trim().strip_prefix("completed_on: "));
        epoch.days_to(Date::parse(line.expect("a day").trim_matches('"')).expect("a date"))
    };
    let mut dated: Vec<(i64, String)> = paths.into_iter().map(|path| (day(&path), path)).collect();
    dated.sort();
    dated
}

/// The attestations and the other files, each in the order of their paths.
fn files(folder: &Path) -> (Vec<String>, Vec<String>) {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(folder).expect("inside");
                found.push(inside.to_str().expect("text").to_owned());
            }
        }
    }
    found.sort();
    found.into_iter().partition(|path| path.starts_with("attestations/"))
}
