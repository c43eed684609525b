//! The catalogue as a page of the documentation.

use std::fmt::Write as _;

use super::all;

/// `docs/codes.md`: every code with its explanation and examples. A test holds the file
/// against this.
pub fn reference() -> String {
    let mut out = String::from(
        "# Codes of findings\n\nA code never changes its meaning and is never used again. D1 files and YAML, D2 references,\nD3 signatures and trust, D4 history and change, D5 gaps, D6 privacy, D7 access. D1 to D4 can\nnever be ignored. `duly explain CODE` prints the same.\n\n| code | name | severity | what |\n|---|---|---|---|\n",
    );
    for entry in all() {
        let _ = writeln!(
            out,
            "| [{}](#{}) | {} | {} | {} |",
            entry.code,
            entry.code.to_ascii_lowercase(),
            entry.name,
            entry.severity,
            entry.title
        );
    }
    for entry in all() {
        let _ = write!(
            out,
            "\n## {}\n\n**{}** ({}): {}\n\n{}\n",
            entry.code, entry.name, entry.severity, entry.title, entry.why
        );
        let _ = write!(
            out,
            "\nNot like this:\n\n```text\n{}\n```\n\nBut like this:\n\n```text\n{}\n```\n",
            entry.bad, entry.good
        );
    }
    out
}
