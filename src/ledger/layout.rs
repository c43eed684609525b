//! The folder of each kind of record.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::record::kind::Kind;
use crate::yaml::limits;

/// What a path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A record of one of these kinds.
    Record(&'static [Kind]),
    /// The text of an edition.
    Document,
    /// Inside a managed folder, and no pattern of it.
    Unrecognised,
    /// Not duly's business.
    Unmanaged,
}

/// The folders of people's records, at the top of the repository.
const BOOKS: [&str; 6] = ["roster", "policies", "assignments", "systems", "vendors", "incidents"];

/// The kinds of signed record that each of their folders holds.
static SIGNED: LazyLock<BTreeMap<&'static str, Vec<Kind>>> = LazyLock::new(|| {
    let mut folders: BTreeMap<&'static str, Vec<Kind>> = BTreeMap::new();
    for kind in Kind::ALL {
        if let Some(signed) = kind.signed() {
            folders.entry(signed.folder()).or_default().push(*kind);
        }
    }
    folders
});

/// The place of the records of a month in their folder.
const MONTH: &str = "/YYYY/MM";

/// The folder whose files have numbers for names.
const ROOTS: &str = "trust/root";

/// The kinds of signed record of which a path may hold one.
fn signed(parts: &[&str]) -> Option<&'static [Kind]> {
    let [folder @ .., name] = parts else { return None };
    let top = match folder {
        [top, year, month] if is_month(year, month) => Some(top),
        [top, year, month, shard] if is_month(year, month) && shard.len() == 2 && name.starts_with(shard) => {
            Some(top)
        }
        _ => None,
    };
    let folder = top.map_or_else(|| folder.join("/"), |top| format!("{top}{MONTH}"));
    let named_well = if folder == ROOTS { is_number(name) } else { is_yaml(name) };
    let kinds = SIGNED.get(folder.as_str())?;
    (named_well && (top.is_some() || !folder.ends_with(MONTH))).then_some(kinds.as_slice())
}

/// Whether a folder at the top holds signed records, and if so whether they are evidence.
pub fn is_evidence(top: &str) -> Option<bool> {
    let of = |folder: &str| folder.split('/').next() == Some(top);
    let kind = SIGNED.iter().find(|(folder, _)| of(folder))?.1.first()?;
    kind.signed().map(|signed| signed.evidence)
}

/// Whether a path lies in a managed folder, or has a name that was meant for one of duly's
/// own files.
pub fn is_managed(path: &str) -> bool {
    room(path) != Room::Unmanaged
}

/// What a path is for.
pub fn room(path: &str) -> Room {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["duly.yaml"] => Room::Record(&[Kind::Organization]),
        [name] if name.eq_ignore_ascii_case("duly.yaml") || name.eq_ignore_ascii_case("duly.yml") => {
            Room::Unrecognised
        }
        ["roster", .., name] if is_yaml(name) => Room::Record(&[Kind::Roster]),
        ["policies", name] if is_yaml(name) => Room::Record(&[Kind::Policy]),
        ["assignments", name] if is_yaml(name) => Room::Record(&[Kind::Assignment]),
        ["systems", name] if is_yaml(name) => Room::Record(&[Kind::System]),
        ["vendors", name] if is_yaml(name) => Room::Record(&[Kind::Vendor]),
        ["incidents", name] if is_yaml(name) => Room::Record(&[Kind::Incident]),
        ["policies", "documents", _, ..] => Room::Document,
        // In another case too: on some systems it is the same folder. A file or link of that
        // name stands in the place of all that the folder should hold.
        [top, ..] if is_folder(top) => signed(parts.as_slice()).map_or(Room::Unrecognised, Room::Record),
        _ => Room::Unmanaged,
    }
}

/// The largest size of a file, in bytes.
pub fn limit(room: Room) -> u64 {
    match room {
        Room::Record(kinds) if kinds.iter().all(|k| k.is_signed()) => limits::SIGNED_BYTES,
        Room::Document => limits::DOCUMENT_BYTES,
        _ => limits::PEOPLE_BYTES,
    }
}

/// Whether a name at the top is that of a managed folder, in whatever case.
fn is_folder(top: &str) -> bool {
    folders().any(|known| known.eq_ignore_ascii_case(top))
}

/// The folders at the top that hold records, some of them more than once.
pub(super) fn folders() -> impl Iterator<Item = &'static str> {
    let signed = SIGNED.keys().filter_map(|folder| folder.split('/').next());
    signed.chain(BOOKS)
}

fn is_yaml(name: &str) -> bool {
    name.strip_suffix(".yaml").is_some_and(|stem| !stem.is_empty())
}

fn is_month(year: &str, month: &str) -> bool {
    let digits = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
    digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month)
}

fn is_number(name: &str) -> bool {
    name.strip_suffix(".yaml").is_some_and(|n| n.len() == 4 && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matches_no_pattern_does_not_vanish() {
        for odd in [
            "policies/x.yml",
            "policies/X.YAML",
            "duly.yml",
            "Duly.yaml",
            "roster/x",
            "roster/x.yaml.bak",
            "attestations/x.yaml",
            "attestations/2026/13/x.yaml",
            "attestations/2026/1/x.yaml",
            "attestations/2026/11/ab/cd.yaml",
            "trust/root/1.yaml",
            "trust/x",
            "trust/keys/a/b.yaml",
            "policies/sub/x.yaml",
            "systems/x.yml",
            "vendors/2026/x.yaml",
            "exemptions/x.txt",
            "exemptions/a/x.yaml",
            "revocations/x.yml",
            "Attestations/2026/11/abcd.yaml",
            "TRUST/keys/a.yaml",
            "trust/approvals/a/b.yaml",
        ] {
            assert_eq!(room(odd), Room::Unrecognised, "{odd}");
        }
        for odd in ["attestations/YYYY/MM/x.yaml", "exemptions/2026/11/x.yaml", "trust/keys/2026/11/x.yaml"] {
            assert_eq!(room(odd), Room::Unrecognised, "{odd}");
        }
        for other in [
            "docs/2026/11/x.yaml",
            "README.md",
            ".github/workflows/x.yml",
            "docs/policies/x.yml",
            "rosters/x.yaml",
        ] {
            assert_eq!(room(other), Room::Unmanaged, "{other}");
        }
        let evidence = Room::Record(&[Kind::Attestation, Kind::Countersignature]);
        assert_eq!(room("attestations/2026/11/ab/abcd.yaml"), evidence);
        assert_eq!(room("revocations/ab.yaml"), Room::Record(&[Kind::Revocation]));
        assert_eq!(room("systems/ehr.yaml"), Room::Record(&[Kind::System]));
        assert_eq!(room("policies/documents/a/b.md"), Room::Document);
    }
}
