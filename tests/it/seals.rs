//! Signatures of a file that look almost right. What the bytes of a signature must be is tested
//! beside the code that reads them; here it is what a repository comes to.

use duly::ledger::read_signed;
use duly::record::attestation::Attestation;
use duly::record::id::Holder;
use duly::record::key::Key;
use duly::record::node::Spot;
use duly::record::public_key::PublicKey;
use duly::record::signed::{Scheme, Signed};
use duly::trust::crypto::private_key::PrivateKey;
use duly::trust::crypto::signer::{Signer as _, WithScheme};
use duly::trust::sign;

use crate::bench::{NOTHING, Sum};
use crate::harness::Place;

/// One row is accepted, and nothing is wrong.
fn good() -> Sum {
    Sum { accepted: 1, ..NOTHING }
}

/// A repository with one attestation that the manager alone may and did sign.
struct Case {
    place: Place,
    path: String,
    signed: Signed<Attestation>,
}

impl Case {
    fn new() -> Case {
        let place = Place::with_team();
        let path = place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
        let signed = read_signed(&path, place.read(&path).as_bytes()).unwrap();
        Case { place, path, signed }
    }

    /// What the repository comes to with other signatures in the file.
    fn sum(&self, change: impl FnOnce(&mut Signed<Attestation>)) -> Sum {
        let mut signed = self.signed.clone();
        change(&mut signed);
        self.place.write_bytes(&self.path, &sign::file(&signed));
        self.place.sum()
    }

    fn add(&self, signed: &mut Signed<Attestation>, key: &str) {
        sign::add(signed, &self.place.private(key)).unwrap();
    }
}

/// The error that makes the whole file count for nothing.
fn refused(code: &'static str) -> Sum {
    Sum { errors: vec![code], ..NOTHING }
}

/// A key that nobody enrolled.
fn stranger(number: u8) -> PrivateKey {
    PrivateKey::from_seed(&[number; 32]).unwrap()
}

#[test]
fn base64_in_a_file_has_one_spelling() {
    let case = Case::new();
    for scheme in [Scheme::Dsse, Scheme::Sshsig] {
        let signer = || WithScheme { signer: Box::new(case.place.private("manager")), scheme };
        // Some day gives a signature with a `+` or a `/`; one by a key's namespace is padded.
        let mut signed = (1..=28)
            .map(|day| {
                let mut record = case.signed.record.clone();
                record.completions[0].completed_on = crate::bench::date(&format!("2026-02-{day:02}"));
                sign::sign(record, &signer()).unwrap()
            })
            .find(|s| s.signatures[0].sig.contains(['+', '/']))
            .unwrap();
        let sig = signed.signatures[0].sig.clone();
        std::fs::remove_dir_all(case.place.repo("attestations/2026/02")).unwrap();
        let path = format!("attestations/2026/02/{}.yaml", &signed.payload_sha256.to_string()[..32]);
        let mut with = |sig: String| {
            signed.signatures[0].sig = sig;
            case.place.write_bytes(&path, &sign::file(&signed));
            case.place.sum()
        };
        assert_eq!(with(sig.clone()), good());
        assert_eq!(with(sig.replace('+', "-").replace('/', "_")), refused("D306"), "{scheme:?}");
        let unpadded = sig.trim_end_matches('=');
        let other = if unpadded == sig { format!("{sig}=") } else { unpadded.to_owned() };
        assert_eq!(with(other), refused("D306"), "{scheme:?}");
        assert_eq!(with(format!("{sig} ")), refused("D306"), "{scheme:?}");
    }
}

#[test]
fn a_signature_that_names_another_key_is_an_error() {
    let case = Case::new();
    let nurse = crate::bench::fingerprint(&case.place.fingerprint("nurse"));
    assert_eq!(case.sum(|s| s.signatures[0].key = nurse.clone()), refused("D306"));
    let named = case.sum(|s| {
        let signer = WithScheme { signer: Box::new(case.place.private("manager")), scheme: Scheme::Sshsig };
        *s = sign::sign(s.record.clone(), &signer).unwrap();
        s.signatures[0].key = nurse;
    });
    assert_eq!(named, refused("D306"));
    // One that names nobody is by nobody.
    assert_eq!(
        case.sum(|s| s.signatures[0].key = stranger(1).public_key().fingerprint().clone()),
        refused("D307")
    );
}

/// Somebody who can add lines to a file must not be able to say that others signed it.
#[test]
fn a_bad_signature_by_a_known_key_spoils_the_good_ones_beside_it() {
    let case = Case::new();
    assert_eq!(case.sum(|s| case.add(s, "nurse")), good());
    let mut other = case.signed.record.clone();
    other.completions[0].completed_on = crate::bench::date("2026-03-01");
    let elsewhere = sign::sign(other, &case.place.private("nurse")).unwrap().signatures;
    for before in [false, true] {
        let sum = case.sum(|s| {
            s.signatures.extend(elsewhere.clone());
            s.signatures.rotate_left(usize::from(before));
        });
        assert_eq!(sum, refused("D306"));
    }
    let swapped = case.sum(|s| s.signatures[0].scheme = Scheme::Sshsig);
    assert_eq!(swapped, refused("D306"));
}

#[test]
fn a_signature_by_a_stranger_spoils_nothing_and_proves_nothing() {
    let case = Case::new();
    let beside = case.sum(|s| sign::add(s, &stranger(1)).unwrap());
    assert_eq!(beside, Sum { warnings: vec!["D307"], ..good() });
    let alone = case.sum(|s| *s = sign::sign(s.record.clone(), &stranger(1)).unwrap());
    assert_eq!(alone, refused("D307"));
}

#[test]
fn a_file_has_at_most_sixteen_signatures_and_each_key_once() {
    let case = Case::new();
    let strangers = |count: u8| case.sum(|s| (1..=count).for_each(|n| sign::add(s, &stranger(n)).unwrap()));
    assert_eq!(strangers(15), Sum { warnings: vec!["D307"], ..good() });
    assert_eq!(strangers(16), refused("D319"));
    assert_eq!(case.sum(|s| s.signatures.extend(s.signatures.clone())), refused("D319"));
}

/// Points that a signature can be made for by anybody, or that have several spellings.
fn bad_points() -> [(&'static str, [u8; 32]); 3] {
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
    let mut respelled = [0xff; 32];
    (respelled[0], respelled[31]) = (0xed, 0x7f);
    [
        ("weak", EIGHT_TORSION[1].compress().to_bytes()),
        ("with torsion", (ED25519_BASEPOINT_POINT + EIGHT_TORSION[1]).compress().to_bytes()),
        ("not canonical", respelled),
    ]
}

#[test]
fn a_key_that_is_not_safe_is_neither_enrolled_nor_in_a_root() {
    for (what, point) in bad_points() {
        let place = Place::with_team();
        let public_key = PublicKey::from_point(point).unwrap();
        let mut root = place.judged().1.chain.links()[0].root.clone();
        let enrolment = Key {
            audience: place.audience(),
            owner: Holder::parse("worker/w-0003").unwrap(),
            public_key: public_key.clone(),
            requested_on: crate::bench::today(),
            spot: Spot::default(),
        };
        let path = place.put(enrolment, &["officer"]);
        assert_eq!(place.sum(), refused("D310"), "{what}");
        std::fs::remove_file(place.repo(&path)).unwrap();
        (root.id, root.version, root.previous) = (None, 2, Some(place.audience()));
        root.recovery = vec![public_key];
        place.put(root, &["officer"]);
        assert_eq!(place.sum(), refused("D302"), "{what}");
    }
}
