use super::*;
use proptest::prelude::*;

/// The leaves and the roots of their first 0 to 8, from the reference tests of Certificate
/// Transparency (`LeafInputs` and `RootHashes` of `transparency-dev/merkle`).
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// The definition of RFC 6962 word for word: cut at the largest power of two below n.
fn by_definition(leaves: &[Vec<u8>]) -> Sha256 {
    match leaves {
        [] => Sha256::of(b""),
        [one] => Sha256::of(&[&[0][..], one].concat()),
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            let (left, right) = (by_definition(left), by_definition(right));
            Sha256::of(&[&[1][..], left.bytes(), right.bytes()].concat())
        }
    }
}

#[test]
fn roots_of_certificate_transparency() {
    let mut range = Range::default();
    for (leaf, root) in LEAVES.iter().zip(ROOTS) {
        assert_eq!(range.root().to_string(), root);
        range.push(leaf);
    }
    assert_eq!((range.size(), range.root().to_string().as_str()), (8, ROOTS[8]));
}

#[test]
fn every_length_up_to_300_is_as_defined() {
    let leaves: Vec<Vec<u8>> = (0..300_u32).map(|i| i.to_string().into_bytes()).collect();
    let mut range = Range::default();
    for n in 0..=leaves.len() {
        assert_eq!(range.root(), by_definition(&leaves[..n]), "{n}");
        leaves.get(n).iter().for_each(|leaf| range.push(leaf));
    }
}

#[test]
fn a_leaf_is_the_line_of_sha256sum() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), "kind: \"x\"\n").unwrap();
    let mut command = std::process::Command::new("sha256sum");
    let printed = command.arg("a.yaml").current_dir(folder.path()).output().unwrap().stdout;
    assert_eq!(leaf("a.yaml", &Sha256::of(b"kind: \"x\"\n")), printed);
}

proptest! {
    #[test]
    fn a_leaf_that_changes_changes_the_root(
        mut leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..5), 1..40),
        at in any::<prop::sample::Index>(),
        with in prop::collection::vec(any::<u8>(), 0..5),
    ) {
        let before: Range = leaves.iter().collect();
        let at = at.index(leaves.len());
        let same = leaves[at] == with;
        leaves[at] = with;
        let after: Range = leaves.iter().collect();
        prop_assert_eq!(before.root() == after.root(), same);
    }
}
