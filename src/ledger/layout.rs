//! Which folder holds which kind of record (section 2 of the design).

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

/// The folders that hold records, at the top of the repository.
pub const MANAGED: [&str; 9] = [
    "roster",
    "policies",
    "assignments",
    "systems",
    "vendors",
    "incidents",
    "attestations",
    "exemptions",
    "revocations",
];

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
        ["attestations", year, month, name] if is_yaml(name) && is_month(year, month) => {
            Room::Record(&[Kind::Attestation, Kind::Countersignature])
        }
        ["attestations", year, month, shard, name]
            if is_yaml(name) && is_month(year, month) && name.starts_with(shard) && shard.len() == 2 =>
        {
            Room::Record(&[Kind::Attestation, Kind::Countersignature])
        }
        ["exemptions", name] if is_yaml(name) => Room::Record(&[Kind::Exemption, Kind::Extension]),
        ["revocations", name] if is_yaml(name) => Room::Record(&[Kind::Revocation]),
        ["trust", "root", name] if is_number(name) => Room::Record(&[Kind::Root]),
        ["trust", "keys", name] if is_yaml(name) => Room::Record(&[Kind::Key, Kind::Grant]),
        ["trust", "approvals", name] if is_yaml(name) => Room::Record(&[Kind::Approval]),
        ["trust", ..] => Room::Unrecognised,
        // In another case too: on some systems it is the same folder. A file or link of that
        // name stands in the place of all that the folder should hold.
        [top, ..] if is_folder(top) => Room::Unrecognised,
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
    top.eq_ignore_ascii_case("trust") || MANAGED.iter().any(|m| m.eq_ignore_ascii_case(top))
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
        for other in ["README.md", ".github/workflows/x.yml", "docs/policies/x.yml", "rosters/x.yaml"] {
            assert_eq!(room(other), Room::Unmanaged, "{other}");
        }
        let evidence = Room::Record(&[Kind::Attestation, Kind::Countersignature]);
        assert_eq!(room("attestations/2026/11/ab/abcd.yaml"), evidence);
        assert_eq!(room("revocations/ab.yaml"), Room::Record(&[Kind::Revocation]));
        assert_eq!(room("systems/ehr.yaml"), Room::Record(&[Kind::System]));
        assert_eq!(room("policies/documents/a/b.md"), Room::Document);
    }
}
